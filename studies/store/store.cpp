#include "studies/store/store.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "nines_version.hpp"

namespace nines {
namespace {

constexpr int kApplicationId = 0x6E696E65;  // "nine"
constexpr int kLayout = 2;

// Of the bytes in a block: see models/summary_bytes.
constexpr const char* kSchema = R"(
CREATE TABLE study(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file(              -- that the topology and its designs name
  name TEXT PRIMARY KEY,
  content BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE design(
  id INTEGER PRIMARY KEY,       -- from 1
  label TEXT NOT NULL,
  stopped_by TEXT               -- 'runs' or 'precision'; null: it is not done
);
CREATE TABLE level(
  design INTEGER NOT NULL REFERENCES design(id),
  factor TEXT NOT NULL,
  value TEXT,                   -- null: as the topology has it
  PRIMARY KEY(design, factor)
) WITHOUT ROWID;
CREATE TABLE block(
  id INTEGER PRIMARY KEY,       -- design * 2^32 + number of the block, from 0
  runs INTEGER NOT NULL,
  summary BLOB NOT NULL
);
CREATE TABLE law(               -- of response times, that summaries name
  design INTEGER NOT NULL REFERENCES design(id),
  content BLOB NOT NULL,
  PRIMARY KEY(design, content)
) WITHOUT ROWID;
CREATE TABLE estimate(
  design INTEGER NOT NULL REFERENCES design(id),
  subject TEXT NOT NULL,        -- service or group; empty: the whole topology
  measure TEXT NOT NULL,
  value REAL, low REAL, high REAL,  -- null: infinite
  PRIMARY KEY(design, subject, measure)
) WITHOUT ROWID;
CREATE VIEW designs AS
  SELECT d.id, d.label, d.stopped_by,
    (SELECT sum(b.runs) FROM block b WHERE b.id BETWEEN d.id << 32 AND (d.id << 32) + 4294967295)
      AS runs,
    e.subject AS service, e.value AS unavailability, e.low AS unavailability_low,
    e.high AS unavailability_high,
    (SELECT c.value FROM estimate c WHERE c.design = d.id AND c.measure = 'cost_per_year')
      AS cost_per_year
  FROM design d LEFT JOIN estimate e ON e.design = d.id AND e.measure = 'unavailability'
  ORDER BY d.id, e.subject;
CREATE VIEW estimates AS
  SELECT e.design, d.label, e.subject, e.measure, e.value, e.low, e.high
  FROM estimate e JOIN design d ON d.id = e.design;
CREATE VIEW progress AS
  SELECT count(*) AS designs, count(stopped_by) AS done,
    (SELECT count(*) FROM block) AS blocks, (SELECT sum(runs) FROM block) AS runs
  FROM design;
)";

std::int64_t row_of(std::uint32_t design, std::uint32_t block) {
  return (static_cast<std::int64_t>(design) + 1) << 32U | block;
}

/// One statement, prepared once and used again.
class Statement {
 public:
  Statement(sqlite3* database, const std::string& path, const char* text)
      : database_(database), path_(path) {
    if (sqlite3_prepare_v3(database, text, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) !=
        SQLITE_OK) {
      fail();
    }
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int at, std::int64_t value) {
    check(sqlite3_bind_int64(statement_, at, value));
    return *this;
  }
  Statement& bind(int at, std::string_view text) {
    check(sqlite3_bind_text64(statement_, at, text.data(), text.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8));
    return *this;
  }
  Statement& bind_bytes(int at, std::string_view bytes) {
    check(sqlite3_bind_blob64(statement_, at, bytes.data(), bytes.size(), SQLITE_STATIC));
    return *this;
  }
  Statement& bind_number(int at, double value) {
    // Infinity would come back as a number that few tools read.
    check(value - value == 0.0 ? sqlite3_bind_double(statement_, at, value)
                               : sqlite3_bind_null(statement_, at));
    return *this;
  }
  Statement& bind_null(int at) {
    check(sqlite3_bind_null(statement_, at));
    return *this;
  }
  /// True while there is a row.
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fail();
    sqlite3_reset(statement_);
    return false;
  }
  std::int64_t whole(int column) { return sqlite3_column_int64(statement_, column); }
  std::string text(int column) {
    const void* bytes = sqlite3_column_blob(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
  }

 private:
  void check(int code) {
    if (code != SQLITE_OK) fail();
  }
  [[noreturn]] void fail() {
    const int code = sqlite3_errcode(database_);
    const std::string words = sqlite3_errmsg(database_);
    if (statement_ != nullptr) sqlite3_reset(statement_);
    throw StoreError(fmt::format("{}: {}{}", path_, words,
                                 code == SQLITE_FULL || code == SQLITE_IOERR
                                     ? "; what is stored is kept, and `nines study resume` goes on"
                                     : ""));
  }
  sqlite3* database_;
  const std::string& path_;
  sqlite3_stmt* statement_ = nullptr;
};

/// The first bytes of a SQLite file, read without SQLite, which might write to it.
void check_header(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw StoreError(fmt::format("{}: {}", path, std::strerror(errno)));
  std::array<char, 100> header{};
  file.read(header.data(), header.size());
  const bool sqlite = file.gcount() == static_cast<std::streamsize>(header.size()) &&
                      std::memcmp(header.data(), "SQLite format 3", 16) == 0;
  if (!sqlite) throw StoreError(fmt::format("{}: is no store of nines, nor any database", path));
  const auto big_endian = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value = value << 8U | static_cast<unsigned char>(header[at + i]);
    }
    return value;
  };
  if (big_endian(68) != kApplicationId) {
    throw StoreError(fmt::format("{}: is a database, but no store of nines", path));
  }
  if (big_endian(60) != kLayout) {
    throw StoreError(fmt::format("{}: is a store of layout {}; this nines knows {}", path,
                                 big_endian(60), kLayout));
  }
}

std::string this_machine() {
  utsname name{};
  if (uname(&name) != 0) return "unknown";
  return fmt::format("{} {} {}", name.nodename, name.sysname, name.machine);
}

}  // namespace

struct Store::Open {
  std::string path;
  sqlite3* database = nullptr;
  int lock = -1;  ///< of the writer
  std::unique_ptr<Statement> add_block, add_law, add_estimate, finish_design;

  ~Open() {
    add_block.reset();
    add_law.reset();
    add_estimate.reset();
    finish_design.reset();
    sqlite3_close_v2(database);
    if (lock >= 0) ::close(lock);
  }
  void run(const char* text) const {
    char* words = nullptr;
    if (sqlite3_exec(database, text, nullptr, nullptr, &words) == SQLITE_OK) return;
    const std::string message = words != nullptr ? words : sqlite3_errmsg(database);
    sqlite3_free(words);
    throw StoreError(fmt::format("{}: {}", path, message));
  }
  /// All of it, or nothing.
  void transact(const std::function<void()>& what) const {
    run("BEGIN IMMEDIATE");
    try {
      what();
      run("COMMIT");
    } catch (...) {
      sqlite3_exec(database, "ROLLBACK", nullptr, nullptr, nullptr);
      throw;
    }
  }
  /// One writer at a time, whoever it is; readers are free. Closed after the database: closing any
  /// descriptor of a file drops the locks that SQLite holds on it (fcntl(2)).
  void lock_for_writing() {
    lock = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (lock < 0) throw StoreError(fmt::format("{}: {}", path, std::strerror(errno)));
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
      throw StoreError(fmt::format("{}: another process is writing to it", path));
    }
  }
  void connect(int flags) {
    if (sqlite3_open_v2(path.c_str(), &database, flags, nullptr) != SQLITE_OK) {
      throw StoreError(fmt::format("{}: {}", path, sqlite3_errmsg(database)));
    }
    sqlite3_extended_result_codes(database, 0);
    sqlite3_busy_timeout(database, 10'000);
  }
  std::string value(const char* key) const {
    Statement get(database, path, "SELECT value FROM study WHERE key = ?");
    get.bind(1, std::string_view(key));
    if (!get.step()) throw StoreError(fmt::format("{}: has no '{}'; it is damaged", path, key));
    return get.text(0);
  }
  void set(const char* key, const std::string& value) const {
    Statement put(database, path, "INSERT OR REPLACE INTO study VALUES(?, ?)");
    put.bind(1, std::string_view(key)).bind(2, std::string_view(value)).step();
  }
  void ready_to_write() {
    // A commit survives the death of the process; that of the machine takes the last ones, and
    // `resume` simulates those again (SQLite, "PRAGMA synchronous").
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  }
};

bool is_database(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 16> begin{};
  file.read(begin.data(), begin.size());
  return file.gcount() == 16 && std::memcmp(begin.data(), "SQLite format 3", 16) == 0;
}

Store::Store(std::unique_ptr<Open> open) : open_(std::move(open)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

const std::string& Store::path() const { return open_->path; }

Store Store::create(const std::string& path, const LoadedStudy& loaded, const Shard& shard) {
  if (::access(path.c_str(), F_OK) == 0) throw StoreError(fmt::format("{}: exists already", path));
  const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    throw StoreError(fmt::format("{}: cannot be made: {}", path, std::strerror(errno)));
  }
  // Under another name until it is whole: whoever finds a store finds all of it.
  const std::string unfinished = fmt::format("{}.{}", path, ::getpid());
  ::unlink(unfinished.c_str());
  struct Unlink {
    const std::string& path;
    ~Unlink() {
      for (const char* ending : {"", "-wal", "-shm", "-journal"}) ::unlink((path + ending).c_str());
    }
  } const unlink_at_the_end{unfinished};
  auto open = std::make_unique<Open>();
  open->path = unfinished;
  open->connect(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  const Study& study = *loaded.study;
  const StudyTexts& texts = loaded.texts;
  open->transact([&] {
    open->run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", kApplicationId,
                          kLayout)
                  .c_str());
    open->run(kSchema);
    open->set("title", study.title);
    open->set("version", NINES_VERSION);
    open->set("seed", fmt::format("{}", study.experiment.seed));
    open->set("machine", this_machine());
    open->set("study_path", texts.path);
    open->set("study", texts.text);
    open->set("topology_path", texts.topology_path);
    open->set("topology", texts.topology_text);
    open->set("catalogue_path", texts.catalogue_path);
    open->set("catalogue", texts.catalogue_text);
    open->set("input_hash", loaded.base->topology->input_hash);
    open->set("shard", fmt::format("{}/{}", shard.i, shard.of));
    Statement file(open->database, unfinished, "INSERT INTO file VALUES(?, ?)");
    for (const auto& [name, content] : texts.files.contents) {
      file.bind(1, std::string_view(name)).bind_bytes(2, *content).step();
    }
    Statement design(open->database, unfinished, "INSERT INTO design(id, label) VALUES(?, ?)");
    Statement level(open->database, unfinished, "INSERT INTO level VALUES(?, ?, ?)");
    for (std::size_t d = 0; d < study.designs.size(); ++d) {
      const auto id = static_cast<std::int64_t>(d + 1);
      design.bind(1, id).bind(2, std::string_view(study.label(d))).step();
      for (std::size_t f = 0; f < study.factors.size(); ++f) {
        const auto& at = study.designs[d].levels[f];
        level.bind(1, id).bind(2, std::string_view(study.factors[f].name));
        if (at) {
          level.bind(3, std::string_view(study.factors[f].levels[*at].label));
        } else {
          level.bind_null(3);
        }
        level.step();
      }
    }
  });
  open.reset();
  publish(unfinished, path);
  return Store::open(path, Access::write);
}

void Store::publish(const std::string& unfinished, const std::string& path) {
  const auto refuse = [&](int reason) {
    throw StoreError(
        fmt::format("{}: {}", path, reason == EEXIST ? "exists already" : std::strerror(reason)));
  };
  // One at a time in a folder: of two who want the same name the second must not touch what belongs
  // to the first.
  struct Closed {
    int file;
    ~Closed() { ::close(file); }
  } const folder{::open(std::filesystem::absolute(path).parent_path().c_str(),
                        O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (folder.file < 0 || flock(folder.file, LOCK_EX) != 0) refuse(errno);
  if (::access(path.c_str(), F_OK) == 0) refuse(EEXIST);
  // What a store of that name has left behind when it was killed and removed: SQLite would take the
  // blocks in it for ours.
  for (const char* ending : {"-wal", "-shm", "-journal"}) ::unlink((path + ending).c_str());
  if (::link(unfinished.c_str(), path.c_str()) != 0) refuse(errno);
  ::unlink(unfinished.c_str());
}

Store Store::open(const std::string& path, Access access) {
  auto open = std::make_unique<Open>();
  open->path = path;
  check_header(path);
  if (access == Access::write) open->lock_for_writing();
  {
    // First a look that cannot change anything.
    Open look;
    look.path = path;
    look.connect(SQLITE_OPEN_READONLY);
    try {
      Statement check(look.database, path, "PRAGMA quick_check(1)");
      const bool row = check.step();
      const std::string said = row ? check.text(0) : "nothing";
      if (said != "ok") throw StoreError(fmt::format("{}: is damaged: {}", path, said));
    } catch (const StoreError& error) {
      const int code = sqlite3_errcode(look.database);
      if (code != SQLITE_CORRUPT && code != SQLITE_NOTADB) throw;
      throw StoreError(fmt::format("{}: is damaged: {}", path, sqlite3_errmsg(look.database)));
    }
  }
  // A reader that may write, too, though no statement does: the last one that closes the file takes
  // -wal and -shm along (SQLite, "Write-Ahead Logging", section 4).
  open->connect(SQLITE_OPEN_READWRITE);
  if (access == Access::write) {
    open->ready_to_write();
  } else {
    open->run("PRAGMA query_only = ON");
  }
  return Store(std::move(open));
}

StudyTexts Store::texts() const {
  StudyTexts texts;
  texts.path = open_->value("study_path");
  texts.text = open_->value("study");
  texts.topology_path = open_->value("topology_path");
  texts.topology_text = open_->value("topology");
  texts.catalogue_path = open_->value("catalogue_path");
  texts.catalogue_text = open_->value("catalogue");
  Statement file(open_->database, open_->path, "SELECT name, content FROM file");
  while (file.step()) {
    texts.files.contents[file.text(0)] = std::make_shared<const std::string>(file.text(1));
  }
  return texts;
}

std::string Store::version() const { return open_->value("version"); }
std::string Store::machine() const { return open_->value("machine"); }
std::string Store::input_hash() const { return open_->value("input_hash"); }

Shard Store::shard() const {
  Shard shard;
  const std::string text = open_->value("shard");
  if (std::sscanf(text.c_str(), "%u/%u", &shard.i, &shard.of) != 2 || shard.i < 1 ||
      shard.i > shard.of) {
    throw StoreError(fmt::format("{}: is damaged: it is part \"{}\"", path(), text));
  }
  return shard;
}

void Store::set_shard(const Shard& shard) {
  open_->transact([&] { open_->set("shard", fmt::format("{}/{}", shard.i, shard.of)); });
}

void Store::add(const std::vector<StoredBlock>& blocks) {
  auto& put = open_->add_block;
  if (!put) {
    put = std::make_unique<Statement>(open_->database, open_->path,
                                      "INSERT INTO block VALUES(?, ?, ?)");
    open_->add_law = std::make_unique<Statement>(open_->database, open_->path,
                                                 "INSERT OR IGNORE INTO law VALUES(?, ?)");
  }
  open_->transact([&] {
    for (const StoredBlock& block : blocks) {
      put->bind(1, row_of(block.design, block.block))
          .bind(2, std::int64_t{block.runs})
          .bind_bytes(3, block.summary)
          .step();
      if (block.laws.empty()) continue;
      open_->add_law->bind(1, std::int64_t{block.design} + 1).bind_bytes(2, block.laws).step();
    }
  });
}

void Store::finish(std::uint32_t design, const std::string& stopped_by,
                   const std::vector<Figure>& figures) {
  auto& put = open_->add_estimate;
  auto& done = open_->finish_design;
  if (!put) {
    put = std::make_unique<Statement>(open_->database, open_->path,
                                      "INSERT OR REPLACE INTO estimate VALUES(?, ?, ?, ?, ?, ?)");
    done = std::make_unique<Statement>(open_->database, open_->path,
                                       "UPDATE design SET stopped_by = ? WHERE id = ?");
  }
  const std::int64_t id = std::int64_t{design} + 1;
  open_->transact([&] {
    for (const Figure& f : figures) {
      put->bind(1, id)
          .bind(2, std::string_view(f.subject))
          .bind(3, std::string_view(f.measure))
          .bind_number(4, f.estimate.value)
          .bind_number(5, f.estimate.low)
          .bind_number(6, f.estimate.high)
          .step();
    }
    done->bind(1, std::string_view(stopped_by)).bind(2, id).step();
  });
}

void Store::laws_of(std::uint32_t design,
                    const std::function<void(const std::string&)>& each) const {
  Statement get(open_->database, open_->path, "SELECT content FROM law WHERE design = ?");
  get.bind(1, std::int64_t{design} + 1);
  while (get.step()) each(get.text(0));
}

void Store::blocks_of(std::uint32_t design,
                      const std::function<void(const StoredBlock&)>& each) const {
  Statement get(open_->database, open_->path,
                "SELECT id, runs, summary FROM block WHERE id BETWEEN ? AND ? ORDER BY id");
  get.bind(1, row_of(design, 0)).bind(2, row_of(design, 0xFFFFFFFFU));
  while (get.step()) {
    each({design,
          static_cast<std::uint32_t>(get.whole(0)),
          static_cast<std::uint32_t>(get.whole(1)),
          get.text(2),
          {},
          nullptr});
  }
}

std::vector<std::uint32_t> Store::blocks_by_design() const {
  Statement designs(open_->database, open_->path, "SELECT count(*) FROM design");
  designs.step();
  std::vector<std::uint32_t> counts(static_cast<std::size_t>(designs.whole(0)), 0);
  Statement get(open_->database, open_->path,
                "SELECT id >> 32, count(*) FROM block GROUP BY id >> 32");
  while (get.step()) {
    const auto design = static_cast<std::size_t>(get.whole(0)) - 1;
    if (design < counts.size()) counts[design] = static_cast<std::uint32_t>(get.whole(1));
  }
  return counts;
}

std::size_t Store::designs_done() const {
  Statement get(open_->database, open_->path, "SELECT count(stopped_by) FROM design");
  get.step();
  return static_cast<std::size_t>(get.whole(0));
}

void Store::merge(const Store& other) {
  for (const char* key : {"study", "topology", "catalogue", "version", "input_hash"}) {
    if (open_->value(key) == other.open_->value(key)) continue;
    throw StoreError(
        fmt::format("{}: is of another {} than the first part; only parts of one study merge",
                    other.path(), std::string_view(key) == "input_hash" ? "topology" : key));
  }
  const auto others = other.texts().files.contents;
  for (const auto& [name, content] : texts().files.contents) {
    const auto at = others.find(name);
    if (at != others.end() && *at->second == *content) continue;
    throw StoreError(
        fmt::format("{}: was begun with another '{}' than the first part", other.path(), name));
  }
  Statement here(open_->database, open_->path, "SELECT runs, summary FROM block WHERE id = ?");
  Statement put(open_->database, open_->path, "INSERT INTO block VALUES(?, ?, ?)");
  Statement get(other.open_->database, other.open_->path,
                "SELECT id, runs, summary FROM block ORDER BY id");
  open_->transact([&] {
    while (get.step()) {
      const std::int64_t id = get.whole(0);
      const std::string summary = get.text(2);
      if (here.bind(1, id).step()) {
        const bool same = here.whole(0) == get.whole(1) && here.text(1) == summary;
        here.step();
        if (same) continue;
        throw StoreError(fmt::format("{}: block {} of design {} differs from that of another part",
                                     other.path(), id & 0xFFFFFFFF, id >> 32));
      }
      put.bind(1, id).bind(2, get.whole(1)).bind_bytes(3, summary).step();
    }
    Statement laws(other.open_->database, other.open_->path, "SELECT design, content FROM law");
    Statement put_law(open_->database, open_->path, "INSERT OR IGNORE INTO law VALUES(?, ?)");
    while (laws.step()) {
      const std::string content = laws.text(1);
      put_law.bind(1, laws.whole(0)).bind_bytes(2, content).step();
    }
  });
}

}  // namespace nines
