// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/csv_column.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>

#include "sim/core/text.hpp"

namespace truce::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_bytes = 16U << 20U;
constexpr std::size_t most_rows = 1'000'000;

std::string in_quotes(std::string_view text) {
  return "'" + printable(text) + "'";
}

// The file behind the path, if it is a regular one in the folder of the scenario or below it.
fs::path file_below(const std::string& scenario_file, const std::string& path) {
  const std::string form = "The path counts from the folder of the scenario file.";
  if (path.empty()) throw TableError(Code::bad_table, "no CSV file is named", form);
  if (fs::path(path).is_absolute()) {
    throw TableError(Code::outside_folder, in_quotes(path) + " is an absolute path",
                     form + " Copy the file beside the scenario.");
  }
  std::error_code error;
  const fs::path beside = fs::path(scenario_file).parent_path();
  const fs::path folder = fs::canonical(beside.empty() ? fs::path(".") : beside, error);
  if (error) {
    throw TableError(Code::missing_file,
                     "the folder of " + in_quotes(scenario_file) + " is not known",
                     "A CSV file can be named in a scenario file only.");
  }
  // Where it leads is checked before whether it exists, so that nothing outside can be probed.
  const fs::path target = fs::weakly_canonical(folder / path, error);
  const auto [end, rest] =
      std::mismatch(folder.begin(), folder.end(), target.begin(), target.end());
  if (error || end != folder.end()) {
    throw TableError(Code::outside_folder,
                     in_quotes(path) + " lies outside the folder of the scenario",
                     "Copy the file beside the scenario.");
  }
  const auto status = fs::status(target, error);
  if (!fs::exists(status)) {
    throw TableError(Code::missing_file, "there is no file " + in_quotes(path), form);
  }
  if (!fs::is_regular_file(status)) {
    throw TableError(Code::bad_table, in_quotes(path) + " is not a file", "");
  }
  return target;
}

std::string text_of_file(const fs::path& file, const std::string& path) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  if (!error && size > most_bytes) {
    throw TableError(Code::too_large, in_quotes(path) + " is larger than 16 MiB", "");
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw TableError(Code::missing_file, in_quotes(path) + ": " + std::strerror(errno), "");
  }
  std::ostringstream text;
  text << stream.rdbuf();
  if (stream.bad()) {
    throw TableError(Code::missing_file, in_quotes(path) + " can't be read", "");
  }
  return std::move(text).str();
}

// Takes one row after the other from the text.
class Rows {
 public:
  Rows(std::string_view text, std::string path) : text_(text), path_(std::move(path)) {
    if (text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);
  }

  /// The number of the row taken last; the names of the columns are row 1.
  std::size_t number() const { return number_; }
  bool ended() const { return text_.find_first_not_of("\r\n") == std::string_view::npos; }

  std::vector<std::string> take() {
    if (++number_ > most_rows) {
      throw TableError(Code::too_large, in_quotes(path_) + " has more than 1,000,000 rows", "");
    }
    std::vector<std::string> fields;
    do {
      fields.push_back(field());
    } while (skip(","));
    if (!text_.empty() && !skip("\r\n") && !skip("\n")) {
      fail("has something after a closing quotation mark");
    }
    return fields;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw TableError(Code::bad_table,
                     "row " + std::to_string(number_) + " of " + in_quotes(path_) + " " + what,
                     "Row 1 holds the names of the columns.");
  }

 private:
  bool skip(std::string_view start) {
    if (!text_.starts_with(start)) return false;
    text_.remove_prefix(start.size());
    return true;
  }

  std::string field() {
    std::string value;
    if (!skip("\"")) {
      const auto length = std::min(text_.find_first_of(",\n"), text_.size());
      value = text_.substr(0, length);
      text_.remove_prefix(length);
      if (value.ends_with('\r')) value.pop_back();
      if (value.find('"') != std::string::npos) fail("has a quotation mark inside a field");
      return value;
    }
    for (;;) {
      const auto quote = text_.find('"');
      if (quote == std::string_view::npos) fail("has a quotation mark that is not closed");
      value += text_.substr(0, quote);
      text_.remove_prefix(quote + 1);
      if (!skip("\"")) return value;
      value += '"';
    }
  }

  std::string_view text_;
  std::string path_;
  std::size_t number_ = 0;
};

std::size_t index_of(std::vector<std::string> names, const std::string& column,
                     const std::string& path) {
  for (auto& name : names) name = trim(name);
  const auto found = std::find(names.begin(), names.end(), column);
  if (found == names.end()) {
    const std::string hint = did_you_mean(column, names);
    throw TableError(Code::bad_table, in_quotes(path) + " has no column " + in_quotes(column),
                     (hint.empty() ? "" : hint.substr(1) + " ") +
                         "It has: " + printable(join(names, ", "), 200) + ".");
  }
  if (std::find(found + 1, names.end(), column) != names.end()) {
    throw TableError(Code::bad_table,
                     in_quotes(path) + " has more than one column " + in_quotes(column), "");
  }
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

std::vector<double> csv_column(const std::string& scenario_file, const std::string& path,
                               const std::string& column) {
  const std::string text = text_of_file(file_below(scenario_file, path), path);
  Rows rows(text, path);
  if (rows.ended()) {
    throw TableError(Code::bad_table, in_quotes(path) + " is empty",
                     "The first row holds the names of the columns, each further row values.");
  }
  const auto names = rows.take();
  const std::size_t index = index_of(names, column, path);
  std::vector<double> values;
  while (!rows.ended()) {
    const auto fields = rows.take();
    if (fields.size() != names.size()) {
      rows.fail("has " + std::to_string(fields.size()) + " fields, the first row " +
                std::to_string(names.size()));
    }
    const auto value = parse_number(trim(fields[index]));
    if (!value) {
      rows.fail("has " + in_quotes(fields[index]) + " in column " + in_quotes(column) +
                ", which is not a number");
    }
    values.push_back(*value);
  }
  if (values.empty()) {
    throw TableError(Code::bad_table,
                     in_quotes(path) + " has no rows below the names of its columns", "");
  }
  return values;
}

}  // namespace truce::scenario
