// What a story tells, in the language of the program.
#pragma once

#include <QString>

#include "studies/playback.hpp"

namespace nines::gui {

QString sentence(const StoryLine& line);
QString standing_name(Standing standing);

}  // namespace nines::gui
