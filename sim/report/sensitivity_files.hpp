// SPDX-License-Identifier: Apache-2.0
// The folder of an analysis of what drives outcomes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/experiment/sensitivity.hpp"

#include "sim/report/companions.hpp"
#include "sim/report/folder.hpp"
#include "sim/report/manifest.hpp"
#include "sim/report/sample_read.hpp"

namespace truce::report {

/// Writes all tables and the manifest, which gives the folder its name. Throws what Folder throws.
void write_sensitivity(Folder& folder, const experiment::Sensitivity& all,
                       const StoredSample& stored, const stats::Bootstrap& bootstrap,
                       const RunRecord& record, const Companions& companions = {});

}  // namespace truce::report
