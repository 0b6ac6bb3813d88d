// SPDX-License-Identifier: Apache-2.0
// Places where troops stand, and the legs between them over which they move.
#pragma once

#include <optional>
#include <string>

#include "sim/scenario/terms.hpp"

namespace truce::scenario {

/// A garrison, port, crossing or city.
struct PlaceSpec {
  Coordinates at;
  std::string country;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("at", self.at, needed, "Latitude and longitude in degrees, [48.5, 37.9].");
    visit("country", self.country, needed, "Two-letter country code (ISO 3166).");
  }
};

/// One leg of a route, travelled in one direction by troops on their way out.
struct LegSpec {
  Ref<PlaceSpec> from;
  Ref<PlaceSpec> to;
  Mode by = Mode::road;
  Variate<Days> time;
  std::optional<Variate<TroopsPerDay>> capacity;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("from", self.from, needed, "Place where the leg begins.");
    visit("to", self.to, needed, "Place where the leg ends.");
    visit("by", self.by, optional, "How it is travelled.");
    visit("time", self.time, needed | at_least(0), "Travel time; drawn per contingent.");
    visit("capacity", self.capacity, optional | above(0),
          "Troops that can set out a day, first come first served; unlimited if left out. Drawn "
          "once a replication.");
  }
};

}  // namespace truce::scenario
