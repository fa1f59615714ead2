// Figures as people write them, in the language of the program.
#pragma once

#include <QString>

#include "engine/measure/interval.hpp"
#include "gui/charts/chart.hpp"

namespace nines::gui {

/// "2 h 31 min", "41 s", "3.2 ms": two units at most.
QString duration(double seconds);
/// To three significant digits, with thousands parted.
QString number(double value);
/// A count, all of its digits, thousands parted.
QString whole(double value);
/// "99.9712 %", with as many decimals as tell it from 100 %.
QString percent(double share);
/// "99.9712 % ± 0.0021"; a bound where there is no more.
QString percent(const Estimate& share);
/// For a tick or a tooltip.
QString quantity(double value, Quantity quantity);
/// "rack-a power" of "domain:rack-a/power".
QString plain_name(const std::string& name);
/// Day and time of day since the start, which is a Monday, 00:00.
QString clock(double t_s);
/// The same to a tenth of a second, for lists.
QString short_clock(double t_s);

}  // namespace nines::gui
