// SPDX-License-Identifier: Apache-2.0
// truce schema: the scenario format, for editors as JSON Schema or for people as a page of tables.
#include "sim/scenario/schema.hpp"

#include "sim/cli/commands.hpp"
#include "sim/cli/console.hpp"

namespace truce::cli {

ExitCode schema(const Arguments& arguments) {
  const auto format = read_schema_options(arguments);
  if (!format) {
    say(schema_help());
  } else if (*format == SchemaFormat::markdown) {
    say(scenario::reference_page());
  } else {
    say(scenario::json_schema());
  }
  return ExitCode::done;
}

}  // namespace truce::cli
