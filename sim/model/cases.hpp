// SPDX-License-Identifier: Apache-2.0
// Cases: incidents as the mechanism handles them, and the lines in which they wait.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/model/events.hpp"

namespace truce::model {

/// Where a case is on its way from detection to a desk.
enum class CaseState : std::uint8_t {
  undetected,  ///< seen by a sensor, not yet reported
  queued,      ///< waits for a team
  away,        ///< turned back, waits to be tried again
  begun,       ///< a team travels to it or works on it
  verified,    ///< waits for a desk, is at one, or waits for a decision or an answer
  closed,
};

/// One detected incident. Chance that belongs to it is keyed by its identity.
struct Case {
  std::uint64_t identity = 0;
  Time occurred;
  Time opened;
  Time begun;  ///< a team first set out
  Time verified;
  Time seen = never;  ///< a sensor's report, be it after the case was opened by an allegation
  double violations = 0.0;
  double place = 0.0;        ///< share of the way along the sector
  double attribution = 0.0;  ///< uniform; compared with the chance of attribution, then 0 or 1
  double crisis = 0.0;       ///< uniform; compared with the chance of starting a crisis
  double expires_on = 0.0;   ///< [days since the start]
  double distance = 0.0;     ///< to the hub of its cell, if that is in the country [km]
  SectorId sector;
  TypeId type;
  CellId cell;  ///< responsible for it
  scenario::Grade grade = scenario::Grade::minor;
  CaseState state = CaseState::undetected;
  bool alleged = false;      ///< opened by an allegation, not by a sensor
  bool false_claim = false;  ///< nothing happened
  AnswerId answer;           ///< rung to be given
  std::uint32_t attempts = 0;
  Handle expiry;
  CaseId next;  ///< in its line
  CaseId previous;
};

/// Cases by id; places of closed cases are used again.
class Cases {
 public:
  CaseId open(const Case& incident);
  void close(CaseId id);
  Case& operator[](CaseId id) { return cases_[id]; }
  const Case& operator[](CaseId id) const { return cases_[id]; }
  /// Cases in a state. Takes time in proportion to all that were ever open at once.
  std::size_t count(CaseState state) const;

 private:
  IdVector<CaseTag, Case> cases_;
  std::vector<CaseId> free_;
};

/// A waiting line: grave before serious before minor, then first come first served. Joining,
/// leaving from anywhere and serving take constant time.
class CaseLine {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  void join(Cases& cases, CaseId id);
  void leave(Cases& cases, CaseId id);
  /// The case to be served next; the line must not be empty.
  CaseId front() const;

 private:
  struct Ends {
    CaseId first;
    CaseId last;
  };
  std::array<Ends, scenario::grade_count> by_grade_;
  std::size_t size_ = 0;
};

}  // namespace truce::model
