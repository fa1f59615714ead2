#include "studies/cli/output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <unistd.h>

#include "studies/cli/options.hpp"
#include "studies/store/store.hpp"

namespace nines::cli {
namespace {

namespace fs = std::filesystem;

void write_to(const std::string& path, const std::string& text) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  const bool whole =
      file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const int reason = errno;
  const bool closed = file != nullptr && std::fclose(file) == 0;
  if (whole && closed) return;
  throw std::runtime_error(
      fmt::format("{}: cannot be written: {}", path, std::strerror(whole ? errno : reason)));
}

}  // namespace

void check_output(const std::string& path, const std::vector<std::string>& inputs) {
  if (path.empty() || path == "-") return;
  std::error_code error;
  if (fs::is_directory(path, error)) throw UsageError(fmt::format("{}: is a directory", path));
  for (const std::string& input : inputs) {
    if (!fs::equivalent(path, input, error)) continue;
    throw UsageError(fmt::format("{}: is what is read; write to another file", path));
  }
  if (fs::is_regular_file(path, error) && is_database(path)) {
    throw UsageError(
        fmt::format("{}: is a database, perhaps a store; write to another file", path));
  }
}

void write_output(const std::string& path, const std::string& text) {
  if (path.empty() || path == "-") {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return;  // at the end of the program it is seen whether that went well
  }
  std::error_code error;
  const fs::file_status there = fs::status(path, error);
  if (fs::exists(there) && !fs::is_regular_file(there)) return write_to(path, text);
  // Beside the file itself, not beside a link to it.
  const fs::path at = fs::weakly_canonical(path);
  if (fs::exists(there) && ::access(at.c_str(), W_OK) != 0) {
    throw std::runtime_error(fmt::format("{}: cannot be written: {}", path, std::strerror(errno)));
  }
  if (fs::exists(there) && ::access(at.parent_path().c_str(), W_OK) != 0)
    return write_to(path, text);
  const std::string unfinished = fmt::format("{}.{}", at.string(), ::getpid());
  try {
    write_to(unfinished, text);
    if (fs::exists(there)) fs::permissions(unfinished, there.permissions());
    fs::rename(unfinished, at);
  } catch (const std::exception&) {
    fs::remove(unfinished, error);
    throw;
  }
}

}  // namespace nines::cli
