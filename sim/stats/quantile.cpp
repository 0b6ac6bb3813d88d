// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/quantile.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <ranges>
#include <utility>

#include <boost/math/distributions/binomial.hpp>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

constexpr unsigned mantissa_bits = 52;

/// Bits of mantissa that make bins no wider than `relative_width`.
unsigned bin_bits(double relative_width) {
  TRUCE_EXPECT(relative_width >= 1e-5 && relative_width <= 0.5,
               "bins are between 0.001 % and 50 % wide");
  unsigned bits = 0;
  for (double width = 1.0; width > relative_width; width /= 2.0) ++bits;
  return bits;
}

}  // namespace

std::optional<Ranks> quantile_ranks(std::uint64_t n, double p, double level) {
  TRUCE_EXPECT(p > 0.0 && p < 1.0, "the interval of an extreme has no ranks");
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
  if (n == 0) return std::nullopt;
  const boost::math::binomial below{static_cast<double>(n), p};
  const double tail = (1.0 - level) / 2.0;
  const auto ranks = std::views::iota(std::uint64_t{1}, n + 1);
  // P(B < k) grows with k: `low` is the last rank that leaves at most `tail` below it.
  const auto after = std::ranges::partition_point(ranks, [&](std::uint64_t k) {
    return boost::math::cdf(below, static_cast<double>(k - 1)) <= tail;
  });
  // P(B >= k) falls with k: `high` is the first rank that leaves at most `tail` from it on.
  const auto high = std::ranges::partition_point(ranks, [&](std::uint64_t k) {
    return boost::math::cdf(boost::math::complement(below, static_cast<double>(k - 1))) > tail;
  });
  if (after == ranks.begin() || high == ranks.end()) return std::nullopt;
  return Ranks{*after - 1, *high};
}

Quantiles::Quantiles(std::size_t exact_limit, double relative_width)
    : exact_limit_(exact_limit), key_shift_(mantissa_bits - bin_bits(relative_width)) {}

void Quantiles::add(double value) {
  TRUCE_EXPECT(std::isfinite(value), "statistics take finite values only");
  value += 0.0;  // one zero, not two of different sign
  ++count_;
  if (exact() && count_ <= exact_limit_) {
    values_.push_back(value);
    return;
  }
  if (exact()) collapse();
  put({key_of(value), 1, value, value});
}

void Quantiles::merge(const Quantiles& other) {
  TRUCE_EXPECT(&other != this, "a sample is not merged with itself");
  TRUCE_EXPECT(exact_limit_ == other.exact_limit_ && key_shift_ == other.key_shift_,
               "only quantiles of the same limit and width can be merged");
  for (const double value : other.values_) add(value);
  if (other.exact()) return;
  if (exact()) collapse();
  count_ += other.count_;
  for (const Bin& bin : other.bins_) put(bin);
}

double Quantiles::value_at_rank(std::uint64_t k) const {
  TRUCE_EXPECT(k >= 1 && k <= count_, "ranks go from 1 to the number of values");
  if (exact()) {
    auto values = values_;
    const auto nth = values.begin() + static_cast<std::ptrdiff_t>(k - 1);
    std::ranges::nth_element(values, nth);
    return *nth;
  }
  auto bin = bins_.begin();
  while (k > bin->count) k -= (bin++)->count;
  if (k == bin->count) return bin->max;
  const auto steps = static_cast<double>(bin->count - 1);
  return bin->min + (bin->max - bin->min) * (static_cast<double>(k - 1) / steps);
}

std::optional<double> Quantiles::quantile(double p) const {
  TRUCE_EXPECT(p >= 0.0 && p <= 1.0, "a quantile's probability lies between 0 and 1");
  if (count_ == 0) return std::nullopt;
  const double place = static_cast<double>(count_ - 1) * p;
  const double whole = std::floor(place);
  const auto rank = static_cast<std::uint64_t>(whole) + 1;
  const double low = value_at_rank(rank);
  if (place == whole) return low;
  return std::lerp(low, value_at_rank(rank + 1), place - whole);
}

std::optional<Interval> Quantiles::interval(double p, double level) const {
  const auto ranks = quantile_ranks(count_, p, level);
  if (!ranks) return std::nullopt;
  return Interval{value_at_rank(ranks->low), value_at_rank(ranks->high)};
}

std::size_t Quantiles::memory_bytes() const {
  return sizeof(*this) + values_.capacity() * sizeof(double) + bins_.capacity() * sizeof(Bin);
}

std::int32_t Quantiles::key_of(double value) const {
  // The bits of positive doubles, read as an integer, are in the order of the doubles.
  const auto magnitude = std::bit_cast<std::uint64_t>(std::abs(value)) >> key_shift_;
  const auto key = static_cast<std::int32_t>(magnitude);
  return value < 0.0 ? -key : key;
}

void Quantiles::collapse() {
  auto values = std::exchange(values_, {});
  std::ranges::sort(values);
  for (const double value : values) put({key_of(value), 1, value, value});
}

void Quantiles::put(const Bin& bin) {
  const auto place = std::ranges::lower_bound(bins_, bin.key, {}, &Bin::key);
  if (place == bins_.end() || place->key != bin.key) {
    bins_.insert(place, bin);
    return;
  }
  place->count += bin.count;
  place->min = std::min(place->min, bin.min);
  place->max = std::max(place->max, bin.max);
}

}  // namespace truce::stats
