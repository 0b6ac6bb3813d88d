// SPDX-License-Identifier: Apache-2.0
// The least and the most that a value may be, whatever is drawn: of its own distribution, or of the
// parameters that stand in its place.
#pragma once

#include <string>

#include "sim/scenario/read.hpp"

namespace truce::scenario {

/// For values that are never negative.
class Bounds {
 public:
  explicit Bounds(const Loaded& loaded) : loaded_(loaded) {}

  double least(const std::string& path, const random::Distribution& law) const;
  double most(const std::string& path, const random::Distribution& law) const;
  double least(const std::string& path, double value) const;
  double most(const std::string& path, double value) const;

  /// Days from the start to a moment; infinite if it never comes.
  double earliest(const std::string& path, const Moment& moment) const;
  double latest(const std::string& path, const Moment& moment) const;

 private:
  const Expression* drawn_at(const std::string& path) const;

  const Loaded& loaded_;
};

}  // namespace truce::scenario
