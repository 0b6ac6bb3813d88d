// SPDX-License-Identifier: Apache-2.0
#include "bench/axes.hpp"

#include <algorithm>

namespace truce::bench {
namespace {

/// What all axes leave as it is.
Sizes usual() {
  Sizes sizes;
  sizes.sectors = 100;
  sizes.incidents_per_day = 1000;
  sizes.contributors = 20;
  sizes.contingents = 80;
  sizes.cells = 50;
  sizes.hubs = 5;
  sizes.days = 90;
  return sizes;
}

}  // namespace

const std::vector<Axis>& axes() {
  static const std::vector<Axis> all{
      {"sectors",
       {10, 30, 100, 300, 1000, 3000, 10'000},
       {10, 100},
       [](std::int64_t n) {
         Sizes sizes = usual();
         sizes.sectors = n;
         return sizes;
       }},
      {"incidents",
       {1, 10, 100, 1000, 10'000, 100'000},
       {1, 100},
       [](std::int64_t n) {
         Sizes sizes = usual();
         sizes.incidents_per_day = static_cast<double>(n);
         sizes.days = 30;
         return sizes;
       }},
      {"contingents",
       {10, 30, 100, 300, 1000, 3000, 10'000},
       {10, 100},
       [](std::int64_t n) {
         Sizes sizes = usual();
         sizes.contingents = n;
         sizes.contributors = std::max<std::int64_t>(1, n / 4);
         return sizes;
       }},
      {"cells",
       {10, 30, 100, 300, 1000, 3000},
       {10, 100},
       [](std::int64_t n) {
         // A line long enough that no two cells share a sector: each incident is watched by one.
         Sizes sizes = usual();
         sizes.sectors = 3000;
         sizes.cells = n;
         return sizes;
       }},
      {"hubs",
       {2, 10, 30, 100, 300},
       {2, 10},
       [](std::int64_t n) {
         Sizes sizes = usual();
         sizes.hubs = n;
         sizes.sectors = sizes.cells = 300;
         return sizes;
       }},
      {"days",
       {30, 91, 365, 1096, 3653},
       {30, 91},
       [](std::int64_t n) {
         Sizes sizes = usual();
         sizes.days = n;
         sizes.incidents_per_day = 200;
         return sizes;
       }},
      {"whole",
       {10, 30, 100, 300, 1000, 3000, 10'000},
       {10, 100},
       [](std::int64_t n) {
         Sizes sizes = Sizes::continental();
         const auto part = [&](std::int64_t whole) {
           return std::max<std::int64_t>(1, whole * n / sizes.sectors);
         };
         sizes.incidents_per_day *= static_cast<double>(n) / static_cast<double>(sizes.sectors);
         sizes.contributors = part(sizes.contributors);
         sizes.contingents = std::max<std::int64_t>(2, part(sizes.contingents));
         sizes.cells = part(sizes.cells);
         sizes.hubs = part(sizes.hubs);
         sizes.sectors = n;
         sizes.days = 180;
         return sizes;
       }},
  };
  return all;
}

}  // namespace truce::bench
