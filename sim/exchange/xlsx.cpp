// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/xlsx.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "sim/core/contract.hpp"
#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/exchange/refill_sheet.hpp"
#include "sim/exchange/xlsx_finish.hpp"
#include "sim/exchange/xlsx_parts.hpp"

namespace truce::exchange {
namespace {

constexpr const char* date_format = "yyyy-mm-dd";
constexpr std::array<std::pair<const char*, lxw_color_t>, 8> word_colours{{
    {"better", 0xD5E8D4},
    {"best", 0xD5E8D4},
    {"worse", 0xF8CECC},
    {"not the best", 0xF8CECC},
    {"higher", 0xDAE8FC},
    {"lower", 0xDAE8FC},
    {"yes", 0xDAE8FC},
    {"may be best", 0xFFF2CC},
}};

/// The file as the library writes it.
class XlsxFile {
 public:
  XlsxFile(const Book& book, const std::filesystem::path& file)
      : book_(book), file_(file.string()) {
    lxw_workbook_options options{};
    options.use_zip64 = LXW_FALSE;
    workbook_ = ::workbook_new_opt(file_.c_str(), &options);
    if (workbook_ == nullptr) throw WorldError(file_, "can't be written");
  }
  XlsxFile(const XlsxFile&) = delete;
  XlsxFile& operator=(const XlsxFile&) = delete;
  ~XlsxFile() {
    if (workbook_ != nullptr) ::lxw_workbook_free(workbook_);
  }

  void write() {
    properties();
    auto* readme = sheet("README");
    if (!book_.calculations.empty()) calculate(sheet("Calculations"));
    for (const auto& page : book_.pages) fill(sheet(page.name), page);
    first_page(readme);
    for (const auto& one : book_.names) name_cell(one);
    const auto error = ::workbook_close(std::exchange(workbook_, nullptr));
    if (error != LXW_NO_ERROR) throw WorldError(file_, ::lxw_strerror(error));
  }

 private:
  lxw_worksheet* sheet(const std::string& name) {
    auto* made = ::workbook_add_worksheet(workbook_, name.c_str());
    TRUCE_EXPECT(made != nullptr, "sheets have different names that a sheet can have");
    return made;
  }

  void properties() {
    auto title = xlsx_text(book_.title);
    std::string author = "truce";
    // A workbook of one's own may be filled again, that of a result may not: see refill.cpp.
    std::string subject(book_.calculations.empty() ? result_subject : "");
    lxw_doc_properties properties{};
    if (!subject.empty()) properties.subject = subject.data();
    properties.title = title.data();
    properties.author = author.data();
    // Without one the library would write the time of day, and no two files would be the same.
    const auto day = book_.date.value_or(Date(std::chrono::days(0)));
    properties.created = std::chrono::system_clock::to_time_t(day);
    if (properties.created == 0) properties.created = 1;  // 0 stands for the time of day
    check_xlsx(::workbook_set_properties(workbook_, &properties));
  }

  lxw_format* format(const std::string& number, bool bold = false, bool wrapped = false,
                     bool left = false) {
    auto& made = formats_[{number, bold, wrapped, left}];
    if (made == nullptr) {
      made = ::workbook_add_format(workbook_);
      if (!number.empty()) ::format_set_num_format(made, number.c_str());
      if (bold) ::format_set_bold(made);
      if (wrapped) {
        ::format_set_text_wrap(made);
        ::format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
      }
      if (left) ::format_set_align(made, LXW_ALIGN_LEFT);
    }
    return made;
  }

  void put(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& text,
           lxw_format* format) {
    check_xlsx(::worksheet_write_string(sheet, row, column, cell_text(text).c_str(), format));
  }

  void put_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const report::Cell& cell,
                const char* number, bool left = false) {
    if (const auto* text = std::get_if<std::string>(&cell)) {
      put(sheet, row, column, *text, nullptr);
    } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
      // A double holds no more than 53 bits: beyond, the digits stay text.
      constexpr std::int64_t exact = std::int64_t{1} << 53U;
      if (*whole < -exact || *whole > exact) {
        put(sheet, row, column, std::to_string(*whole), nullptr);
      } else {
        check_xlsx(::worksheet_write_number(sheet, row, column, static_cast<double>(*whole),
                                            format("#,##0", false, false, left)));
      }
    } else if (const auto* value = std::get_if<double>(&cell); value && std::isfinite(*value)) {
      check_xlsx(
          ::worksheet_write_number(sheet, row, column, *value, format(number, false, false, left)));
    } else if (const auto* date = std::get_if<Date>(&cell)) {
      // Sheets know no days before 1900.
      if (const auto serial = book::serial_number(*date, false)) {
        check_xlsx(::worksheet_write_number(sheet, row, column, static_cast<double>(*serial),
                                            format(date_format, false, false, left)));
      } else {
        put(sheet, row, column, to_string(*date), nullptr);
      }
    }
  }

  void fill(lxw_worksheet* sheet, const Page& page) {
    const auto& rows = page.data.rows;
    const auto columns = page.data.fields.size();
    TRUCE_EXPECT(rows.size() < most_sheet_rows && columns <= most_sheet_columns,
                 "a page fits a sheet");
    const auto greatest = greatest_of_columns(page);
    std::vector<std::size_t> widths(columns);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const char* of_row = page.alike == Alike::by_row ? number_format(greatest_of(rows[r])) : "";
      for (std::size_t c = 0; c < columns; ++c) {
        put_cell(sheet, static_cast<lxw_row_t>(r + 1), static_cast<lxw_col_t>(c), rows[r][c],
                 page.alike == Alike::by_row ? of_row : number_format(greatest[c]));
        if (const auto* text = std::get_if<std::string>(&rows[r][c])) {
          widths[c] = std::max(widths[c], length_of(*text));
        }
      }
    }
    add_table(sheet, page);
    double points = 0.0;  // that the table is wide on paper
    for (std::size_t c = 0; c < columns; ++c) {
      constexpr std::size_t arrow = 4;  // of the filter, beside the name
      constexpr std::size_t number = 11;
      constexpr std::size_t widest = 60;
      const auto least = std::max(number, length_of(page.data.fields[c].name) + arrow);
      const auto width = std::min(std::max(widths[c] + 1, least), std::max(widest, least));
      check_xlsx(::worksheet_set_column(sheet, static_cast<lxw_col_t>(c), static_cast<lxw_col_t>(c),
                                        static_cast<double>(width), nullptr));
      points += 0.75 * (7.0 * static_cast<double>(width) + 5.0);
    }
    ::worksheet_freeze_panes(sheet, 1, static_cast<lxw_col_t>(page.frozen));
    if (page.words && !rows.empty()) colour_words(sheet, page);
    add_charts(workbook_, sheet, page);
    ::worksheet_set_landscape(sheet);
    ::worksheet_set_paper(sheet, paper_a4);
    // On paper the table is as wide as the page, if that leaves it legible; charts have pages of
    // their own.
    constexpr double page_points = 600.0;
    const double scale = std::clamp(100.0 * page_points / points, 30.0, 100.0);
    ::worksheet_set_print_scale(sheet, static_cast<std::uint16_t>(scale));
    if (!page.charts.empty()) {
      std::array<lxw_col_t, 2> breaks{static_cast<lxw_col_t>(chart_column(page)), 0};
      check_xlsx(::worksheet_set_v_pagebreaks(sheet, breaks.data()));
    }
    ::worksheet_repeat_rows(sheet, 0, 0);
  }

  void add_table(lxw_worksheet* sheet, const Page& page) {
    const auto columns = page.data.fields.size();
    // Two columns of a table may not have names that differ in case alone.
    std::set<std::string> used;
    std::vector<std::string> names;
    for (const auto& field : page.data.fields) {
      auto name = xlsx_text(field.name);
      for (int n = 2; !used.insert(in_lower_case(name)).second; ++n) {
        name = xlsx_text(field.name) + " (" + std::to_string(n) + ")";
      }
      names.push_back(std::move(name));
    }
    std::vector<lxw_table_column> headers(columns);
    std::vector<lxw_table_column*> pointers;
    for (std::size_t c = 0; c < columns; ++c) {
      headers[c].header = names[c].data();
      headers[c].header_format = format("", true);
      pointers.push_back(&headers[c]);
    }
    pointers.push_back(nullptr);
    std::string name = page.table;
    lxw_table_options options{};
    options.name = name.data();
    options.columns = pointers.data();
    options.style_type = LXW_TABLE_STYLE_TYPE_LIGHT;
    options.style_type_number = 1;
    const auto last = std::max<std::size_t>(page.data.rows.size(), 1);  // a table has a row
    check_xlsx(::worksheet_add_table(sheet, 0, 0, static_cast<lxw_row_t>(last),
                                     static_cast<lxw_col_t>(columns - 1), &options));
  }

  void colour_words(lxw_worksheet* sheet, const Page& page) {
    for (const auto& [word, colour] : word_colours) {
      auto*& format = colours_[colour];
      if (format == nullptr) {
        format = ::workbook_add_format(workbook_);
        ::format_set_bg_color(format, colour);
      }
      std::string value = "=\"" + std::string(word) + "\"";
      lxw_conditional_format rule{};
      rule.type = LXW_CONDITIONAL_TYPE_CELL;
      rule.criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO;
      rule.value_string = value.data();
      rule.format = format;
      const auto column = static_cast<lxw_col_t>(*page.words);
      check_xlsx(::worksheet_conditional_format_range(
          sheet, 1, column, static_cast<lxw_row_t>(page.data.rows.size()), column, &rule));
    }
  }

  void calculate(lxw_worksheet* sheet) {
    constexpr double wide = 60;
    constexpr double number_width = 14;
    check_xlsx(::worksheet_set_column(sheet, 0, 0, wide, nullptr));
    check_xlsx(::worksheet_set_column(sheet, 1, 1, number_width, nullptr));
    check_xlsx(::worksheet_set_column(sheet, 2, 2, 2 * wide, nullptr));
    auto* bold = format("", true);
    put(sheet, 0, 0, "What", bold);
    put(sheet, 0, 1, "Value", bold);
    put(sheet, 0, 2, "How", bold);
    auto* input = ::workbook_add_format(workbook_);
    ::format_set_bg_color(input, 0xFFF2CC);
    lxw_row_t row = 1;
    for (const auto& one : book_.calculations) {
      put(sheet, row, 0, one.what, nullptr);
      const auto* number = std::get_if<double>(&one.value);
      const auto* text = std::get_if<std::string>(&one.value);
      // The value stands beside the formula for programs that show it and don't calculate.
      if (number != nullptr && !one.formula.empty()) {
        check_xlsx(::worksheet_write_formula_num(
            sheet, row, 1, one.formula.c_str(), format(number_format(std::abs(*number))), *number));
      } else if (number != nullptr) {
        check_xlsx(::worksheet_write_number(sheet, row, 1, *number, input));
      } else if (!one.formula.empty()) {
        check_xlsx(::worksheet_write_formula_str(sheet, row, 1, one.formula.c_str(), nullptr,
                                                 xlsx_text(*text).c_str()));
      } else {
        put(sheet, row, 1, *text, input);
      }
      put(sheet, row, 2, one.how, nullptr);
      ++row;
    }
    ::worksheet_freeze_panes(sheet, 1, 0);
  }

  static double lines_of(const std::string& text, double width) {
    return 1.0 + std::floor(static_cast<double>(length_of(text)) / width);
  }
  /// Not every program finds the height of wrapped text by itself.
  static void fit_height(lxw_worksheet* sheet, lxw_row_t row, double lines) {
    constexpr double height = 15.0;
    check_xlsx(::worksheet_set_row(sheet, row, height * lines, nullptr));
  }

  void first_page(lxw_worksheet* sheet) {
    constexpr double label_width = 26;
    constexpr double text_width = 100;
    check_xlsx(::worksheet_set_column(sheet, 0, 0, label_width, nullptr));
    check_xlsx(::worksheet_set_column(sheet, 1, 1, text_width, nullptr));
    check_xlsx(::worksheet_set_column(sheet, 2, 3, 12, nullptr));
    constexpr double rest_width = 50;
    check_xlsx(::worksheet_set_column(sheet, 4, 4, rest_width, nullptr));
    auto* heading = ::workbook_add_format(workbook_);
    ::format_set_bold(heading);
    constexpr double heading_size = 16;
    ::format_set_font_size(heading, heading_size);
    auto* label = format("", true, true);
    auto* wrapped = format("", false, true);
    lxw_row_t row = 0;
    put(sheet, row, 0, book_.title, heading);
    row += 2;
    const auto lines = [&](const std::vector<Line>& all) {
      for (const auto& line : all) {
        put(sheet, row, 0, line.what, label);
        if (std::holds_alternative<std::monostate>(line.value)) {
          put(sheet, row, 1, line.text, wrapped);
        } else {
          put_cell(sheet, row, 1, line.value, "", true);
        }
        fit_height(sheet, row, lines_of(line.text, text_width));
        ++row;
      }
    };
    lines(book_.about);
    ++row;
    auto* bold = format("", true);
    auto* link_format = ::workbook_add_format(workbook_);
    ::format_set_font_color(link_format, LXW_COLOR_BLUE);
    ::format_set_underline(link_format, LXW_UNDERLINE_SINGLE);
    ::format_set_align(link_format, LXW_ALIGN_VERTICAL_TOP);
    auto* count_format = ::workbook_add_format(workbook_);
    ::format_set_num_format(count_format, "#,##0");
    ::format_set_align(count_format, LXW_ALIGN_VERTICAL_TOP);
    ::format_set_align(count_format, LXW_ALIGN_CENTER);
    if (!book_.calculations.empty()) {
      check_xlsx(::worksheet_write_url_opt(sheet, row, 0, "internal:'Calculations'!A1", link_format,
                                           "Calculations", nullptr));
      put(sheet, row++, 1, "Formulas that read the tables of the other sheets by their names.",
          wrapped);
    }
    put(sheet, row, 0, "Sheet", bold);
    put(sheet, row, 1, "What it holds", bold);
    const bool counted = book_.calculations.empty();  // else other rows may come
    if (counted) {
      put(sheet, row, 2, "Rows here", bold);
      put(sheet, row, 3, "Rows in all", bold);
      put(sheet, row, 4, "Which, and where the others are", bold);
    }
    ++row;
    for (const auto& page : book_.pages) {
      const auto link = [&](lxw_col_t column, const std::string& cell, const std::string& shown) {
        const auto target = "internal:'" + page.name + "'!" + cell;
        check_xlsx(::worksheet_write_url_opt(sheet, row, column, target.c_str(), link_format,
                                             xlsx_text(shown).c_str(), nullptr));
      };
      link(0, "A1", page.name);
      put(sheet, row, 1, page.purpose, wrapped);
      if (!counted) {
        ++row;
        continue;
      }
      check_xlsx(::worksheet_write_number(sheet, row, 2, static_cast<double>(page.data.rows.size()),
                                          count_format));
      check_xlsx(::worksheet_write_number(sheet, row, 3, static_cast<double>(page.rows_in_all),
                                          count_format));
      put(sheet, row, 4, page.rest.empty() ? "all" : page.rest, wrapped);
      fit_height(sheet, row,
                 std::max(lines_of(page.purpose, text_width), lines_of(page.rest, rest_width)));
      ++row;
      if (page.charts.empty()) continue;
      std::array<char, LXW_MAX_CELL_NAME_LENGTH> cell{};
      ::lxw_rowcol_to_cell(cell.data(), 0, static_cast<lxw_col_t>(chart_column(page)));
      link(0, cell.data(), page.name + ": charts");
      std::string titles;
      for (const auto& chart : page.charts) titles += (titles.empty() ? "" : "; ") + chart.title;
      put(sheet, row, 1, titles, wrapped);
      fit_height(sheet, row, lines_of(titles, text_width));
      ++row;
    }
    ++row;
    lines(book_.reading);
    ::worksheet_set_landscape(sheet);
    ::worksheet_set_paper(sheet, paper_a4);
    ::worksheet_fit_to_pages(sheet, 1, 0);
    ::worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    ::worksheet_activate(sheet);
  }

  void name_cell(const NamedCell& one) {
    std::array<char, LXW_MAX_CELL_NAME_LENGTH> cell{};
    ::lxw_rowcol_to_cell_abs(cell.data(), static_cast<lxw_row_t>(one.row + 1),
                             static_cast<lxw_col_t>(one.column), 1, 1);
    const auto formula = "='" + one.page + "'!" + cell.data();
    check_xlsx(::workbook_define_name(workbook_, one.name.c_str(), formula.c_str()));
  }

  static constexpr std::uint8_t paper_a4 = 9;

  const Book& book_;
  std::string file_;
  lxw_workbook* workbook_ = nullptr;
  std::map<std::tuple<std::string, bool, bool, bool>, lxw_format*> formats_;
  std::map<lxw_color_t, lxw_format*> colours_;
};

}  // namespace

void write_xlsx(const Book& book, const std::filesystem::path& file) {
  XlsxFile(book, file).write();
  finish_xlsx(book, file);
}

}  // namespace truce::exchange
