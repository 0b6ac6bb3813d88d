// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/joint.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

namespace truce::stats {

JointMoments::JointMoments(std::size_t arms) {
  TRUCE_EXPECT(arms > 0, "joint moments are those of one arm or more");
  means_.resize(arms);
  squares_.resize(arms);
  pairs_.resize(arms * (arms - 1) / 2);
}

void JointMoments::add(std::span<const double> values) {
  TRUCE_EXPECT(values.size() == arms(), "a replication has one value for each arm");
  TRUCE_EXPECT(std::ranges::all_of(values, [](double value) { return std::isfinite(value); }),
               "statistics take finite values only");
  ++count_;
  const auto n = static_cast<double>(count_);
  auto together = pairs_.begin();
  for (std::size_t a = 0; a < values.size(); ++a) {
    const double step = values[a] - means_[a];
    means_[a] += step / n;
    const double left = values[a] - means_[a];
    squares_[a] += step * left;
    for (std::size_t b = 0; b < a; ++b, ++together) {
      // The mean of b has moved already: its (n - 1) / n is in it, as in Welford's square.
      together->product += step * (values[b] - means_[b]);
      const double difference = values[a] - values[b];
      const double change = difference - together->difference;
      together->difference += change / n;
      together->squares += change * (difference - together->difference);
    }
  }
}

void JointMoments::merge(const JointMoments& other) {
  TRUCE_EXPECT(arms() == other.arms(), "what is merged has the same arms");
  if (other.count_ == 0) return;
  if (count_ == 0) {
    *this = other;
    return;
  }
  const auto ours = static_cast<double>(count_);
  const auto theirs = static_cast<double>(other.count_);
  const double share = theirs / (ours + theirs);
  std::size_t place = 0;
  for (std::size_t a = 1; a < arms(); ++a) {
    for (std::size_t b = 0; b < a; ++b, ++place) {
      Pair& mine = pairs_[place];
      const Pair& its = other.pairs_[place];
      const double steps = (other.means_[a] - means_[a]) * (other.means_[b] - means_[b]);
      mine.product += its.product + steps * ours * share;
      const double change = its.difference - mine.difference;
      mine.difference += change * share;
      mine.squares += its.squares + change * change * ours * share;
    }
  }
  for (std::size_t a = 0; a < arms(); ++a) {
    const double step = other.means_[a] - means_[a];
    means_[a] += step * share;
    squares_[a] += other.squares_[a] + step * step * ours * share;
  }
  count_ += other.count_;
}

void JointMoments::check(std::size_t arm) const {
  TRUCE_EXPECT(arm < arms(), "arms are counted from 0");
}

const JointMoments::Pair& JointMoments::pair(std::size_t a, std::size_t b) const {
  const auto [low, high] = std::minmax(a, b);
  return pairs_[high * (high - 1) / 2 + low];
}

std::optional<double> JointMoments::mean(std::size_t arm) const {
  check(arm);
  if (count_ == 0) return std::nullopt;
  return means_[arm];
}

std::optional<double> JointMoments::variance(std::size_t arm) const {
  check(arm);
  if (count_ < 2) return std::nullopt;
  return squares_[arm] / static_cast<double>(count_ - 1);
}

std::optional<double> JointMoments::covariance(std::size_t a, std::size_t b) const {
  check(a);
  check(b);
  if (a == b) return variance(a);
  if (count_ < 2) return std::nullopt;
  return pair(a, b).product / static_cast<double>(count_ - 1);
}

std::optional<double> JointMoments::correlation(std::size_t a, std::size_t b) const {
  const auto joint = covariance(a, b);
  if (!joint || squares_[a] <= 0.0 || squares_[b] <= 0.0) return std::nullopt;
  if (a == b) return 1.0;
  const double scale = std::sqrt(*variance(a)) * std::sqrt(*variance(b));
  return std::clamp(*joint / scale, -1.0, 1.0);
}

std::optional<double> JointMoments::difference(std::size_t from, std::size_t to) const {
  check(from);
  check(to);
  if (count_ == 0) return std::nullopt;
  if (from == to) return 0.0;
  const double mean = pair(from, to).difference;
  return to > from ? mean : -mean;
}

std::optional<double> JointMoments::difference_variance(std::size_t from, std::size_t to) const {
  check(from);
  check(to);
  if (count_ < 2) return std::nullopt;
  if (from == to) return 0.0;
  return pair(from, to).squares / static_cast<double>(count_ - 1);
}

std::optional<Eigen::MatrixXd> JointMoments::covariances() const {
  if (count_ < 2) return std::nullopt;
  const auto size = static_cast<Eigen::Index>(arms());
  Eigen::MatrixXd matrix(size, size);
  for (std::size_t a = 0; a < arms(); ++a) {
    for (std::size_t b = 0; b < arms(); ++b) {
      matrix(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)) = *covariance(a, b);
    }
  }
  return matrix;
}

std::optional<Eigen::MatrixXd> JointMoments::difference_covariances(std::size_t base) const {
  check(base);
  if (count_ < 2) return std::nullopt;
  const auto size = static_cast<Eigen::Index>(arms() - 1);
  const auto arm = [&](Eigen::Index i) {
    const auto place = static_cast<std::size_t>(i);
    return place < base ? place : place + 1;
  };
  Eigen::MatrixXd matrix(size, size);
  for (Eigen::Index i = 0; i < size; ++i) {
    for (Eigen::Index j = 0; j < size; ++j) {
      matrix(i, j) =
          0.5 * (*difference_variance(base, arm(i)) + *difference_variance(base, arm(j)) -
                 *difference_variance(arm(i), arm(j)));
    }
  }
  return matrix;
}

}  // namespace truce::stats
