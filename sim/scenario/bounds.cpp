// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/bounds.hpp"

#include <algorithm>
#include <limits>

namespace truce::scenario {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

}  // namespace

const Expression* Bounds::drawn_at(const std::string& path) const {
  const auto found = std::ranges::find_if(
      loaded_.expressions, [&](const auto& one) { return one.drawn && one.path == path; });
  return found == loaded_.expressions.end() ? nullptr : &*found;
}

// A parameter inside a distribution may make it anything.
double Bounds::least(const std::string& path, const random::Distribution& law) const {
  const Expression* drawn = drawn_at(path);
  if (drawn == nullptr) return law.least();
  return is_whole_expression(drawn->node) ? drawn->range.least : 0.0;
}

double Bounds::most(const std::string& path, const random::Distribution& law) const {
  const Expression* drawn = drawn_at(path);
  if (drawn == nullptr) return law.most();
  return is_whole_expression(drawn->node) ? drawn->range.most : infinite;
}

double Bounds::least(const std::string& path, double value) const {
  return least(path, random::Distribution(random::Constant{value}));
}

double Bounds::most(const std::string& path, double value) const {
  return most(path, random::Distribution(random::Constant{value}));
}

double Bounds::earliest(const std::string& path, const Moment& moment) const {
  if (moment.kind == Moment::Kind::never) return infinite;
  return moment.kind == Moment::Kind::date
             ? in_days(at_date(loaded_.scenario.start, moment.date))
             : least(path, after_start(moment, loaded_.scenario.start).law);
}

double Bounds::latest(const std::string& path, const Moment& moment) const {
  if (moment.kind != Moment::Kind::after_start) return earliest(path, moment);
  return most(path, after_start(moment, loaded_.scenario.start).law);
}

}  // namespace truce::scenario
