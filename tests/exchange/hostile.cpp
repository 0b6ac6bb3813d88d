// SPDX-License-Identifier: Apache-2.0
#include "tests/exchange/hostile.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include <nlohmann/json.hpp>

#include "sim/core/time.hpp"

#include "sim/report/csv.hpp"
#include "sim/report/fields.hpp"
#include "sim/report/manifest_parts.hpp"
#include "sim/report/tables.hpp"

namespace truce::exchange {

using namespace std::string_literals;

const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> texts{"=HYPERLINK(\"x\")",
                                              "@SUM(1)",
                                              "+1+1",
                                              "-2+3",
                                              "'=1",
                                              "''=1",
                                              "'x",
                                              "say \"no\"",
                                              "a;b",
                                              "a,b",
                                              "a\tb",
                                              "\ta",
                                              "two\nlines",
                                              "two\rlines",
                                              "two\r\nlines",
                                              " blank ",
                                              std::string(300, 'x'),
                                              "\u0633\u0644\u0627\u0645 \u05E9\u05DC\u05D5\u05DD",
                                              "\U0001F54A\uFE0F",
                                              "a\0b"s,
                                              "\0=1"s,
                                              "1,5",
                                              "1.5",
                                              "-0,5",
                                              "2026-07-01",
                                              "TRUE",
                                              "NULL",
                                              "</script>\\u0041\\",
                                              "'); DROP TABLE cells; --",
                                              "\u2028\x7f\x01"};
  return texts;
}

const std::vector<double>& hostile_numbers() {
  using Limits = std::numeric_limits<double>;
  static const std::vector<double> numbers{0.1,
                                           0.1 + 0.2,
                                           1.0 / 3.0,
                                           Limits::denorm_min(),
                                           -Limits::denorm_min(),
                                           Limits::min(),
                                           Limits::min() / 3,
                                           Limits::max(),
                                           Limits::lowest(),
                                           Limits::epsilon(),
                                           1e21,
                                           -1e-7,
                                           9007199254740994.0,
                                           -0.0,
                                           1234567.0,
                                           Limits::quiet_NaN(),
                                           Limits::infinity()};
  return numbers;
}

void write_result(const std::filesystem::path& folder, const std::string& kind,
                  const std::vector<report::Table>& tables) {
  std::filesystem::create_directories(folder);
  std::vector<report::Written> files;
  std::vector<report::Sheet> sheets;
  for (const auto& table : tables) {
    files.push_back(report::write_csv(folder, table));
    sheets.push_back(table);
  }
  files.push_back(report::write_csv(folder, report::dictionary_table(sheets, {})));
  const report::Json manifest{{"truce", {{"version", "0.1.0"}}},
                              {"kind", kind},
                              {"name", "=Hostile \"result\""},
                              {"seed", 9007199254740993},
                              {"files", report::files_json(files)}};
  report::write_text(folder, "manifest.json", report::json_text(manifest));
}

void write_hostile(const std::filesystem::path& folder) {
  report::Table cells;
  cells.file = "cells.csv";
  cells.fields = {report::text("=text", "=Meaning of \"text\"."),
                  report::number("number;x", "A number."),
                  report::whole("whole,\"x\"", "A whole number."),
                  {"date", "", report::Type::date, "A date."}};
  const std::vector<std::int64_t> wholes{0, -1, 9007199254740993,
                                         std::numeric_limits<std::int64_t>::max(),
                                         std::numeric_limits<std::int64_t>::min()};
  const auto count = std::max(hostile_texts().size(), hostile_numbers().size());
  for (std::size_t i = 0; i < count; ++i) {
    const auto& texts = hostile_texts();
    const auto& numbers = hostile_numbers();
    cells.rows.push_back({i < texts.size() ? report::Cell{texts[i]} : report::Cell{},
                          i < numbers.size() ? report::Cell{numbers[i]} : report::Cell{},
                          i < wholes.size() ? report::Cell{wholes[i]} : report::Cell{},
                          i % 2 == 0 ? report::Cell{*parse_date("2026-07-01")} : report::Cell{}});
  }
  report::Table replications;
  replications.file = "replications.csv";
  replications.fields = {report::whole("replication", "Its number."),
                         report::share("incidents.North", "A sector."),
                         report::share("incidents.north", "Another one."),
                         report::share("incidents.east", "A third one."),
                         report::share("incidents.west", "A fourth one.")};
  for (std::int64_t i = 0; i < 7; ++i) {
    const auto x = static_cast<double>(i);
    replications.rows.push_back({i, x / 3.0, x / 7.0, report::Cell{}, x / 11.0});
  }
  write_result(folder, "run", {cells, replications});
}

}  // namespace truce::exchange
