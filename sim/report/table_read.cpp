// SPDX-License-Identifier: Apache-2.0
#include "sim/report/table_read.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/report/csv_read.hpp"

namespace truce::report {
namespace {

TextTable read_csv_table(const std::filesystem::path& file) {
  try {
    TextTable table;
    table.file = file.filename().string();
    CsvReader reader(file);
    const auto cells_of = [&](const std::vector<std::string>& fields) {
      std::vector<TextTable::Cell> cells;
      for (const auto& field : fields) {
        cells.push_back({std::string(trim(field)), "line " + std::to_string(reader.line())});
      }
      return cells;
    };
    table.header = cells_of(reader.header());
    while (reader.next()) {
      auto cells = cells_of(reader.row());
      const bool empty =
          std::ranges::all_of(cells, [](const auto& cell) { return cell.text.empty(); });
      if (!empty) table.rows.push_back(std::move(cells));
    }
    return table;
  } catch (const WorldError& error) {
    throw UnreadableTable(error.what());
  }
}

}  // namespace

TextTable read_table(const std::filesystem::path& file) {
  auto extension = file.extension().string();
  std::ranges::transform(extension, extension.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  const bool workbook = extension == ".xlsx";
  if (!workbook && extension != ".csv") {
    throw UnreadableTable("'" + printable(file.filename().string()) +
                          "' is neither a .csv nor an .xlsx file");
  }
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    throw UnreadableTable("'" + printable(file.filename().string()) + "' is not a file");
  }
  const auto size = std::filesystem::file_size(file, error);
  const auto most = workbook ? most_packed_bytes : most_csv_bytes;
  if (!error && size > most) {
    throw UnreadableTable("'" + printable(file.filename().string()) + "' is larger than " +
                          std::to_string(most >> 20U) + " MiB");
  }
  return workbook ? read_workbook(file) : read_csv_table(file);
}

}  // namespace truce::report
