// SPDX-License-Identifier: Apache-2.0
// The ways to write a distribution: each builds what its formula says, is written so that it reads
// back as itself, and refuses bad parameters with a sentence for the author.
#include "sim/random/form.hpp"

#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace truce::random {
namespace {

const Form* find(std::string_view kind, const std::vector<std::string_view>& names) {
  for (const auto& form : forms()) {
    if (form.kind != kind || form.parameters.size() != names.size()) continue;
    bool same = true;
    for (std::size_t i = 0; i != names.size(); ++i) {
      same = same && form.parameters[i].name == names[i];
    }
    if (same) return &form;
  }
  return nullptr;
}

Distribution build(std::string_view kind, const std::vector<std::string_view>& names,
                   const std::vector<double>& values) {
  const Form* form = find(kind, names);
  if (form == nullptr) throw std::logic_error("no such form: " + std::string(kind));
  return form->build(values);
}

std::string signature(const Form& form) {
  std::string text(form.kind);
  for (const auto& parameter : form.parameters) text += " " + std::string(parameter.name);
  return text;
}

// Parameters that are good for each form, by its signature.
const std::map<std::string, std::vector<double>> examples{
    {"constant value", {4.5}},
    {"uniform min max", {2, 7}},
    {"uniform p10 p90", {2, 7}},
    {"triangular min mode max", {1, 2, 6}},
    {"triangular p10 mode p90", {1, 2, 6}},
    {"pert min mode max", {1, 2, 6}},
    {"pert min mode max shape", {1, 2, 6, 3}},
    {"beta min max alpha beta", {10, 40, 1.8, 4.2}},
    {"beta mean sd", {0.3, 0.1}},
    {"beta mean cv", {0.3, 0.4}},
    {"beta min max mean sd", {10, 40, 20, 5}},
    {"normal mean sd min max", {10, 4, 5, 18}},
    {"normal mean sd min", {3, 2, 0}},
    {"normal mean sd max", {3, 2, 4.5}},
    {"normal mean sd", {-3, 2.5}},
    {"normal mean cv", {3, 0.5}},
    {"normal median p95", {3, 8}},
    {"normal p10 p90", {-3, 8}},
    {"normal p5 p95", {-3, 8}},
    {"lognormal median sigma", {8, 0.5}},
    {"lognormal median p95", {20, 45}},
    {"lognormal mean cv", {6, 0.8}},
    {"lognormal mean sd", {6, 5}},
    {"lognormal p10 p90", {6, 50}},
    {"lognormal p5 p95", {6, 50}},
    {"gamma shape scale", {2.5, 3}},
    {"gamma mean cv", {20, 0.4}},
    {"gamma mean sd", {20, 8}},
    {"gamma median p95", {20, 45}},
    {"gamma p10 p90", {20, 45}},
    {"erlang stages mean", {3, 12}},
    {"exponential mean", {120}},
    {"exponential median", {120}},
    {"weibull shape scale", {2.5, 30}},
    {"weibull shape mean", {0.7, 30}},
    {"weibull median p95", {20, 45}},
    {"weibull p10 p90", {20, 45}},
    {"bernoulli probability", {0.3}},
    {"poisson mean", {12}},
    {"binomial trials probability", {20, 0.3}},
    {"negative_binomial mean dispersion", {12, 0.4}},
};

void expect_equal(const Distribution& a, const Distribution& b, const std::string& what) {
  ASSERT_EQ(a.kind().index(), b.kind().index()) << what;
  for (const double u : {0x1p-53, 0.01, 0.3, 0.5, 0.77, 0.99, 1 - 0x1p-53}) {
    EXPECT_EQ(a.quantile(u), b.quantile(u)) << what << " at " << u;
  }
  EXPECT_EQ(a.mean(), b.mean()) << what;
  EXPECT_EQ(a.variance(), b.variance()) << what;
}

// Rebuilds a written distribution by the form with its names.
Distribution rebuilt(const Written& written) {
  if (written.kind == "discrete") {
    Discrete law;
    for (const auto& [parameter, value] : written.parameters) {
      (parameter.name == "values" ? law.values : law.weights).push_back(value);
    }
    return Distribution(law);
  }
  std::vector<std::string_view> names;
  std::vector<double> values;
  for (const auto& [parameter, value] : written.parameters) {
    names.push_back(parameter.name);
    values.push_back(value);
  }
  return build(written.kind, names, values);
}

TEST(Forms, AllHaveAnExampleAndAMeaning) {
  std::set<std::string> seen;
  for (const auto& form : forms()) {
    EXPECT_TRUE(examples.contains(signature(form))) << signature(form);
    EXPECT_TRUE(seen.insert(signature(form)).second) << "twice: " << signature(form);
    EXPECT_FALSE(form.meaning.empty()) << signature(form);
  }
  EXPECT_EQ(seen.size(), examples.size());
}

TEST(Forms, AllBuildAndReadBackAsTheyWereWritten) {
  for (const auto& form : forms()) {
    const Distribution law = form.build(examples.at(signature(form)));
    const Written written = write(law);
    expect_equal(law, rebuilt(written), signature(form));
    // The roles of the parameters must be those of the form, or units would be lost.
    std::vector<std::string_view> names;
    for (const auto& entry : written.parameters) names.push_back(entry.first.name);
    const Form* found = find(written.kind, names);
    ASSERT_NE(found, nullptr) << signature(form);
    for (std::size_t i = 0; i != names.size(); ++i) {
      EXPECT_EQ(written.parameters[i].first.role, found->parameters[i].role) << signature(form);
    }
  }
  const Distribution discrete(Discrete{{-2, 0, 0.5}, {1, 0, 2}});
  expect_equal(discrete, rebuilt(write(discrete)), "discrete");
}

// Each parameterisation that analysts think in, against its own words.
TEST(Forms, MeanWhatTheySay) {
  EXPECT_DOUBLE_EQ(build("triangular", {"min", "mode", "max"}, {1, 2, 6}).mean(), 3.0);
  EXPECT_DOUBLE_EQ(build("pert", {"min", "mode", "max"}, {1, 2, 6}).mean(), (1 + 4 * 2 + 6) / 6.0);
  const auto beta = build("beta", {"mean", "sd"}, {0.3, 0.1});
  EXPECT_DOUBLE_EQ(beta.mean(), 0.3);
  EXPECT_NEAR(std::sqrt(beta.variance()), 0.1, 1e-15);
  EXPECT_EQ(beta.most(), 1.0);
  const auto by_p95 = build("lognormal", {"median", "p95"}, {20, 45});
  EXPECT_NEAR(by_p95.quantile(0.5), 20, 1e-13);
  EXPECT_NEAR(by_p95.quantile(0.95), 45, 1e-12);
  const auto by_cv = build("lognormal", {"mean", "cv"}, {6, 0.8});
  EXPECT_NEAR(by_cv.mean(), 6, 1e-13);
  EXPECT_NEAR(std::sqrt(by_cv.variance()) / 6, 0.8, 1e-13);
  const auto gamma = build("gamma", {"mean", "cv"}, {20, 0.4});
  EXPECT_DOUBLE_EQ(gamma.mean(), 20.0);
  EXPECT_NEAR(std::sqrt(gamma.variance()) / 20, 0.4, 1e-15);
  const auto erlang = build("erlang", {"stages", "mean"}, {3, 12});
  EXPECT_DOUBLE_EQ(erlang.mean(), 12.0);
  EXPECT_DOUBLE_EQ(erlang.variance(), 12.0 * 12.0 / 3);
  EXPECT_DOUBLE_EQ(build("weibull", {"shape", "mean"}, {0.7, 30}).mean(), 30.0);
  EXPECT_NEAR(build("weibull", {"shape", "scale"}, {2.5, 30}).quantile(1 - std::exp(-1)), 30,
              1e-12);
  const auto counts = build("negative_binomial", {"mean", "dispersion"}, {12, 0.4});
  EXPECT_DOUBLE_EQ(counts.variance(), 12 + 144 / 0.4);
  EXPECT_EQ(build("normal", {"mean", "sd", "min"}, {3, 2, 0}).least(), 0.0);
  EXPECT_EQ(build("normal", {"mean", "sd", "max"}, {3, 2, 4.5}).most(), 4.5);
}

struct Bad {
  std::string_view kind;
  std::vector<std::string_view> names;
  std::vector<double> values;
  std::string_view sentence;
};

TEST(Forms, RefuseBadParametersWithASentence) {
  const std::vector<std::string_view> range{"min", "max"};
  const std::vector<std::string_view> three{"min", "mode", "max"};
  const std::string_view order = "min <= mode <= max must hold, with min below max";
  const std::string_view chance = "a probability must lie between 0 and 1";
  const std::vector<Bad> cases{
      {"uniform", range, {7, 2}, "min must be below max"},
      {"uniform", range, {2, 2}, "min must be below max"},
      {"triangular", three, {1, 7, 6}, order},
      {"triangular", three, {3, 2, 6}, order},
      {"pert", three, {1, 7, 6}, order},
      {"pert", three, {4, 4, 4}, order},
      {"beta", {"min", "max", "alpha", "beta"}, {0, 1, 0, 2}, "the shapes must be above 0"},
      {"beta", {"min", "max", "alpha", "beta"}, {1, 0, 2, 2}, "min must be below max"},
      {"beta",
       {"mean", "sd"},
       {1.2, 0.1},
       "mean must lie in (0, 1), sd above 0 and sd^2 below mean (1 - mean)"},
      {"beta",
       {"mean", "sd"},
       {0.5, 0.6},
       "mean must lie in (0, 1), sd above 0 and sd^2 below mean (1 - mean)"},
      {"beta",
       {"mean", "sd"},
       {0.5, -0.1},
       "mean must lie in (0, 1), sd above 0 and sd^2 below mean (1 - mean)"},
      {"normal", {"mean", "sd"}, {1, 0}, "sd must be above 0"},
      {"normal", {"mean", "sd", "min", "max"}, {1, 1, 5, 2}, "min must be below max"},
      {"normal",
       {"mean", "sd", "min"},
       {1, 1, 50},
       "almost none of the distribution lies between min and max"},
      {"lognormal", {"median", "sigma"}, {0, 1}, "the median must be above 0"},
      {"lognormal", {"median", "sigma"}, {1, 0}, "the spread must be above 0 (sigma below 10)"},
      {"lognormal", {"median", "sigma"}, {1, 10}, "the spread must be above 0 (sigma below 10)"},
      {"lognormal", {"median", "p95"}, {20, 20}, "0 < median < p95 must hold"},
      {"lognormal", {"median", "p95"}, {-1, 20}, "0 < median < p95 must hold"},
      {"lognormal", {"mean", "cv"}, {20, -1}, "mean and cv must be above 0"},
      {"gamma", {"shape", "scale"}, {-1, 1}, "mean and spread must be above 0"},
      {"gamma", {"mean", "cv"}, {20, 0}, "cv must be above 0"},
      {"gamma", {"mean", "cv"}, {0, 0.4}, "mean and spread must be above 0"},
      {"erlang", {"stages", "mean"}, {2.5, 12}, "stages must be a whole number from 1"},
      {"erlang", {"stages", "mean"}, {0, 12}, "stages must be a whole number from 1"},
      {"exponential", {"mean"}, {0}, "the mean must be above 0"},
      {"weibull", {"shape", "scale"}, {1, 0}, "shape and scale must be above 0"},
      {"weibull", {"shape", "mean"}, {0, 3}, "shape must be above 0"},
      {"bernoulli", {"probability"}, {1.2}, chance},
      {"bernoulli", {"probability"}, {-0.1}, chance},
      {"poisson", {"mean"}, {-1}, "the mean must not be negative"},
      {"binomial",
       {"trials", "probability"},
       {2.5, 0.5},
       "trials must be a whole number, not negative"},
      {"binomial", {"trials", "probability"}, {20, 1.5}, chance},
      {"negative_binomial", {"mean", "dispersion"}, {3, 0}, "the dispersion must be above 0"},
      {"negative_binomial", {"mean", "dispersion"}, {-3, 1}, "the mean must not be negative"},
  };
  for (const auto& bad : cases) {
    try {
      build(bad.kind, bad.names, bad.values);
      ADD_FAILURE() << bad.kind << " was accepted; expected: " << bad.sentence;
    } catch (const std::invalid_argument& error) {
      EXPECT_EQ(error.what(), bad.sentence) << bad.kind;
    }
  }
}

TEST(Forms, RefuseABadDiscrete) {
  const auto sentence = [](Discrete law) -> std::string {
    try {
      Distribution accepted(std::move(law));
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  const std::string pairs = "as many weights as values are needed, at least one";
  const std::string weights = "weights must not be negative, and one must be above 0";
  EXPECT_EQ(sentence({{}, {}}), pairs);
  EXPECT_EQ(sentence({{1, 2}, {1}}), pairs);
  EXPECT_EQ(sentence({{2, 1}, {1, 1}}), "values must be finite and ascend");
  EXPECT_EQ(sentence({{1, INFINITY}, {1, 1}}), "values must be finite and ascend");
  EXPECT_EQ(sentence({{1, 2}, {1, -1}}), weights);
  EXPECT_EQ(sentence({{1, 2}, {0, 0}}), weights);
  EXPECT_EQ(sentence({{1, 2}, {1e308, 1e308}}), weights);
}

}  // namespace
}  // namespace truce::random
