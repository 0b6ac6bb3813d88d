// SPDX-License-Identifier: Apache-2.0
// The scenario of one replication: its parameters drawn, and put where they stand.
//
// Each parameter has its own stream, keyed by its name, so that what-ifs meet the same draws.
// Correlated ones share a Gaussian copula: a rank correlation rho (Spearman) comes of normal scores
// with correlation 2 sin(pi rho/6) (Pearson 1907; Iman and Conover 1982). Scores are mixed by the
// symmetric square root of their correlation matrix, so that the order in which parameters stand
// in the file is of no effect; parameters that no correlation joins are not touched.
#pragma once

#include <string>
#include <vector>

#include "sim/random/stream.hpp"

#include "sim/scenario/read.hpp"
#include "sim/scenario/valuation.hpp"

namespace truce::scenario {

class Realisation {
 public:
  /// The scenario must have passed the reader and must outlive this.
  explicit Realisation(const Loaded& loaded);

  /// Whether replications differ in their scenario, not only in their luck.
  bool varies() const { return varies_; }
  /// The parameters of a replication.
  Valuation draw(random::ReplicationKey key) const;
  /// The scenario with these parameters. Throws std::runtime_error if a value can't be meant.
  Scenario with(const Valuation& parameters) const;

 private:
  struct Score {
    std::string name;
    random::Source source;
  };
  /// Parameters that correlations join.
  struct Group {
    std::vector<Score> scores;
    /// Symmetric root of the correlation matrix of the normal scores, row by row.
    std::vector<double> mix{};
  };

  const Loaded& loaded_;
  bool varies_ = false;
  std::vector<Group> groups_;
};

/// The rank correlations of a scenario that no distribution can have, as text that names them;
/// empty if there are none.
std::string impossible_correlations(const Scenario& scenario);

/// Puts a value at a path of the scenario, as the reader would. Throws std::runtime_error if it
/// can't be meant.
void assign(Scenario& scenario, const std::string& path, const Node& node);

}  // namespace truce::scenario
