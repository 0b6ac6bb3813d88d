// SPDX-License-Identifier: Apache-2.0
// Which truce this is, for manifests and `truce --version`.
#pragma once

#include <string>
#include <string_view>

namespace truce::report {

/// "0.1.0"
std::string_view version();
/// "g++ 12.2.0"
std::string compiler();
/// "Release", "Debug" ...
std::string_view build_type();

}  // namespace truce::report
