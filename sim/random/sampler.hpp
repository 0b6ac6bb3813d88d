// SPDX-License-Identifier: Apache-2.0
// A distribution made ready to be drawn often: slow quantile functions are tabulated once.
//
// Numerical inversion by interpolation (after Hörmann and Leydold, "Continuous random variate
// generation by fast numerical inversion", ACM TOMACS 13, 2003). F^-1 is interpolated by
// polynomials of degree 7 in u, or in 1 - u above the median, on intervals that are 1/32 of an
// octave wide: which one is read off the bits of the double. The outer 2^-10 on either side are
// left to the quantile function itself. Draws stay inversions, monotone in u, one uniform each.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <vector>

#include "sim/random/distribution.hpp"

namespace truce::random {

/// The inner part of a quantile function, without the median itself. Differs from
/// Distribution::quantile by less than 1e-10 of the standard deviation.
class QuantileTable {
 public:
  /// Null if the law's own quantile function is quick, or too uneven to be interpolated.
  static std::unique_ptr<const QuantileTable> of(const Distribution& law);

  /// Whether F^-1(u) is in the table.
  static bool covers(double u) { return u > outer && u < 1 - outer && u != 0.5; }
  /// F^-1(u), if it is.
  double operator()(double u) const;

 private:
  static constexpr double outer = 0x1p-10;
  static constexpr int octaves = 9;  ///< from 2^-10 to 1/2
  static constexpr int steps = 32;   ///< in an octave
  static constexpr int nodes = 8;    ///< of a polynomial
  struct alignas(64) Row {
    std::array<double, nodes> coefficients{};
  };

  QuantileTable() = default;
  bool agrees_with(const Distribution& law) const;

  std::vector<Row> rows_;  ///< those of u from 2^-10 up, then those of 1 - u
};

/// The tables that samplers use; must outlive them.
class Tables {
 public:
  /// Tables of `known`, which must outlive these, are not made again.
  explicit Tables(const Tables* known = nullptr) : known_(known) {}

  /// The table of a law; null if it has none.
  const QuantileTable* of(const Distribution& law);

 private:
  using Made = std::map<std::vector<double>, std::unique_ptr<const QuantileTable>>;

  const Tables* known_;
  Made made_;  ///< by the parameters of the law
};

/// A law for a quantity that is drawn at each use. The same law gives the same draws, whatever
/// tables were there before.
class Sampler {
 public:
  Sampler() = default;
  Sampler(Distribution law, Tables& tables) : law_(std::move(law)), table_(tables.of(law_)) {}

  const Distribution& law() const { return law_; }
  double quantile(double u) const {
    return table_ != nullptr && QuantileTable::covers(u) ? (*table_)(u) : law_.quantile(u);
  }
  /// One draw: one uniform of the stream (none if constant).
  double sample(Stream& stream) const {
    return law_.constant() ? law_.least() : quantile(stream.uniform());
  }

 private:
  Distribution law_;
  const QuantileTable* table_ = nullptr;
};

}  // namespace truce::random
