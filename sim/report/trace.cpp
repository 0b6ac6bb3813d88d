// SPDX-License-Identifier: Apache-2.0
#include "sim/report/trace.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/report/csv.hpp"

namespace truce::report {
namespace {

std::string csv_line(const std::vector<Cell>& cells) {
  std::string line;
  for (const auto& cell : cells) line += (line.empty() ? "" : ",") + csv_text(cell);
  return line + "\r\n";
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

}  // namespace

bool passes(const TraceFilter& filter, const model::Telling& telling) {
  const auto is_kind = [&](const std::string& kind) { return telling.kind == kind; };
  const auto holds = [&](const std::string& word) {
    return telling.entity.find(word) != std::string::npos;
  };
  if (filter.digest && telling.weight == model::Weight::routine) return false;
  return (filter.kinds.empty() || std::ranges::any_of(filter.kinds, is_kind)) &&
         (filter.entities.empty() || std::ranges::any_of(filter.entities, holds));
}

std::string trace_header(TraceFormat format) {
  return format == TraceFormat::csv ? "day,date,event,entity,what,result,why\r\n" : "";
}

std::string trace_line(const model::Telling& telling, Date start, TraceFormat format) {
  const std::string date = date_and_time(start, telling.time);
  switch (format) {
    case TraceFormat::text:
      return date + "  " + padded(telling.entity, 28) + " " + telling.what +
             (telling.result.empty() ? "" : ": " + telling.result) + "  (" + telling.why + ")\n";
    case TraceFormat::csv:
      return csv_line({in_days(telling.time), date, std::string(telling.kind), telling.entity,
                       telling.what, telling.result, telling.why});
    case TraceFormat::jsonl:
      return nlohmann::ordered_json{{"day", in_days(telling.time)},
                                    {"date", date},
                                    {"event", telling.kind},
                                    {"entity", telling.entity},
                                    {"what", telling.what},
                                    {"result", telling.result},
                                    {"why", telling.why}}
                 .dump() +
             "\n";
  }
  return {};
}

std::string day_table(const model::Timeline& timeline, Date start) {
  std::vector<Cell> cells{std::string("day"), std::string("date")};
  for (const auto& series : model::timeline_series()) cells.emplace_back(std::string(series.id));
  std::string text = csv_line(cells);
  for (std::size_t day = 0; day < timeline.days; ++day) {
    cells = {static_cast<std::int64_t>(day), start + std::chrono::days{day}};
    for (std::size_t s = 0; s < model::series_count; ++s) {
      cells.emplace_back(timeline.values[day * model::series_count + s]);
    }
    text += csv_line(cells);
  }
  return text;
}

Replay replay_of(const std::filesystem::path& folder) {
  const auto path = folder / "manifest.json";
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw WorldError(path.string(), "can't be read; is this a result folder?");
  std::ostringstream text;
  text << stream.rdbuf();
  try {
    const auto manifest = nlohmann::ordered_json::parse(text.str());
    return {manifest.at("scenario").dump(1), manifest.at("seed").get<std::uint64_t>(),
            manifest.at("first").get<std::uint64_t>(),
            manifest.at("replications").get<std::uint64_t>(),
            manifest.at("truce").at("version").get<std::string>()};
  } catch (const nlohmann::json::exception& error) {
    throw WorldError(path.string(), std::string("is not a manifest of truce: ") + error.what());
  }
}

}  // namespace truce::report
