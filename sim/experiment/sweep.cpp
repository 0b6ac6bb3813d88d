// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <map>
#include <utility>

#include "sim/core/contract.hpp"
#include "sim/core/text.hpp"

#include "sim/model/player.hpp"

#include "sim/experiment/crew.hpp"

namespace truce::experiment {
namespace {

using scenario::Factor;
using scenario::StudyScenario;

/// What the scenario of a point comes to before it is played.
struct Looked {
  std::size_t place = 0;
  std::vector<Problem> problems;
  std::vector<model::Column> columns;
};

/// Problems of points, each told once.
class PointProblems {
 public:
  void add(const Point& point, std::span<const Factor> factors, std::vector<Problem> problems) {
    for (auto& problem : problems) {
      const auto key = std::pair(problem.code, problem.path);
      const auto found = seen_.find(key);
      if (found != seen_.end()) {
        ++found->second.more;
        continue;
      }
      seen_.emplace(key, Seen{problems_.size(), 0});
      problem.trail.insert(problem.trail.begin(), "at point " + std::to_string(point.number) +
                                                      ": " +
                                                      printable(text_of(point, factors), 1000));
      problems_.push_back(std::move(problem));
    }
  }
  void raise() {
    if (problems_.empty()) return;
    for (const auto& [key, seen] : seen_) {
      if (seen.more == 0) continue;
      problems_[seen.place].trail.push_back("and in " + std::to_string(seen.more) +
                                            (seen.more == 1 ? " more point" : " more points"));
    }
    throw ScenarioError(std::move(problems_));
  }

 private:
  struct Seen {
    std::size_t place;
    std::uint64_t more;
  };
  std::vector<Problem> problems_;
  std::map<std::pair<Code, std::string>, Seen> seen_;
};

/// Replications of one point, in the order of the plan's columns.
struct Piece {
  std::size_t place = 0;  ///< of the point
  std::uint64_t begin = 0;
  std::vector<std::vector<double>> rows;
};

/// That a replication could not be played.
struct PointFailed {
  Failure failure;
};

/// Moments of a point, block by block.
class PointSample {
 public:
  explicit PointSample(std::size_t columns) : whole_(columns), block_(columns) {}

  void add(std::span<const double> row) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (!std::isnan(row[c])) block_[c].add(row[c]);
    }
    if (++in_block_ == block_size) close();
  }
  std::span<const stats::Moments> moments() {
    close();
    return whole_;
  }

 private:
  void close() {
    for (std::size_t c = 0; c < whole_.size(); ++c) {
      whole_[c].merge(block_[c]);
      block_[c] = {};
    }
    in_block_ = 0;
  }

  std::vector<stats::Moments> whole_;
  std::vector<stats::Moments> block_;
  std::uint64_t in_block_ = 0;
};

class SweepRun {
 public:
  SweepRun(const SweepPlan& plan, const Design& design, std::span<const Factor> factors,
           const StudyScenario& scenario, const SweepAudience& audience)
      : plan_(plan), design_(design), factors_(factors), scenario_(scenario), audience_(audience) {
    for (std::size_t c = 0; c < plan.columns.size(); ++c) column_places_[plan.columns[c].id] = c;
  }

  SweepResults play_all() {
    Crew<Piece>::Orders orders;
    orders.pieces = design_.points.size() * pieces_of_point();
    orders.threads = plan_.threads;
    orders.stop = audience_.stop;
    orders.make = [this](std::uint64_t index, const std::function<bool()>& idle) {
      return play(index, idle);
    };
    orders.take = [this](Piece piece) {
      take_in(std::move(piece));
      return Appetite::more;
    };
    orders.report = [this] {
      const auto done = played_.load();
      if (audience_.progress && done != std::exchange(reported_, done)) {
        audience_.progress(done, design_.points.size() * plan_.replications);
      }
    };
    const auto failure = Crew<Piece>(std::move(orders)).work();
    try {
      if (failure) std::rethrow_exception(failure);
      if (results_.points < design_.points.size()) results_.ending = Ending::interrupted;
    } catch (PointFailed& one) {
      results_.ending = Ending::failed;
      results_.failure = std::move(one.failure);
    }
    return std::move(results_);
  }

 private:
  std::uint64_t pieces_of_point() const {
    return (plan_.replications + piece_size - 1) / piece_size;
  }

  Piece play(std::uint64_t index, const std::function<bool()>& idle) {
    Piece piece;
    piece.place = index / pieces_of_point();
    piece.begin = index % pieces_of_point() * piece_size;
    const Point& point = design_.points[piece.place];
    const auto end = std::min(piece.begin + piece_size, plan_.replications);
    auto replication = first_of(plan_, point) + piece.begin;
    try {
      const auto loaded = scenario_.at(point.values);
      const model::Player player(loaded);
      const auto places = places_of(player.columns());
      for (auto i = piece.begin; i < end && !idle(); ++i, ++replication) {
        const auto played = player.play({plan_.seed, replication});
        auto& row = piece.rows.emplace_back(plan_.columns.size(), model::absent);
        for (std::size_t c = 0; c < places.size(); ++c) row[places[c]] = played.row[c];
        ++played_;
      }
    } catch (const std::exception& error) {
      throw failed(point, replication, error.what());
    } catch (...) {
      throw failed(point, replication, "unknown error");
    }
    return piece;
  }

  std::vector<std::size_t> places_of(const std::vector<model::Column>& columns) const {
    std::vector<std::size_t> places;
    for (const auto& column : columns) {
      const auto found = column_places_.find(column.id);
      TRUCE_EXPECT(found != column_places_.end(), "the points were looked at before");
      places.push_back(found->second);
    }
    return places;
  }

  PointFailed failed(const Point& point, std::uint64_t replication, const std::string& what) const {
    return {{replication, what + "\n  point " + std::to_string(point.number) + ": " +
                              printable(text_of(point, factors_), 1000) +
                              "\n  seed: " + std::to_string(plan_.seed) + ", replication: " +
                              std::to_string(replication) + "\n  replay: " + plan_.command(point) +
                              " --seed " + std::to_string(plan_.seed) + " --first " +
                              std::to_string(replication) + " --replications 1"}};
  }

  void take_in(Piece piece) {
    const Point& point = design_.points[piece.place];
    for (auto& row : piece.rows) rows_.push_back(std::move(row));
    if (piece.begin + piece_size < plan_.replications) return;
    PointSample sample(plan_.columns.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      sample.add(rows_[i]);
      if (audience_.row) audience_.row(point, first_of(plan_, point) + i, rows_[i]);
    }
    if (audience_.point) audience_.point(point, sample.moments());
    rows_.clear();
    ++results_.points;
  }

  const SweepPlan& plan_;
  const Design& design_;
  std::span<const Factor> factors_;
  const StudyScenario& scenario_;
  const SweepAudience& audience_;
  std::map<std::string, std::size_t, std::less<>> column_places_;
  std::atomic<std::uint64_t> played_{0};
  std::uint64_t reported_ = std::numeric_limits<std::uint64_t>::max();
  std::vector<std::vector<double>> rows_;  ///< of the point that is not whole yet
  SweepResults results_;
};

}  // namespace

std::vector<model::Column> check_points(const Design& design, std::span<const Factor> factors,
                                        const StudyScenario& scenario, unsigned threads) {
  std::vector<model::Column> columns;
  std::map<std::string, std::size_t, std::less<>> seen;
  PointProblems problems;
  Crew<Looked>::Orders orders;
  orders.pieces = design.points.size();
  orders.threads = threads;
  orders.make = [&](std::uint64_t index, const std::function<bool()>&) {
    Looked looked;
    looked.place = index;
    try {
      looked.columns = model::columns_of(scenario.at(design.points[index].values));
    } catch (const ScenarioError& error) {
      looked.problems = error.problems();
    }
    return looked;
  };
  orders.take = [&](Looked looked) {
    problems.add(design.points[looked.place], factors, std::move(looked.problems));
    for (auto& column : looked.columns) {
      if (seen.emplace(column.id, columns.size()).second) columns.push_back(std::move(column));
    }
    return Appetite::more;
  };
  orders.report = [] {};
  if (const auto failure = Crew<Looked>(std::move(orders)).work()) std::rethrow_exception(failure);
  problems.raise();
  return columns;
}

SweepResults sweep(const SweepPlan& plan, const Design& design, std::span<const Factor> factors,
                   const StudyScenario& scenario, const SweepAudience& audience) {
  TRUCE_EXPECT(!design.points.empty() && plan.replications > 0 && plan.threads > 0,
               "a sweep has points and replications");
  return SweepRun(plan, design, factors, scenario, audience).play_all();
}

Effort effort_of(const SweepPlan& plan, const Design& design, const Pilot& pilot,
                 double point_bytes, const Machine& machine) {
  const auto points = static_cast<double>(design.points.size());
  const auto replications = points * static_cast<double>(plan.replications);
  const auto columns = static_cast<double>(plan.columns.size());
  const auto at_a_time = static_cast<double>(std::max(1u, std::min(plan.threads, machine.cores)));
  const double under_way = static_cast<double>(blocks_ahead(plan.threads) * piece_size);
  Effort effort;
  effort.seconds = replications * pilot.seconds / at_a_time;
  effort.disk_bytes = replications * pilot.row_bytes + points * point_bytes;
  effort.memory_bytes =
      pilot.resident_bytes +
      sizeof(double) * columns * (static_cast<double>(plan.replications) + under_way);
  return effort;
}

}  // namespace truce::experiment
