// Store: a study and what its blocks say, in one SQLite file that survives whatever happens.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "studies/figures.hpp"
#include "studies/study/study.hpp"

namespace nines {

/// What a store cannot do: with the path and, from the system or SQLite, its words.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What one block says, as bytes: see `to_bytes`.
struct StoredBlock {
  std::uint32_t design = 0;
  std::uint32_t block = 0;
  std::uint32_t runs = 0;
  std::string summary;  ///< to_bytes
  std::string laws;     ///< that summaries from here on name: LawsInUse::fresh
  /// The summary itself, where it has not left the process; else it is read from the bytes.
  std::shared_ptr<const RunsSummary> parsed = nullptr;
};

/// Which part of a study a store is for: of N, the i-th, from 1.
struct Shard {
  std::uint32_t i = 1;
  std::uint32_t of = 1;
  bool operator==(const Shard&) const = default;
};

/// Whether a file is a SQLite database, ours or another's. Nothing is locked or changed.
bool is_database(const std::string& path);

/// The schema, its tables and views are described in docs/reference/store.md.
class Store {
 public:
  /// Makes a file that must not exist yet. Throws StoreError.
  static Store create(const std::string& path, const LoadedStudy& study, const Shard& shard);
  /// Gives a closed store its name. Throws StoreError if that is taken.
  static void publish(const std::string& unfinished, const std::string& path);
  /// Opens one that nines has made. One that it has not, or that is damaged, is refused and left
  /// as it is. `readers` may open it while another writes. Throws StoreError.
  enum class Access : unsigned char { read, write };
  static Store open(const std::string& path, Access access);

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  const std::string& path() const;
  /// What the study was made from.
  StudyTexts texts() const;
  std::string version() const;
  std::string machine() const;     ///< on which it was begun
  std::string input_hash() const;  ///< of the topology that is varied
  Shard shard() const;

  /// All in one transaction: after it they are there, whatever happens.
  void add(const std::vector<StoredBlock>& blocks);
  /// A design is done: what it says, for people who query the file.
  void finish(std::uint32_t design, const std::string& stopped_by,
              const std::vector<Figure>& figures);

  /// The laws that the blocks of a design name, each at least once.
  void laws_of(std::uint32_t design, const std::function<void(const std::string&)>& each) const;
  /// The blocks of a design, in order.
  void blocks_of(std::uint32_t design, const std::function<void(const StoredBlock&)>& each) const;
  /// How many blocks of each design there are, and which are the first without a gap.
  std::vector<std::uint32_t> blocks_by_design() const;
  std::size_t designs_done() const;
  /// Adds the blocks of another part of the same study. Throws StoreError if it is of another
  /// study, or has a block that is here and differs.
  void merge(const Store& other);
  void set_shard(const Shard& shard);

 private:
  struct Open;
  explicit Store(std::unique_ptr<Open> open);
  std::unique_ptr<Open> open_;
};

}  // namespace nines
