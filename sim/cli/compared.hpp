#pragma once
#include "sim/cli/exit_code.hpp"
#include "sim/cli/options.hpp"
namespace truce::cli {
inline ExitCode extend_comparison(const ExtendOptions&, const Arguments&) {
  return ExitCode::usage;
}
}  // namespace truce::cli
