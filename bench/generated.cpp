// SPDX-License-Identifier: Apache-2.0
#include "bench/generated.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>
#include <sstream>

namespace truce::bench {
namespace {

constexpr double kilometres_per_sector = 10.0;
constexpr double degrees_per_sector = 0.1;  // of latitude, with its bends
constexpr std::int64_t sectors_per_column = 200;
constexpr std::int64_t sectors_per_region = 100;
/// Incidents bred by one, itself included: 1 / (1 - branching - spill).
constexpr double cluster = 1.0 / (1.0 - 0.3 - 0.1);
constexpr double team_days_per_incident = 0.5;
constexpr double desk_days_per_incident = 0.04;
constexpr std::int64_t team_size = 6;

/// The line is folded into columns from south to north, a degree of longitude apart.
struct Point {
  double latitude;
  double longitude;
};
Point end_of_sector(std::int64_t sector) {
  const std::int64_t column = sector / sectors_per_column;
  const std::int64_t row = sector % sectors_per_column;
  return {40.0 + degrees_per_sector * static_cast<double>(row),
          static_cast<double>(column % 300) - 100.0};
}

std::string at(Point point) {
  std::ostringstream text;
  text << '[' << point.latitude << ", " << point.longitude << ']';
  return std::move(text).str();
}

/// Entity `i` of `n` in proportion on `m` others.
std::int64_t share(std::int64_t i, std::int64_t n, std::int64_t m) {
  return i * m / n;
}

class Writer {
 public:
  explicit Writer(const Sizes& sizes)
      : size_(sizes), incidents_(sizes.incidents_per_day * cluster) {
    // What one cell needs for its part of the incidents, and a little over.
    teams_ = std::clamp<std::int64_t>(
        std::llround(std::ceil(incidents_ * team_days_per_incident / cells())), 2, 10'000);
    troops_ = 1.2 * static_cast<double>(teams_ * team_size) * cells();
    // All troops of a hub can come within some days, whatever their number.
    capacity_ = std::llround(std::max(4000.0, 2 * troops_ / static_cast<double>(size_.hubs) / 3));
  }

  std::string write() {
    head();
    places_and_routes();
    hubs();
    contributors();
    line();
    monitoring();
    politics();
    return std::move(text_).str();
  }

 private:
  double cells() const { return static_cast<double>(size_.cells); }

  void head() {
    text_ << "# SPDX-License-Identifier: Apache-2.0\n"
             "# Generated for measurements of growth: "
          << size_.sectors << " sectors, " << size_.incidents_per_day << " incidents a day, "
          << size_.contributors << " contributors,\n# " << size_.contingents << " contingents, "
          << size_.cells << " cells, " << size_.hubs << " hubs, " << size_.days << " days, "
          << size_.kinds_of_sensors
          << " kinds of sensors.\n"
             "# All numbers are assumptions: placeholders that keep load, travel and reach in "
             "proportion to the sizes.\n\n"
             "truce: 1\nname: Generated\nstart: 2026-07-01\nhorizon: "
          << size_.days
          << " days\nnote: \"assumption: placeholders throughout, generated for measurements\"\n"
             "ceasefire: {takes_effect: 2026-07-02}\n"
             "facts:\n  backing: {probability: 0.5}\n";
  }

  /// Every hub has a gate behind it, and every contributor a garrison with a leg to one gate.
  void places_and_routes() {
    text_ << "places:\n";
    for (std::int64_t h = 0; h != size_.hubs; ++h) {
      Point near =
          end_of_sector(share(h, size_.hubs, size_.sectors) + size_.sectors / (2 * size_.hubs));
      near.longitude -= 0.5;
      text_ << "  town" << h << ": {at: " << at(near) << ", country: UA}\n";
      near.longitude -= 3.0;
      text_ << "  gate" << h << ": {at: " << at(near) << ", country: PL}\n";
    }
    for (std::int64_t c = 0; c != size_.contributors; ++c) {
      text_ << "  garrison" << c << ": {at: [" << 35 + c % 30 << ", " << -10 + c % 23
            << "], country: FR}\n";
    }
    text_ << "routes:\n";
    for (std::int64_t h = 0; h != size_.hubs; ++h) {
      text_ << "  road" << h << ": {from: gate" << h << ", to: town" << h
            << ", time: {triangular: [12 h, 1 day, 2 days]}, capacity: " << capacity_
            << " troops/day}\n";
      if (size_.hubs > 1) {  // from each hub on to the next, so that a pledge can serve both
        text_ << "  on" << h << ": {from: town" << h << ", to: town" << (h + 1) % size_.hubs
              << ", by: rail, time: 1 day, capacity: " << capacity_ << " troops/day}\n";
      }
    }
    for (std::int64_t c = 0; c != size_.contributors; ++c) {
      text_ << "  way" << c << ": {from: garrison" << c << ", to: gate" << hub_of(c)
            << ", by: rail, time: {gamma: {mean: 2 days, cv: 0.4}}, capacity: " << capacity_
            << " troops/day}\n";
    }
  }

  std::int64_t hub_of(std::int64_t contributor) const {
    return share(contributor, size_.contributors, size_.hubs);
  }

  void hubs() {
    text_ << "hubs:\n";
    for (std::int64_t h = 0; h != size_.hubs; ++h) {
      text_ << "  hub" << h << ": {place: town" << h
            << ", opens_after: {gamma: {mean: 3 days, cv: 0.3}}, reception: " << 2 * capacity_
            << " troops/day, supply: {per_head: 0.03 t/troop/day, convoys: " << capacity_
            << " t/day, every: 3 days, stock: 10 days}, store: {capacity: 2000 t, hardness: 0.5, "
               "deliveries: 20 t/day, releases: 10 "
               "t/day}, attacks: {rate: 0.5 /year, repair: {gamma: {mean: 3 days, cv: 0.5}}}}\n";
    }
  }

  /// Two pledges each: monitors for all teams and a fifth more, and a reserve of the same number.
  void contributors() {
    text_ << "contributors:\n";
    const std::int64_t pledges = 2 * size_.contributors;
    const std::int64_t troops =
        std::llround(std::ceil(troops_ / static_cast<double>(size_.contributors)));
    for (std::int64_t c = 0; c != size_.contributors; ++c) {
      text_ << "  nation" << c << ":\n    pledges:\n";
      for (const std::int64_t kind : {0, 1}) {
        // Contingents that do not come out even go to the first pledges.
        const std::int64_t number = 2 * c + kind;
        const std::int64_t parts = std::max<std::int64_t>(
            1, size_.contingents / pledges + (number < size_.contingents % pledges ? 1 : 0));
        text_ << "      " << (kind == 0 ? "monitors" : "reserve")
              << ": {function: " << (kind == 0 ? "monitoring" : "reassurance")
              << ", troops: " << std::max(troops, parts) << " troops, from: garrison" << c
              << ", hubs: [hub" << hub_of(c);
        if (size_.hubs > 1) text_ << ", hub" << (hub_of(c) + 1) % size_.hubs;
        text_ << "], contingents: " << parts
              << ", notice_to_move: {lognormal: {median: 3 days, p95: 8 days}}, tour: {gamma: "
                 "{mean: 30 days, cv: 0.1}}, tour_extension: {uniform: [5 days, 15 days]}, dwell: "
                 "60 days, pool: 3";
        if (c % 4 == 0) {
          text_ << ", conditions: {approvals: {parliament: {probability: 0.9, delay: {gamma: "
                   "{mean: 5 days, cv: 0.5}}}}}";
        }
        text_ << "}\n";
      }
    }
  }

  void line() {
    text_
        << "incident_types:\n"
           "  shooting: {share: 0.80, grade: minor, evidence_half_life: 3 days, violations: "
           "{negative_binomial: {mean: 5, dispersion: 0.8}}}\n"
           "  shelling: {share: 0.19, weight: 1.5, grade: serious, evidence_half_life: 5 days, "
           "violations: {negative_binomial: {mean: 12, dispersion: 1.2}}, harm: {poisson: 0.2}}\n"
           "  assault: {share: 0.01, weight: 3, grade: grave, evidence_half_life: 8 days, crisis: "
           "0.01, harm: {poisson: 1.5}}\nsectors:\n";
    const double rate = size_.incidents_per_day / static_cast<double>(size_.sectors);
    for (std::int64_t s = 0; s != size_.sectors; ++s) {
      const Point from = end_of_sector(s);
      const Point to{from.latitude + degrees_per_sector, from.longitude};
      text_ << "  sector" << s << ": {from: " << at(from) << ", to: " << at(to)
            << ", length: " << kilometres_per_sector << " km, incidents: {rate: " << rate
            << " /day, branching: 0.3, decay: 0.5 /day}, access_denied: 0.1, region: region"
            << s / sectors_per_region;
      if (size_.sectors > 1) {
        text_ << ", spills_into: {sector" << (s + 1) % size_.sectors << ": 0.1}";
      }
      text_ << "}\n";
    }
    text_
        << "deterrence:\n"
           "  monitoring: {effect: 0.1, half_effect_at: 5 troops/km, reach: 150 km}\n"
           "  reassurance: {effect: 0.2, half_effect_at: 10 troops/km, reach: 150 km}\n"
           "climate:\n  regimes:\n"
           "    calm: {multiplier: 0.9, growth: 0.001 /day, ceiling: 2, mean_stay: 120 days, next: "
           "{tense: 1}}\n"
           "    tense: {multiplier: 1.3, mean_stay: 60 days, next: {calm: 1}}\n"
           "  start: {calm: 0.7, tense: 0.3}\n  daily_sd: 0.4\n  daily_persistence: 0.5\n"
           // No breakdown becomes a collapse: a replication must reach its horizon.
           "crisis: {patience: {lognormal: {median: 3 days, p95: 8 days}}, defusal: 0.7, "
           "breakdown_lasts: {gamma: {mean: 5 days, cv: 0.5}}, breakdown_rate: 1.5, spread: 0, "
           "collapse_rate: 3}\n"
           "environment: {bad_weather_winter: 0.4, bad_weather_summer: 0.1, weather_persistence: "
           "0.6, jamming: 0.2}\n"
           "allegations: {true_share: 0.05, delay: {lognormal: {median: 12 h, p95: 72 h}}, "
           "false_rate: "
        << incidents_ / 20 << " /day}\n";
  }

  void monitoring() {
    // Cells that share a sector share the watch over it too.
    const double per_cell = static_cast<double>(size_.sectors) / cells() * kilometres_per_sector;
    text_ << "sensors:\n";
    for (std::int64_t k = 0; k != size_.kinds_of_sensors; ++k) {
      const bool carried = k % 3 == 2;
      // All kinds together cover most of the line.
      const double swath = per_cell / 3.0 / static_cast<double>(carried ? teams_ : 4);
      text_ << "  sensor" << k << ": {" << (carried ? "carried_by: team, " : "")
            << "swath: " << swath
            << " km, detects: {shooting: 0.4, shelling: 0.7, assault: 0.9}, delay: {lognormal: "
               "{median: 1 h, p95: 6 h}}, at_night: 0.8, in_bad_weather: 0.7, when_jammed: 0.5";
      if (!carried) {
        text_ << ", time_to_failure: {weibull: {shape: 1.2, scale: 60 days}}, time_to_repair: "
                 "{gamma: {mean: 4 days, cv: 0.6}}";
      }
      text_ << "}\n";
    }
    text_ << "cells:\n";
    for (std::int64_t c = 0; c != size_.cells; ++c) {
      // More cells than sectors share them; fewer divide the line among them.
      const std::int64_t first = share(c, size_.cells, size_.sectors);
      const std::int64_t last = std::max(first + 1, share(c + 1, size_.cells, size_.sectors));
      text_ << "  cell" << c << ": {hub: hub" << share(c, size_.cells, size_.hubs)
            << ", watches: [";
      for (std::int64_t s = first; s != last; ++s)
        text_ << (s == first ? "" : ", ") << "sector" << s;
      text_ << "], teams: " << teams_ << ", team_size: " << team_size << " troops, sensors: {";
      for (std::int64_t k = 0; k != size_.kinds_of_sensors; ++k) {
        text_ << (k == 0 ? "" : ", ") << "sensor" << k << ": " << (k % 3 == 2 ? 1 : 4);
      }
      text_ << "}, ready_after: {uniform: [1 day, 3 days]}}\n";
    }
    text_
        << "verification: {work: {gamma: {mean: 8 h, cv: 0.5}}, analysis: 12 h, expires_after: 14 "
           "days, access_retry_after: {lognormal: {median: 24 h, p95: 72 h}}, access_retries: 2, "
           "attribution: {in_country: 0.6, neighbouring: 0.4, remote: 0.3}}\n";
  }

  void politics() {
    const auto desks = std::clamp<std::int64_t>(
        std::llround(std::ceil(incidents_ * desk_days_per_incident)), 2, 10'000);
    text_ << "coordination:\n  desks: " << desks
          << "\n  work: {gamma: {mean: 1 h, cv: 0.8}}\n"
             "  members:\n"
             "    first: {response: {lognormal: {median: 6 h, p95: 24 h}}}\n"
             "    second: {response: {lognormal: {median: 3 h, p95: 10 h}}}\n"
             "  answers:\n"
             "    warning: {within: 24 h, delay: {lognormal: {median: 2 h, p95: 8 h}}, removes: "
             "0.2}\n"
             "    detachment: {within: 72 h, delay: 8 h, troops: 50 troops, detached: 5 days, "
             "removes: 0.4}\n"
             "layers:\n"
             "  watch: {trigger: ceasefire, effects: {crisis.defusal: {plus: 0.05}}}\n"
             "  winter_stock: {trigger: ceasefire, needs: [backing], stock: 500 t, while_stocked: "
             "{crisis.patience: {times: 1.1}}}\n"
             "shocks:\n"
             "  unrest: {rate: 1 /year, lasts: {gamma: {mean: 20 days, cv: 0.5}}, effects: "
             "{sectors.*.incidents.rate: {times: 1.5}, verification.speed: {times: 0.8}}}\n"
             "costs:\n  troops:\n"
             "    monitoring: {in_place: 400 EUR/troop/day, movement: 2 kEUR/troop}\n"
             "    reassurance: {in_place: 200 EUR/troop/day, movement: 5 kEUR/troop}\n"
             "  hub_building: 20 MEUR\n  supply: 400 EUR/t\n"
             "capability:\n  initial: {teams: 0.3, coverage: 0.3}\n"
             "  full: {teams: 0.8, coverage: 0.6}\n"
             "experiment: {replications: 10, seed: 1}\n"
             "lint: {silence: [pool-too-small]}\n";
  }

  const Sizes& size_;
  double incidents_;           ///< a day, follow-ups included
  std::int64_t teams_ = 0;     ///< of each cell
  double troops_ = 0.0;        ///< monitors of all contributors
  std::int64_t capacity_ = 0;  ///< of a road [troops/day]
  std::ostringstream text_;
};

}  // namespace

Sizes Sizes::continental() {
  Sizes sizes;
  sizes.sectors = 10'000;
  sizes.incidents_per_day = 1000;
  sizes.contributors = 500;
  sizes.contingents = 2000;
  sizes.cells = 2000;
  sizes.hubs = 200;
  return sizes;
}

Sizes Sizes::of_5000_entries() {
  Sizes sizes;
  sizes.sectors = 967;
  sizes.contributors = 610;
  sizes.contingents = 1220;
  sizes.cells = 480;
  sizes.hubs = 100;
  return sizes;
}

void set_size(Sizes& sizes, std::string_view name, std::int64_t value) {
  if (name == "sectors") sizes.sectors = value;
  if (name == "incidents") sizes.incidents_per_day = static_cast<double>(value);
  if (name == "contributors") sizes.contributors = value;
  if (name == "contingents") sizes.contingents = value;
  if (name == "cells") sizes.cells = value;
  if (name == "hubs") sizes.hubs = value;
  if (name == "days") sizes.days = value;
  if (name == "sensors") sizes.kinds_of_sensors = value;
}

std::string scenario_text(const Sizes& sizes) {
  return Writer(sizes).write();
}

}  // namespace truce::bench
