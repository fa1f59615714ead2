// The texts of charts, for translation.
#pragma once

#include <QCoreApplication>

namespace nines::gui {

struct Charts {
  Q_DECLARE_TR_FUNCTIONS(Charts)
};

}  // namespace nines::gui
