// SPDX-License-Identifier: Apache-2.0
// Scenarios that are compared: what plays them, whether they can be compared, and results of them
// that are there already.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/scenario/read.hpp"

#include "sim/model/player.hpp"

#include "sim/experiment/comparison.hpp"

#include "sim/report/comparison_files.hpp"
#include "sim/report/stored.hpp"

#include "sim/cli/campaign.hpp"
#include "sim/cli/options.hpp"

namespace truce::cli {

/// A scenario that is compared, with what plays it.
struct Entry {
  Entry(std::string called, std::string from, scenario::Loaded read)
      : name(std::move(called)), file(std::move(from)), loaded(std::move(read)), player(loaded) {}

  std::string name;
  std::string file;
  scenario::Loaded loaded;
  model::Player player;
};

/// Throws ScenarioError if two scenarios are not of the same span of time.
void check_comparable(const Entry& base, const Entry& other);

/// What is noted of each: title, file, and in what it differs from the first.
std::vector<report::ContenderNote> notes_of(const std::deque<Entry>& entries);
std::vector<experiment::Contender> contenders_of(const std::deque<Entry>& entries);

/// What is asked of results of these. Throws what read_asked() throws, and UsageError for what-ifs
/// that are not there.
Asked read_asked_between(const CampaignOptions& options,
                         std::span<const experiment::Contender> contenders);

/// Results that are there already, read side by side.
class Shelf {
 public:
  explicit Shelf(std::span<const std::filesystem::path> folders) {
    for (const auto& folder : folders) stored_.emplace_back(folder);
  }

  const std::deque<report::Stored>& stored() const { return stored_; }
  /// What plays them. Throws ScenarioError if they are not comparable or not on the same luck.
  std::deque<Entry> entries(std::span<const std::string> names) const;

  /// Gives up to `most` replications of all to `take(replication, rows)`, one after another.
  template <class Take>
  void read(std::span<const experiment::Contender> contenders, std::uint64_t most,
            Take take) const {
    std::deque<report::StoredRows> all;
    for (std::size_t i = 0; i < stored_.size(); ++i) {
      all.emplace_back(stored_[i], contenders[i].columns);
    }
    std::vector<std::span<const double>> rows(all.size());
    for (std::uint64_t n = 0; n < most; ++n) {
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (!all[i].next()) return;
        rows[i] = all[i].values();
      }
      take(all.front().replication(), rows);
    }
  }

 private:
  std::deque<report::Stored> stored_;
};

}  // namespace truce::cli
