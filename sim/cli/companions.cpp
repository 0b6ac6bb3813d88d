// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/companions.hpp"

#include <string>

#include "sim/exchange/data_package.hpp"
#include "sim/exchange/result.hpp"
#include "sim/exchange/workbook.hpp"

namespace truce::cli {

report::Companions companions_of(Workbook workbook) {
  return [workbook](const std::filesystem::path& folder, const std::string& manifest) {
    std::vector<report::Written> files;
    const exchange::Result result(folder, exchange::Json::parse(manifest));
    files.push_back(report::write_text(folder, std::string(exchange::data_package_name),
                                       exchange::data_package_text(result)));
    if (workbook == Workbook::yes) {
      const std::string name(exchange::workbook_name);
      exchange::write_workbook(result, folder / name);
      files.push_back(report::finished_file(folder, name));
    }
    return files;
  };
}

}  // namespace truce::cli
