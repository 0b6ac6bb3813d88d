// SPDX-License-Identifier: Apache-2.0
// Mean, spread and extremes of a sample, value by value or merged from parts.
//
// Welford, "Note on a method for calculating corrected sums of squares and products",
// Technometrics 4 (1962): mean += d / n, m2 += d (x - mean), d = x - old mean.
// Merging: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing
// sample variances", Stanford STAN-CS-79-773 (1979).
#pragma once

#include <cstdint>
#include <optional>

namespace truce::stats {

/// Moments of a sample. What the sample is too small to tell is absent, never 0. The same calls in
/// the same order give the same bits.
class Moments {
 public:
  /// All that it knows, to be kept in a file and taken up again bit by bit.
  struct State {
    std::uint64_t count = 0;
    double mean = 0.0;
    double squares = 0.0;  ///< sum of squared deviations from the mean
    double min = 0.0;
    double max = 0.0;
  };

  Moments() = default;
  explicit Moments(const State& state)
      : count_(state.count),
        mean_(state.mean),
        squares_(state.squares),
        min_(state.min),
        max_(state.max) {}
  State state() const { return {count_, mean_, squares_, min_, max_}; }

  /// Takes one value in. One that is not finite is a contract violation.
  void add(double value);
  /// Takes in what `other` has seen.
  void merge(const Moments& other);

  std::uint64_t count() const { return count_; }
  /// Absent for no value.
  std::optional<double> mean() const;
  /// Sum of squared deviations over n - 1; absent below two values.
  std::optional<double> variance() const;
  /// Square root of the variance.
  std::optional<double> sd() const;
  /// Standard error of the mean, sd / sqrt(n); absent below two values.
  std::optional<double> standard_error() const;
  std::optional<double> min() const;
  std::optional<double> max() const;

  bool operator==(const Moments&) const = default;

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;  ///< sum of squared deviations from the mean
  double min_ = 0.0;
  double max_ = 0.0;
};

}  // namespace truce::stats
