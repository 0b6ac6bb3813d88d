// SPDX-License-Identifier: Apache-2.0
// How cost grows with size: time per event, set-up, memory and bytes per entity of one replication,
// against sectors, incidents a day, contingents, cells, hubs, horizon, and all of them together.
//
// Goal: time per event grows no faster than the logarithm of what grows. Points of an axis are
// played in turn, several rounds of them, so that what else the machine does strikes all alike;
// times are CPU times, and of the rounds the median and the least are told.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <fstream>
#include <iostream>
#include <limits>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/text.hpp"

#include "sim/scenario/read.hpp"

#include "sim/model/simulate.hpp"

#include "bench/allocations.hpp"
#include "bench/axes.hpp"
#include "bench/generated.hpp"
#include "bench/rows.hpp"

namespace {

using truce::bench::axes;
using truce::bench::Axis;
using truce::bench::Rows;
using truce::bench::Sizes;

constexpr double least_seconds = 0.05;  ///< of a round of one point; short replications repeat

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
double seconds_of(const Work& work) {
  const double before = cpu_seconds();
  work();
  return cpu_seconds() - before;
}

/// One point of an axis: what was loaded, and what its rounds took.
struct Point {
  std::int64_t size = 0;
  truce::scenario::Loaded loaded;
  std::unique_ptr<truce::model::Theatre> theatre;
  std::vector<double> nanoseconds;  ///< per event, by round
  double events = 0.0;              ///< of a replication, mean
  double replication_seconds = 0.0;
};

/// Far above what the largest point of an axis has.
truce::engine::Limits limits() {
  truce::engine::Limits limits;
  limits.in_total = 10'000'000'000;
  return limits;
}

std::size_t entities(const truce::scenario::Scenario& scenario) {
  std::size_t count = scenario.sectors.size() + scenario.cells.size() + scenario.hubs.size() +
                      scenario.places.size() + scenario.routes.size() + scenario.sensors.size();
  for (const auto id : scenario.contributors.ids()) {
    const auto& pledges = scenario.contributors[id].pledges;
    count += pledges.size();
    for (const auto pledge : pledges.ids()) {
      count += static_cast<std::size_t>(pledges[pledge].contingents);
    }
  }
  return count;
}

double as_double(std::size_t count) {
  return static_cast<double>(count);
}

std::unique_ptr<Point> set_up(const Axis& axis, std::int64_t size, Rows& rows) {
  using truce::bench::bytes_in_use;
  auto point = std::make_unique<Point>();
  point->size = size;
  const std::string text = truce::bench::scenario_text(axis.at(size));
  std::optional<truce::scenario::Node> tree;
  const std::size_t before = bytes_in_use();
  const double parse = seconds_of([&] { tree = truce::scenario::parse(text, "generated.yaml"); });
  const std::size_t with_tree = bytes_in_use();
  const double read = seconds_of([&] { point->loaded = truce::scenario::read(*tree); });
  const std::size_t with_scenario = bytes_in_use();
  tree.reset();
  const std::size_t without_tree = bytes_in_use();
  const double plan = seconds_of(
      [&] { point->theatre = std::make_unique<truce::model::Theatre>(point->loaded.scenario); });
  const std::size_t with_theatre = bytes_in_use();
  truce::bench::forget_peak();
  const auto played =
      truce::model::simulate(point->loaded.scenario, *point->theatre, {1, 0}, limits());
  const double replication = as_double(truce::bench::peak_bytes() - with_theatre);
  const double count = as_double(entities(point->loaded.scenario));
  const double theatre = as_double(with_theatre - without_tree);
  rows.add({axis.name, size, "text", as_double(text.size()), "bytes"});
  rows.add({axis.name, size, "text to tree", parse, "s"});
  rows.add({axis.name, size, "tree to scenario", read, "s"});
  rows.add({axis.name, size, "scenario to theatre", plan, "s"});
  rows.add({axis.name, size, "tree", as_double(with_tree - before), "bytes"});
  rows.add({axis.name, size, "scenario", as_double(with_scenario - with_tree), "bytes"});
  rows.add({axis.name, size, "theatre", theatre, "bytes"});
  rows.add({axis.name, size, "replication at its peak", replication, "bytes"});
  rows.add({axis.name, size, "entities", count, "entities"});
  rows.add({axis.name, size, "theatre and replication per entity", (theatre + replication) / count,
            "bytes"});
  point->events = played.outcome.events;
  return point;
}

/// Plays a point for long enough to be timed.
void play(Point& point, std::uint64_t round) {
  double events = 0.0;
  std::uint64_t played = 0;
  const double before = cpu_seconds();
  double took = 0.0;
  do {
    const auto one = truce::model::simulate(point.loaded.scenario, *point.theatre,
                                            {1, 1000 * round + played}, limits());
    events += one.outcome.events;
    ++played;
    took = cpu_seconds() - before;
  } while (took < least_seconds);
  point.nanoseconds.push_back(1e9 * took / events);
  point.events = events / static_cast<double>(played);
  point.replication_seconds = took / static_cast<double>(played);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

struct Options {
  std::vector<std::string> axes;  ///< all if empty
  bool quick = false;
  int rounds = 5;
  std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  std::string csv;    ///< standard output if empty
  std::string write;  ///< the file for a scenario, instead of measuring
  Sizes sizes = Sizes::continental();
};

void measure(const Axis& axis, const Options& options, Rows& rows) {
  std::vector<std::unique_ptr<Point>> points;
  for (const auto size : options.quick ? axis.few : axis.points) {
    if (size > options.largest) continue;
    std::cerr << axis.name << ' ' << size << ": set-up" << std::endl;
    points.push_back(set_up(axis, size, rows));
  }
  for (int round = 0; round < options.rounds; ++round) {
    std::cerr << axis.name << ": round " << round + 1 << " of " << options.rounds << std::endl;
    for (const auto& point : points) play(*point, static_cast<std::uint64_t>(round));
  }
  for (const auto& point : points) {
    const auto [least, most] =
        std::minmax_element(point->nanoseconds.begin(), point->nanoseconds.end());
    rows.add({axis.name, point->size, "events per replication", point->events, "events"});
    rows.add({axis.name, point->size, "time per event", median(point->nanoseconds), "ns"});
    rows.add({axis.name, point->size, "least time per event", *least, "ns"});
    rows.add({axis.name, point->size, "most time per event", *most, "ns"});
    rows.add({axis.name, point->size, "replication", point->replication_seconds, "s"});
  }
}

std::string usage() {
  std::ostringstream text;
  text << "Usage: growth_bench [--axis NAME]... [--quick] [--rounds N] [--largest N] [--csv FILE]\n"
          "       growth_bench --write FILE [--SIZE N]...\n\n"
          "Measures how time per event, set-up and memory grow with size, one row each:\n"
          "benchmark,size,metric,value,unit,machine. The second form writes the scenario of a\n"
          "continental deployment, or one of other sizes, and measures nothing.\n\nAxes:";
  for (const auto& axis : axes()) text << ' ' << axis.name;
  text << "\nSizes:\n";
  for (const auto& size : truce::bench::size_names) {
    text << "  --" << size.name << " N    " << size.meaning << ", " << size.least << " to "
         << size.most << '\n';
  }
  return std::move(text).str();
}

std::int64_t whole_number(std::string_view option, std::string_view text, std::int64_t least,
                          std::int64_t most) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most) {
    throw std::invalid_argument(std::string(option) + " '" + truce::printable(text) +
                                "': a whole number from " + std::to_string(least) + " to " +
                                std::to_string(most) + " is needed");
  }
  return value;
}

Options options_of(const std::vector<std::string>& arguments) {
  Options options;
  std::optional<std::string> size_given;
  bool measures = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& option = arguments[i];
    if (option == "--quick") {
      options.quick = measures = true;
      options.rounds = 1;
      continue;
    }
    const auto* const size =
        std::find_if(truce::bench::size_names.begin(), truce::bench::size_names.end(),
                     [&](const auto& one) { return option == "--" + std::string(one.name); });
    const bool is_size = size != truce::bench::size_names.end();
    constexpr std::string_view others[] = {"--axis", "--rounds", "--largest", "--csv", "--write"};
    if (!is_size && std::find(std::begin(others), std::end(others), option) == std::end(others)) {
      throw std::invalid_argument("there is no option '" + truce::printable(option) + "'");
    }
    if (i + 1 == arguments.size()) throw std::invalid_argument(option + " needs a value");
    const std::string& value = arguments[++i];
    if (is_size) {
      size_given = option;
      set_size(options.sizes, size->name, whole_number(option, value, size->least, size->most));
    } else if (option == "--write") {
      options.write = value;
    } else {
      measures = true;
      if (option == "--csv") options.csv = value;
      if (option == "--rounds") {
        options.rounds = static_cast<int>(whole_number(option, value, 1, 1000));
      }
      if (option == "--largest") {
        options.largest = whole_number(option, value, 1, 1'000'000'000);
      }
      if (option == "--axis") {
        const bool known = std::any_of(axes().begin(), axes().end(),
                                       [&](const auto& axis) { return axis.name == value; });
        if (!known) {
          throw std::invalid_argument("there is no axis '" + truce::printable(value) + "'");
        }
        options.axes.push_back(value);
      }
    }
  }
  if (size_given && options.write.empty()) {
    throw std::invalid_argument(*size_given + " goes with --write");
  }
  if (measures && !options.write.empty()) {
    throw std::invalid_argument("--write measures nothing: leave the other options out");
  }
  return options;
}

void write_file(const std::string& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw std::runtime_error(file + ": can't be written");
}

}  // namespace

int main(int count, char** values) {
  try {
    const std::vector<std::string> arguments(values + 1, values + count);
    if (std::find(arguments.begin(), arguments.end(), "--help") != arguments.end()) {
      std::cout << usage();
      return 0;
    }
    const Options options = options_of(arguments);
    if (!options.write.empty()) {
      write_file(options.write, truce::bench::scenario_text(options.sizes));
      return 0;
    }
    Rows rows("growth");
    for (const auto& axis : axes()) {
      const bool wanted =
          options.axes.empty() ||
          std::find(options.axes.begin(), options.axes.end(), axis.name) != options.axes.end();
      if (wanted) measure(axis, options, rows);
    }
    if (options.csv.empty()) {
      std::cout << rows.csv();
    } else {
      write_file(options.csv, rows.csv());
    }
    return 0;
  } catch (const std::invalid_argument& error) {
    std::cerr << "growth_bench: " << error.what() << " (growth_bench --help)\n";
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "growth_bench: " << error.what() << '\n';
    return 1;
  }
}
