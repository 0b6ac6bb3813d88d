// SPDX-License-Identifier: Apache-2.0
#include "sim/core/contract.hpp"

namespace truce {

ContractViolation::ContractViolation(std::string_view condition, std::string_view meaning,
                                     std::source_location where)
    : std::logic_error("contract violated"),
      text_("internal error (a defect of truce, not of the scenario): " + std::string(meaning) +
            "\n  condition: " + std::string(condition) + "\n  at: " + where.file_name() + ":" +
            std::to_string(where.line())) {}

void ContractViolation::add(std::string_view context) {
  text_ += "\n  ";
  text_ += context;
}

void fail_contract(std::string_view condition, std::string_view meaning,
                   std::source_location where) {
  throw ContractViolation(condition, meaning, where);
}

}  // namespace truce
