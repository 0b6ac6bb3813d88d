// SPDX-License-Identifier: Apache-2.0
#include "sim/random/points.hpp"

#include <numeric>
#include <utility>

#include <boost/random/sobol.hpp>

#include "sim/core/contract.hpp"

#include "sim/random/stream.hpp"

namespace truce::random {
namespace {

/// One of 0, ..., n - 1.
std::size_t pick_below(std::size_t n, Stream& stream) {
  return static_cast<std::size_t>(stream.uniform() * static_cast<double>(n));
}

/// 0, ..., n - 1 in random order (Durstenfeld, Commun. ACM 7, 1964).
std::vector<std::size_t> shuffled(std::size_t n, Stream& stream) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t left = n; left > 1; --left) {
    std::swap(order[left - 1], order[pick_below(left, stream)]);
  }
  return order;
}

Points empty_points(std::size_t rows, std::size_t columns) {
  TRUCE_EXPECT(rows > 0 && columns > 0, "a design has points and inputs");
  return {rows, columns, std::vector<double>(rows * columns)};
}

void fill_stratified(Points& points, std::size_t column, Stream stream) {
  const auto strata = shuffled(points.rows, stream);
  const double last = uniform_of(~std::uint64_t{0});  // a sum may be rounded up to 1
  for (std::size_t r = 0; r < points.rows; ++r) {
    const double place = static_cast<double>(strata[r]) + stream.uniform();
    points.at(r, column) = std::min(place / static_cast<double>(points.rows), last);
  }
}

/// Owen's scrambling of one column. The flips form a binary tree: its node for the leading bits b
/// of length k has the number 2^k + b, and its flip is a bit hashed from that number. Up to 2^32
/// points of a column of Sobol's sequence differ in their leading 32 bits, so that all below are
/// independent of each other and may be drawn at once.
class Scrambling {
 public:
  explicit Scrambling(std::uint64_t key) : key_(key) {}

  double operator()(std::uint64_t bits) const {
    const std::uint64_t leading = bits >> depth;
    std::uint64_t flips = 0;
    for (unsigned k = 0; k < depth; ++k) {
      const std::uint64_t node = (std::uint64_t{1} << k) | (leading >> (depth - k));
      flips = (flips << 1U) | (mix(key_, node) >> 63U);
    }
    const std::uint64_t below = mix(key_, (std::uint64_t{1} << depth) | leading) >> depth;
    return uniform_of(((leading ^ flips) << depth) | below);
  }

 private:
  static constexpr unsigned depth = 32;
  std::uint64_t key_;
};

}  // namespace

std::vector<double> Points::column(std::size_t column) const {
  std::vector<double> taken(rows);
  for (std::size_t r = 0; r < rows; ++r) taken[r] = at(r, column);
  return taken;
}

Points latin_hypercube(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  Points points = empty_points(rows, columns);
  const Source source("points", "latin hypercube");
  for (std::size_t c = 0; c < columns; ++c) fill_stratified(points, c, source.at({seed, 0}, c));
  return points;
}

Points latin_hypercube(std::size_t rows, std::span<const std::string> names, std::uint64_t seed) {
  Points points = empty_points(rows, names.size());
  for (std::size_t c = 0; c < names.size(); ++c) {
    fill_stratified(points, c, Source(names[c], "latin hypercube").at({seed, 0}));
  }
  return points;
}

Points sobol(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  TRUCE_EXPECT(columns <= most_sobol_columns, "Sobol's sequence is known in 3667 columns");
  TRUCE_EXPECT(rows <= std::size_t{1} << 32U, "a scrambled sequence has at most 2^32 points");
  Points points = empty_points(rows, columns);
  const Source source("points", "sobol");
  std::vector<Scrambling> scramblings;
  for (std::size_t c = 0; c < columns; ++c) {
    scramblings.emplace_back(source.at({seed, 0}, c).bits());
  }
  boost::random::sobol sequence(columns);  // from its second point on: the first is the origin
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      points.at(r, c) = scramblings[c](r == 0 ? 0 : sequence());
    }
  }
  return points;
}

Trajectories morris(std::size_t trajectories, std::size_t factors, std::size_t levels,
                    std::uint64_t seed) {
  TRUCE_EXPECT(levels >= 2 && levels % 2 == 0, "Morris's grid has an even number of levels");
  Trajectories design{trajectories, factors, empty_points(trajectories * (factors + 1), factors)};
  design.steps.reserve(trajectories * factors);
  const auto intervals = static_cast<double>(levels - 1);
  const std::size_t jump = levels / 2;
  const Source source("points", "morris");
  for (std::size_t t = 0; t < trajectories; ++t) {
    Stream stream = source.at({seed, t});
    std::vector<std::size_t> level(factors);
    std::vector<bool> up(factors);
    for (std::size_t f = 0; f < factors; ++f) {
      level[f] = pick_below(jump, stream);
      up[f] = stream.uniform() < 0.5;
      if (!up[f]) level[f] += jump;
    }
    const auto order = shuffled(factors, stream);
    for (std::size_t s = 0; s <= factors; ++s) {
      if (s > 0) {
        const std::size_t moved = order[s - 1];
        level[moved] = up[moved] ? level[moved] + jump : level[moved] - jump;
        const double delta = static_cast<double>(jump) / intervals;
        design.steps.push_back({moved, up[moved] ? delta : -delta});
      }
      for (std::size_t f = 0; f < factors; ++f) {
        design.points.at(t * (factors + 1) + s, f) = static_cast<double>(level[f]) / intervals;
      }
    }
  }
  return design;
}

double mid_stratum(double x, std::size_t levels) {
  TRUCE_EXPECT(x >= 0.0 && x <= 1.0, "Morris's grid is within 0 and 1");
  TRUCE_EXPECT(levels >= 2, "Morris's grid has two levels at least");
  return (x * static_cast<double>(levels - 1) + 0.5) / static_cast<double>(levels);
}

Pair saltelli(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  const Points both = sobol(rows, 2 * columns, seed);
  Pair pair{empty_points(rows, columns), empty_points(rows, columns)};
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      pair.a.at(r, c) = both.at(r, c);
      pair.b.at(r, c) = both.at(r, columns + c);
    }
  }
  return pair;
}

Points mixed(const Pair& pair, std::size_t column) {
  TRUCE_EXPECT(
      column < pair.a.columns && pair.a.columns == pair.b.columns && pair.a.rows == pair.b.rows,
      "both samples have the column that is exchanged");
  Points points = pair.a;
  for (std::size_t r = 0; r < points.rows; ++r) points.at(r, column) = pair.b.at(r, column);
  return points;
}

}  // namespace truce::random
