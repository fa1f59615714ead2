// Where results go: standard output, or files that appear whole or not at all.
#pragma once

#include <string>
#include <vector>

namespace nines::cli {

/// Throws UsageError if writing there would destroy one of the inputs, or any database: a store
/// that took a night is easily named by mistake.
void check_output(const std::string& path, const std::vector<std::string>& inputs);

/// Writes the text to the path, under another name until it is whole; "-" or empty: to standard
/// output. Throws std::runtime_error with the system's words if it cannot.
void write_output(const std::string& path, const std::string& text);

}  // namespace nines::cli
