// SPDX-License-Identifier: Apache-2.0
#include "sim/report/csv_read.hpp"

#include <cerrno>
#include <limits>
#include <system_error>
#include <utility>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

namespace truce::report {

CsvReader::CsvReader(std::filesystem::path path, const CsvProfile& profile)
    : path_(std::move(path)), profile_(profile), buffer_(1U << 18U) {
  file_.rdbuf()->pubsetbuf(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  file_.open(path_, std::ios::binary);
  if (!file_) throw WorldError(path_.string(), std::generic_category().message(errno));
  // Before the first field, which may be in quotes.
  std::string head(byte_order_mark.size(), '\0');
  file_.read(head.data(), static_cast<std::streamsize>(head.size()));
  if (file_.gcount() < std::ssize(head) || head != byte_order_mark) {
    file_.clear();
    file_.seekg(0);
  }
  if (!read_fields(header_)) fail("has no header");
}

void CsvReader::fail(const std::string& what) const {
  throw WorldError(path_.string() + ":" + std::to_string(line_), what);
}

bool CsvReader::next() {
  if (!read_fields(row_)) return false;
  if (row_.size() != header_.size()) {
    fail("has " + std::to_string(row_.size()) + " fields where the header has " +
         std::to_string(header_.size()));
  }
  return true;
}

double CsvReader::number(std::size_t field) const {
  const auto& text = row_.at(field);
  if (text.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto value = profile_.number(text);
  if (!value) fail("'" + printable(text) + "' is not a number (column " + header_[field] + ")");
  return *value;
}

bool CsvReader::read_fields(std::vector<std::string>& fields) {
  std::string line;
  if (!std::getline(file_, line)) return false;
  ++line_;
  std::size_t count = 0;
  const auto field = [&]() -> std::string& {
    if (count == fields.size()) fields.emplace_back();
    fields[count].clear();
    return fields[count++];
  };
  std::size_t i = 0;
  const auto at_end = [&] { return i >= line.size() || (i + 1 == line.size() && line[i] == '\r'); };
  while (true) {
    std::string& text = field();
    if (i < line.size() && line[i] == '"') {
      ++i;
      while (true) {
        if (i == line.size()) {
          // The line ended inside the quotes: so does not the field.
          std::string more;
          if (!std::getline(file_, more)) fail("quotes are not closed");
          ++line_;
          text += '\n';
          line = std::move(more);
          i = 0;
        } else if (line[i] != '"') {
          text += line[i++];
        } else if (i + 1 < line.size() && line[i + 1] == '"') {
          text += '"';
          i += 2;
        } else {
          ++i;
          break;
        }
      }
      if (!at_end() && line[i] != profile_.separator()) fail("has something after closing quotes");
    } else {
      while (!at_end() && line[i] != profile_.separator()) text += line[i++];
    }
    if (at_end()) break;
    ++i;  // the separator
  }
  fields.resize(count);
  return true;
}

}  // namespace truce::report
