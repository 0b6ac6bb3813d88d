// SPDX-License-Identifier: Apache-2.0
#include "sim/report/sample_trim.hpp"

#include <algorithm>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

namespace truce::report {
namespace {

using experiment::Chosen;

class Trim {
 public:
  explicit Trim(StoredSample& stored) : source_(stored.source), sample_(stored.sample) {}

  void apply() {
    const bool partial = source_.points < source_.points_planned;
    if (source_.design == "lockstep" && sample_.inputs.size() > 1) {
      refuse("a lockstep design moves all factors at once: which of them does what can't be told",
             "use factorial, latin_hypercube or one_at_a_time");
    }
    switch (sample_.chosen) {
      case Chosen::saltelli:
        keep_whole(sample_.inputs.size() + 3, "rows");
        break;
      case Chosen::morris:
        keep_whole(sample_.inputs.size() + 1, "trajectories");
        break;
      case Chosen::one_at_a_time:
        keep_whole_bars(partial);
        break;
      case Chosen::grid:
        if (partial) keep_whole_levels();
        check_size();
        break;
      case Chosen::drawn:
      case Chosen::latin:
      case Chosen::net:
      case Chosen::listed:
        if (partial) note_partial("points");
        check_size();
        break;
    }
  }

 private:
  [[noreturn]] void refuse(const std::string& what, const std::string& instead) const {
    throw UsageError(printable(source_.folder.string(), 400) + ": " + what + "; " + instead);
  }
  void note_partial(const std::string& of, std::uint64_t whole = 0) const {
    source_.notes.push_back(
        "the sweep was interrupted: " +
        (whole > 0 ? std::to_string(whole) + " whole " + of + " are analysed, " : std::string()) +
        std::to_string(source_.points) + " of " + std::to_string(source_.points_planned) +
        " points were played");
  }
  void keep(std::uint64_t points) {
    sample_.points = points;
    sample_.roles.resize(points);
    for (auto& input : sample_.inputs) {
      input.numbers.resize(points);
      input.texts.resize(points);
    }
  }

  void keep_whole(std::uint64_t each, const std::string& of) {
    const auto whole = sample_.points / each;
    if (whole == 0) {
      refuse("the sweep was interrupted before the first " + std::to_string(each) +
                 " points, which belong together, were played",
             "play it again");
    }
    if (source_.points < source_.points_planned) note_partial(of, whole);
    keep(whole * each);
  }

  /// Levels of the factor that varies slowest have all combinations of the others.
  void keep_whole_levels() {
    const auto& slowest = sample_.inputs.front().numbers;
    const auto change = std::ranges::adjacent_find(slowest, std::not_equal_to{});
    const auto each = static_cast<std::uint64_t>(change - slowest.begin()) + 1;
    const auto whole = change == slowest.end() ? 0 : sample_.points / each;
    if (whole < 2) {
      refuse("the sweep was interrupted before two values of " + sample_.inputs.front().name +
                 " were played with all of the other factors",
             "play it again");
    }
    note_partial("values of " + sample_.inputs.front().name, whole);
    keep(whole * each);
  }

  void keep_whole_bars(bool partial) {
    if (sample_.replications < 2) {
      refuse("each point was played once, and how sure a swing is can't be told from one luck",
             "play the study with --replications 20 or more");
    }
    if (sample_.points < 2) {
      refuse("only the base was played, with no factor changed", "play it again");
    }
    if (!partial) return;
    // The factor under way may lack its other values.
    auto points = sample_.points;
    const auto last = sample_.roles[points - 1].factor;
    while (points > 1 && sample_.roles[points - 1].factor == last) --points;
    const bool all_of_it = points == 1;
    if (all_of_it) points = sample_.points;
    note_partial("points", points);
    keep(points);
  }

  /// Fewer points than a plane or two slices need.
  void check_size() const {
    constexpr std::uint64_t two_slices = 10;
    const auto numeric = static_cast<std::uint64_t>(
        std::ranges::count_if(sample_.inputs, [](const auto& input) { return input.numeric; }));
    const bool plane = numeric > 0 && sample_.points >= numeric + 3;
    const bool levels = sample_.chosen == Chosen::grid && sample_.points >= 4;
    if (plane || levels || sample_.points >= two_slices) return;
    refuse(std::to_string(sample_.points) + (sample_.points == 1 ? " point of " : " points of ") +
               std::to_string(sample_.inputs.size()) +
               (sample_.inputs.size() == 1 ? " factor" : " factors") +
               " are too few to say what drives outcomes",
           "some 64 points by latin_hypercube or sobol are a good start, or one_at_a_time for the "
           "effect of each factor alone");
  }

  SampleSource& source_;
  experiment::Sample& sample_;
};

}  // namespace

Chosen chosen_of(const std::string& method, std::uint64_t left_out) {
  if (method == "saltelli") return Chosen::saltelli;
  if (method == "morris") return Chosen::morris;
  if (method == "one_at_a_time") return Chosen::one_at_a_time;
  // What conditions cut out of a square leaves inputs that go together.
  if (left_out > 0) return Chosen::listed;
  if (method == "latin_hypercube") return Chosen::latin;
  if (method == "sobol") return Chosen::net;
  if (method == "factorial") return Chosen::grid;
  return Chosen::listed;
}

void trim_sample(StoredSample& stored) {
  Trim(stored).apply();
}

}  // namespace truce::report
