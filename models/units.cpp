#include "models/units.hpp"

#include <array>
#include <deque>
#include <string>
#include <vector>

namespace nines {
namespace {

constexpr std::array kDurations{
    UnitRow{"h", 3600.0},         UnitRow{"s", 1.0},     UnitRow{"min", 60.0},
    UnitRow{"d", 86400.0},        UnitRow{"y", kYear_s}, UnitRow{"month", kYear_s / 12.0},
    UnitRow{"week", 7 * 86400.0}, UnitRow{"ms", 1e-3},   UnitRow{"us", 1e-6},
};
constexpr std::array kRates{
    UnitRow{"/s", 1.0},           UnitRow{"/min", 1.0 / 60.0},  UnitRow{"/h", 1.0 / 3600.0},
    UnitRow{"/d", 1.0 / 86400.0}, UnitRow{"/y", 1.0 / kYear_s},
};
constexpr std::array kSizes{
    UnitRow{"TB", 1e12}, UnitRow{"GB", 1e9}, UnitRow{"MB", 1e6},
    UnitRow{"kB", 1e3},  UnitRow{"B", 1.0},  UnitRow{"PB", 1e15},
};
constexpr std::array kThroughputs{
    UnitRow{"MB/s", 1e6},         UnitRow{"Gbit/s", 1e9 / 8.0}, UnitRow{"Mbit/s", 1e6 / 8.0},
    UnitRow{"GB/s", 1e9},         UnitRow{"kB/s", 1e3},         UnitRow{"B/s", 1.0},
    UnitRow{"kbit/s", 1e3 / 8.0},
};
constexpr std::array kWrites{UnitRow{"writes", 1.0}, UnitRow{"write", 1.0}};
constexpr std::array kFractions{UnitRow{"%", 0.01}};
constexpr std::array<std::string_view, 8> kCurrencies{"USD", "EUR", "KRW", "JPY",
                                                      "GBP", "CNY", "CHF", "INR"};

/// "USD", or "USD/month" and the like: every currency with every ending.
class InCurrencies {
 public:
  explicit InCurrencies(const std::vector<UnitRow>& endings) {
    for (const std::string_view currency : kCurrencies) {
      for (const UnitRow& ending : endings) {
        symbols_.push_back(std::string(currency) + std::string(ending.symbol));
        rows_.push_back({symbols_.back(), ending.factor});
      }
    }
  }
  std::span<const UnitRow> rows() const { return rows_; }

 private:
  std::deque<std::string> symbols_;  // rows point into them
  std::vector<UnitRow> rows_;
};

}  // namespace

std::span<const UnitRow> units_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::duration:
      return kDurations;
    case Dimension::rate:
      return kRates;
    case Dimension::fraction:
      return kFractions;
    case Dimension::size:
      return kSizes;
    case Dimension::throughput:
      return kThroughputs;
    case Dimension::writes:
      return kWrites;
    case Dimension::money: {
      static const InCurrencies amounts({UnitRow{"", 1.0}});
      return amounts.rows();
    }
    case Dimension::money_rate: {
      static const InCurrencies rates({UnitRow{"/month", 12.0 / kYear_s},
                                       UnitRow{"/y", 1.0 / kYear_s}, UnitRow{"/h", 1.0 / 3600.0},
                                       UnitRow{"/d", 1.0 / 86400.0}, UnitRow{"/min", 1.0 / 60.0}});
      return rates.rows();
    }
  }
  return {};
}

std::span<const std::string_view> currencies() { return kCurrencies; }

std::string_view noun_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::duration:
      return "a duration";
    case Dimension::rate:
      return "a rate";
    case Dimension::fraction:
      return "a percentage";
    case Dimension::size:
      return "a size";
    case Dimension::throughput:
      return "a throughput";
    case Dimension::writes:
      return "a number of writes";
    case Dimension::money:
      return "an amount of money";
    case Dimension::money_rate:
      return "an amount of money per time";
  }
  return {};
}

std::string_view examples_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::duration:
      return "30s, 4h or 90d";
    case Dimension::rate:
      return "150/s or 2000/min";
    case Dimension::fraction:
      return "99.95 % or 50 %";
    case Dimension::size:
      return "80GB or 4TB";
    case Dimension::throughput:
      return "80MB/s or 1Gbit/s";
    case Dimension::writes:
      return "0 writes or 500 writes";
    case Dimension::money:
      return "4000 USD or 350 EUR";
    case Dimension::money_rate:
      return "90 USD/month or 5000 USD/h";
  }
  return {};
}

}  // namespace nines
