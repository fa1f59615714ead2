// Recovery: what was not saved when the program ended without warning.
#pragma once

#include <memory>

#include <QDateTime>
#include <QLockFile>
#include <QString>
#include <QTimer>

#include "gui/document/document.hpp"

namespace nines::gui {

class Recovery final : public QObject {
  Q_OBJECT
 public:
  struct Left {
    QString file;  ///< where it is kept
    QString path;  ///< of the file that it was; empty: it had none
    QString text;
    QDateTime when;
  };

  /// Keeps what is not saved of the document in a folder, a moment after each change.
  Recovery(Document& document, QString folder, QObject* parent = nullptr);
  ~Recovery() override;

  /// What programs that are no longer running have left.
  std::vector<Left> left() const;
  static void forget(const Left& left);
  void keep_now();

 private:
  Document& document_;
  QString folder_;
  QString file_;
  std::unique_ptr<QLockFile> lock_;
  QTimer timer_;
};

}  // namespace nines::gui
