// SPDX-License-Identifier: Apache-2.0
#include "sim/model/cases.hpp"

#include <algorithm>

#include "sim/core/contract.hpp"

namespace truce::model {

CaseId Cases::open(const Case& incident) {
  if (free_.empty()) return cases_.push_back(incident);
  const CaseId id = free_.back();
  free_.pop_back();
  cases_[id] = incident;
  return id;
}

void Cases::close(CaseId id) {
  cases_[id].state = CaseState::closed;
  free_.push_back(id);
}

std::size_t Cases::count(CaseState state) const {
  return static_cast<std::size_t>(
      std::count_if(cases_.begin(), cases_.end(),
                    [state](const Case& incident) { return incident.state == state; }));
}

void CaseLine::join(Cases& cases, CaseId id) {
  Ends& ends = by_grade_[static_cast<std::size_t>(cases[id].grade)];
  cases[id].next = CaseId{};
  cases[id].previous = ends.last;
  (ends.last ? cases[ends.last].next : ends.first) = id;
  ends.last = id;
  ++size_;
}

void CaseLine::leave(Cases& cases, CaseId id) {
  Ends& ends = by_grade_[static_cast<std::size_t>(cases[id].grade)];
  const Case& leaving = cases[id];
  (leaving.previous ? cases[leaving.previous].next : ends.first) = leaving.next;
  (leaving.next ? cases[leaving.next].previous : ends.last) = leaving.previous;
  --size_;
}

CaseId CaseLine::front() const {
  for (std::size_t grade = by_grade_.size(); grade-- > 0;) {
    if (by_grade_[grade].first) return by_grade_[grade].first;
  }
  TRUCE_EXPECT(false, "an empty line has no next case");
  return {};
}

}  // namespace truce::model
