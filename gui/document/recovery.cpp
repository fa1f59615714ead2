#include "gui/document/recovery.hpp"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QUuid>

namespace nines::gui {
namespace {

constexpr int kMoment_ms = 1500;

}  // namespace

Recovery::Recovery(Document& document, QString folder, QObject* parent)
    : QObject(parent), document_(document), folder_(std::move(folder)) {
  QDir().mkpath(folder_);
  file_ = folder_ + "/" + QUuid::createUuid().toString(QUuid::WithoutBraces) + ".json";
  lock_ = std::make_unique<QLockFile>(file_ + ".lock");
  lock_->setStaleLockTime(0);
  lock_->tryLock(100);
  timer_.setSingleShot(true);
  timer_.setInterval(kMoment_ms);
  connect(&timer_, &QTimer::timeout, this, &Recovery::keep_now);
  // A moment after the first change, however many follow it.
  const auto start = [this] {
    if (!timer_.isActive()) timer_.start();
  };
  connect(&document_, &Document::changed, this, start);
  connect(&document_.undo_stack(), &QUndoStack::cleanChanged, this, start);
}

Recovery::~Recovery() { QFile::remove(file_); }

void Recovery::keep_now() {
  if (!document_.is_changed()) {
    QFile::remove(file_);
    return;
  }
  QSaveFile file(file_);
  if (!file.open(QIODevice::WriteOnly)) return;
  const QJsonObject what{{"path", document_.path()},
                         {"text", QString::fromStdString(document_.text())}};
  file.write(QJsonDocument(what).toJson());
  file.commit();
}

std::vector<Recovery::Left> Recovery::left() const {
  std::vector<Left> found;
  for (const QFileInfo& info : QDir(folder_).entryInfoList({"*.json"}, QDir::Files, QDir::Time)) {
    if (info.absoluteFilePath() == QFileInfo(file_).absoluteFilePath()) continue;
    QLockFile lock(info.absoluteFilePath() + ".lock");
    lock.setStaleLockTime(0);
    if (!lock.tryLock(0)) continue;  // somebody works on it
    QFile file(info.absoluteFilePath());
    if (!file.open(QIODevice::ReadOnly)) continue;
    const QJsonObject what = QJsonDocument::fromJson(file.readAll()).object();
    if (what.isEmpty()) continue;
    found.push_back({info.absoluteFilePath(), what["path"].toString(), what["text"].toString(),
                     info.lastModified()});
  }
  return found;
}

void Recovery::forget(const Left& left) {
  QFile::remove(left.file);
  QFile::remove(left.file + ".lock");
}

}  // namespace nines::gui
