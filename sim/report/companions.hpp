// SPDX-License-Identifier: Apache-2.0
// Further files of a result that are made from its tables, such as a workbook: the manifest lists
// them like all others.
#pragma once

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/report/file.hpp"
#include "sim/report/manifest.hpp"

namespace truce::report {

/// Files that are made from the tables and can be made again, so that nothing rests on them: a
/// planner may save or delete them.
inline constexpr std::array<std::string_view, 2> companion_names{"results.xlsx",
                                                                 "datapackage.json"};
inline bool is_companion(std::string_view file) {
  const auto name = file.substr(file.rfind('/') + 1);
  return std::ranges::find(companion_names, name) != companion_names.end();
}

/// Makes them in the folder of a result, of whose manifest it is given the text, which lists the
/// files so far. Tells what they hold. Throws WorldError if they can't be written.
using Companions = std::function<std::vector<Written>(const std::filesystem::path& folder,
                                                      const std::string& manifest)>;

/// Makes the companions of a result, if any, and writes its manifest. `manifest_of` makes the
/// manifest of a list of files. Adds to `files` what was written.
template <class ManifestOf>
void close_result(const std::filesystem::path& folder, const Companions& companions,
                  std::vector<Written>& files, ManifestOf manifest_of) {
  if (companions) {
    const auto more = companions(folder, manifest_of(files));
    files.insert(files.end(), more.begin(), more.end());
  }
  files.push_back(write_text(folder, std::string(manifest_name), manifest_of(files)));
}

}  // namespace truce::report
