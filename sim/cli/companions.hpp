// SPDX-License-Identifier: Apache-2.0
// What the commands write into a result folder beside its tables: datapackage.json, results.xlsx.
#pragma once

#include <cstdint>

#include "sim/report/companions.hpp"

#include "sim/cli/options.hpp"

namespace truce::cli {

report::Companions companions_of(Workbook workbook);

}  // namespace truce::cli
