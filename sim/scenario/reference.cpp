// SPDX-License-Identifier: Apache-2.0
// The scenario format as a page of tables: a visitor of the descriptions.
#include "sim/scenario/schema.hpp"
namespace truce::scenario {
std::string reference_page() { return ""; }
}  // namespace truce::scenario
