// Logarithm and exponential of the trajectory: one value at a time, the same bits as Lanes.
#pragma once

namespace nines::arithmetic {

double log(double x);
double exp(double x);
double log1p(double x);
double expm1(double x);

/// The quantile of the standard normal law. Wichura, "Algorithm AS 241: the percentage points of
/// the normal distribution", Applied Statistics 37 (1988), PPND16: about 16 digits.
double normal_quantile(double p);

}  // namespace nines::arithmetic
