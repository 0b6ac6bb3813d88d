// SPDX-License-Identifier: Apache-2.0
// Along what growth is measured: for each axis the sizes of a generated scenario at each point.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "bench/generated.hpp"

namespace truce::bench {

struct Axis {
  std::string_view name;
  std::vector<std::int64_t> points;
  std::vector<std::int64_t> few;  ///< for a quick look
  Sizes (*at)(std::int64_t point);
};

/// All axes. Along each but `whole` only one kind of thing grows.
const std::vector<Axis>& axes();

}  // namespace truce::bench
