// What is counted of failovers, copies and sessions: how often, how long, how many.
#pragma once

#include <deque>
#include <vector>

#include "engine/measure/observer.hpp"
#include "models/outages.hpp"

namespace nines {

/// Watches the failovers and copies of all groups and the sessions of all services through many
/// runs.
class TallyObserver final : public Observer {
 public:
  TallyObserver(const Model& model, const std::deque<CompiledGroup>& groups,
                const std::vector<CompiledService>& services, const Questions& questions);

  /// Nothing is counted: there is no need to listen.
  bool idle() const {
    return groups_.empty() && copies_.empty() && sessions_.empty() && buffers_.empty() &&
           commits_.empty();
  }
  void open(const Moment& moment, std::uint32_t run);
  /// Adds what was seen of the run to the summary.
  void close(const Moment& moment, RunsSummary& summary);
  /// Acknowledged writes that were lost in the run that was closed last.
  double lost_writes() const { return lost_writes_; }

  void run_begins(const Moment&) override;
  void signal_changed(const Moment&, SignalId, bool value, SlotId origin) override;
  void evaluated(const Moment&, EvaluationId, std::span<const double> numbers) override;
  void earned(const Moment&, MeasureId, double amount) override;

 private:
  static constexpr double kNot = -1.0;
  /// A row for each thing that a signal or a measure says.
  struct Said {
    enum class What : std::uint8_t {
      nothing,
      unnoticed,
      noticed,
      begun,
      done,
      failed,
      unfounded,
      returned,
      split,
      lost,
      open,
      lost_writes,
      data_loss,
      leader_failed
    };
    What what = What::nothing;
    std::size_t row = 0;   ///< group or service, in the lists below
    std::size_t item = 0;  ///< which of the watched
  };
  /// Times of one kind in this run.
  struct Delays {
    Spans spans_s;
    double sum_s = 0.0;
    double count = 0.0;
    void add(std::uint32_t run, double delay_s) {
      spans_s.add(run, delay_s, false);
      sum_s += delay_s;
      count += 1.0;
    }
  };
  struct Group {
    std::size_t number = 0;
    std::vector<double> failed_since_s;  ///< by watched; kNot: it is well, or noticed
    double fault_s = kNot;               ///< behind a notice of this moment
    double noticed_s = kNot;
    struct Takeover {
      double fault_s;
      double begun_s;
    };
    std::deque<Takeover> under_way;  ///< told apart only by their order
    double split_since_s = kNot;
    double begun = 0.0, done = 0.0, failed = 0.0, unfounded = 0.0, returned = 0.0, split_s = 0.0;
    Delays detection, takeover, recovery;
  };
  struct Sessions {
    std::size_t number = 0;
    double open_since_s = kNot;
    double open_s = 0.0;
    double lost = 0.0;
    double largest = 0.0;
    double last_s = kNot;  ///< when the last loss was
    double at_once = 0.0;  ///< lost at that moment
    std::uint64_t losses = 0;
  };

  /// The data of a group: what was written, and what of it was lost.
  struct Copies {
    std::size_t number = 0;
    const CompiledGroup::Copies* compiled = nullptr;
    std::vector<double> rates;  ///< by source
    struct Break {
      double t_s;
      double written;  ///< until then
      double rate;     ///< from then on
    };
    std::vector<Break> history;  ///< since the run began
    /// What former primaries have acknowledged beside a new one since there were two.
    std::vector<double> to_former;  ///< rates, by source
    double doomed = 0.0;
    double doomed_s = 0.0;  ///< until when it is counted
    double lost = 0.0;
    double data_losses = 0.0;
    double losses = 0.0;
    double at_once = 0.0;  ///< the loss of this moment
    double at_s = kNot;    ///< which moment; kNot: it is counted
    double largest = 0.0;
    double furthest_s = 0.0;
    Spans writes, reach_s;
    double reach_sum_s = 0.0;
  };
  /// What waits in a queue, followed as the fluid is.
  struct Buffer {
    std::size_t number = 0;
    const CompiledGroup::Buffer* compiled = nullptr;
    double level = 0.0;
    double slope = 0.0;
    double in = 0.0;       ///< acknowledged per second
    double since_s = 0.0;  ///< so
    double area = 0.0;     ///< of the level over time
    double taken = 0.0;
    double most = 0.0;
    void settle(double t_s);
  };
  /// Writes that are under way, for those whose primary or leader may fail.
  struct Commits {
    std::size_t number = 0;
    struct Source {
      CompiledWrites of;
      double under_way = 0.0;  ///< rate times response time
      double before = 0.0;     ///< the same until `since_s`
      double since_s = 0.0;
    };
    std::vector<Source> sources;
    double unknown = 0.0;
  };
  void write(Copies& copies, double t_s) const;
  void count_loss(Copies& copies);
  static void doom(Copies& copies, double t_s);
  Copies* copies_of(std::size_t group);
  static double reach_of(const Copies& copies, double amount, double t_s);

  std::vector<Said> by_signal_;
  std::vector<Said> by_measure_;
  std::vector<Group> groups_;
  std::vector<Copies> copies_;
  std::vector<Commits> commits_;
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> commits_of_;  ///< by evaluation
  std::vector<Buffer> buffers_;
  std::vector<std::vector<std::size_t>> buffers_of_;  ///< by evaluation: rows of `buffers_`
  /// By evaluation: rows of `copies_` and which of their sources.
  using Sources = std::vector<std::vector<std::pair<std::size_t, std::size_t>>>;
  Sources sources_of_;
  Sources sources_of_signal_;  ///< by signal, of services without a workload
  Questions questions_;
  std::vector<Sessions> sessions_;
  std::vector<SignalId> opens_;   ///< by row of sessions_
  std::vector<SignalId> splits_;  ///< by row of groups_; none
  bool counting_ = false;
  double lost_writes_ = 0.0;  ///< of the last run, where they are counted
  std::uint32_t run_ = 0;
};

}  // namespace nines
