// SPDX-License-Identifier: Apache-2.0
// Refills a workbook from CSV files, for refill_check.py: WORKBOOK OUT tblName=FILE.csv...
//
// Prints what became of the tables, one word and one name a line; exit code 2 for what the planner
// has to change, 1 for a workbook that can't be read, with the reason.
#include <cstdio>
#include <exception>
#include <span>
#include <string>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/report/csv_read.hpp"

#include "sim/exchange/refill.hpp"

namespace {

using truce::report::Cell;

Cell typed(const std::string& text) {
  if (text.empty()) return {};
  if (const auto date = truce::parse_date(text)) return *date;
  if (const auto number = truce::parse_number(text)) return *number;
  return text;
}

truce::exchange::NamedTable read_named(const std::string& word) {
  const auto equals = word.find('=');
  truce::exchange::NamedTable table{word.substr(0, equals), {}};
  truce::report::CsvReader reader(word.substr(equals + 1));
  for (const auto& name : reader.header()) table.data.fields.push_back({name, "", {}, ""});
  while (reader.next()) {
    auto& row = table.data.rows.emplace_back();
    for (const auto& text : reader.row()) row.push_back(typed(text));
  }
  return table;
}

void tell(const char* what, const std::vector<std::string>& names) {
  for (const auto& name : names) std::printf("%s %s\n", what, name.c_str());
}

}  // namespace

int main(int count, char** words) {
  const std::span arguments(words, static_cast<std::size_t>(count));
  try {
    std::vector<truce::exchange::NamedTable> tables;
    for (const char* word : arguments.subspan(3)) tables.push_back(read_named(word));
    const auto told = truce::exchange::refill(arguments[1], arguments[2], tables);
    tell("filled", told.tables);
    tell("missing", told.missing);
    tell("left_out", told.left_out);
    tell("by_address", told.by_address);
    return 0;
  } catch (const truce::UsageError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
