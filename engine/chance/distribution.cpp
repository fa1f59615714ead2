#include "engine/chance/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/tools/toms748_solve.hpp>

#include "engine/base/check.hpp"
#include "engine/chance/arithmetic.hpp"

namespace nines {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Boost.Math in plain double: no promotion, so that the bits do not depend on long double.
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

/// Where P(X > age) is below this, a quotient of survivals has lost its digits.
constexpr double kTiniest = 1e-290;

/// The root of a falling function f on [low, high], f(low) >= 0 >= f(high); to the last bits.
template <class Function>
double falling_root(Function f, double low, double high) {
  if (f(low) <= 0) return low;
  while (f(high) > 0) {
    low = high;
    high *= 2;
    if (high > 1e300) return high;
  }
  boost::uintmax_t steps = 200;
  const auto bracket = boost::math::tools::toms748_solve(
      f, low, high, boost::math::tools::eps_tolerance<double>(50), steps, Policy());
  return 0.5 * (bracket.first + bracket.second);
}

class Exponential final : public Law {
 public:
  explicit Exponential(double mean_s) : mean_s_(mean_s) {}
  double mean() const override { return mean_s_; }
  double cv() const override { return 1.0; }
  double cdf(double t) const override { return t <= 0 ? 0.0 : -std::expm1(-t / mean_s_); }
  double complement(double t) const override { return t <= 0 ? 1.0 : std::exp(-t / mean_s_); }
  double quantile(double p) const override { return -mean_s_ * std::log1p(-p); }
  double quantile_of_complement(double q) const override { return draw(q); }
  double tail_integral(double t) const override { return mean_s_ * complement(t); }
  double draw(double u) const override { return -mean_s_ * arithmetic::log(u); }
  void draw_many(double* u, std::size_t count, const Lanes& lanes) const override {
    lanes.log(u, count);
    for (std::size_t i = 0; i < count; ++i) u[i] = -mean_s_ * u[i];
  }
  double residual(double, double u) const override { return draw(u); }
  double equilibrium(double u) const override { return draw(u); }
  std::optional<double> memoryless_rate() const override { return 1.0 / mean_s_; }
  std::optional<std::vector<ErlangPart>> erlang_parts() const override {
    return {{{1.0, 1, mean_s_}}};
  }
  std::string text() const override { return fmt::format("exponential(mean={}s)", mean_s_); }

 private:
  double mean_s_;
};

class Weibull final : public Law {
 public:
  Weibull(double shape, double scale_s) : shape_(shape), scale_s_(scale_s) {}
  double mean() const override { return scale_s_ * std::tgamma(1.0 + 1.0 / shape_); }
  double cv() const override {
    const double first = std::tgamma(1.0 + 1.0 / shape_);
    return std::sqrt(std::max(0.0, std::tgamma(1.0 + 2.0 / shape_) / (first * first) - 1.0));
  }
  double cdf(double t) const override { return t <= 0 ? 0.0 : -std::expm1(-hazard_integral(t)); }
  double complement(double t) const override {
    return t <= 0 ? 1.0 : std::exp(-hazard_integral(t));
  }
  double quantile(double p) const override {
    return scale_s_ * std::pow(-std::log1p(-p), 1.0 / shape_);
  }
  double quantile_of_complement(double q) const override { return draw(q); }
  double tail_integral(double t) const override {
    if (t <= 0) return mean() - t;
    return mean() * boost::math::gamma_q(1.0 / shape_, hazard_integral(t), Policy());
  }
  double draw(double u) const override {
    return scale_s_ * arithmetic::exp(arithmetic::log(-arithmetic::log(u)) / shape_);
  }
  void draw_many(double* u, std::size_t count, const Lanes& lanes) const override {
    lanes.log(u, count);
    for (std::size_t i = 0; i < count; ++i) u[i] = -u[i];
    lanes.log(u, count);
    for (std::size_t i = 0; i < count; ++i) u[i] = u[i] / shape_;
    lanes.exp(u, count);
    for (std::size_t i = 0; i < count; ++i) u[i] = scale_s_ * u[i];
  }
  double residual(double age, double u) const override {
    if (age <= 0) return draw(u);
    // ((age/scale)^k - log u)^(1/k) scale - age, arranged so that a short remainder of a long life
    // keeps its digits.
    const double spent = arithmetic::exp(shape_ * arithmetic::log(age / scale_s_));
    return age * arithmetic::expm1(arithmetic::log1p(-arithmetic::log(u) / spent) / shape_);
  }
  std::string text() const override {
    return fmt::format("weibull(shape={} scale={}s)", shape_, scale_s_);
  }

 private:
  double hazard_integral(double t) const { return std::pow(t / scale_s_, shape_); }
  double shape_;
  double scale_s_;
};

class Lognormal final : public Law {
 public:
  Lognormal(double median_s, double sigma)
      : median_s_(median_s), mu_(arithmetic::log(median_s)), sigma_(sigma) {}
  double mean() const override { return median_s_ * std::exp(0.5 * sigma_ * sigma_); }
  double cv() const override { return std::sqrt(std::expm1(sigma_ * sigma_)); }
  double cdf(double t) const override { return t <= 0 ? 0.0 : normal_below(z(t)); }
  double complement(double t) const override { return t <= 0 ? 1.0 : normal_below(-z(t)); }
  double quantile(double p) const override {
    return median_s_ * std::exp(sigma_ * arithmetic::normal_quantile(p));
  }
  double quantile_of_complement(double q) const override { return draw(q); }
  double tail_integral(double t) const override {
    if (t <= 0) return mean() - t;
    return mean() * normal_below(sigma_ - z(t)) - t * normal_below(-z(t));
  }
  double draw(double u) const override {
    return arithmetic::exp(mu_ - sigma_ * arithmetic::normal_quantile(u));
  }
  void draw_many(double* u, std::size_t count, const Lanes& lanes) const override {
    for (std::size_t i = 0; i < count; ++i) {
      u[i] = mu_ - sigma_ * arithmetic::normal_quantile(u[i]);
    }
    lanes.exp(u, count);
  }
  std::string text() const override {
    return fmt::format("lognormal(median={}s sigma={})", median_s_, sigma_);
  }

 private:
  double z(double t) const { return (std::log(t) - std::log(median_s_)) / sigma_; }
  static double normal_below(double z) {
    return 0.5 * boost::math::erfc(-z / std::sqrt(2.0), Policy());
  }
  double median_s_;
  double mu_;
  double sigma_;
};

class Gamma final : public Law {
 public:
  Gamma(double shape, double scale_s) : shape_(shape), scale_s_(scale_s) {}
  double mean() const override { return shape_ * scale_s_; }
  std::optional<std::vector<ErlangPart>> erlang_parts() const override {
    if (shape_ != std::floor(shape_) || shape_ > 1000.0) return std::nullopt;
    return {{{1.0, static_cast<int>(shape_), scale_s_}}};
  }
  double cv() const override { return 1.0 / std::sqrt(shape_); }
  double cdf(double t) const override {
    return t <= 0 ? 0.0 : boost::math::gamma_p(shape_, t / scale_s_, Policy());
  }
  double complement(double t) const override {
    return t <= 0 ? 1.0 : boost::math::gamma_q(shape_, t / scale_s_, Policy());
  }
  double quantile(double p) const override {
    return scale_s_ * boost::math::gamma_p_inv(shape_, p, Policy());
  }
  double quantile_of_complement(double q) const override {
    return scale_s_ * boost::math::gamma_q_inv(shape_, q, Policy());
  }
  double tail_integral(double t) const override {
    if (t <= 0) return mean() - t;
    const double x = t / scale_s_;
    return mean() * boost::math::gamma_q(shape_ + 1.0, x, Policy()) -
           t * boost::math::gamma_q(shape_, x, Policy());
  }
  std::string text() const override {
    return fmt::format("gamma(shape={} scale={}s)", shape_, scale_s_);
  }

 private:
  double shape_;
  double scale_s_;
};

class Deterministic final : public Law {
 public:
  explicit Deterministic(double value_s) : value_s_(value_s) {}
  double mean() const override { return value_s_; }
  double cv() const override { return 0.0; }
  double cdf(double t) const override { return t >= value_s_ ? 1.0 : 0.0; }
  double complement(double t) const override { return t >= value_s_ ? 0.0 : 1.0; }
  double quantile_of_complement(double) const override { return value_s_; }
  double tail_integral(double t) const override { return std::max(0.0, value_s_ - t); }
  void draw_many(double* u, std::size_t count, const Lanes&) const override {
    std::fill(u, u + count, value_s_);
  }
  double residual(double age, double) const override { return std::max(0.0, value_s_ - age); }
  double equilibrium(double u) const override { return u * value_s_; }
  std::string text() const override { return fmt::format("deterministic({}s)", value_s_); }

 private:
  double value_s_;
};

class Uniform final : public Law {
 public:
  Uniform(double low_s, double high_s) : low_s_(low_s), high_s_(high_s) {}
  double mean() const override { return 0.5 * (low_s_ + high_s_); }
  double cv() const override { return (high_s_ - low_s_) / std::sqrt(12.0) / mean(); }
  double cdf(double t) const override {
    return std::clamp((t - low_s_) / (high_s_ - low_s_), 0.0, 1.0);
  }
  double complement(double t) const override {
    return std::clamp((high_s_ - t) / (high_s_ - low_s_), 0.0, 1.0);
  }
  double quantile_of_complement(double q) const override {
    return high_s_ - q * (high_s_ - low_s_);
  }
  double tail_integral(double t) const override {
    if (t <= low_s_) return mean() - t;
    const double left = std::max(0.0, high_s_ - t);
    return 0.5 * left * left / (high_s_ - low_s_);
  }
  void draw_many(double* u, std::size_t count, const Lanes&) const override {
    for (std::size_t i = 0; i < count; ++i) u[i] = quantile_of_complement(u[i]);
  }
  double residual(double age, double u) const override {
    if (age <= low_s_) return draw(u) - age;
    return std::max(0.0, (high_s_ - age) * (1.0 - u));
  }
  std::string text() const override { return fmt::format("uniform({}s {}s)", low_s_, high_s_); }

 private:
  double low_s_;
  double high_s_;
};

/// P(X > t) = ((high - t) / (high - low))^count.
class LeastOfUniform final : public Law {
 public:
  LeastOfUniform(int count, double low_s, double high_s)
      : count_(count), low_s_(low_s), high_s_(high_s) {}
  double mean() const override { return low_s_ + width() / (count_ + 1.0); }
  double cv() const override {
    const double n = count_;
    return width() * std::sqrt(n / (n + 2.0)) / (n + 1.0) / mean();
  }
  double cdf(double t) const override { return 1.0 - complement(t); }
  double complement(double t) const override {
    return std::pow(std::clamp((high_s_ - t) / width(), 0.0, 1.0), count_);
  }
  double quantile_of_complement(double q) const override {
    return high_s_ - std::pow(q, 1.0 / count_) * width();
  }
  double tail_integral(double t) const override {
    if (t <= low_s_) return mean() - t;
    return std::max(0.0, high_s_ - t) * complement(t) / (count_ + 1.0);
  }
  std::string text() const override {
    return fmt::format("least of {} uniform({}s {}s)", count_, low_s_, high_s_);
  }

 private:
  double width() const { return high_s_ - low_s_; }
  int count_;
  double low_s_;
  double high_s_;
};

class Triangular final : public Law {
 public:
  Triangular(double low_s, double mode_s, double high_s)
      : low_s_(low_s), mode_s_(mode_s), high_s_(high_s) {}
  double mean() const override { return (low_s_ + mode_s_ + high_s_) / 3.0; }
  double cv() const override {
    const double a = low_s_, m = mode_s_, b = high_s_;
    return std::sqrt((a * a + m * m + b * b - a * m - a * b - m * b) / 18.0) / mean();
  }
  double cdf(double t) const override {
    if (t <= low_s_) return 0.0;
    if (t >= high_s_) return 1.0;
    if (t <= mode_s_) return square(t - low_s_) / rise();
    return 1.0 - square(high_s_ - t) / fall();
  }
  double complement(double t) const override {
    if (t <= low_s_) return 1.0;
    if (t >= high_s_) return 0.0;
    if (t <= mode_s_) return 1.0 - square(t - low_s_) / rise();
    return square(high_s_ - t) / fall();
  }
  double quantile_of_complement(double q) const override {
    const double q_at_mode = (high_s_ - mode_s_) / (high_s_ - low_s_);
    if (q <= q_at_mode) return high_s_ - std::sqrt(q * fall());
    return low_s_ + std::sqrt((1.0 - q) * rise());
  }
  double tail_integral(double t) const override {
    if (t <= low_s_) return mean() - t;
    if (t >= high_s_) return 0.0;
    if (t >= mode_s_) return cube(high_s_ - t) / (3.0 * fall());
    const double below_mode =
        (mode_s_ - t) -
        (rise() > 0 ? (cube(mode_s_ - low_s_) - cube(t - low_s_)) / (3.0 * rise()) : 0.0);
    return below_mode + (fall() > 0 ? cube(high_s_ - mode_s_) / (3.0 * fall()) : 0.0);
  }
  std::string text() const override {
    return fmt::format("triangular({}s {}s {}s)", low_s_, mode_s_, high_s_);
  }

 private:
  static double square(double x) { return x * x; }
  static double cube(double x) { return x * x * x; }
  double rise() const { return (high_s_ - low_s_) * (mode_s_ - low_s_); }
  double fall() const { return (high_s_ - low_s_) * (high_s_ - mode_s_); }
  double low_s_;
  double mode_s_;
  double high_s_;
};

class Shifted final : public Law {
 public:
  Shifted(double by_s, LawPtr law) : by_s_(by_s), law_(std::move(law)) {}
  double mean() const override { return by_s_ + law_->mean(); }
  double cv() const override { return law_->cv() * law_->mean() / mean(); }
  double cdf(double t) const override { return t < by_s_ ? 0.0 : law_->cdf(t - by_s_); }
  double complement(double t) const override {
    return t < by_s_ ? 1.0 : law_->complement(t - by_s_);
  }
  double quantile(double p) const override { return by_s_ + law_->quantile(p); }
  double quantile_of_complement(double q) const override {
    return by_s_ + law_->quantile_of_complement(q);
  }
  double tail_integral(double t) const override {
    return t <= by_s_ ? mean() - t : law_->tail_integral(t - by_s_);
  }
  double draw(double u) const override { return by_s_ + law_->draw(u); }
  void draw_many(double* u, std::size_t count, const Lanes& lanes) const override {
    law_->draw_many(u, count, lanes);
    for (std::size_t i = 0; i < count; ++i) u[i] = by_s_ + u[i];
  }
  double residual(double age, double u) const override {
    return age <= by_s_ ? (by_s_ - age) + law_->draw(u) : law_->residual(age - by_s_, u);
  }
  std::string text() const override { return fmt::format("shifted({}s {})", by_s_, law_->text()); }

 private:
  double by_s_;
  LawPtr law_;
};

class Mixture final : public Law {
 public:
  explicit Mixture(std::vector<MixturePart> parts) : parts_(std::move(parts)) {}
  std::optional<std::vector<ErlangPart>> erlang_parts() const override {
    std::vector<ErlangPart> all;
    for (const MixturePart& part : parts_) {
      const auto inner = part.law->erlang_parts();
      if (!inner) return std::nullopt;
      for (const ErlangPart& p : *inner) {
        all.push_back({part.weight * p.weight, p.phases, p.phase_mean_s});
      }
    }
    return all;
  }
  double mean() const override {
    return sum([](const Law& law) { return law.mean(); });
  }
  double cv() const override {
    const double square = sum([](const Law& law) {
      const double spread = law.cv() * law.mean();
      return law.mean() * law.mean() + spread * spread;
    });
    return std::sqrt(std::max(0.0, square - mean() * mean())) / mean();
  }
  double cdf(double t) const override {
    return sum([t](const Law& law) { return law.cdf(t); });
  }
  double complement(double t) const override {
    return sum([t](const Law& law) { return law.complement(t); });
  }
  double quantile_of_complement(double q) const override {
    double low = kInfinity;
    double high = 0.0;
    for (const MixturePart& part : parts_) {
      const double t = part.law->quantile_of_complement(q);
      low = std::min(low, t);
      high = std::max(high, t);
    }
    if (!(low < high)) return low;
    return falling_root([&](double t) { return complement(t) - q; }, low, high);
  }
  double tail_integral(double t) const override {
    return sum([t](const Law& law) { return law.tail_integral(t); });
  }
  /// By composition from one uniform number: it picks the part, and what is left of it, rescaled,
  /// is uniform again. Monotone within each part.
  double draw(double u) const override {
    for (const MixturePart& part : parts_) {
      if (u < part.weight || &part == &parts_.back()) {
        return part.law->draw(within_unit(u / part.weight));
      }
      u -= part.weight;
    }
    return 0.0;
  }
  double residual(double age, double u) const override {
    const double alive = complement(age);
    if (!(alive > kTiniest)) return parts_.back().law->residual(age, u);
    double left = u * alive;
    const MixturePart* last = nullptr;
    for (const MixturePart& part : parts_) {
      const double weight = part.weight * part.law->complement(age);
      if (!(weight > 0)) continue;
      last = &part;
      if (left < weight) return part.law->residual(age, within_unit(left / weight));
      left -= weight;
    }
    return last->law->residual(age, within_unit(1.0));
  }
  std::string text() const override {
    std::string out = "mixture(";
    for (const MixturePart& part : parts_) {
      fmt::format_to(std::back_inserter(out), "{}{}%={}", out.back() == '(' ? "" : " ",
                     part.weight * 100.0, part.law->text());
    }
    return out + ")";
  }

 private:
  template <class Function>
  double sum(Function f) const {
    double total = 0.0;
    for (const MixturePart& part : parts_) total += part.weight * f(*part.law);
    return total;
  }
  static double within_unit(double u) { return std::clamp(u, 0x1p-60, 1.0 - 0x1p-53); }
  std::vector<MixturePart> parts_;
};

class Empirical final : public Law {
 public:
  explicit Empirical(std::vector<double> samples) : sorted_(std::move(samples)) {
    std::sort(sorted_.begin(), sorted_.end());
  }
  double mean() const override {
    return std::accumulate(sorted_.begin(), sorted_.end(), 0.0) / count();
  }
  double cv() const override {
    double squares = 0.0;
    for (const double x : sorted_) squares += (x - mean()) * (x - mean());
    return std::sqrt(squares / count()) / mean();
  }
  double cdf(double t) const override { return 1.0 - complement(t); }
  double complement(double t) const override {
    return static_cast<double>(sorted_.end() - first_above(t)) / count();
  }
  double quantile_of_complement(double q) const override { return pick(sorted_.begin(), 1.0 - q); }
  double tail_integral(double t) const override {
    double total = 0.0;
    for (auto it = first_above(t); it != sorted_.end(); ++it) total += *it - t;
    return total / count();
  }
  double residual(double age, double u) const override {
    const auto from = first_above(age);
    return from == sorted_.end() ? 0.0 : pick(from, 1.0 - u) - age;
  }
  std::string text() const override {
    std::string values;
    for (const double x : sorted_) {
      fmt::format_to(std::back_inserter(values), "{}{}s", values.empty() ? "" : " ", x);
    }
    return fmt::format("empirical({})", values);
  }

 private:
  using Iterator = std::vector<double>::const_iterator;
  double count() const { return static_cast<double>(sorted_.size()); }
  Iterator first_above(double t) const {
    return std::upper_bound(sorted_.begin(), sorted_.end(), t);
  }
  /// The smallest sample from `from` on with at least the share p of those samples up to it.
  double pick(Iterator from, double p) const {
    const auto n = sorted_.end() - from;
    const auto rank = static_cast<std::ptrdiff_t>(std::ceil(p * static_cast<double>(n))) - 1;
    return *(from + std::clamp<std::ptrdiff_t>(rank, 0, n - 1));
  }
  std::vector<double> sorted_;
};

class Never final : public Law {
 public:
  double mean() const override { return kInfinity; }
  double cv() const override { return 0.0; }
  double cdf(double) const override { return 0.0; }
  double complement(double) const override { return 1.0; }
  double quantile_of_complement(double) const override { return kInfinity; }
  double tail_integral(double) const override { return kInfinity; }
  double residual(double, double) const override { return kInfinity; }
  double equilibrium(double) const override { return kInfinity; }
  std::optional<double> memoryless_rate() const override { return 0.0; }
  std::string text() const override { return "never"; }
};

bool positive_and_finite(double x) { return x > 0 && std::isfinite(x); }

}  // namespace

void Law::draw_many(double* u_to_s, std::size_t count, const Lanes&) const {
  for (std::size_t i = 0; i < count; ++i) u_to_s[i] = draw(u_to_s[i]);
}

double Law::residual(double age_s, double u) const {
  if (age_s <= 0) return draw(u);
  const double alive = complement(age_s);
  if (alive > kTiniest) return std::max(0.0, quantile_of_complement(u * alive) - age_s);
  // Deep in the tail the hazard is P(X > t) / tail_integral(t) to first order; both have
  // underflowed, so it is taken at the last age where they have not.
  const double edge = quantile_of_complement(kTiniest);
  const double beyond = tail_integral(edge);
  return beyond > 0 ? -arithmetic::log(u) * beyond / complement(edge) : 0.0;
}

double Law::equilibrium(double u) const {
  const double whole = mean();
  return falling_root([&](double t) { return tail_integral(t) - u * whole; }, 0.0, whole);
}

LawPtr exponential(double mean_s) {
  CHECK(positive_and_finite(mean_s), "exponential mean {}", mean_s);
  return std::make_shared<Exponential>(mean_s);
}

LawPtr weibull(double shape, double scale_s) {
  CHECK(positive_and_finite(shape) && positive_and_finite(scale_s), "weibull {} {}", shape,
        scale_s);
  return std::make_shared<Weibull>(shape, scale_s);
}

LawPtr lognormal(double median_s, double sigma) {
  CHECK(positive_and_finite(median_s) && positive_and_finite(sigma), "lognormal {} {}", median_s,
        sigma);
  return std::make_shared<Lognormal>(median_s, sigma);
}

LawPtr gamma_law(double shape, double scale_s) {
  CHECK(positive_and_finite(shape) && positive_and_finite(scale_s), "gamma {} {}", shape, scale_s);
  return std::make_shared<Gamma>(shape, scale_s);
}

LawPtr deterministic(double value_s) {
  CHECK(value_s >= 0 && std::isfinite(value_s), "deterministic {}", value_s);
  return std::make_shared<Deterministic>(value_s);
}

LawPtr uniform(double low_s, double high_s) {
  CHECK(low_s >= 0 && high_s > low_s && std::isfinite(high_s), "uniform {} {}", low_s, high_s);
  return std::make_shared<Uniform>(low_s, high_s);
}

LawPtr least_of_uniform(int count, double low_s, double high_s) {
  CHECK(count >= 1 && low_s >= 0 && low_s < high_s && std::isfinite(high_s),
        "the least of {} uniform between {} and {}", count, low_s, high_s);
  return std::make_shared<LeastOfUniform>(count, low_s, high_s);
}

LawPtr triangular(double low_s, double mode_s, double high_s) {
  CHECK(low_s >= 0 && mode_s >= low_s && high_s >= mode_s && high_s > low_s, "triangular {} {} {}",
        low_s, mode_s, high_s);
  return std::make_shared<Triangular>(low_s, mode_s, high_s);
}

LawPtr shifted(double by_s, LawPtr law) {
  CHECK(by_s >= 0 && std::isfinite(by_s) && law, "shifted {}", by_s);
  return std::make_shared<Shifted>(by_s, std::move(law));
}

LawPtr mixture(std::vector<MixturePart> parts) {
  double total = 0.0;
  for (const MixturePart& part : parts) {
    CHECK(part.weight > 0 && part.law, "mixture weight {}", part.weight);
    total += part.weight;
  }
  CHECK(std::fabs(total - 1.0) < 1e-9, "mixture weights add up to {}", total);
  return std::make_shared<Mixture>(std::move(parts));
}

LawPtr empirical(std::vector<double> samples_s) {
  CHECK(!samples_s.empty(), "empirical law without samples");
  return std::make_shared<Empirical>(std::move(samples_s));
}

LawPtr never() {
  static const LawPtr law = std::make_shared<Never>();
  return law;
}

}  // namespace nines
