// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/survival.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <utility>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

using Hours = std::chrono::hours;

/// The recursion from hour to hour. Variances and covariances are kept, not their sums over hours,
/// which would have a pole where the last at risk ends.
class Recursion {
 public:
  explicit Recursion(std::size_t causes) : causes_(causes) {}

  /// An hour goes by in which nothing ends.
  void pass() {
    mean_ += lasts_;
    mean_variance_ += 2.0 * mean_lasts_ + variance_;
    mean_lasts_ += variance_;
  }

  /// At its end, so many of those at risk end by each cause. The covariance of two shares d_k / n
  /// of a multinomial is that of one draw over n: -p_k p_l, or p_k (1 - p_k).
  void end(std::span<const std::uint64_t> ends, std::uint64_t ended_now, std::uint64_t at_risk) {
    const auto n = static_cast<double>(at_risk);
    const double hazard = static_cast<double>(ended_now) / n;
    const double stays = static_cast<double>(at_risk - ended_now) / n;
    const double scale = lasts_ * lasts_ / n;
    for (std::size_t k = 0; k < causes_.size(); ++k) {
      Cause& cause = causes_[k];
      const double by_cause = static_cast<double>(ends[k]) / n;
      cause.variance += by_cause * (2.0 * cause.with_lasts + by_cause * variance_) +
                        scale * by_cause * (1.0 - by_cause);
      cause.with_lasts =
          stays * (cause.with_lasts + by_cause * variance_) - scale * by_cause * stays;
      cause.chance += lasts_ * by_cause;
      cause.ended += ends[k];
    }
    variance_ = stays * stays * variance_ + scale * hazard * stays;
    mean_lasts_ *= stays;
    lasts_ *= stays;
    ended_ += ended_now;
  }

  double lasts() const { return lasts_; }
  std::uint64_t ended() const { return ended_; }

  /// `remaining`: how many are known to last.
  SurvivalPoint::Estimate estimate(std::uint64_t remaining, double level) const {
    const std::uint64_t known = remaining + ended_;
    const double factor = normal_quantile(0.5 + level / 2.0);
    const auto wilson = [&](std::uint64_t so) { return *wilson_interval(so, known, level); };
    SurvivalPoint::Estimate estimate;
    estimate.lasts.value = lasts_;
    estimate.variance = variance_;
    estimate.lasts.interval = ended_ == 0     ? wilson(known)
                              : lasts_ == 0.0 ? wilson(0)
                                              : log_log_interval(lasts_, variance_, factor);
    for (const Cause& cause : causes_) {
      Chance ends{cause.chance, {}};
      if (cause.ended == 0) {
        ends.interval = wilson(0);
      } else if (lasts_ == 0.0 && cause.ended == ended_) {
        ends = {1.0, wilson(known)};
      } else {
        const auto not_so = log_log_interval(1.0 - cause.chance, cause.variance, factor);
        ends.interval = {1.0 - not_so.high, 1.0 - not_so.low};
      }
      estimate.ends.push_back(ends);
    }
    constexpr double day = 24.0;
    estimate.restricted_mean = mean_ / day;
    estimate.restricted_mean_error = std::sqrt(std::max(0.0, mean_variance_)) / day;
    return estimate;
  }

 private:
  struct Cause {
    double chance = 0.0;
    double variance = 0.0;
    double with_lasts = 0.0;  ///< covariance with S
    std::uint64_t ended = 0;
  };

  double lasts_ = 1.0;
  double variance_ = 0.0;
  double mean_ = 0.0;           ///< [hours]
  double mean_variance_ = 0.0;  ///< [hours^2]
  double mean_lasts_ = 0.0;     ///< covariance of the mean with S [hours]
  std::vector<Cause> causes_;
  std::uint64_t ended_ = 0;
};

}  // namespace

Survival::Survival(Duration horizon, std::size_t causes) : causes_(causes), bins_(0) {
  TRUCE_EXPECT(horizon >= Duration{0}, "a horizon is not negative");
  TRUCE_EXPECT(causes > 0, "what lasts can end");
  bins_ = static_cast<std::size_t>(std::chrono::ceil<Hours>(horizon).count()) + 1;
  counts_.resize(bins_ * (causes_ + 1));
}

std::size_t Survival::bin_of(Duration length) const {
  TRUCE_EXPECT(length >= Duration{0}, "nothing lasts less than no time");
  return static_cast<std::size_t>(std::chrono::ceil<Hours>(length).count());
}

std::uint64_t& Survival::counted(std::size_t bin, std::size_t what) {
  return counts_[bin * (causes_ + 1) + what];
}

Survival::Survival(Duration horizon, std::size_t causes, std::vector<std::uint64_t> counts)
    : Survival(horizon, causes) {
  TRUCE_EXPECT(counts.size() == counts_.size(), "counts are those of the same horizon and causes");
  counts_ = std::move(counts);
  count_ = std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

void Survival::add_end(Duration length, std::size_t cause) {
  TRUCE_EXPECT(cause < causes_, "an end has one of the causes");
  const auto bin = bin_of(length);
  if (bin >= bins_) return add_censored(length);
  ++counted(bin, cause);
  ++count_;
}

void Survival::add_censored(Duration length) {
  ++counted(std::min(bin_of(length), bins_ - 1), causes_);
  ++count_;
}

void Survival::merge(const Survival& other) {
  TRUCE_EXPECT(bins_ == other.bins_ && causes_ == other.causes_,
               "what is merged has the same horizon and causes");
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
}

std::vector<SurvivalPoint> Survival::at(std::span<const Duration> times, double level) const {
  TRUCE_EXPECT(std::ranges::is_sorted(times), "times come in their order");
  std::vector<SurvivalPoint> points;
  points.reserve(times.size());
  Recursion recursion(causes_);
  std::uint64_t at_risk = count_;
  auto next = times.begin();
  for (std::size_t bin = 0; bin < bins_ && next != times.end(); ++bin) {
    if (bin > 0) recursion.pass();
    const auto here = std::span(counts_).subspan(bin * (causes_ + 1), causes_ + 1);
    const auto ends = here.first(causes_);
    std::uint64_t ended_now = 0;
    for (const auto n : ends) ended_now += n;
    if (ended_now > 0) recursion.end(ends, ended_now, at_risk);
    const std::uint64_t remaining = at_risk - ended_now;
    for (; next != times.end() && *next == Hours{static_cast<Hours::rep>(bin)}; ++next) {
      SurvivalPoint point{at_risk, recursion.ended(), {}};
      // Nobody at risk: known only if the last has ended.
      const bool all_ended = recursion.ended() > 0 && recursion.lasts() == 0.0;
      if (at_risk > 0 || all_ended) point.estimate = recursion.estimate(remaining, level);
      points.push_back(std::move(point));
    }
    at_risk = remaining - here[causes_];
  }
  TRUCE_EXPECT(points.size() == times.size(), "times are whole hours within the horizon");
  return points;
}

}  // namespace truce::stats
