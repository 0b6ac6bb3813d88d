// SPDX-License-Identifier: Apache-2.0
// A workbook as a value: pages of one table each, the charts beside it, and what it is all about.
//
// What a workbook holds is decided here and in the files that make books; how it is written, in
// xlsx.cpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/core/time.hpp"

#include "sim/report/table.hpp"

namespace truce::exchange {

/// Rows of one column of a page's table, counted from 0; `end` is the one after the last.
struct Strip {
  std::size_t column = 0;
  std::size_t first = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - first; }
};

/// How a series of a chart is drawn.
enum class Stroke : std::uint8_t {
  line,    ///< a line, or a bar or area in full colour
  edge,    ///< a thin broken line
  marker,  ///< a point without line
  floor,   ///< not at all: what the band after it stands on
  band     ///< an area from the floor before it, as high as its values
};

struct ChartSeries {
  std::string name;
  Strip values;
  Stroke stroke = Stroke::line;
  std::size_t colour = 0;  ///< place in the palette
  /// How far an interval reaches below and above the values.
  std::optional<Strip> below{};
  std::optional<Strip> above{};
};

enum class ChartKind : std::uint8_t {
  curves,        ///< lines over a number
  steps,         ///< lines and bands over numbers that follow each other
  days,          ///< lines and bands over dates
  stacked_days,  ///< areas over dates, one upon the other
  bars,          ///< lying bars, the first on top
  tornado,       ///< lying bars in one place, to both sides
  intervals,     ///< points with standing intervals over words
  points         ///< points over a number
};

struct Chart {
  ChartKind kind = ChartKind::curves;
  std::string title;
  std::string x_title;
  std::string y_title;
  Strip x;  ///< what the values stand over: numbers, dates or words
  std::vector<ChartSeries> series;
  bool is_share = false;  ///< whether the values are between 0 and 1

  bool has_band() const {
    return std::ranges::any_of(series, [](const auto& one) { return one.stroke == Stroke::band; });
  }
};

/// Which numbers look alike: all of a row, where the unit differs from row to row, or of a column.
enum class Alike : std::uint8_t { by_row, by_column };

/// A sheet with a table.
struct Page {
  std::string name;     ///< of the sheet, at most 31 characters
  std::string table;    ///< of its table, e.g. "tblSummary"
  std::string purpose;  ///< a sentence for the first sheet
  report::Table data;
  std::uint64_t rows_in_all = 0;  ///< of the result; more than data.rows if the page has a part
  std::string rest;               ///< where the others are, and which these are
  Alike alike = Alike::by_column;
  std::size_t frozen = 1;            ///< columns that stay in sight
  std::optional<std::size_t> words;  ///< column of verdicts, which get a colour besides
  std::vector<Chart> charts;
};

/// A number that has a name, for formulas: a cell of a page's table.
struct NamedCell {
  std::string name;
  std::string page;
  std::size_t row = 0;
  std::size_t column = 0;
};

/// A line of the first sheet.
struct Line {
  std::string what;
  std::string text;
  report::Cell value{};  ///< a number or date, in place of the text
};

/// A line of a sheet of calculations: a number to be changed, or a formula.
struct Calculation {
  std::string what;
  std::string formula;  ///< "=AVERAGE(tblReplications[coverage])"; empty of a number or words
  std::variant<double, std::string> value;  ///< what it comes to
  std::string how;                          ///< for who wants to write the like
};

struct Book {
  std::string title;
  std::optional<Date> date;   ///< on which the results were made
  std::vector<Line> about;    ///< question, answer, where it comes from
  std::vector<Line> reading;  ///< how to read it, and its limits
  std::vector<Page> pages;
  std::vector<NamedCell> names;
  std::vector<Calculation> calculations;
};

/// What the properties of the workbook of a result say it is about.
inline constexpr std::string_view result_subject = "Result of truce";

/// A sheet holds so many rows and columns (ECMA-376; every spreadsheet program).
inline constexpr std::size_t most_sheet_rows = 1'048'576;
inline constexpr std::size_t most_sheet_columns = 16'384;
/// A cell holds so many characters of text, those beyond U+FFFF counted twice.
inline constexpr std::size_t most_cell_text = 32'767;

}  // namespace truce::exchange
