// SPDX-License-Identifier: Apache-2.0
// Scenarios of any size for benchmarks: text as an author would write it, of nearly the whole
// model, in which every number is a placeholder. What grows is said by `Sizes`; everything else
// keeps its proportion, so that load, travel and reach stay those of a small deployment.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace truce::bench {

/// How much of everything there is.
struct Sizes {
  std::int64_t sectors = 100;
  double incidents_per_day = 100;  ///< baseline incidents over all sectors
  std::int64_t contributors = 50;  ///< each with one pledge of monitors and one of a reserve
  std::int64_t contingents = 100;  ///< over all pledges, dealt out evenly
  std::int64_t cells = 50;
  std::int64_t hubs = 10;
  std::int64_t days = 365;  ///< horizon
  std::int64_t kinds_of_sensors = 3;

  /// A deployment over a continent.
  static Sizes continental();
  /// 5,000 entries: places, legs, contributors, pledges, hubs, sectors, cells, kinds of sensors.
  static Sizes of_5000_entries();
};

/// A size by name, as the command line knows it.
struct SizeName {
  std::string_view name;
  std::int64_t least;
  std::int64_t most;
  std::string_view meaning;
};
inline constexpr std::array<SizeName, 8> size_names{{
    {"sectors", 1, 100'000, "sectors of the line"},
    {"incidents", 1, 1'000'000, "baseline incidents a day over all sectors"},
    {"contributors", 1, 10'000, "contributors with two pledges each"},
    {"contingents", 2, 1'000'000, "contingents over all pledges"},
    {"cells", 1, 100'000, "monitoring cells"},
    {"hubs", 1, 10'000, "hubs"},
    {"days", 30, 36'500, "days from start to horizon"},
    {"sensors", 1, 100, "kinds of sensors, all with every cell"},
}};

/// Sets a size by its name; the name must be one of `size_names`.
void set_size(Sizes& sizes, std::string_view name, std::int64_t value);

/// A scenario of these sizes.
std::string scenario_text(const Sizes& sizes);

}  // namespace truce::bench
