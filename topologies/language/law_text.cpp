#include "topologies/language/law_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/chance/arithmetic.hpp"
#include "topologies/language/diagnostic.hpp"
#include "topologies/language/quantity.hpp"

namespace nines {
namespace {

constexpr std::size_t kDeepestLaw = 8;
constexpr std::size_t kMostArguments = 1'000'000;
constexpr std::string_view kAnyLaw =
    "write 4h, exponential(mean=90d) or lognormal(median=3h p95=9h)";

struct Argument {
  std::string_view key;  ///< empty: positional
  std::string_view value;
  std::size_t offset = 0;  ///< of the whole argument in the text of the law
  std::size_t value_offset = 0;
};

struct Failure {
  LawError error;
  bool unclosed = false;
};

/// Parses one law; throws Failure.
class LawParser {
 public:
  LawParser(std::string_view whole, const FileReader& files) : whole_(whole), files_(files) {}

  LawPtr parse(std::size_t begin, std::size_t end, std::size_t depth) {
    while (begin < end && whole_[begin] == ' ') ++begin;
    while (end > begin && whole_[end - 1] == ' ') --end;
    const std::string_view text = whole_.substr(begin, end - begin);
    if (depth > kDeepestLaw) fail(begin, text.size(), "laws nested too deeply", {});
    if (text == "never") return never();
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos) return bare(begin, text);

    name_ = std::string(text.substr(0, open));
    const bool known = std::any_of(law_forms().begin(), law_forms().end(),
                                   [&](const LawForm& form) { return form.name == name_; });
    if (!known || name_ == "never") {
      if (number_length(name_) > 0) {
        fail(begin, text.size(), "", "doubt about an input, (low..high), is not supported yet");
      }
      std::vector<std::string> names;
      for (const LawForm& form : law_forms()) names.emplace_back(form.name);
      fail(begin, open, fmt::format("'{}' is no distribution", name_), suggest(name_, names));
    }
    if (text.back() != ')') {
      Failure failure;
      failure.error = {begin, text.size(), fmt::format("'{}(' is not closed", name_), {}};
      failure.unclosed =
          std::count(text.begin(), text.end(), '(') > std::count(text.begin(), text.end(), ')');
      if (!failure.unclosed) {
        failure.error.message = fmt::format("text behind the law '{}'", name_);
      }
      throw failure;
    }
    const std::string name = name_;
    const auto arguments = split(begin + open + 1, end - 1);
    return make(name, arguments, {begin, text.size()}, depth);
  }

 private:
  struct Span {
    std::size_t begin;
    std::size_t length;
  };

  [[noreturn]] void fail(std::size_t offset, std::size_t length, std::string message,
                         std::string hint) const {
    throw Failure{{offset, length, std::move(message), std::move(hint)}, false};
  }

  LawPtr bare(std::size_t begin, std::string_view text) const {
    const Parsed<double> parsed = parse_quantity(text, Dimension::duration);
    if (!parsed.value) {
      const bool number = number_length(text) > 0;
      fail(begin, text.size(), "", number ? parsed.hint : std::string(kAnyLaw));
    }
    if (*parsed.value < 0) {
      fail(begin, text.size(), fmt::format("{} is negative", text), "times are not negative");
    }
    return deterministic(*parsed.value);
  }

  std::vector<Argument> split(std::size_t begin, std::size_t end) const {
    std::vector<Argument> arguments;
    std::size_t i = begin;
    while (i < end) {
      if (whole_[i] == ' ') {
        ++i;
        continue;
      }
      const std::size_t from = i;
      std::size_t equals = std::string_view::npos;
      int depth = 0;
      for (; i < end && (depth > 0 || whole_[i] != ' '); ++i) {
        if (whole_[i] == '(') ++depth;
        if (whole_[i] == ')') --depth;
        if (whole_[i] == '=' && depth == 0 && equals == std::string_view::npos) equals = i;
        if (whole_[i] == ',' && depth == 0) {
          fail(i, 1, "a comma between arguments", "part the arguments by spaces: " + example());
        }
      }
      Argument argument;
      argument.offset = from;
      argument.value_offset = equals == std::string_view::npos ? from : equals + 1;
      if (equals != std::string_view::npos) argument.key = whole_.substr(from, equals - from);
      argument.value = whole_.substr(argument.value_offset, i - argument.value_offset);
      if (arguments.size() >= kMostArguments) fail(from, 1, "too many arguments", {});
      arguments.push_back(argument);
    }
    return arguments;
  }

  std::string example() const {
    for (const LawForm& form : law_forms()) {
      if (form.name == name_) return std::string(form.example);
    }
    return {};
  }

  double duration(const Argument& a, bool may_be_zero) const {
    const Parsed<double> parsed = parse_quantity(a.value, Dimension::duration);
    if (!parsed.value) {
      fail(a.value_offset, a.value.size(),
           fmt::format("\"{}\"; expected {}", a.value, parsed.expected), parsed.hint);
    }
    if (*parsed.value < 0 || (!may_be_zero && *parsed.value == 0)) {
      fail(a.value_offset, a.value.size(),
           fmt::format("\"{}\"; expected a duration above 0", a.value), {});
    }
    return *parsed.value;
  }

  double number(const Argument& a) const {
    const Parsed<double> parsed = parse_number(a.value);
    if (!parsed.value || !(*parsed.value > 0)) {
      fail(a.value_offset, a.value.size(),
           fmt::format("\"{}\"; expected {}", a.value,
                       parsed.value ? "a number above 0" : parsed.expected),
           parsed.hint);
    }
    return *parsed.value;
  }

  const Argument* find(const std::vector<Argument>& arguments, std::string_view key) const {
    for (const Argument& a : arguments) {
      if (a.key == key) return &a;
    }
    return nullptr;
  }

  /// Refuses arguments other than exactly those of one of the sets.
  void expect(const std::vector<Argument>& arguments,
              const std::vector<std::vector<std::string_view>>& sets, Span where) const {
    for (const Argument& a : arguments) {
      if (!a.key.empty() && find(arguments, a.key) != &a) {
        fail(a.offset, a.key.size(), fmt::format("'{}' is given twice", a.key), {});
      }
    }
    for (const auto& set : sets) {
      if (set.size() == arguments.size() &&
          std::all_of(set.begin(), set.end(),
                      [&](std::string_view key) { return find(arguments, key) != nullptr; })) {
        return;
      }
    }
    std::string known;
    for (const auto& set : sets) {
      std::string one;
      for (const std::string_view key : set) {
        one += fmt::format("{}{}", one.empty() ? "" : " and ", key);
      }
      known += fmt::format("{}{}", known.empty() ? "" : ", or ", one);
    }
    fail(where.begin, where.length, fmt::format("'{}' takes {}", name_, known),
         "write " + example());
  }

  std::vector<MixturePart> parts(const std::vector<Argument>& arguments, Span where, bool means,
                                 std::size_t depth) {
    std::vector<MixturePart> parts;
    double total = 0.0;
    const std::string name = name_;
    for (const Argument& a : arguments) {
      const Parsed<double> weight = parse_quantity(a.key, Dimension::fraction);
      if (!weight.value || !(*weight.value > 0) || *weight.value > 1.0) {
        fail(a.offset, a.key.size() + a.value.size(), "expected a percentage, '=' and a law",
             "write " + example());
      }
      total += *weight.value;
      LawPtr law = means ? exponential(duration(a, false))
                         : parse(a.value_offset, a.value_offset + a.value.size(), depth + 1);
      name_ = name;
      parts.push_back({*weight.value, std::move(law)});
    }
    if (parts.size() < 2) {
      fail(where.begin, where.length, fmt::format("'{}' takes two parts or more", name_),
           "write " + example());
    }
    if (std::fabs(total - 1.0) > 1e-9) {
      fail(where.begin, where.length,
           fmt::format("the percentages add up to {:.6g} %; expected 100 %", total * 100.0),
           "write " + example());
    }
    return parts;
  }

  LawPtr samples(const std::vector<Argument>& arguments, Span where) const {
    std::vector<double> values;
    const Argument* file = find(arguments, "file");
    if (file == nullptr) {
      for (const Argument& a : arguments) values.push_back(duration(a, true));
    } else {
      expect(arguments, {{"file"}}, where);
      std::string why_not;
      const auto content = files_ ? files_(std::string(file->value), why_not) : std::nullopt;
      if (!content) {
        fail(file->value_offset, file->value.size(),
             fmt::format("cannot read '{}': {}", file->value, why_not),
             "the path is relative to the topology's");
      }
      std::size_t line_number = 0;
      for (std::size_t i = 0; i < content->size();) {
        std::size_t end = content->find('\n', i);
        if (end == std::string::npos) end = content->size();
        std::string line = content->substr(i, end - i);
        i = end + 1;
        ++line_number;
        line.erase(line.find_last_not_of(" \r\t") + 1);
        if (line.empty() || line[0] == '#') continue;
        const Parsed<double> parsed = parse_quantity(line, Dimension::duration);
        if (!parsed.value || *parsed.value < 0) {
          fail(file->value_offset, file->value.size(),
               fmt::format("{}, line {}, is \"{}\"; expected a duration with a unit", file->value,
                           line_number, line.substr(0, 40)),
               "one duration a line: 4.5h");
        }
        values.push_back(*parsed.value);
      }
    }
    if (values.empty() || *std::max_element(values.begin(), values.end()) <= 0) {
      fail(where.begin, where.length, "an empirical law needs samples above 0", {});
    }
    return empirical(std::move(values));
  }

  LawPtr make(const std::string& name, const std::vector<Argument>& arguments, Span where,
              std::size_t depth) {
    const auto time = [&](std::string_view key) { return duration(*find(arguments, key), false); };
    const auto pure = [&](std::string_view key) { return number(*find(arguments, key)); };
    const auto positional = [&](std::size_t count) {
      const bool fits =
          arguments.size() == count && std::all_of(arguments.begin(), arguments.end(),
                                                   [](const Argument& a) { return a.key.empty(); });
      if (!fits) {
        fail(where.begin, where.length,
             fmt::format("'{}' takes {} values without names", name, count), "write " + example());
      }
    };
    if (name == "exponential") {
      expect(arguments, {{"mean"}}, where);
      return exponential(time("mean"));
    }
    if (name == "weibull") {
      expect(arguments, {{"shape", "mean"}, {"shape", "scale"}}, where);
      const double shape = pure("shape");
      if (shape < 0.05 || shape > 1000) {
        fail(where.begin, where.length, "a shape outside 0.05 … 1000", {});
      }
      return weibull(shape, find(arguments, "scale") != nullptr
                                ? time("scale")
                                : time("mean") / std::tgamma(1.0 + 1.0 / shape));
    }
    if (name == "lognormal") {
      expect(arguments, {{"median", "p95"}, {"mean", "cv"}, {"median", "sigma"}}, where);
      if (find(arguments, "p95") != nullptr) {
        const double spread = std::log(time("p95") / time("median"));
        if (!(spread > 0)) {
          fail(where.begin, where.length, "p95 must be longer than the median", {});
        }
        return lognormal(time("median"), spread / arithmetic::normal_quantile(0.95));
      }
      if (find(arguments, "cv") != nullptr) {
        const double variance = std::log1p(pure("cv") * pure("cv"));
        return lognormal(time("mean") * std::exp(-0.5 * variance), std::sqrt(variance));
      }
      return lognormal(time("median"), pure("sigma"));
    }
    if (name == "gamma") {
      expect(arguments, {{"mean", "cv"}, {"shape", "scale"}}, where);
      if (find(arguments, "cv") == nullptr) return gamma_law(pure("shape"), time("scale"));
      const double shape = 1.0 / (pure("cv") * pure("cv"));
      return gamma_law(shape, time("mean") / shape);
    }
    if (name == "erlang") {
      expect(arguments, {{"k", "mean"}}, where);
      const double k = pure("k");
      if (k != std::floor(k)) fail(where.begin, where.length, "k must be a whole number", {});
      return gamma_law(k, time("mean") / k);
    }
    if (name == "deterministic") {
      positional(1);
      return deterministic(duration(arguments[0], true));
    }
    if (name == "uniform") {
      positional(2);
      const double low = duration(arguments[0], true);
      const double high = duration(arguments[1], true);
      if (!(low < high)) fail(where.begin, where.length, "the first time must be shorter", {});
      return uniform(low, high);
    }
    if (name == "triangular") {
      positional(3);
      const double low = duration(arguments[0], true);
      const double mode = duration(arguments[1], true);
      const double high = duration(arguments[2], true);
      if (!(low <= mode && mode <= high && low < high)) {
        fail(where.begin, where.length, "the three times must rise: low, mode, high", {});
      }
      return triangular(low, mode, high);
    }
    if (name == "shifted") {
      positional(2);
      const double by = duration(arguments[0], true);
      return shifted(by, parse(arguments[1].offset, arguments[1].offset + arguments[1].value.size(),
                               depth + 1));
    }
    if (name == "hyperexponential") return mixture(parts(arguments, where, true, depth));
    if (name == "mixture") return mixture(parts(arguments, where, false, depth));
    return samples(arguments, where);
  }

  std::string_view whole_;
  const FileReader& files_;
  std::string name_;  ///< of the law that is being read, for messages
};

}  // namespace

const std::vector<LawForm>& law_forms() {
  static const std::vector<LawForm> forms{
      {"exponential", "exponential(mean=90d)", "Without memory."},
      {"weibull", "weibull(shape=1.3 mean=4y)",
       "Wear-out above shape 1, infant mortality below; `scale` in place of `mean`."},
      {"lognormal", "lognormal(median=4h p95=24h)",
       "Repairs by people; also `mean` and `cv`, or `median` and `sigma`."},
      {"gamma", "gamma(mean=2h cv=0.5)", "Also `shape` and `scale`."},
      {"erlang", "erlang(k=3 mean=1h)", "The sum of k exponential stages."},
      {"deterministic", "deterministic(30s)", "Always the same; 30s alone means that."},
      {"uniform", "uniform(1s 3s)", "Any time between two, equally likely."},
      {"triangular", "triangular(1h 2h 6h)", "Least, most likely, most."},
      {"shifted", "shifted(1h exponential(mean=2h))", "Later by a fixed time."},
      {"hyperexponential", "hyperexponential(90%=5min 10%=6h)", "One of several exponentials."},
      {"mixture", "mixture(90%=2min 10%=lognormal(mean=6h cv=1))", "One of several laws."},
      {"empirical", "empirical(file=disks.csv)",
       "One of the durations in a file, one a line, each with its unit."},
      {"never", "never", "It does not happen."},
  };
  return forms;
}

LawResult parse_law(std::string_view text, const FileReader& files) {
  LawResult result;
  try {
    result.law = LawParser(text, files).parse(0, text.size(), 0);
  } catch (const Failure& failure) {
    result.error = failure.error;
    result.unclosed = failure.unclosed;
  }
  return result;
}

}  // namespace nines
