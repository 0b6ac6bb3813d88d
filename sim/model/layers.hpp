// SPDX-License-Identifier: Apache-2.0
// Layers of security assurances and political shocks: when they come into force and for how long.
//
// A layer waits for its trigger; if the facts that it needs hold, it becomes active after its delay
// and stays so for a time or for good. A trigger that comes while it is active or on its way does
// nothing. Its activation may trigger other layers. Some of its effects may ask for a stock in the
// hubs' stores: they are in force while the layer is active and the stores hold so much.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "sim/model/level.hpp"
#include "sim/model/outcome.hpp"
#include "sim/model/stage.hpp"

namespace truce::model {

/// Puts effects in force, for a number of days or until told; the occurrence.
using PutInForce = std::function<std::uint32_t(const EffectsPlan&, std::optional<double> days)>;
/// Ends the effects of an occurrence.
using EndEffects = std::function<void(std::uint32_t)>;

class Layers {
 public:
  Layers(Stage& stage, PutInForce put_in_force, EndEffects end_effects);

  void start();
  void trigger(scenario::Trigger::Kind kind);
  void on(const LayerIsTriggered& event) { begin(event.layer); }
  void on(const LayerActivates&);
  void on(const LayerEnds&);
  /// What the stores hold together [t].
  void set_stock(double tonnes);

  bool active(LayerId id) const { return layers_[id].active.current() > 0; }
  void begin_means();
  void report(Outcome& outcome, Time until) const;

 private:
  struct Layer {
    bool on_its_way = false;
    std::uint64_t activations = 0;
    Level active;
    Level stocked;
    std::uint32_t stocked_effects = 0;  ///< occurrence, while stocked
  };
  void begin(LayerId id);
  void settle_stock(LayerId id);

  Stage& stage_;
  PutInForce put_in_force_;
  EndEffects end_effects_;
  IdVector<scenario::LayerSpec, Layer> layers_;
  double stock_ = 0.0;
};

class Shocks {
 public:
  Shocks(Stage& stage, PutInForce put_in_force);

  void start();
  void on(const CeasefireTakesEffect&);
  /// Whether the shock really comes; its effects are then in force, its absences begin.
  bool on(const ShockStrikes&);
  double strikes() const { return strikes_; }

 private:
  void schedule_recurrence(ShockId id, std::uint32_t number);

  Stage& stage_;
  PutInForce put_in_force_;
  IdVector<scenario::ShockSpec, Time> until_;  ///< in force
  double strikes_ = 0.0;
};

}  // namespace truce::model
