// SPDX-License-Identifier: Apache-2.0
// The first sheet of an XLSX file.
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <pugixml.hpp>
#include <zip.h>

#include "sim/core/text.hpp"

#include "sim/report/table_read.hpp"

namespace truce::report {
namespace {

constexpr std::size_t most_columns = 16384;  // ECMA-376: XFD

/// The archive; parts are unpacked up to a total that no honest table of points reaches.
class Archive {
 public:
  explicit Archive(const std::filesystem::path& file) : name_(file.filename().string()) {
    int error = 0;
    archive_.reset(::zip_open(file.c_str(), ZIP_RDONLY, &error));
    if (!archive_) fail("is not an XLSX file (no ZIP archive that can be read)");
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw UnreadableTable("'" + printable(name_) + "' " + what);
  }

  bool has(const std::string& part) const {
    return ::zip_name_locate(archive_.get(), part.c_str(), 0) >= 0;
  }

  /// A part as XML. Entities of a document type are not expanded by pugixml, so that they can't
  /// explode.
  pugi::xml_document xml(const std::string& part) {
    const auto text = unpack(part);
    pugi::xml_document document;
    const auto parsed = document.load_buffer(text.data(), text.size(),
                                             pugi::parse_default | pugi::parse_ws_pcdata_single);
    if (!parsed) fail("is damaged: " + part + ": " + parsed.description());
    return document;
  }

 private:
  struct CloseArchive {
    void operator()(zip_t* archive) const { ::zip_discard(archive); }
  };
  struct CloseFile {
    void operator()(zip_file_t* file) const { ::zip_fclose(file); }
  };

  // What the archive says of sizes may be a lie: only what comes out counts.
  std::string unpack(const std::string& part) {
    const std::unique_ptr<zip_file_t, CloseFile> file(::zip_fopen(archive_.get(), part.c_str(), 0));
    if (!file) fail("can't be read: " + part + ": " + ::zip_strerror(archive_.get()));
    std::string text;
    std::array<char, 1U << 16U> buffer{};
    while (true) {
      const auto read = ::zip_fread(file.get(), buffer.data(), buffer.size());
      if (read < 0) fail("is damaged: " + part);
      if (read == 0) return text;
      unpacked_ += static_cast<std::uintmax_t>(read);
      if (unpacked_ > most_unpacked_bytes) {
        fail("holds more than " + std::to_string(most_unpacked_bytes >> 20U) +
             " MiB when unpacked");
      }
      text.append(buffer.data(), static_cast<std::size_t>(read));
    }
  }

  std::string name_;
  std::unique_ptr<zip_t, CloseArchive> archive_;
  std::uintmax_t unpacked_ = 0;
};

/// "xl/worksheets/sheet1.xml" from a target that counts from xl/, or from the root.
std::string part_of(std::string target) {
  if (target.starts_with('/')) return target.substr(1);
  while (target.starts_with("./")) target.erase(0, 2);
  return "xl/" + target;
}

/// Parts have names of their own choice; relations say which is which.
std::map<std::string, std::string> relations(Archive& archive) {
  std::map<std::string, std::string> targets;
  const auto document = archive.xml("xl/_rels/workbook.xml.rels");
  for (const auto& one : document.child("Relationships").children("Relationship")) {
    const std::string part = part_of(one.attribute("Target").value());
    targets[one.attribute("Id").value()] = part;
    if (std::string_view(one.attribute("Type").value()).ends_with("/sharedStrings")) {
      targets["shared strings"] = part;
    }
  }
  return targets;
}

/// Text of <si> or <is>: plain, or in runs of different fonts; hints of pronunciation are none.
std::string text_of_runs(const pugi::xml_node& node) {
  std::string text = node.child("t").text().get();
  for (const auto& run : node.children("r")) text += run.child("t").text().get();
  return text;
}

/// "B7" is column 1 (from 0); nothing if it is no name of a cell.
std::optional<std::size_t> column_of_cell(std::string_view name) {
  std::size_t column = 0;
  std::size_t i = 0;
  for (; i < name.size() && name[i] >= 'A' && name[i] <= 'Z' && i < 4; ++i) {
    column = column * 26 + static_cast<std::size_t>(name[i] - 'A') + 1;
  }
  const auto row = parse_integer(name.substr(i));
  if (i == 0 || !row || *row < 1 || column > most_columns) return std::nullopt;
  return column - 1;
}

std::string cell_name(std::size_t column, std::uint64_t row) {
  std::string letters;
  for (std::size_t n = column + 1; n > 0; n = (n - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (n - 1) % 26));
  }
  return letters + std::to_string(row);
}

class SheetReader {
 public:
  SheetReader(Archive& archive, std::vector<std::string> shared)
      : archive_(archive), shared_(std::move(shared)) {}

  TextTable read(const std::string& part, const std::string& file) {
    const auto document = archive_.xml(part);
    table_.file = file;
    std::uint64_t number = 0;
    for (const auto& row : document.child("worksheet").child("sheetData").children("row")) {
      number = row.attribute("r").as_ullong(number + 1);
      take_row(row, number);
    }
    if (table_.header.empty()) archive_.fail("has an empty first sheet");
    return std::move(table_);
  }

 private:
  using Cells = std::map<std::size_t, TextTable::Cell>;  ///< by column, those that hold something

  void take_row(const pugi::xml_node& row, std::uint64_t number) {
    Cells cells;
    std::size_t next = 0;
    for (const auto& cell : row.children("c")) {
      const pugi::xml_attribute name = cell.attribute("r");
      const auto column = name ? column_of_cell(name.value()) : std::optional(next);
      if (!column || *column >= most_columns) {
        archive_.fail("has a cell '" + printable(name.value()) + "', which is no place of a sheet");
      }
      next = *column + 1;
      const auto place = cell_name(*column, number);
      std::string text(trim(value_of_cell(cell, place)));
      if (!text.empty()) cells[*column] = {std::move(text), "cell " + place};
    }
    if (cells.empty()) return;
    if (table_.header.empty()) {
      for (auto& [column, cell] : cells) {
        columns_.push_back(column);
        table_.header.push_back(std::move(cell));
      }
      return;
    }
    auto& line = table_.rows.emplace_back();
    for (const auto column : columns_) {
      const auto found = cells.find(column);
      if (found == cells.end()) {
        line.push_back({"", "cell " + cell_name(column, number)});
      } else {
        line.push_back(std::move(found->second));
        cells.erase(found);
      }
    }
    if (!cells.empty()) {
      archive_.fail("has something in " + cells.begin()->second.place +
                    ", whose column has no name above");
    }
  }

  std::string value_of_cell(const pugi::xml_node& cell, const std::string& place) {
    const std::string_view type = cell.attribute("t").value();
    const std::string value = cell.child("v").text().get();
    if (type == "e") {
      archive_.fail("has an error in cell " + place + ", " + printable(value) + ": mend it");
    }
    if (type == "inlineStr") return text_of_runs(cell.child("is"));
    if (value.empty()) {
      if (cell.child("f")) {
        archive_.fail("has a formula without a value in cell " + place +
                      ": open the file in the spreadsheet program and save it");
      }
      return "";
    }
    if (type == "s") {
      const auto index = parse_integer(value);
      if (!index || *index < 0 || static_cast<std::size_t>(*index) >= shared_.size()) {
        archive_.fail("is damaged: cell " + place + " refers to a text that is not there");
      }
      return shared_[static_cast<std::size_t>(*index)];
    }
    if (type == "b") return value == "1" ? "true" : "false";
    if (type == "str" || type == "d") return value;
    const auto number = parse_number(value);
    if (!number) archive_.fail("has '" + printable(value) + "' in cell " + place + ", no number");
    // Spreadsheets write 17 digits; the shortest text of the same number is what was typed.
    return shortest(*number);
  }

  Archive& archive_;
  std::vector<std::string> shared_;
  std::vector<std::size_t> columns_;  ///< that have a name
  TextTable table_;
};

}  // namespace

TextTable read_workbook(const std::filesystem::path& file) {
  Archive archive(file);
  if (!archive.has("xl/workbook.xml") || !archive.has("xl/_rels/workbook.xml.rels")) {
    archive.fail("is no XLSX file: it has no workbook");
  }
  const auto targets = relations(archive);
  const auto workbook = archive.xml("xl/workbook.xml");
  const auto sheet = workbook.child("workbook").child("sheets").child("sheet");
  const auto found = targets.find(sheet.attribute("r:id").value());
  if (!sheet || found == targets.end()) archive.fail("has no sheet");
  std::vector<std::string> shared;
  if (const auto strings = targets.find("shared strings"); strings != targets.end()) {
    const auto document = archive.xml(strings->second);
    for (const auto& item : document.child("sst").children("si")) {
      shared.push_back(text_of_runs(item));
    }
  }
  return SheetReader(archive, std::move(shared)).read(found->second, file.filename().string());
}

}  // namespace truce::report
