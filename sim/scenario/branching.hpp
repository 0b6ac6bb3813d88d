// SPDX-License-Identifier: Apache-2.0
// How incidents breed: the branching matrix of the line, and whether what it breeds dies out.
//
// It does if its spectral radius is below 1 (Hawkes and Oakes 1974). The radius of a matrix without
// negative entries is the largest of those of its strongly connected components: sectors from each
// of which incidents lead to all others. Of a large component, (I - N) x = 1 is solved: just if the
// radius is below 1, x is nowhere negative, I - N being a non-singular M-matrix then (Berman and
// Plemmons, "Nonnegative matrices in the mathematical sciences", SIAM 1994, chapter 6).
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace truce::scenario {

/// By sector, the sectors in which an incident there is followed up, and the direct follow-ups
/// expected in each: the rows of the branching matrix N without their zeros.
using Branching = std::vector<std::vector<std::pair<std::size_t, double>>>;

Branching branching_of(const Scenario& scenario);

/// Whether the spectral radius of N is below 1. Takes time in proportion to the entries of N unless
/// the radius is close to 1, or beyond.
bool dies_out(const Branching& branching);

/// The spectral radius of N, to 10 digits.
double spectral_radius(const Branching& branching);

}  // namespace truce::scenario
