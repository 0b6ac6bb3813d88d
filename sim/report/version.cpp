// SPDX-License-Identifier: Apache-2.0
#include "sim/report/version.hpp"

namespace truce::report {

// Both constants are set by sim/report/CMakeLists.txt.
std::string_view version() {
  return TRUCE_VERSION;
}

std::string_view build_type() {
  return TRUCE_BUILD_TYPE;
}

std::string compiler() {
#ifdef __clang__
  return "clang " __clang_version__;
#else
  return "g++ " + std::to_string(__GNUC__) + '.' + std::to_string(__GNUC_MINOR__) + '.' +
         std::to_string(__GNUC_PATCHLEVEL__);
#endif
}

}  // namespace truce::report
