// SPDX-License-Identifier: Apache-2.0
#include "sim/model/climate.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/random/distribution.hpp"

namespace truce::model {

Climate::Climate(Stage& stage) : stage_(stage) {
  for (const auto& name : stage.theatre.regions) {
    Region region;
    region.climate = random::Source(name, purpose::climate);
    region.weather = random::Source(name, purpose::weather);
    regions_.push_back(region);
  }
}

void Climate::on(const CeasefireTakesEffect&) {
  if (!stage_.theatre.climate) return;
  auto stream = stage_.theatre.climate->regime.at(stage_.key, regimes_entered_);
  enter(RegimeId{stage_.theatre.climate->start(stream.uniform())});
}

void Climate::on(const RegimeChanges&) {
  const ClimatePlan& plan = *stage_.theatre.climate;
  auto stream = plan.regime.at(stage_.key, regimes_entered_);
  enter(RegimeId{plan.regimes[regime_].next(stream.uniform())});
}

// The second draw of a regime's stream is its stay.
void Climate::enter(RegimeId regime) {
  const ClimatePlan& plan = *stage_.theatre.climate;
  auto stream = plan.regime.at(stage_.key, regimes_entered_);
  stream.uniform();
  ++regimes_entered_;
  regime_ = regime;
  entered_ = stage_.now;
  const double mean_stay = plan.regimes[regime].mean_stay;
  if (mean_stay <= 0) return;
  stage_.in_days_from_now(-mean_stay * std::log(stream.uniform()), RegimeChanges{});
}

void Climate::new_day(std::size_t day) {
  draw_day(day);
}

void Climate::draw_day(std::size_t day) {
  const auto step = [&](double before, double persistence, const random::Source& source) {
    auto stream = source.at(stage_.key, day);
    const double noise = random::normal_quantile(stream.uniform());
    if (day == 0) return noise;
    return persistence * before + std::sqrt(1 - persistence * persistence) * noise;
  };
  for (auto& region : regions_) {
    if (stage_.theatre.climate && stage_.theatre.climate->sigma > 0) {
      region.z = step(region.z, stage_.theatre.climate->persistence, region.climate);
    }
    if (!stage_.theatre.environment) continue;
    const double share = bad_share(day);
    region.w = step(region.w, stage_.theatre.environment->persistence, region.weather);
    region.bad_weather = share >= 1 || (share > 0 && region.w < random::normal_quantile(share));
  }
}

// A cosine over the year between mid-January and mid-July.
double Climate::bad_share(std::size_t day) const {
  const auto& plan = *stage_.theatre.environment;
  const auto date = stage_.theatre.start + std::chrono::days{day};
  const std::chrono::year_month_day calendar{date};
  const auto mid_january =
      std::chrono::sys_days{calendar.year() / std::chrono::January / std::chrono::day{15}};
  const double since = static_cast<double>((date - mid_january).count());
  const double winter = (1 + std::cos(2 * std::numbers::pi * since / days_per_year)) / 2;
  return plan.bad_summer + (plan.bad_winter - plan.bad_summer) * winter;
}

double Climate::factor(std::size_t region) const {
  if (!stage_.theatre.climate || !regime_) return 1.0;
  const ClimatePlan& plan = *stage_.theatre.climate;
  const RegimePlan& regime = plan.regimes[regime_];
  const double eroded = std::min(
      regime.ceiling, regime.multiplier * std::exp(regime.growth * in_days(stage_.now - entered_)));
  return eroded * std::exp(plan.sigma * regions_[region].z - plan.sigma * plan.sigma / 2);
}

}  // namespace truce::model
