#include "models/response.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include <boost/math/special_functions/gamma.hpp>

namespace nines {

Queue::Queue(double arrivals, double capacity, int server_count)
    : arrivals_per_s(arrivals), capacity_per_s(capacity), servers(server_count), waits(1.0) {
  const double load = arrivals_per_s * servers / capacity_per_s;  // in servers: Erlangs
  if (saturated()) return;
  // Erlang's B formula, a^c e^-a / c! / Q(c + 1, a); C follows (Kleinrock 1975, section 3.5).
  const double shape = servers + 1.0;
  const double blocked =
      boost::math::gamma_p_derivative(shape, load) / boost::math::gamma_q(shape, load);
  waits = blocked / (1.0 - utilisation() * (1.0 - blocked));
}

double Queue::mean_response_s() const {
  if (saturated()) return std::numeric_limits<double>::infinity();
  return waits / (capacity_per_s - arrivals_per_s) + servers / capacity_per_s;
}

std::complex<double> Queue::transform(std::complex<double> s) const {
  const double rate = capacity_per_s / servers;
  const double drain = capacity_per_s - arrivals_per_s;
  return (1.0 - waits + waits * drain / (drain + s)) * (rate / (rate + s));
}

bool ResponseLaw::saturated() const {
  return std::any_of(stages.begin(), stages.end(), [](const Stage& stage) {
    return std::any_of(stage.choices.begin(), stage.choices.end(), [](const Stage::Choice& c) {
      return c.queues && c.weight > 0 && c.queue.saturated();
    });
  });
}

double ResponseLaw::mean_s() const {
  double mean = latency_s;
  for (const Stage& stage : stages) {
    for (const Stage::Choice& choice : stage.choices) {
      if (choice.queues && choice.weight > 0) {
        mean += choice.weight * choice.queue.mean_response_s();
      }
    }
  }
  return mean;
}

double ResponseLaw::tail(double t_s) const {
  const double t = t_s - latency_s;
  if (t < 0) return 1.0;
  const bool queues = std::any_of(stages.begin(), stages.end(), [](const Stage& stage) {
    return std::any_of(stage.choices.begin(), stage.choices.end(),
                       [](const Stage::Choice& c) { return c.queues; });
  });
  if (!queues) return 0.0;
  // At 0 nothing has been served yet, and the method needs t > 0.
  const double at = std::max(t, 1e-12);
  const auto of_tail = [this](std::complex<double> s) {
    std::complex<double> product = 1.0;
    for (const Stage& stage : stages) {
      std::complex<double> sum = 0.0;
      for (const Stage::Choice& c : stage.choices) {
        sum += c.weight * (c.queues ? c.queue.transform(s) : 1.0);
      }
      product *= sum;
    }
    return (1.0 - product) / s;
  };
  constexpr double kA = 18.4;  // discretisation error below e^-A = 1e-8
  constexpr int kTerms = 15;
  constexpr std::array kBinomial{1.0,   11.0,  55.0,  165.0, 330.0, 462.0,
                                 462.0, 330.0, 165.0, 55.0,  11.0,  1.0};
  const double scale = std::exp(kA / 2.0) / at;
  double sum = 0.5 * scale * of_tail(kA / (2.0 * at)).real();
  double euler = 0.0;
  for (int k = 1; k <= kTerms + static_cast<int>(kBinomial.size()) - 1; ++k) {
    const std::complex<double> s(kA / (2.0 * at), k * std::numbers::pi / at);
    sum += (k % 2 == 0 ? 1.0 : -1.0) * scale * of_tail(s).real();
    if (k >= kTerms) euler += kBinomial[static_cast<std::size_t>(k - kTerms)] * 0x1p-11 * sum;
  }
  return std::clamp(euler, 0.0, 1.0);
}

std::vector<double> ResponseLaw::content() const {
  std::vector<double> content{latency_s};
  for (const Stage& stage : stages) {
    content.push_back(static_cast<double>(stage.choices.size()));
    for (const Stage::Choice& c : stage.choices) {
      content.insert(content.end(), {c.weight, c.queues ? 1.0 : 0.0, c.queue.arrivals_per_s,
                                     c.queue.capacity_per_s, static_cast<double>(c.queue.servers)});
    }
  }
  return content;
}

ResponseLaw ResponseLaw::of(const std::vector<double>& content) {
  std::size_t at = 0;
  const auto next = [&] {
    if (at == content.size()) throw std::runtime_error("the bytes of a response law are damaged");
    return content[at++];
  };
  ResponseLaw law;
  law.latency_s = next();
  while (at < content.size()) {
    Stage& stage = law.stages.emplace_back();
    for (double left = next(); left >= 1.0; left -= 1.0) {
      Stage::Choice& choice = stage.choices.emplace_back();
      choice.weight = next();
      choice.queues = next() != 0.0;
      const double arrivals_per_s = next();
      const double capacity_per_s = next();
      const int servers = static_cast<int>(next());
      if (choice.queues) choice.queue = Queue(arrivals_per_s, capacity_per_s, servers);
    }
  }
  return law;
}

}  // namespace nines
