// SPDX-License-Identifier: Apache-2.0
// All that a sweep leaves behind, in one folder: points and replications as they come, the rest at
// the end.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "sim/scenario/study_scenario.hpp"

#include "sim/experiment/sweep.hpp"

#include "sim/report/companions.hpp"
#include "sim/report/csv.hpp"
#include "sim/report/folder.hpp"
#include "sim/report/manifest.hpp"
#include "sim/report/sweep_tables.hpp"

namespace truce::report {

class SweepFiles {
 public:
  /// Begins points.csv and replications.csv. Throws what Folder throws. All that it is given must
  /// outlive it.
  SweepFiles(const std::filesystem::path& target, Existing existing, const scenario::Study& study,
             const scenario::StudyScenario& scenario, const experiment::Design& design,
             const experiment::SweepPlan& plan, const Detail& detail, Companions companions = {});

  /// Adds a replication to replications.csv.
  void row(const experiment::Point& point, std::uint64_t replication,
           std::span<const double> values);
  /// Adds a point to points.csv.
  void point(const experiment::Point& point, std::span<const stats::Moments> moments);
  /// Writes all other files and gives the folder its name.
  void finish(const experiment::SweepResults& results, const RunRecord& record);
  /// The folder under its temporary name; leaves it there when the rest can't be written.
  const std::filesystem::path& leave();
  const std::filesystem::path& target() const { return folder_.target(); }

 private:
  std::string manifest(const experiment::SweepResults& results, const RunRecord& record,
                       std::span<const Written> files) const;

  Folder folder_;
  Companions companions_;
  const scenario::Study& study_;
  const scenario::StudyScenario& scenario_;
  const experiment::Design& design_;
  const experiment::SweepPlan& plan_;
  const Detail& detail_;
  Sheet points_sheet_;
  Sheet replications_sheet_;
  CsvWriter points_;
  CsvWriter replications_;
};

}  // namespace truce::report
