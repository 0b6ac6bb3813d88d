// SPDX-License-Identifier: Apache-2.0
#include "sim/model/routes.hpp"

#include <algorithm>
#include <limits>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

namespace truce::model {

Days expected_time(const scenario::LegSpec& leg, Troops size) {
  const double queueing = leg.capacity ? size.value / leg.capacity->mean() : 0.0;
  return {leg.time.mean() + queueing};
}

std::optional<Route> fastest_route(const scenario::Scenario& scenario, Id<scenario::PlaceSpec> from,
                                   Id<scenario::PlaceSpec> to, Troops size) {
  using Weight = boost::property<boost::edge_weight_t, double>;
  using Graph =
      boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Weight>;
  Graph graph(scenario.places.size());
  const auto place = [&](const auto& ref) { return scenario.places.find(ref).index(); };
  for (const auto id : scenario.routes.ids()) {
    const auto& leg = scenario.routes[id];
    boost::add_edge(place(leg.from), place(leg.to), Weight(expected_time(leg, size).value), graph);
  }
  std::vector<double> time(scenario.places.size());
  std::vector<std::size_t> before(scenario.places.size());
  boost::dijkstra_shortest_paths(graph, from.index(),
                                 boost::predecessor_map(before.data()).distance_map(time.data()));
  if (time[to.index()] == std::numeric_limits<double>::max()) return std::nullopt;

  Route route;
  route.expected = {time[to.index()]};
  for (std::size_t at = to.index(); at != from.index(); at = before[at]) {
    // Of parallel legs the fastest, of equal ones the first in the file.
    Id<scenario::LegSpec> best;
    for (const auto id : scenario.routes.ids()) {
      const auto& leg = scenario.routes[id];
      if (place(leg.from) != before[at] || place(leg.to) != at) continue;
      if (!best || expected_time(leg, size) < expected_time(scenario.routes[best], size)) best = id;
    }
    route.legs.push_back(best);
  }
  std::reverse(route.legs.begin(), route.legs.end());
  return route;
}

}  // namespace truce::model
