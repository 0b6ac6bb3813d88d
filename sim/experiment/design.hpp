// SPDX-License-Identifier: Apache-2.0
// From a study to its points: which values its factors have together, and with which luck.
//
//   factorial        every combination of levels; a distribution has the medians of equally likely
//                    strata
//   one_at_a_time    all factors in the middle; then one of them low or high, or at its next values
//   lockstep         lists side by side
//   latin_hypercube  McKay, Beckman and Conover, Technometrics 21 (1979)
//   sobol            scrambled nets; independent scramblings tell the error (Owen 1995)
//   morris           trajectories on a grid (Morris, Technometrics 33, 1991)
//   saltelli         A, B, and A with one column of B (Saltelli et al., Comput. Phys. Commun. 181,
//                    2010); chance is one more input: AB_chance is A on the luck of B
//   table            as it stands in a file
//
// Points meet the same luck, replication by replication, so that they differ by their values alone;
// where a method needs independent luck, `luck` says which replications a point plays.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/core/problem.hpp"
#include "sim/core/text_table.hpp"

#include "sim/scenario/factor.hpp"
#include "sim/scenario/study.hpp"

namespace truce::experiment {

/// What a point is in its design, as text; absent where the design has no such thing.
struct Role {
  std::optional<std::uint64_t> replicate;   ///< sobol: scrambling, from 0
  std::optional<std::uint64_t> trajectory;  ///< morris, from 0
  std::optional<std::uint64_t> step;        ///< morris: 0 is the start
  std::optional<std::uint64_t> row;         ///< saltelli, from 0
  std::string block;                        ///< saltelli: A, B, AB, AB_chance
  std::string factor;        ///< that differs: from the base (one_at_a_time), from the point before
                             ///< (morris), or is that of B (saltelli)
  std::optional<double> by;  ///< morris: how far it moved in the unit cube
};

struct Point {
  std::uint64_t number = 0;                   ///< in the whole design, from 0
  std::vector<scenario::FactorValue> values;  ///< by factor
  std::uint64_t luck = 0;  ///< its first replication, counted from the study's first
  Role role;
};

/// Which of the columns of Role a design has.
enum class RoleColumn : std::uint8_t { replicate, trajectory, step, row, block, factor, by };

struct Design {
  std::vector<Point> points;
  std::uint64_t left_out = 0;  ///< points that break a condition
  std::vector<RoleColumn> roles;
  std::vector<Problem> warnings;
};

/// Points of a study, with so many replications each. Gives factors of a table their numbers.
/// Throws ScenarioError if its design can't be made of its factors, or leaves nothing. Contract:
/// the study has met its scenario (StudyScenario), and has a table if that is its method.
Design design_of(scenario::Study& study, std::uint64_t seed, std::uint64_t replications,
                 const std::optional<TextTable>& table = std::nullopt);

/// "incidents = 1.31, rule = lead"
std::string text_of(const Point& point, std::span<const scenario::Factor> factors);

}  // namespace truce::experiment
