// SPDX-License-Identifier: Apache-2.0
// The analyses that sensitivity_of() is made of: one outcome at a time, by kind of design.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/stats/answer.hpp"

#include "sim/experiment/sensitivity.hpp"

namespace truce::experiment {

/// One outcome under analysis, and where what is found of it goes.
struct Inquiry {
  const Sample& sample;
  const Observations& observed;
  const stats::Bootstrap& bootstrap;
  OutcomeSensitivity& found;
  std::vector<LeftOut>& left_out;

  void leave_out(std::string analysis, std::string why, std::string input = {}) const {
    left_out.push_back(
        {std::move(analysis), observed.column.id, std::move(input), std::move(why), false});
  }
  /// The reason why an estimate was refused; `inputs` are those that it was made of.
  std::string reason(const stats::Refused& refused, std::span<const std::size_t> inputs) const;
};

/// The mean of each point over the replications that have the outcome.
std::vector<std::optional<double>> means_of(const Inquiry& inquiry);

/// Regression, ranks, PAWN and first-order indices from the means of these points.
void explain_points(const Inquiry& inquiry, std::span<const std::optional<double>> means,
                    std::span<const std::size_t> points);
/// Sobol' indices of a sample by saltelli.
void explain_saltelli(const Inquiry& inquiry, std::span<const std::optional<double>> means);
/// The points of its blocks A and B.
std::vector<std::size_t> independent_points(const Sample& sample);
void explain_morris(const Inquiry& inquiry, std::span<const std::optional<double>> means);
void explain_one_at_a_time(const Inquiry& inquiry);
/// Parameters and chance, from several replications of each point.
void split_variance(const Inquiry& inquiry);

}  // namespace truce::experiment
