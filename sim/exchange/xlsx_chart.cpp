// SPDX-License-Identifier: Apache-2.0
// Native charts: series that point at the cells of the sheet they stand on.
#include <array>
#include <string>
#include <vector>

#include "sim/exchange/xlsx_parts.hpp"

namespace truce::exchange {
namespace {

/// Colours that people who see few can tell apart (Okabe and Ito, 2008).
constexpr std::array<lxw_color_t, 8> palette{0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7,
                                             0x56B4E9, 0xD55E00, 0xF0E442, 0x666666};
constexpr int chart_width = 720;  // pixels
constexpr int chart_height = 360;
constexpr lxw_row_t chart_rows = 19;  // that a chart and the space below it cover

std::uint8_t type_of(const Chart& chart) {
  // Lines over a band become a chart of their own later: see xlsx_finish.cpp.
  if (chart.has_band()) return LXW_CHART_AREA_STACKED;
  switch (chart.kind) {
    case ChartKind::curves:
      return LXW_CHART_SCATTER_STRAIGHT;
    case ChartKind::steps:
    case ChartKind::days:
    case ChartKind::intervals:
      return LXW_CHART_LINE;
    case ChartKind::stacked_days:
      return LXW_CHART_AREA_STACKED;
    case ChartKind::bars:
    case ChartKind::tornado:
      return LXW_CHART_BAR;
    case ChartKind::points:
      break;
  }
  return LXW_CHART_SCATTER;
}

/// Series that the library knows only as text; all its ranges are on one sheet.
class ChartWriter {
 public:
  ChartWriter(lxw_workbook* workbook, const Page& page, const Chart& chart)
      : page_(page), chart_(chart), made_(::workbook_add_chart(workbook, type_of(chart))) {}

  lxw_chart* write() {
    ::chart_title_set_name(made_, xlsx_text(chart_.title).c_str());
    lxw_chart_font font{};
    font.size = 12;
    ::chart_title_set_name_font(made_, &font);
    for (const auto& series : chart_.series) add(series);
    axes();
    ::chart_show_hidden_data(made_);  // a filter on the table leaves the chart whole
    if (chart_.kind == ChartKind::tornado || chart_.kind == ChartKind::bars) {
      ::chart_set_series_gap(made_, 40);
      if (chart_.kind == ChartKind::tornado) ::chart_set_series_overlap(made_, 100);
    }
    if (chart_.series.size() > 1) {
      ::chart_legend_set_position(made_, LXW_CHART_LEGEND_BOTTOM);
      std::vector<std::int16_t> unseen;
      for (std::size_t i = 0; i < chart_.series.size(); ++i) {
        if (chart_.series[i].stroke == Stroke::floor)
          unseen.push_back(static_cast<std::int16_t>(i));
      }
      unseen.push_back(-1);
      if (unseen.size() > 1) check_xlsx(::chart_legend_delete_series(made_, unseen.data()));
    } else {
      ::chart_legend_set_position(made_, LXW_CHART_LEGEND_NONE);
    }
    return made_;
  }

 private:
  void add(const ChartSeries& one) {
    auto* series = ::chart_add_series(made_, nullptr, nullptr);
    const auto row = [](std::size_t r) { return static_cast<lxw_row_t>(r + 1); };
    const auto x = chart_.x.column;
    ::chart_series_set_categories(series, page_.name.c_str(), row(chart_.x.first),
                                  static_cast<lxw_col_t>(x), row(chart_.x.end - 1),
                                  static_cast<lxw_col_t>(x));
    const auto y = static_cast<lxw_col_t>(one.values.column);
    ::chart_series_set_values(series, page_.name.c_str(), row(one.values.first), y,
                              row(one.values.end - 1), y);
    ::chart_series_set_name(series, xlsx_text(one.name).c_str());
    const auto colour = palette[one.colour % palette.size()];
    lxw_chart_line line{};
    line.color = colour;
    lxw_chart_fill fill{};
    fill.color = colour;
    switch (chart_.kind) {
      case ChartKind::stacked_days:
      case ChartKind::bars:
      case ChartKind::tornado:
        ::chart_series_set_fill(series, &fill);
        return;
      default:
        break;
    }
    if (one.stroke == Stroke::floor || one.stroke == Stroke::band) {
      constexpr std::uint8_t pale = 70;  // percent
      fill.none = one.stroke == Stroke::floor ? LXW_TRUE : LXW_FALSE;
      fill.transparency = pale;
      line.none = LXW_TRUE;
      ::chart_series_set_fill(series, &fill);
      ::chart_series_set_line(series, &line);
      return;
    }
    const bool point = one.stroke == Stroke::marker;
    if (one.stroke == Stroke::line || one.stroke == Stroke::edge) {
      line.width = one.stroke == Stroke::line ? 2.0F : 1.0F;
      if (one.stroke == Stroke::edge) line.dash_type = LXW_CHART_LINE_DASH_DASH;
      // Beyond the palette, colours come again with other strokes.
      constexpr std::array<std::uint8_t, 4> strokes{
          LXW_CHART_LINE_DASH_SOLID, LXW_CHART_LINE_DASH_DASH, LXW_CHART_LINE_DASH_ROUND_DOT,
          LXW_CHART_LINE_DASH_LONG_DASH_DOT};
      if (const auto round = one.colour / palette.size(); round > 0) {
        line.dash_type = strokes[round % strokes.size()];
      }
    } else {
      line.none = LXW_TRUE;
    }
    ::chart_series_set_line(series, &line);
    ::chart_series_set_marker_type(series, point ? LXW_CHART_MARKER_CIRCLE : LXW_CHART_MARKER_NONE);
    if (point) {
      lxw_chart_line outline{};
      outline.color = colour;
      ::chart_series_set_marker_size(series, chart_.kind == ChartKind::points ? 4 : 8);
      ::chart_series_set_marker_fill(series, &fill);
      ::chart_series_set_marker_line(series, &outline);
    }
  }

  void axes() {
    // Of bars that lie the library calls the lower axis x, which is that of the values.
    const bool lying = chart_.kind == ChartKind::bars || chart_.kind == ChartKind::tornado;
    auto* along = lying ? made_->y_axis : made_->x_axis;
    auto* values = lying ? made_->x_axis : made_->y_axis;
    if (!chart_.x_title.empty()) ::chart_axis_set_name(along, xlsx_text(chart_.x_title).c_str());
    if (!chart_.y_title.empty()) ::chart_axis_set_name(values, xlsx_text(chart_.y_title).c_str());
    ::chart_axis_set_num_format(values, chart_.is_share ? "0%" : "General");
    if (chart_.is_share) {
      // The library's own functions take the standing axis of areas for one of words, and refuse.
      values->min = 0.0;
      values->max = 1.0;
      values->has_min = LXW_TRUE;
      values->has_max = LXW_TRUE;
    }
    if (chart_.kind == ChartKind::days || chart_.kind == ChartKind::stacked_days) {
      ::chart_axis_set_num_format(along, "mmm yy");
      // A label a quarter, or a month, or every few days; ticks alike.
      const std::uint16_t days = chart_.x.size() > 400 ? 91 : chart_.x.size() > 100 ? 30 : 7;
      ::chart_axis_set_interval_unit(along, days);
      ::chart_axis_set_interval_tick(along, days);
    }
    if (chart_.kind == ChartKind::steps) {
      const auto step = static_cast<std::uint16_t>(1 + chart_.x.size() / 10);
      ::chart_axis_set_interval_unit(along, step);
      ::chart_axis_set_interval_tick(along, step);
    }
    if (lying) ::chart_axis_set_reverse(along);
    // Words stay at the edge, where bars and intervals to both sides of zero leave them legible.
    if (lying || chart_.kind == ChartKind::intervals || chart_.kind == ChartKind::days) {
      ::chart_axis_set_label_position(along, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    }
    lxw_chart_line grid{};
    grid.color = 0xD9D9D9;
    ::chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
    ::chart_axis_major_gridlines_set_line(values, &grid);
  }

  const Page& page_;
  const Chart& chart_;
  lxw_chart* made_;
};

}  // namespace

std::size_t chart_column(const Page& page) {
  return page.data.fields.size() + 1;
}

void add_charts(lxw_workbook* workbook, lxw_worksheet* sheet, const Page& page) {
  constexpr double default_width = 480.0;
  constexpr double default_height = 288.0;
  lxw_row_t row = 1;
  for (const auto& chart : page.charts) {
    auto* made = ChartWriter(workbook, page, chart).write();
    auto description = xlsx_text(chart.title);
    lxw_chart_options options{};
    options.x_scale = chart_width / default_width;
    options.y_scale = chart_height / default_height;
    options.description = description.data();
    check_xlsx(::worksheet_insert_chart_opt(sheet, row, static_cast<lxw_col_t>(chart_column(page)),
                                            made, &options));
    row += chart_rows;
  }
}

}  // namespace truce::exchange
