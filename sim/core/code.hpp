// SPDX-License-Identifier: Apache-2.0
// Every kind of mistake has a code that stays the same from version to version, a name, and a text
// that explains it: `truce explain T0101`. Numbers are never used again for something else.
//
// T00.. reading text, T01.. structure, T02.. single values, T03.. between sections, T04.. files
// that extend each other and changes from the command line, T05.. parameters, T06.. the command
// line, T07.. studies; W.. are warnings, which can be silenced by their name.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace truce {

enum class Code : std::uint8_t {
  // Text
  not_yaml,
  not_utf8,
  duplicate_key,
  merge_key,
  unknown_tag,
  too_deep,
  too_large,
  second_document,
  endless_alias,
  bad_key,
  // Structure
  unknown_key,
  missing_key,
  wrong_shape,
  bad_name,
  // Single values
  not_a_number,
  unknown_unit,
  wrong_unit,
  out_of_range,
  not_a_choice,
  not_a_date,
  not_a_distribution,
  bad_distribution,
  range_of_distribution,
  not_true_or_false,
  not_whole,
  not_a_point,
  not_an_effect,
  empty_text,
  bad_table,
  // Between sections
  no_such_entity,
  no_such_quantity,
  wrong_unit_of_effect,
  unreachable_hub,
  broken_route,
  unusable_pledge,
  waits_for_itself,
  explosive_branching,
  named_twice,
  nothing_left,
  not_counted_in_whole,
  missing_section,
  belong_together,
  impossible_order,
  // Files that extend each other, changes
  extends_itself,
  long_chain,
  missing_file,
  outside_folder,
  nothing_to_remove,
  needed_by_all,
  no_value,
  looks_like_a_slip,
  changes_nothing,
  bad_path,
  bad_assignment,
  no_such_variation,
  // Parameters
  no_such_parameter,
  bad_expression,
  parameter_cycle,
  not_per_replication,
  bad_correlation,
  impossible_correlations,
  // Command line
  bad_option,
  run_too_large,
  not_comparable,
  // Studies
  bad_factor,
  bad_design,
  bad_condition,
  nothing_satisfies,
  bad_design_table,
  not_a_study,
  // Warnings
  unwatched_sector,
  hub_never_opens,
  too_few_beds,
  pledge_too_late,
  pool_too_small,
  slow_reception,
  unused_parameter,
  unlikely_range,
  blind_sensor,
  absent_member,
  unknown_warning,
  undocumented_factor,
  points_left_out,
  correlation_left_out
};

enum class Severity : std::uint8_t { error, warning };

/// What a code stands for.
struct CodeText {
  Code code;
  std::string_view id;     ///< "T0101", "W0001"
  std::string_view name;   ///< "unknown-key"
  std::string_view title;  ///< in a few words
  std::string_view text;   ///< what it means, why it is refused, and what to do
};

/// All codes, in the order of Code.
std::span<const CodeText> codes();
const CodeText& text_of(Code code);
Severity severity_of(Code code);
/// By id or name, upper or lower case.
std::optional<Code> find_code(std::string_view id_or_name);

}  // namespace truce
