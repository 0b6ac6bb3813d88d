// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/sobol_indices.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

using SobolRow = SobolOutcomes::Row;

// What is averaged over rows: these, and four for each input.
enum InAllBlocks : std::size_t { a_1, b_1, a_2, b_2, a_b, common_terms };
enum InBlock : std::size_t { m_1, m_2, b_m, step_2, block_terms };

/// Terms of complete rows, centred by the mean over A and B so that squares lose no digits.
struct SobolTerms {
  std::size_t inputs = 0;
  std::size_t width = 0;
  std::size_t rows = 0;
  double centre = 0.0;
  std::vector<double> terms = {};  ///< row by row
};

bool complete(const SobolOutcomes& outcomes, std::size_t row) {
  return outcomes.a[row] && outcomes.b[row] &&
         std::ranges::all_of(outcomes.mixed, [&](const SobolRow& m) { return m[row].has_value(); });
}

SobolTerms terms_of(const SobolOutcomes& outcomes) {
  std::vector<std::size_t> rows;
  double sum = 0.0;
  for (std::size_t r = 0; r < outcomes.a.size(); ++r) {
    if (!complete(outcomes, r)) continue;
    rows.push_back(r);
    sum += *outcomes.a[r] + *outcomes.b[r];
  }
  SobolTerms terms{outcomes.mixed.size(), common_terms + block_terms * outcomes.mixed.size(),
                   rows.size()};
  if (rows.empty()) return terms;
  terms.centre = sum / (2.0 * static_cast<double>(rows.size()));
  terms.terms.reserve(terms.width * rows.size());
  for (const std::size_t r : rows) {
    const double a = *outcomes.a[r] - terms.centre;
    const double b = *outcomes.b[r] - terms.centre;
    terms.terms.insert(terms.terms.end(), {a, b, a * a, b * b, a * b});
    for (const SobolRow& block : outcomes.mixed) {
      const double m = *block[r] - terms.centre;
      terms.terms.insert(terms.terms.end(), {m, m * m, b * m, (a - m) * (a - m)});
    }
  }
  TRUCE_EXPECT(std::ranges::all_of(terms.terms, [](double v) { return std::isfinite(v); }),
               "statistics take finite values only");
  return terms;
}

/// Means of the terms over rows that occur so often.
void average(const SobolTerms& terms, std::span<const double> counts, std::span<double> means) {
  std::ranges::fill(means, 0.0);
  for (std::size_t r = 0; r < terms.rows; ++r) {
    if (counts[r] == 0.0) continue;
    const double* row = terms.terms.data() + r * terms.width;
    for (std::size_t k = 0; k < terms.width; ++k) means[k] += counts[r] * row[k];
  }
  for (double& mean : means) mean /= static_cast<double>(terms.rows);
}

/// Variance over A and B, unbiased: the two samples are independent.
double pooled_variance(std::span<const double> means, std::size_t rows) {
  const double m = (means[a_1] + means[b_1]) / 2.0;
  const double n = 2.0 * static_cast<double>(rows);
  return ((means[a_2] + means[b_2]) / 2.0 - m * m) * n / (n - 1.0);
}

double ratio(double part, double whole) {
  return whole > 0.0 ? part / whole : 0.0;
}

/// S_1, ..., S_d, T_1, ..., T_d, and with chance 1 - T_d, S_1 / (1 - T_d), ... from the means.
void estimate(const SobolTerms& terms, std::span<const double> means, bool with_chance,
              std::vector<double>& estimates) {
  const std::size_t d = terms.inputs;
  const double variance = pooled_variance(means, terms.rows);
  estimates.assign(2 * d, 0.0);
  for (std::size_t i = 0; i < d; ++i) {
    const auto block = means.subspan(common_terms + i * block_terms, block_terms);
    const double total = ratio(block[step_2] / 2.0, variance);
    const double m = (means[b_1] + block[m_1]) / 2.0;
    double shared = block[b_m] - m * m;
    double whole = (means[b_2] + block[m_2]) / 2.0 - m * m;
    // Var(m) = (whole + shared) / (2 n): both are too small by that.
    const double lost = (whole + shared) / (2.0 * static_cast<double>(terms.rows - 1));
    shared += lost;
    whole += lost;
    const double control = means[a_b] - means[a_1] * means[b_1];
    estimates[i] = ratio(shared - std::max(0.0, 1.0 - total) * control, whole);
    estimates[d + i] = total;
  }
  if (!with_chance) return;
  const double explained = 1.0 - estimates[2 * d - 1];
  estimates.push_back(explained);
  for (std::size_t i = 0; i + 1 < d; ++i) {
    const double first = estimates[i];
    estimates.push_back(explained > 0.0 ? first / explained : (first > 0.0 ? 1.0 : 0.0));
  }
}

Share share_of(double value, std::vector<double>& samples, double level) {
  const auto raw = percentile_interval(std::move(samples), level);
  TRUCE_EXPECT(raw.has_value(), "an interval takes two bootstrap samples at least");
  const double within = std::clamp(value, 0.0, 1.0);
  return {within,
          {std::min(within, std::clamp(raw->low, 0.0, 1.0)),
           std::max(within, std::clamp(raw->high, 0.0, 1.0))},
          within != value};
}

}  // namespace

Answer<SobolIndices> sobol_indices(const SobolOutcomes& outcomes, const Bootstrap& bootstrap) {
  const std::size_t d = outcomes.mixed.size();
  TRUCE_EXPECT(d > 0, "indices are those of an input");
  TRUCE_EXPECT(
      outcomes.a.size() == outcomes.b.size() &&
          std::ranges::all_of(outcomes.mixed,
                              [&](const SobolRow& m) { return m.size() == outcomes.a.size(); }),
      "all blocks of the design have the same rows");
  const SobolTerms terms = terms_of(outcomes);
  if (terms.rows < fewest_sobol_rows) return Refused{Refusal::too_few};
  std::vector<double> counts(terms.rows, 1.0), means(terms.width), found, again;
  average(terms, counts, means);
  SobolIndices indices{terms.rows, outcomes.a.size() - terms.rows, terms.centre,
                       pooled_variance(means, terms.rows)};
  // Below this the variance is that of rounding.
  if (indices.variance <= 1e-24 * terms.centre * terms.centre) {
    return Refused{Refusal::constant_outcome};
  }
  estimate(terms, means, outcomes.last_is_chance, found);
  const Resampling resampling("sobol", bootstrap.seed);
  std::vector<std::vector<double>> samples(found.size());
  for (std::size_t s = 0; s < bootstrap.samples; ++s) {
    resampling.draw(s, counts);
    average(terms, counts, means);
    estimate(terms, means, outcomes.last_is_chance, again);
    for (std::size_t k = 0; k < again.size(); ++k) samples[k].push_back(again[k]);
  }
  const auto share = [&](std::size_t k) { return share_of(found[k], samples[k], bootstrap.level); };
  for (std::size_t i = 0; i < d; ++i) indices.first.push_back(share(i));
  for (std::size_t i = 0; i < d; ++i) indices.total.push_back(share(d + i));
  if (outcomes.last_is_chance) {
    indices.explained = share(2 * d);
    for (std::size_t i = 0; i + 1 < d; ++i) indices.first_of_mean.push_back(share(2 * d + 1 + i));
  }
  return indices;
}

}  // namespace truce::stats
