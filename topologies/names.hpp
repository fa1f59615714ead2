// Names of components: ranges that stand for many, and patterns that match some.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nines {

/// All names that a key such as web-[1..4] stands for; empty, with the problem told, if it is
/// malformed or stands for too many.
std::vector<std::string> expanded(const std::string& text, std::string& problem);

/// Whether a name fits a pattern in which `*` stands for anything.
bool matches(std::string_view pattern, std::string_view name);

}  // namespace nines
