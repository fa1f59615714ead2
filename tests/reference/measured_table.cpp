// Prints docs/reference/measured.md.
#include <cstdio>

#include <fmt/format.h>

#include "tests/reference/measured.hpp"

int main() {
  using namespace nines::test;
  fmt::print(
      "# Measured beside simulated\n\n"
      "Made by `nines_measured`, a program of the tests. Trials with HAProxy 2.6, keepalived, "
      "etcd and PostgreSQL, "
      "each with a fault at a\nrandom phase, beside 20,000 simulated ones of topologies that state "
      "what was configured\n(`tests/reference/measured`). No measured value enters a topology, but "
      "for the time from death "
      "to promotion of the PostgreSQL trials,\nwhich was their harness's own.\n\n"
      "The last columns: the distance of the two distributions (Kolmogorov and Smirnov); the same "
      "with 20 ms "
      "or one request\nallowed for the loaded machine of the trials; and the one above which one "
      "law would be rejected at 1 %. Where packets were\ndropped the fault did not end at a random "
      "phase of the checks: none of 59 was noticed between 0.38 s and 0.45 s.\n\n"
      "| trial | quantity | trials | median measured | simulated | range measured | simulated | "
      "distance | limit |\n|---|---|---|---|---|---|---|---|---|---|\n");
  for (const Comparison& c : compare_with_measured(NINES_TESTS_DIRECTORY "/reference/measured")) {
    const auto range = [&](const std::vector<double>& values) {
      const auto [low, high] = std::minmax_element(values.begin(), values.end());
      return c.counted() ? fmt::format("{:.0f} – {:.0f}", *low, *high)
                         : fmt::format("{:.3f} – {:.3f}", *low, *high);
    };
    const auto number = [&](double value) {
      return c.counted() ? fmt::format("{:.0f}", value) : fmt::format("{:.3f}", value);
    };
    fmt::print("| {} | {} | {} | {} | {} | {} | {} | {:.3f} | {:.3f} | {:.3f} |\n", c.what,
               c.measure, c.measured.size(), number(median(c.measured)),
               number(median(c.simulated)), range(c.measured), range(c.simulated),
               ks_distance(c.measured, c.simulated), c.distance(), c.critical());
  }
}
