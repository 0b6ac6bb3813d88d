// SPDX-License-Identifier: Apache-2.0
#include "sim/model/routes.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/property_map/property_map.hpp>

namespace truce::model {

Days expected_time(const scenario::LegSpec& leg, Troops size) {
  const double queueing = leg.capacity ? size.value / leg.capacity->mean() : 0.0;
  return {leg.time.mean() + queueing};
}

Network::Network(const scenario::Scenario& scenario)
    : scenario_(scenario), out_(scenario.places.size()) {
  for (const auto id : scenario.routes.ids()) {
    const auto& leg = scenario.routes[id];
    const Leg ends{scenario.places.find(leg.from).index(), scenario.places.find(leg.to).index()};
    legs_.push_back(ends);
    out_[ends.from].push_back(id);
  }
}

std::vector<std::optional<Route>> Network::fastest(Id<scenario::PlaceSpec> from,
                                                   const std::vector<Id<scenario::PlaceSpec>>& to,
                                                   Troops size) const {
  using Weight = boost::property<boost::edge_weight_t, double>;
  using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Weight>;
  std::vector<std::pair<std::size_t, std::size_t>> ends;
  std::vector<Weight> weights;
  for (const auto& legs : out_) {
    for (const LegId id : legs) {
      ends.emplace_back(legs_[id].from, legs_[id].to);
      weights.emplace_back(expected_time(scenario_.routes[id], size).value);
    }
  }
  const Graph graph(boost::edges_are_sorted, ends.begin(), ends.end(), weights.begin(),
                    out_.size());
  std::vector<double> time(out_.size());
  std::vector<std::size_t> before(out_.size());
  const auto by_place = [&](auto& values) {
    return boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, graph));
  };
  boost::dijkstra_shortest_paths(
      graph, from.index(), boost::predecessor_map(by_place(before)).distance_map(by_place(time)));

  std::vector<std::optional<Route>> routes;
  for (const auto place : to) {
    auto& route = routes.emplace_back();
    if (time[place.index()] == std::numeric_limits<double>::max()) continue;
    route = Route{{}, {time[place.index()]}};
    for (std::size_t at = place.index(); at != from.index(); at = before[at]) {
      LegId best;
      for (const LegId id : out_[before[at]]) {
        if (legs_[id].to != at) continue;
        if (!best || expected_time(scenario_.routes[id], size) <
                         expected_time(scenario_.routes[best], size)) {
          best = id;
        }
      }
      route->legs.push_back(best);
    }
    std::reverse(route->legs.begin(), route->legs.end());
  }
  return routes;
}

}  // namespace truce::model
