// Bytes: numbers on their way to another process or a file, the same on every machine.
#pragma once

#include <bit>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace nines {

/// Writes numbers one after the other: whole ones in as few bytes as they need, seven bits in each,
/// the lowest first; doubles in eight, the lowest first.
class ByteWriter {
 public:
  void count(std::uint64_t value) {
    while (value >= 0x80) {
      bytes_ += static_cast<char>(value | 0x80);
      value >>= 7U;
    }
    bytes_ += static_cast<char>(value);
  }
  void number(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (unsigned shift = 0; shift < 64; shift += 8) bytes_ += static_cast<char>(bits >> shift);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads them again. Throws std::runtime_error where there are too few or they make no sense.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t count() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint64_t byte = next();
      value |= (byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    fail();
  }
  /// A count of things of which each takes at least a byte: no more than there can be.
  std::size_t size() {
    const std::uint64_t value = count();
    if (value > bytes_.size()) fail();
    return static_cast<std::size_t>(value);
  }
  double number() {
    std::uint64_t bits = 0;
    for (unsigned shift = 0; shift < 64; shift += 8) bits |= std::uint64_t{next()} << shift;
    return std::bit_cast<double>(bits);
  }
  bool at_end() const { return bytes_.empty(); }
  void end() const {
    if (!bytes_.empty()) fail();
  }
  [[noreturn]] static void fail() {
    throw std::runtime_error("the bytes of a summary are damaged");
  }

 private:
  std::uint8_t next() {
    if (bytes_.empty()) fail();
    const auto byte = static_cast<std::uint8_t>(bytes_.front());
    bytes_.remove_prefix(1);
    return byte;
  }
  std::string_view bytes_;
};

}  // namespace nines
