// SPDX-License-Identifier: Apache-2.0
// A distribution in words again: each kind in the form that keeps all its digits.
#include <cmath>

#include "sim/random/form.hpp"

namespace truce::random {

Written write(const Distribution& distribution) {
  constexpr Role number = Role::number;
  struct Writer {
    Written operator()(const Constant& d) const { return {"constant", {{{"value"}, d.value}}}; }
    Written operator()(const Uniform& d) const {
      return {"uniform", {{{"min"}, d.min}, {{"max"}, d.max}}};
    }
    Written operator()(const Triangular& d) const {
      return {"triangular", {{{"min"}, d.min}, {{"mode"}, d.mode}, {{"max"}, d.max}}};
    }
    Written operator()(const ScaledBeta& d) const {
      return {
          "beta",
          {{{"min"}, d.min}, {{"max"}, d.max}, {{"alpha", number}, d.a}, {{"beta", number}, d.b}}};
    }
    Written operator()(const Normal& d) const {
      Written w{"normal", {{{"mean"}, d.mean}, {{"sd"}, d.sd}}};
      if (std::isfinite(d.min)) w.parameters.push_back({{"min"}, d.min});
      if (std::isfinite(d.max)) w.parameters.push_back({{"max"}, d.max});
      return w;
    }
    Written operator()(const Lognormal& d) const {
      return {"lognormal", {{{"median"}, d.median}, {{"sigma", number}, d.sigma}}};
    }
    Written operator()(const Gamma& d) const {
      return {"gamma", {{{"shape", number}, d.shape}, {{"scale"}, d.scale}}};
    }
    Written operator()(const Exponential& d) const { return {"exponential", {{{"mean"}, d.mean}}}; }
    Written operator()(const Weibull& d) const {
      return {"weibull", {{{"shape", number}, d.shape}, {{"scale"}, d.scale}}};
    }
    Written operator()(const Bernoulli& d) const {
      return {"bernoulli", {{{"probability", number}, d.probability}}};
    }
    Written operator()(const Poisson& d) const { return {"poisson", {{{"mean"}, d.mean}}}; }
    Written operator()(const Binomial& d) const {
      return {"binomial",
              {{{"trials", number}, d.trials}, {{"probability", number}, d.probability}}};
    }
    Written operator()(const NegativeBinomial& d) const {
      return {"negative_binomial", {{{"mean"}, d.mean}, {{"dispersion", number}, d.dispersion}}};
    }
    Written operator()(const Discrete& d) const {
      Written w{"discrete", {}};
      for (std::size_t i = 0; i < d.values.size(); ++i) {
        w.parameters.push_back({{"values"}, d.values[i]});
        w.parameters.push_back({{"weights", number}, d.weights[i]});
      }
      return w;
    }
    Written operator()(const Quantiles& d) const {
      Written w{"quantiles", {}};
      for (std::size_t i = 0; i < d.values.size(); ++i) {
        w.parameters.push_back({{"percent", number}, d.percents[i]});
        w.parameters.push_back({{"value"}, d.values[i]});
      }
      return w;
    }
    Written operator()(const Truncated& d) const {
      Written w{"truncated", {}, {write(d.of.front())}};
      if (std::isfinite(d.min)) w.parameters.push_back({{"min"}, d.min});
      if (std::isfinite(d.max)) w.parameters.push_back({{"max"}, d.max});
      return w;
    }
    Written operator()(const Mixture& d) const {
      Written w{"mixture", {}};
      for (std::size_t i = 0; i < d.parts.size(); ++i) {
        w.parameters.push_back({{"weight", number}, d.weights[i]});
        w.parts.push_back(write(d.parts[i]));
      }
      return w;
    }
  };
  return std::visit(Writer{}, distribution.kind());
}

}  // namespace truce::random
