// SPDX-License-Identifier: Apache-2.0
// How outcomes of several what-ifs move together when they are played on the same luck: means,
// spreads, and how far the luck of one is that of another.
//
// Welford's and Chan's forms as in moments.hpp, with products of two steps in place of squares.
// Differences between arms have sums of their own: where two arms nearly agree, the variance of
// their difference taken from v_a + v_b - 2 c_ab would be rounding; here it is 0 if they are equal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <Eigen/Core>

namespace truce::stats {

/// Joint moments of `arms` values that each replication gives; two arms are the paired case. What
/// the sample is too small to tell is absent, never 0. The same calls in the same order give the
/// same bits. Mean and variance of an arm have the bits that Moments gives. Memory: 8 bytes times
/// 1.5 arms^2.
class JointMoments {
 public:
  /// Contract: one arm at least.
  explicit JointMoments(std::size_t arms);

  /// Takes one replication in, its values by arm. Contracts: one for each arm, all finite.
  void add(std::span<const double> values);
  /// Takes in what `other`, of as many arms, has seen.
  void merge(const JointMoments& other);

  std::size_t arms() const { return means_.size(); }
  std::uint64_t count() const { return count_; }

  /// Absent for no value.
  std::optional<double> mean(std::size_t arm) const;
  /// With n - 1, as all that follow; absent below two values.
  std::optional<double> variance(std::size_t arm) const;
  std::optional<double> covariance(std::size_t a, std::size_t b) const;
  /// Within [-1, 1]. Absent below two values and where an arm does not vary.
  std::optional<double> correlation(std::size_t a, std::size_t b) const;

  /// Mean of (value of `to`) - (value of `from`); absent for no value.
  std::optional<double> difference(std::size_t from, std::size_t to) const;
  /// Variance of that difference; absent below two values.
  std::optional<double> difference_variance(std::size_t from, std::size_t to) const;

  /// Covariances of all arms; absent below two values.
  std::optional<Eigen::MatrixXd> covariances() const;
  /// Covariances of the differences from the arm `base` of all others, in their order, as
  /// (v_ib + v_jb - v_ij) / 2 from the variances v of differences; absent below two values.
  std::optional<Eigen::MatrixXd> difference_covariances(std::size_t base) const;

  bool operator==(const JointMoments&) const = default;

 private:
  /// Arms a > b.
  struct Pair {
    double product = 0.0;     ///< sum of products of deviations from the means
    double difference = 0.0;  ///< mean of a - b
    double squares = 0.0;     ///< of its deviations from it
    bool operator==(const Pair&) const = default;
  };
  const Pair& pair(std::size_t a, std::size_t b) const;
  void check(std::size_t arm) const;

  std::uint64_t count_ = 0;
  std::vector<double> means_;
  std::vector<double> squares_;  ///< sums of squared deviations
  std::vector<Pair> pairs_;      ///< (1, 0), (2, 0), (2, 1), (3, 0), ...
};

}  // namespace truce::stats
