// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/xlsx_finish.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <pugixml.hpp>
#include <zip.h>

#include "sim/core/contract.hpp"
#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

namespace truce::exchange {
namespace {

bool has_intervals(const Chart& chart) {
  return std::ranges::any_of(chart.series, [](const auto& one) { return one.below && one.above; });
}

/// "$B$5" of row and column from 0.
std::string absolute_cell(std::size_t row, std::size_t column) {
  std::string letters;
  for (std::size_t n = column + 1; n > 0; n = (n - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (n - 1) % 26));
  }
  return "$" + letters + "$" + std::to_string(row + 1);
}

/// A reference to cells of a page's table, with their values beside it for who does not calculate.
void refer(pugi::xml_node parent, const Page& page, const Strip& strip) {
  auto reference = parent.append_child("c:numRef");
  const auto formula = "'" + page.name + "'!" + absolute_cell(strip.first + 1, strip.column) + ":" +
                       absolute_cell(strip.end, strip.column);
  reference.append_child("c:f").text().set(formula.c_str());
  auto cache = reference.append_child("c:numCache");
  cache.append_child("c:formatCode").text().set("General");
  cache.append_child("c:ptCount")
      .append_attribute("val")
      .set_value(static_cast<unsigned long long>(strip.size()));
  for (std::size_t i = 0; i < strip.size(); ++i) {
    const auto* value = std::get_if<double>(&page.data.rows[strip.first + i][strip.column]);
    if (value == nullptr) continue;
    auto point = cache.append_child("c:pt");
    point.append_attribute("idx").set_value(static_cast<unsigned long long>(i));
    point.append_child("c:v").text().set(shortest(*value).c_str());
  }
}

void value_of(pugi::xml_node parent, const char* name, const char* value) {
  parent.append_child(name).append_attribute("val").set_value(value);
}

/// Error bars, which stand before the words of the axis.
void add_intervals(pugi::xml_node series, const Page& page, const ChartSeries& one) {
  auto bars = series.insert_child_before("c:errBars", series.child("c:cat"));
  value_of(bars, "c:errDir", "y");
  value_of(bars, "c:errBarType", "both");
  value_of(bars, "c:errValType", "cust");
  value_of(bars, "c:noEndCap", "0");
  refer(bars.append_child("c:plus"), page, *one.above);
  refer(bars.append_child("c:minus"), page, *one.below);
  auto line = bars.append_child("c:spPr").append_child("a:ln");
  constexpr int width = 19050;  // EMU: 1.5 points
  line.append_attribute("w").set_value(width);
  line.append_child("a:solidFill")
      .append_child("a:srgbClr")
      .append_attribute("val")
      .set_value("0072B2");
}

/// Takes the lines out of the areas into a chart of their own on the same axes.
void part_lines(pugi::xml_node plot, const Chart& chart) {
  auto areas = plot.child("c:areaChart");
  auto lines = plot.insert_child_after("c:lineChart", areas);
  value_of(lines, "c:grouping", "standard");
  std::size_t place = 0;
  for (auto series = areas.child("c:ser"); series; ++place) {
    const auto next = series.next_sibling("c:ser");
    const auto stroke = chart.series[place].stroke;
    if (stroke != Stroke::floor && stroke != Stroke::band) {
      auto moved = lines.append_move(series);
      auto marker = moved.insert_child_after("c:marker", moved.child("c:spPr"));
      value_of(marker, "c:symbol", "none");
    }
    series = next;
  }
  value_of(lines, "c:marker", "1");
  for (const auto& axis : areas.children("c:axId")) lines.append_copy(axis);
}

/// Row and column of "B5", from 0.
std::pair<std::size_t, std::size_t> place_in_sheet(std::string_view cell) {
  std::size_t row = 0;
  std::size_t column = 0;
  for (const char c : cell) {
    if (c >= 'A' && c <= 'Z') column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    if (c >= '0' && c <= '9') row = row * 10 + static_cast<std::size_t>(c - '0');
  }
  TRUCE_EXPECT(row > 0 && column > 0, "the library writes where a cell is");
  return {row - 1, column - 1};
}

/// The part of a sheet with as many digits of each number of its table as keep every bit.
std::string with_all_digits(std::string_view part, const Page& page) {
  constexpr std::string_view cell_begins = "<c r=\"";
  constexpr std::string_view value_begins = "><v>";
  std::string made;
  made.reserve(part.size() + part.size() / 32);
  std::size_t taken = 0;  // of the part
  for (auto at = part.find(cell_begins); at != std::string_view::npos;
       at = part.find(cell_begins, at)) {
    at += cell_begins.size();
    const auto [row, column] = place_in_sheet(part.substr(at, part.find('"', at) - at));
    const auto begin = part.find(value_begins, at);
    if (begin == std::string_view::npos) break;
    if (row == 0 || row > page.data.rows.size() || column >= page.data.fields.size()) continue;
    const auto* value = std::get_if<double>(&page.data.rows[row - 1][column]);
    if (value == nullptr || !std::isfinite(*value)) continue;
    const auto digits = begin + value_begins.size();
    made += part.substr(taken, digits - taken);
    made += shortest(*value == 0.0 ? 0.0 : *value);  // no "-0"
    taken = part.find('<', digits);
    at = taken;
  }
  made += part.substr(taken);
  return made;
}

/// The archive of a workbook.
class Parts {
 public:
  explicit Parts(const std::filesystem::path& file) : file_(file.string()) {
    int error = 0;
    archive_ = ::zip_open(file_.c_str(), 0, &error);
    if (archive_ == nullptr) throw WorldError(file_, "can't be read again after it was written");
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() {
    if (archive_ != nullptr) ::zip_discard(archive_);
  }

  void finish_chart(std::size_t number, const Page& page, const Chart& chart) {
    const auto index = find("xl/charts/chart" + std::to_string(number) + ".xml");
    pugi::xml_document document;
    const auto text = read(index);
    const auto parsed =
        document.load_buffer(text.data(), text.size(), pugi::parse_full | pugi::parse_ws_pcdata);
    TRUCE_EXPECT(parsed, "the library writes XML");
    auto plot = document.child("c:chartSpace").child("c:chart").child("c:plotArea");
    std::size_t place = 0;
    if (has_intervals(chart)) {
      for (auto series : plot.child("c:lineChart").children("c:ser")) {
        const auto& one = chart.series[place++];
        if (one.below && one.above) add_intervals(series, page, one);
      }
    }
    if (chart.has_band()) part_lines(plot, chart);
    std::ostringstream out;
    document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
    replace(index, out.str());
  }

  void finish_numbers(std::size_t number, const Page& page) {
    const auto index = find("xl/worksheets/sheet" + std::to_string(number) + ".xml");
    const auto written = read(index);
    auto text = with_all_digits(written, page);
    if (text != written) replace(index, std::move(text));
  }

  void close() {
    auto* archive = std::exchange(archive_, nullptr);
    if (::zip_close(archive) == 0) return;
    const std::string why = ::zip_strerror(archive);
    ::zip_discard(archive);
    throw WorldError(file_, why);
  }

 private:
  struct CloseFile {
    void operator()(zip_file_t* file) const { ::zip_fclose(file); }
  };

  std::uint64_t find(const std::string& part) {
    const auto index = ::zip_name_locate(archive_, part.c_str(), 0);
    TRUCE_EXPECT(index >= 0, "sheets and charts are numbered as they were added");
    return static_cast<std::uint64_t>(index);
  }

  std::string read(std::uint64_t index) {
    zip_stat_t about;
    ::zip_stat_init(&about);
    const std::unique_ptr<zip_file_t, CloseFile> file(::zip_fopen_index(archive_, index, 0));
    if (!file || ::zip_stat_index(archive_, index, 0, &about) != 0) {
      throw WorldError(file_, ::zip_strerror(archive_));
    }
    std::string text(about.size, '\0');
    const auto got = ::zip_fread(file.get(), text.data(), text.size());
    if (got < 0 || static_cast<std::uint64_t>(got) != about.size) {
      throw WorldError(file_, "can't be read again after it was written");
    }
    return text;
  }

  void replace(std::uint64_t index, std::string text) {
    // The archive reads it when it is closed.
    texts_.push_back(std::move(text));
    const std::string part = ::zip_get_name(archive_, index, 0);
    auto* source = ::zip_source_buffer(archive_, texts_.back().data(), texts_.back().size(), 0);
    const auto fail = [&] {
      if (source != nullptr) ::zip_source_free(source);
      throw WorldError(file_, ::zip_strerror(archive_));
    };
    // A new one, since the archive packs one that it has with the greatest effort.
    if (source == nullptr || ::zip_delete(archive_, index) != 0) fail();
    const auto added = ::zip_file_add(archive_, part.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (added < 0) fail();
    source = nullptr;  // the archive has it now
    constexpr std::uint32_t effort = 4;
    // The first day that ZIP knows, as the library has it for all other parts.
    constexpr std::uint16_t midnight = 0;
    constexpr std::uint16_t first_of_1980 = (1U << 5U) | 1U;
    const auto place = static_cast<std::uint64_t>(added);
    if (::zip_set_file_compression(archive_, place, ZIP_CM_DEFLATE, effort) != 0 ||
        ::zip_file_set_dostime(archive_, place, midnight, first_of_1980, 0) != 0) {
      fail();
    }
  }

  std::string file_;
  std::deque<std::string> texts_;  ///< outlive the archive
  zip_t* archive_ = nullptr;
};

}  // namespace

void finish_xlsx(const Book& book, const std::filesystem::path& file) {
  Parts parts(file);
  std::size_t sheet = book.calculations.empty() ? 1 : 2;  // before the first page
  std::size_t number = 0;
  for (const auto& page : book.pages) {
    parts.finish_numbers(++sheet, page);
    for (const auto& chart : page.charts) {
      ++number;
      if (has_intervals(chart) || chart.has_band()) parts.finish_chart(number, page, chart);
    }
  }
  parts.close();
}

}  // namespace truce::exchange
