// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/valuation.hpp"

#include <algorithm>

namespace truce::scenario {
namespace {

// Evaluates parameters in the order in which they are made of each other.
class Evaluation {
 public:
  using Law = std::function<Range(const std::string&, const ParameterSpec&)>;

  Evaluation(const Table<ParameterSpec>& parameters, const Law& law, const Report& report)
      : parameters_(parameters), law_(law), report_(report) {
    for (const auto id : parameters.ids()) need(id);
  }
  Valuation take() { return std::move(values_); }

 private:
  void need(Id<ParameterSpec> id) {
    const std::string& name = parameters_.name(id);
    if (values_.contains(name) || !begun_.insert(name).second) return;
    const auto& spec = parameters_[id];
    if (!spec.value.expression) {
      values_[name] = law_(name, spec);
      return;
    }
    for (const auto& other : mentioned(spec.value.written)) {
      const auto found = parameters_.find(other);
      if (!found) continue;  // evaluate() tells
      if (begun_.contains(other) && !values_.contains(other)) {
        if (failed_.insert(other).second && failed_.insert(name).second) {
          report_(spec.value.written, Code::parameter_cycle,
                  "parameter '" + name + "' is made of '" + other + "', and that of it",
                  "Break the circle.");
        }
        return;
      }
      need(found);
      if (failed_.contains(other)) {
        failed_.insert(name);
        return;
      }
    }
    if (const auto value = evaluate(spec.value.written, values_, report_)) {
      values_[name] = *value;
    } else {
      failed_.insert(name);
    }
  }

  const Table<ParameterSpec>& parameters_;
  const Law& law_;
  const Report& report_;
  Valuation values_;
  std::set<std::string> begun_;
  std::set<std::string> failed_;
};

}  // namespace

Valuation valuation(const Table<ParameterSpec>& parameters, const Drawn& drawn,
                    const Report& report) {
  const Evaluation::Law law = [&](const std::string& name, const ParameterSpec& spec) {
    const double value = drawn(name, spec);
    return Range{value, value, spec.value.dimension};
  };
  return Evaluation(parameters, law, report).take();
}

Valuation ranges(const Table<ParameterSpec>& parameters, const Report& report) {
  const Evaluation::Law law = [](const std::string&, const ParameterSpec& spec) {
    return Range{spec.value.law.least(), spec.value.law.most(), spec.value.dimension};
  };
  return Evaluation(parameters, law, report).take();
}

Valuation medians(const Table<ParameterSpec>& parameters, const Report& report) {
  return valuation(
      parameters,
      [](const std::string&, const ParameterSpec& spec) { return spec.value.law.quantile(0.5); },
      report);
}

}  // namespace truce::scenario
