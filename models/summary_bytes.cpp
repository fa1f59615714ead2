#include "models/summary_bytes.hpp"

#include <type_traits>

#include "engine/base/bytes.hpp"
#include "models/serving.hpp"

namespace nines {
namespace {

constexpr std::uint64_t kLayout = 1;  // of what follows

// One list of fields serves both ways: a Writer takes const summaries, a Reader fills them.

struct Writer {
  ByteWriter& to;
  void operator()(const std::uint64_t& value) const { to.count(value); }
  void operator()(const std::uint32_t& value) const { to.count(value); }
  void operator()(const double& value) const { to.number(value); }
  void operator()(const PairSums& sums) const {
    to.count(sums.added);
    if (sums.added == 0) return;
    for (const double each : {sums.x, sums.y, sums.xx, sums.yy, sums.xy, sums.largest_x}) {
      to.number(each);
    }
  }
  void operator()(const Sketch& sketch) const {
    to.count(sketch.zeros());
    to.count(sketch.bins().size());
    if (sketch.count() == 0) return;
    to.number(sketch.largest());
    std::int64_t last = 0;  // bins as steps from one to the next; the first may be negative
    for (const auto& [bin, count] : sketch.bins()) {
      const std::int64_t step = bin - last;
      to.count(step >= 0 ? static_cast<std::uint64_t>(step) << 1U
                         : (static_cast<std::uint64_t>(-step) << 1U) | 1U);
      to.count(count);
      last = bin;
    }
  }
  void operator()(const Spans& spans) const {
    std::uint64_t some = 0;  // groups of runs that have any
    for (std::size_t g = 0; g < spans.groups().size(); ++g) {
      const Spans::Pair& pair = spans.groups()[g];
      if (pair.whole.count() + pair.cut.count() > 0) some |= std::uint64_t{1} << g;
    }
    to.count(some);
    for (std::size_t g = 0; g < spans.groups().size(); ++g) {
      if ((some >> g & 1U) == 0) continue;
      (*this)(spans.groups()[g].whole);
      (*this)(spans.groups()[g].cut);
    }
  }
  template <class T>
  void operator()(const std::vector<T>& list) const {
    to.count(list.size());
    for (const T& each : list) (*this)(each);
  }
  template <std::size_t kSize, class T>
  void operator()(const std::array<T, kSize>& list) const {
    for (const T& each : list) (*this)(each);
  }
  template <class Key, class Value>
  void operator()(const std::map<Key, Value>& map) const {
    to.count(map.size());
    for (const auto& [key, value] : map) {
      (*this)(key);
      (*this)(value);
    }
  }
  template <class T>
  void operator()(const T& record) const {
    fields(*this, record);
  }
};

struct Reader {
  ByteReader& from;
  void operator()(std::uint64_t& value) const { value = from.count(); }
  void operator()(std::uint32_t& value) const { value = static_cast<std::uint32_t>(from.count()); }
  void operator()(double& value) const { value = from.number(); }
  void operator()(PairSums& sums) const {
    sums.added = from.count();
    if (sums.added == 0) return;
    for (double* each : {&sums.x, &sums.y, &sums.xx, &sums.yy, &sums.xy, &sums.largest_x}) {
      *each = from.number();
    }
  }
  void operator()(Sketch& sketch) const {
    const std::uint64_t zeros = from.count();
    const std::size_t size = from.size();
    if (zeros == 0 && size == 0) return;
    const double largest = from.number();
    std::map<std::int32_t, std::uint64_t> bins;
    std::int64_t bin = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::uint64_t step = from.count();
      bin += (step & 1U) != 0 ? -static_cast<std::int64_t>(step >> 1U)
                              : static_cast<std::int64_t>(step >> 1U);
      bins.emplace_hint(bins.end(), static_cast<std::int32_t>(bin), from.count());
    }
    sketch = Sketch(std::move(bins), zeros, largest);
  }
  void operator()(Spans& spans) const {
    const std::uint64_t some = from.count();
    if (some == 0) return;
    std::vector<Spans::Pair> groups(Spans::kGroups);
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if ((some >> g & 1U) == 0) continue;
      (*this)(groups[g].whole);
      (*this)(groups[g].cut);
    }
    spans = Spans(std::move(groups));
  }
  template <class T>
  void operator()(std::vector<T>& list) const {
    list.resize(from.size());
    for (T& each : list) (*this)(each);
  }
  template <std::size_t kSize, class T>
  void operator()(std::array<T, kSize>& list) const {
    for (T& each : list) (*this)(each);
  }
  template <class Key, class Value>
  void operator()(std::map<Key, Value>& map) const {
    const std::size_t size = from.size();
    for (std::size_t i = 0; i < size; ++i) {
      Key key{};
      (*this)(key);
      (*this)(map.emplace_hint(map.end(), std::move(key), Value{})->second);
    }
  }
  template <class T>
  void operator()(T& record) const {
    fields(*this, record);
  }
};

template <class T, class Of>
concept Like = std::is_same_v<std::remove_const_t<T>, Of>;

template <class Archive, Like<ServiceSummary> S>
void fields(const Archive& a, S& s) {
  a(s.down), a(s.runs_with_downtime), a(s.runs_with_outage), a(s.counts), a(s.downtime_s);
  a(s.runs_by_outages), a(s.lengths_s), a(s.between_s), a(s.first_outage_s), a(s.first);
  a(s.degraded), a(s.unserved), a(s.stale), a(s.offered), a(s.response), a(s.saturated);
  a(s.response_laws), a(s.down_at), a(s.by_cause), a(s.by_set), a(s.lost_sessions);
  a(s.largest_loss_of_sessions), a(s.sessions_open_s);
}

template <class Archive, Like<GroupSummary> S>
void fields(const Archive& a, S& s) {
  a(s.detection_s), a(s.takeover_s), a(s.recovery_s), a(s.detection), a(s.takeover);
  a(s.recovery), a(s.begun), a(s.done), a(s.failed), a(s.unfounded), a(s.returned), a(s.split_s);
  a(s.lost_writes), a(s.losses), a(s.lost_writes_of_a_run), a(s.loss_writes), a(s.loss_reach_s);
  a(s.loss_reach), a(s.data_losses), a(s.unknown), a(s.waited), a(s.most_waiting);
}

template <class Archive, Like<CostSummary> S>
void fields(const Archive& a, S& s) {
  a(s.repairs), a(s.downtime), a(s.lost), a(s.all);
}

template <class Archive, Like<RunsSummary> S>
void fields(const Archive& a, S& s) {
  a(s.runs), a(s.runs_by_group), a(s.observed_s), a(s.missed_availability), a(s.missed_rto);
  a(s.missed_rpo_writes), a(s.missed_rpo_s), a(s.events), a(s.services), a(s.groups), a(s.costs);
}

}  // namespace

std::string to_bytes(const RunsSummary& summary) {
  ByteWriter bytes;
  bytes.count(kLayout);
  Writer{bytes}(summary);
  return bytes.take();
}

RunsSummary from_bytes(std::string_view bytes) {
  ByteReader from(bytes);
  if (from.count() != kLayout) ByteReader::fail();
  RunsSummary summary;
  Reader{from}(summary);
  from.end();
  return summary;
}

std::string LawsInUse::fresh(const RunsSummary& summary,
                             const std::vector<CompiledService>& services) {
  ByteWriter bytes;
  std::uint64_t count = 0;
  for (std::size_t s = 0; s < summary.services.size(); ++s) {
    for (const auto& [number, weights] : summary.services[s].response_laws) {
      if (!known_.emplace(s, number).second) continue;
      ++count;
      bytes.count(s);
      Writer{bytes}(services[s].book->law(number).content());
    }
  }
  return count == 0 ? std::string() : bytes.take();
}

void add_laws(std::string_view bytes, const std::vector<CompiledService>& services) {
  ByteReader from(bytes);
  while (!from.at_end()) {
    const std::uint64_t s = from.count();
    if (s >= services.size() || !services[s].book) ByteReader::fail();
    std::vector<double> content;
    Reader{from}(content);
    services[s].book->number_of(ResponseLaw::of(content));
  }
}

}  // namespace nines
