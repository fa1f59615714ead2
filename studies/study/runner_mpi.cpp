// The one file that knows MPI. Rank 0 leads and keeps the store, the others ask for blocks.
#include <chrono>
#include <cstdlib>
#include <exception>
#include <thread>

#include "engine/base/bytes.hpp"
#include "studies/study/runner.hpp"

#ifdef NINES_WITH_MPI
#include <mpi.h>
#endif

namespace nines {

bool on_ranks() {
  // Open MPI's mpirun and Slurm's srun say so in the environment; starting MPI to ask would take a
  // tenth of a second and fails where no network is allowed.
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_RANK"}) {
    if (std::getenv(name) != nullptr) return true;
  }
  return false;
}

#ifndef NINES_WITH_MPI

bool knows_ranks() { return false; }
MpiRanks::MpiRanks() = default;
MpiRanks::~MpiRanks() = default;
std::string MpiRanks::shared(const std::string& said) const { return said; }
bool MpiRanks::lead(Leader&, const std::atomic<bool>&) const { return false; }
void MpiRanks::follow(CompiledDesigns&, const std::atomic<bool>&) const {}
void MpiRanks::abort(int exit_code) const { std::exit(exit_code); }

#else

namespace {

enum Tag : int { kReport = 1, kErrandTag = 2 };

/// Waits without turning a core: ranks may be more than cores.
bool arrived(int from, int tag, MPI_Status& status) {
  int there = 0;
  MPI_Iprobe(from, tag, MPI_COMM_WORLD, &there, &status);
  return there != 0;
}

std::string received(const MPI_Status& from) {
  int size = 0;
  MPI_Get_count(&from, MPI_CHAR, &size);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  MPI_Recv(bytes.data(), size, MPI_CHAR, from.MPI_SOURCE, from.MPI_TAG, MPI_COMM_WORLD,
           MPI_STATUS_IGNORE);
  return bytes;
}

void send(const std::string& bytes, int to, int tag) {
  MPI_Send(bytes.data(), static_cast<int>(bytes.size()), MPI_CHAR, to, tag, MPI_COMM_WORLD);
}

/// A report: how many blocks the next errand should have, whether the rank was interrupted, and
/// the blocks of the last one.
struct Report {
  std::vector<StoredBlock> blocks;
  std::uint32_t errand = 1;
  bool interrupted = false;
};

std::string packed(const Report& report) {
  const std::vector<StoredBlock>& blocks = report.blocks;
  ByteWriter bytes;
  bytes.count(report.errand);
  bytes.count(report.interrupted ? 1 : 0);
  bytes.count(blocks.size());
  for (const StoredBlock& block : blocks) {
    for (const std::uint32_t each : {block.design, block.block, block.runs}) bytes.count(each);
    bytes.count(block.summary.size());
    bytes.count(block.laws.size());
  }
  std::string out = bytes.take();
  for (const StoredBlock& block : blocks) out += block.summary + block.laws;
  return out;
}

Report unpacked(const std::string& text) {
  ByteReader bytes(text);
  Report report;
  report.errand = static_cast<std::uint32_t>(bytes.count());
  report.interrupted = bytes.count() != 0;
  std::vector<StoredBlock>& blocks = report.blocks;
  blocks.resize(bytes.size());
  std::vector<std::pair<std::size_t, std::size_t> > sizes;
  std::size_t all = 0;
  for (StoredBlock& block : blocks) {
    for (std::uint32_t* each : {&block.design, &block.block, &block.runs}) {
      *each = static_cast<std::uint32_t>(bytes.count());
    }
    const std::size_t summary = bytes.size();
    sizes.emplace_back(summary, bytes.size());
    all += sizes.back().first + sizes.back().second;
  }
  if (all > text.size()) ByteReader::fail();
  std::size_t at = text.size() - all;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    blocks[i].summary = text.substr(at, sizes[i].first);
    blocks[i].laws = text.substr(at + sizes[i].first, sizes[i].second);
    at += sizes[i].first + sizes[i].second;
  }
  return report;
}

}  // namespace

bool knows_ranks() { return true; }

MpiRanks::MpiRanks() {
  MPI_Init(nullptr, nullptr);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  MPI_Comm_size(MPI_COMM_WORLD, &size_);
}

MpiRanks::~MpiRanks() { MPI_Finalize(); }

void MpiRanks::abort(int exit_code) const {
  MPI_Abort(MPI_COMM_WORLD, exit_code);
  std::_Exit(exit_code);
}

std::string MpiRanks::shared(const std::string& said) const {
  std::string text = said;
  std::uint64_t size = text.size();
  MPI_Bcast(&size, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
  text.resize(size);
  MPI_Bcast(text.data(), static_cast<int>(size), MPI_CHAR, 0, MPI_COMM_WORLD);
  return text;
}

bool MpiRanks::lead(Leader& leader, const std::atomic<bool>& interrupted) const {
  std::vector<std::pair<int, std::uint32_t> > idle;  // ranks that wait, and their errands
  int at_work = size_ - 1;                           // ranks that have not been sent home
  bool stopped = false;  // by whoever of the ranks was interrupted: all end
  const auto send_out = [&](int rank, std::uint32_t blocks) {
    const std::optional<Assignment> next = stopped ? std::nullopt : leader.assign(blocks);
    const bool home = stopped || (!next && leader.over());
    if (!next && !home) return false;
    ByteWriter bytes;
    if (next) {
      for (const std::uint32_t each : {next->design, next->first_block, next->blocks}) {
        bytes.count(each);
      }
    }
    send(bytes.take(), rank, kErrandTag);
    at_work -= home ? 1 : 0;
    return true;
  };
  while (at_work > 0) {
    stopped = stopped || interrupted.load();
    std::erase_if(idle, [&](const auto& waits) { return send_out(waits.first, waits.second); });
    MPI_Status status;
    if (!arrived(MPI_ANY_SOURCE, kReport, status)) {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
      continue;
    }
    Report report = unpacked(received(status));
    stopped = stopped || report.interrupted;
    leader.take(std::move(report.blocks));
    idle.emplace_back(status.MPI_SOURCE, report.errand);
  }
  return leader.over();
}

void MpiRanks::follow(CompiledDesigns& designs, const std::atomic<bool>& interrupted) const {
  StudyWorker worker(designs);
  Errand errand;
  Report report;
  while (true) {
    report.errand = errand.blocks();
    report.interrupted = interrupted.load();
    send(packed(report), 0, kReport);
    MPI_Status status;
    while (!arrived(0, kErrandTag, status)) {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    const std::string order = received(status);
    if (order.empty()) return;
    ByteReader bytes(order);
    const auto design = static_cast<std::uint32_t>(bytes.count());
    const auto first = static_cast<std::uint32_t>(bytes.count());
    const auto blocks = static_cast<std::uint32_t>(bytes.count());
    const auto begun = std::chrono::steady_clock::now();
    report.blocks = worker.work(design, first, blocks, interrupted);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun;
    errand.took(blocks, spent.count());
  }
}

#endif

}  // namespace nines
