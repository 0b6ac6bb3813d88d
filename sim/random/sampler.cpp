// SPDX-License-Identifier: Apache-2.0
#include "sim/random/sampler.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <utility>

namespace truce::random {
namespace {

constexpr std::uint64_t mantissa = (std::uint64_t{1} << 52U) - 1;
constexpr double tolerance = 1e-10;  // of the standard deviation

/// What tells one tabulated law from another; empty for a law that needs no table.
std::vector<double> parameters_of(const Distribution& law) {
  const auto& kind = law.kind();
  const auto index = static_cast<double>(kind.index());
  if (const auto* d = std::get_if<Gamma>(&kind)) return {index, d->shape, d->scale};
  if (const auto* d = std::get_if<ScaledBeta>(&kind)) return {index, d->min, d->max, d->a, d->b};
  if (const auto* d = std::get_if<Lognormal>(&kind)) return {index, d->median, d->sigma};
  return {};
}

/// The polynomial through values at -3, -2, ..., 4, by Newton's divided differences, as
/// coefficients of 1, t, t^2, ...
template <std::size_t n>
std::array<double, n> interpolate(const double* values) {
  std::array<double, n> differences{};
  std::copy(values, values + n, differences.begin());
  for (std::size_t order = 1; order < n; ++order) {
    for (std::size_t i = n - 1; i >= order; --i) {
      differences[i] = (differences[i] - differences[i - 1]) / static_cast<double>(order);
    }
  }
  std::array<double, n> coefficients{};
  for (std::size_t i = n; i-- > 0;) {
    // coefficients * (t - node) + difference
    const double node = static_cast<double>(i) - 3.0;
    for (std::size_t power = n - 1; power > 0; --power) {
      coefficients[power] = coefficients[power - 1] - node * coefficients[power];
    }
    coefficients[0] = differences[i] - node * coefficients[0];
  }
  return coefficients;
}

}  // namespace

std::unique_ptr<const QuantileTable> QuantileTable::of(const Distribution& law) {
  if (parameters_of(law).empty()) return nullptr;
  // NOLINTNEXTLINE(modernize-make-unique): the constructor is private
  std::unique_ptr<QuantileTable> table(new QuantileTable);
  table->rows_.reserve(2 * octaves * steps);
  std::array<double, steps + nodes - 1> values{};
  for (const bool upper : {false, true}) {
    for (int octave = 0; octave < octaves; ++octave) {
      const double from = std::ldexp(outer, octave);
      for (std::size_t i = 0; i < values.size(); ++i) {
        const double p = from * (1 + (static_cast<double>(i) - 3) / steps);
        values[i] = upper ? law.quantile_above(p) : law.quantile(p);
      }
      for (int step = 0; step < steps; ++step) {
        table->rows_.push_back({interpolate<nodes>(values.data() + step)});
      }
    }
  }
  if (!table->agrees_with(law)) return nullptr;
  return table;
}

double QuantileTable::operator()(double u) const {
  const bool upper = u > 0.5;
  const auto bits = std::bit_cast<std::uint64_t>(upper ? 1 - u : u);
  constexpr unsigned below_step = 52 - 5;  // bits of the mantissa that tell the place in a step
  constexpr std::uint64_t first = std::bit_cast<std::uint64_t>(outer) >> below_step;
  const std::uint64_t row = (bits >> below_step) - first + (upper ? octaves * steps : 0);
  const double t =
      std::bit_cast<double>(std::bit_cast<std::uint64_t>(1.0) | ((bits << 5U) & mantissa)) - 1;
  const auto& c = rows_[row].coefficients;
  // Estrin's scheme: pairs first, so that the processor need not wait for each product.
  const double t2 = t * t;
  const double low = (c[0] + c[1] * t) + (c[2] + c[3] * t) * t2;
  const double high = (c[4] + c[5] * t) + (c[6] + c[7] * t) * t2;
  return low + high * (t2 * t2);
}

bool QuantileTable::agrees_with(const Distribution& law) const {
  const double allowed = tolerance * std::sqrt(law.variance());
  for (int octave = 0; octave < octaves; ++octave) {
    for (int step = 0; step < steps; step += 4) {
      const double p = std::ldexp(outer, octave) * (1 + (step + 0.5) / steps);
      if (!(std::abs((*this)(p)-law.quantile(p)) <= allowed)) return false;
      if (!(std::abs((*this)(1 - p) - law.quantile_above(p)) <= allowed)) return false;
    }
  }
  return true;
}

const QuantileTable* Tables::of(const Distribution& law) {
  auto parameters = parameters_of(law);
  if (parameters.empty()) return nullptr;
  for (const Tables* tables = this; tables != nullptr; tables = tables->known_) {
    const auto found = tables->made_.find(parameters);
    if (found != tables->made_.end()) return found->second.get();
  }
  return made_.emplace(std::move(parameters), QuantileTable::of(law)).first->second.get();
}

}  // namespace truce::random
