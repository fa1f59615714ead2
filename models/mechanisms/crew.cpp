#include "models/mechanisms/crew.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

#include "engine/base/check.hpp"

namespace nines {
namespace {

enum JobState { kIdle = 0, kWaiting = 1, kInRepair = 2, kPreempted = 3 };

/// A queue in cells: each job's cell holds the number of the next one, 0 at the end. The order is
/// part of the discrete state, because the future depends on it.
struct Queue {
  CellId head{};
  CellId tail{};
};

struct Job {
  ModeId mode{};
  CellId state{};
  CellId next{};
  std::size_t queue = 0;  ///< most urgent first
};

/// Crews whose order matters: fcfs, priority, preemptive.
class QueueingCrew final : public Reaction {
 public:
  QueueingCrew(std::vector<Job> jobs, std::vector<Queue> queues, CellId busy, int size,
               bool preempts)
      : jobs_(std::move(jobs)),
        queues_(std::move(queues)),
        busy_(busy),
        size_(size),
        preempts_(preempts) {
    for (std::size_t i = 0; i < jobs_.size(); ++i) job_of_[index(jobs_[i].mode)] = i;
  }

  void wake(Context& context, Wake why) const override {
    if (why.by != Wake::By::mode) return;
    const std::size_t i = job_of_.at(why.id);
    if (context.failed(jobs_[i].mode)) {
      context.set(jobs_[i].state, kWaiting);
      push_back(context, i);
    } else {
      context.set(jobs_[i].state, kIdle);
      context.set(busy_, context.cell(busy_) - 1);
    }
    dispatch(context);
  }

 private:
  void dispatch(Context& context) const {
    for (std::size_t q = 0; q < queues_.size(); ++q) {
      while (context.cell(queues_[q].head) != 0) {
        if (context.cell(busy_) == size_ && !(preempts_ && preempt_below(context, q))) return;
        begin(context, pop_front(context, q));
      }
    }
  }

  void begin(Context& context, std::size_t i) const {
    const Job& job = jobs_[i];
    if (context.cell(job.state) == kPreempted) {
      context.repair_speed(job.mode, 1.0);
    } else {
      context.repair(job.mode);
    }
    context.set(job.state, kInRepair);
    context.set(busy_, context.cell(busy_) + 1);
  }

  /// Interrupts the least urgent repair, if it is less urgent than queue q. Of equals the last
  /// of the list gives way.
  bool preempt_below(Context& context, std::size_t q) const {
    const Job* least = nullptr;
    for (const Job& job : jobs_) {
      if (context.cell(job.state) != kInRepair) continue;
      if (least == nullptr || job.queue >= least->queue) least = &job;
    }
    CHECK(least != nullptr, "a busy crew repairs nothing");
    if (least->queue <= q) return false;
    context.repair_speed(least->mode, 0.0);
    context.set(least->state, kPreempted);
    context.set(busy_, context.cell(busy_) - 1);
    push_front(context, static_cast<std::size_t>(least - jobs_.data()));
    return true;
  }

  void push_back(Context& context, std::size_t i) const {
    const Queue& queue = queues_[jobs_[i].queue];
    const int number = static_cast<int>(i) + 1;
    const int tail = context.cell(queue.tail);
    context.set(tail == 0 ? queue.head : jobs_[static_cast<std::size_t>(tail) - 1].next, number);
    context.set(queue.tail, number);
  }

  void push_front(Context& context, std::size_t i) const {
    const Queue& queue = queues_[jobs_[i].queue];
    const int number = static_cast<int>(i) + 1;
    context.set(jobs_[i].next, context.cell(queue.head));
    context.set(queue.head, number);
    if (context.cell(queue.tail) == 0) context.set(queue.tail, number);
  }

  std::size_t pop_front(Context& context, std::size_t q) const {
    const auto i = static_cast<std::size_t>(context.cell(queues_[q].head)) - 1;
    const int next = context.cell(jobs_[i].next);
    context.set(queues_[q].head, next);
    if (next == 0) context.set(queues_[q].tail, 0);
    context.set(jobs_[i].next, 0);
    return i;
  }

  std::vector<Job> jobs_;
  std::vector<Queue> queues_;
  CellId busy_;
  int size_;
  bool preempts_;
  std::unordered_map<std::size_t, std::size_t> job_of_;
};

/// A crew that takes any of those that wait.
class RandomCrew final : public Reaction {
 public:
  RandomCrew(std::vector<Job> jobs, CellId busy, CellId waiting, int size)
      : jobs_(std::move(jobs)),
        busy_(busy),
        waiting_(waiting),
        size_(size),
        equal_weights_(jobs_.size(), 1.0) {
    for (std::size_t i = 0; i < jobs_.size(); ++i) job_of_[index(jobs_[i].mode)] = i;
  }

  void wake(Context& context, Wake why) const override {
    if (why.by != Wake::By::mode) return;
    const Job& job = jobs_[job_of_.at(why.id)];
    if (context.failed(job.mode)) {
      context.set(job.state, kWaiting);
      context.set(waiting_, context.cell(waiting_) + 1);
    } else {
      context.set(job.state, kIdle);
      context.set(busy_, context.cell(busy_) - 1);
    }
    while (context.cell(busy_) < size_ && context.cell(waiting_) > 0) {
      const auto waiting = static_cast<std::size_t>(context.cell(waiting_));
      begin_nth(context,
                waiting == 1 ? 0 : context.choose(std::span(equal_weights_).first(waiting)));
    }
  }

 private:
  void begin_nth(Context& context, std::size_t nth) const {
    for (const Job& job : jobs_) {
      if (context.cell(job.state) != kWaiting || nth-- != 0) continue;
      context.repair(job.mode);
      context.set(job.state, kInRepair);
      context.set(waiting_, context.cell(waiting_) - 1);
      context.set(busy_, context.cell(busy_) + 1);
      return;
    }
  }

  std::vector<Job> jobs_;
  CellId busy_;
  CellId waiting_;
  int size_;
  std::vector<double> equal_weights_;
  std::unordered_map<std::size_t, std::size_t> job_of_;
};

/// A crew that works on everything at once.
class SharedCrew final : public Reaction {
 public:
  SharedCrew(std::vector<ModeId> modes, CellId failed, int size)
      : modes_(std::move(modes)), failed_(failed), size_(size) {}

  void wake(Context& context, Wake why) const override {
    if (why.by != Wake::By::mode) return;
    const auto mode = ModeId(why.id);
    const bool fails = context.failed(mode);
    const int failed = context.cell(failed_) + (fails ? 1 : -1);
    context.set(failed_, failed);
    if (fails) context.repair(mode);
    if (failed == 0) return;
    const double speed = std::min(1.0, static_cast<double>(size_) / failed);
    for (const ModeId other : modes_) {
      if (context.failed(other)) context.repair_speed(other, speed);
    }
  }

 private:
  std::vector<ModeId> modes_;
  CellId failed_;
  int size_;
};

}  // namespace

std::shared_ptr<const Record> crew_record() {
  Parameter size = count("size", 1e6, "1", "the repairman of the textbook",
                         "How many repairs it does at a time.");
  Parameter discipline =
      word("discipline", {"fcfs", "priority", "preemptive", "random", "shared"},
           "Which of those that wait comes next; `shared` works on all at once.");
  discipline.default_text = "fcfs";
  discipline.default_source = "first come, first served, as a ticket queue";
  return std::make_shared<Record>(Record{
      "crew",
      "People who repair, fewer than what may fail.",
      {size, discipline, later_key("hours", "calendars"), later_key("response", "calendars")}});
}

Discipline discipline_of(const Settings& crew) {
  const std::string& word = crew.text("discipline");
  if (word == "priority") return Discipline::priority;
  if (word == "preemptive") return Discipline::preemptive;
  if (word == "random") return Discipline::random;
  if (word == "shared") return Discipline::shared;
  return Discipline::fcfs;
}

void compile_crew(const std::string& name, const Settings& crew, const std::vector<CrewJob>& jobs,
                  ModelBuilder& model) {
  const int size = static_cast<int>(crew.number("size"));
  const int count = static_cast<int>(jobs.size());
  const Discipline discipline = discipline_of(crew);
  const std::string stream = "crew#" + name;
  Watches watches;
  for (const CrewJob& job : jobs) watches.modes.push_back(job.mode);

  if (discipline == Discipline::shared) {
    const CellId failed = model.cell({stream + "/failed", 0, count, 0});
    std::vector<ModeId> modes = watches.modes;
    model.reaction(stream, std::make_unique<SharedCrew>(std::move(modes), failed, size),
                   std::move(watches));
    return;
  }

  const CellId busy = model.cell({stream + "/busy", 0, std::min(size, count), 0});
  const bool by_priority = discipline != Discipline::fcfs;
  std::map<int, std::size_t> queue_of;  // most urgent first
  for (const CrewJob& job : jobs) queue_of[by_priority ? job.priority : 0] = 0;
  std::size_t queues = 0;
  for (auto& [priority, queue] : queue_of) queue = queues++;

  std::vector<Job> rows;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const std::string job = stream + "/" + jobs[i].name;
    Job row;
    row.mode = jobs[i].mode;
    row.state = model.cell({job + "/state", kIdle, kPreempted, kIdle});
    if (discipline != Discipline::random) {
      row.next = model.cell({job + "/next", 0, count, 0, watches.modes});
    }
    row.queue = queue_of.at(by_priority ? jobs[i].priority : 0);
    rows.push_back(row);
  }
  if (discipline == Discipline::random) {
    const CellId waiting = model.cell({stream + "/waiting", 0, count, 0});
    model.reaction(
        stream, std::make_unique<RandomCrew>(std::move(rows), busy, waiting, std::min(size, count)),
        std::move(watches));
    return;
  }
  std::vector<Queue> lists;
  for (std::size_t q = 0; q < queues; ++q) {
    const std::string list = stream + "/queue-" + std::to_string(q + 1);
    lists.push_back({model.cell({list + "/head", 0, count, 0, watches.modes}),
                     model.cell({list + "/tail", 0, count, 0, watches.modes})});
  }
  model.reaction(
      stream,
      std::make_unique<QueueingCrew>(std::move(rows), std::move(lists), busy, std::min(size, count),
                                     discipline == Discipline::preemptive),
      std::move(watches));
}

}  // namespace nines
