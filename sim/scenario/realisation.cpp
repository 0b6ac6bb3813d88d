// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/realisation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <stdexcept>

#include <Eigen/Eigenvalues>

#include "sim/core/contract.hpp"
#include "sim/core/text.hpp"

#include "sim/scenario/walk.hpp"

namespace truce::scenario {
namespace {

using Steps = std::vector<std::string_view>;

/// Follows a path down the described values, and reads the leaf at its end.
class Assignment {
 public:
  Assignment(const std::string& path, const Node& node)
      : path_(path), steps_(split(path, '.')), node_(node) {}

  template <class T>
  void into(T& value, std::size_t i, const Rule& rule) {
    if constexpr (IsOptional<T>::value) {
      if (!value) value.emplace();
      into(*value, i, rule);
    } else if constexpr (IsTable<T>::value) {
      const auto id = value.find(step(i));
      TRUCE_EXPECT(id, "paths of bindings lead to what was read");
      into(value[id], i + 1, rule);
    } else if constexpr (IsNumbers<T>::value) {
      for (auto& [ref, number] : value) {
        if (ref.name == step(i)) into(number, i + 1, rule);
      }
    } else if constexpr (IsList<T>::value) {
      const auto place = parse_integer(step(i));
      TRUCE_EXPECT(place, "items of lists are numbered");
      into(value[static_cast<std::size_t>(*place)], i + 1, rule);
    } else if constexpr (Described<T>) {
      auto visit = [&](std::string_view name, auto& field, const Rule& field_rule, auto&&) {
        if (name == step(i)) into(field, i + 1, field_rule);
      };
      T::describe(value, visit);
    } else {
      T fresh{};
      read_leaf(node_, fresh, rule,
                [&](const Node&, Code, const std::string& what, const std::string& accepted) {
                  throw std::runtime_error("the parameters of this replication give " + path_ +
                                           ": " + what + ". " + accepted);
                });
      value = std::move(fresh);
    }
  }

 private:
  std::string_view step(std::size_t i) const {
    TRUCE_EXPECT(i < steps_.size(), "the path leads to a leaf");
    return steps_[i];
  }

  const std::string& path_;
  Steps steps_;
  const Node& node_;
};

double score_correlation(double rank) {
  return 2 * std::sin(std::numbers::pi * rank / 6);
}

/// The parameters that correlations join, group by group, in the order of the file.
std::vector<std::vector<Id<ParameterSpec>>> joined(const Scenario& s) {
  std::vector<std::size_t> group(s.parameters.size());
  std::iota(group.begin(), group.end(), std::size_t{0});
  for (const auto& correlation : s.correlations) {
    const auto a = group[s.parameters.find(correlation.between[0]).index()];
    const auto b = group[s.parameters.find(correlation.between[1]).index()];
    std::ranges::replace(group, std::max(a, b), std::min(a, b));
  }
  std::vector<std::vector<Id<ParameterSpec>>> groups(group.size());
  for (const auto id : s.parameters.ids()) {
    if (s.parameters[id].drawn()) groups[group[id.index()]].push_back(id);
  }
  std::erase_if(groups, [](const auto& one) { return one.empty(); });
  return groups;
}

/// The place of a parameter in a group; -1 if it is not drawn.
Eigen::Index place_in(const Scenario& s, const std::vector<Id<ParameterSpec>>& group,
                      const Ref<ParameterSpec>& ref) {
  const auto found = std::ranges::find(group, s.parameters.find(ref));
  return found == group.end() ? Eigen::Index{-1} : Eigen::Index{found - group.begin()};
}

Eigen::MatrixXd score_matrix(const Scenario& s, const std::vector<Id<ParameterSpec>>& group) {
  const auto n = static_cast<Eigen::Index>(group.size());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(n, n);
  for (const auto& correlation : s.correlations) {
    const auto a = place_in(s, group, correlation.between[0]);
    const auto b = place_in(s, group, correlation.between[1]);
    if (a >= 0 && b >= 0) matrix(a, b) = matrix(b, a) = score_correlation(correlation.rank);
  }
  return matrix;
}

constexpr double least_eigenvalue = 1e-10;

}  // namespace

void assign(Scenario& scenario, const std::string& path, const Node& node) {
  Assignment(path, node).into(scenario, 0, optional);
}

std::string impossible_correlations(const Scenario& s) {
  for (const auto& group : joined(s)) {
    const auto matrix = score_matrix(s, group);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solved(matrix);
    if (solved.eigenvalues()(0) > least_eigenvalue) continue;
    // The entries that pull the least eigenvalue down: those whose sign goes against the vector's.
    const Eigen::VectorXd vector = solved.eigenvectors().col(0);
    constexpr double felt = 0.01;
    std::string text;
    for (const auto& correlation : s.correlations) {
      const auto a = place_in(s, group, correlation.between[0]);
      const auto b = place_in(s, group, correlation.between[1]);
      if (a < 0 || b < 0 || matrix(a, b) * vector(a) * vector(b) > -felt) continue;
      text += (text.empty() ? "" : ", ") + correlation.between[0].name + " with " +
              correlation.between[1].name;
    }
    return text;
  }
  return "";
}

Realisation::Realisation(const Loaded& loaded) : loaded_(loaded) {
  const Scenario& s = loaded.scenario;
  for (const auto& group : joined(s)) {
    Group one;
    for (const auto id : group) {
      const std::string& name = s.parameters.name(id);
      one.scores.push_back({name, random::Source("parameters." + name, "once")});
    }
    if (group.size() > 1) {
      const Eigen::MatrixXd root =
          Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(score_matrix(s, group)).operatorSqrt();
      for (Eigen::Index a = 0; a < root.rows(); ++a) {
        for (Eigen::Index b = 0; b < root.cols(); ++b) one.mix.push_back(root(a, b));
      }
    }
    groups_.push_back(std::move(one));
  }
  varies_ =
      std::ranges::any_of(loaded.expressions, [](const Expression& one) { return one.drawn; });
}

Valuation Realisation::draw(random::ReplicationKey key) const {
  std::map<std::string, double, std::less<>> chance;
  const double infinite = std::numeric_limits<double>::infinity();
  const random::Distribution normal(random::Normal{0.0, 1.0, -infinite, infinite});
  for (const auto& group : groups_) {
    const std::size_t n = group.scores.size();
    std::vector<double> scores;
    for (const auto& one : group.scores) {
      const double u = one.source.at(key).uniform();
      chance[one.name] = u;
      scores.push_back(n == 1 ? 0.0 : random::normal_quantile(u));
    }
    for (std::size_t i = 0; n > 1 && i < n; ++i) {
      double mixed = 0.0;
      for (std::size_t j = 0; j < n; ++j) mixed += group.mix[i * n + j] * scores[j];
      chance[group.scores[i].name] = std::clamp(normal.cdf(mixed), 0x1p-53, 1 - 0x1p-53);
    }
  }
  return valuation(
      loaded_.scenario.parameters,
      [&](const std::string& name, const ParameterSpec& spec) {
        const auto found = chance.find(name);
        return found == chance.end() ? spec.value.law.quantile(0.5)
                                     : spec.value.law.quantile(found->second);
      },
      [](const Node&, Code, const std::string& what, const std::string&) {
        throw std::runtime_error(what);
      });
}

Scenario Realisation::with(const Valuation& parameters) const {
  Scenario scenario = loaded_.scenario;
  const Report refuse = [](const Node&, Code, const std::string& what, const std::string&) {
    throw std::runtime_error(what);
  };
  for (const auto& one : loaded_.expressions) {
    if (!one.drawn) continue;
    const auto node = one.effects ? substitute_in_effects(one.node, parameters, refuse)
                                  : substitute(one.node, parameters, refuse);
    assign(scenario, one.path, *node);
  }
  return scenario;
}

}  // namespace truce::scenario
