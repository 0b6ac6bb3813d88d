// SPDX-License-Identifier: Apache-2.0
// The codes of problems in words.
#include "sim/core/code.hpp"

#include <array>
#include <string>

#include "sim/core/text.hpp"

namespace truce {
namespace {

constexpr std::array texts{
    CodeText{Code::not_yaml, "T0001", "not-yaml", "the text is not YAML",
             "The file breaks the rules of YAML: an indentation that does not fit, a bracket or "
             "quotation mark that is not closed, a tab where spaces are needed. Nothing after that "
             "place can be trusted, so reading ends there."},
    CodeText{Code::not_utf8, "T0002", "not-utf8", "the text is not UTF-8",
             "Scenario files are UTF-8 text without control characters. Save the file as UTF-8 in "
             "your editor; a NUL byte usually means that it is no text at all."},
    CodeText{Code::duplicate_key, "T0003", "duplicate-key", "a key comes twice",
             "A key may stand once in a section. Which of the two values is meant can't be "
             "guessed: keep one."},
    CodeText{Code::merge_key, "T0004", "merge-key", "merge keys are not supported",
             "The merge key << was a draft for YAML 1.1 and is read differently by different "
             "programs. Use `extends:` for files, a variation for changes, or an alias for a whole "
             "value."},
    CodeText{Code::unknown_tag, "T0005", "unknown-tag", "a tag is not known",
             "Values need no tags such as !duration: the scenario format knows the type of each "
             "key."},
    CodeText{Code::too_deep, "T0006", "too-deep", "values are nested too deeply",
             "No scenario needs more than 64 levels; the text is damaged, or made to harm."},
    CodeText{Code::too_large, "T0007", "too-large", "the file is too large",
             "A scenario file may have 8 MiB, 500,000 values (copies made by aliases included), "
             "64 KiB in one value, and 1,000 variations."},
    CodeText{Code::second_document, "T0008", "second-document", "a second document follows",
             "A file holds one scenario. A line of three dashes, or a line that is not indented "
             "enough, begins a second document."},
    CodeText{Code::endless_alias, "T0009", "endless-alias", "an alias refers to itself",
             "An alias (*name) stands for a value that was complete before it."},
    CodeText{Code::bad_key, "T0010", "bad-key", "a key is no plain word",
             "Keys are words, not lists, mappings or empty text."},
    CodeText{Code::unknown_key, "T0101", "unknown-key", "a key is not known",
             "The section has no such key; it may be misspelt, or indented to the wrong level. "
             "Unknown keys are refused because a slip would otherwise go unnoticed."},
    CodeText{Code::missing_key, "T0102", "missing-key", "a key is missing",
             "The key has no default: nobody but the author can know the value."},
    CodeText{Code::wrong_shape, "T0103", "wrong-shape", "a value has the wrong shape",
             "A single value, a list and a section can't stand for each other."},
    CodeText{Code::bad_name, "T0104", "bad-name", "a name can't be used",
             "Names begin with a letter and hold letters, digits, _ and -, at most 64, so that "
             "they can stand in paths, columns and file names. Names such as sept1, mar-3 or true "
             "are none, since spreadsheets change them into dates and truth values."},
    CodeText{Code::not_a_number, "T0201", "not-a-number", "this is not a number",
             "A number is digits with a decimal point, possibly with an exponent and a unit: 12, "
             "0.5, 1e6, 20 days. Octal, hexadecimal and base-60 numbers, infinity and not-a-number "
             "are none."},
    CodeText{Code::unknown_unit, "T0202", "unknown-unit", "a unit is not known",
             "Units are case-sensitive: km, m, days, h, weeks, months, years, troops, kg, t, EUR, "
             "kEUR, MEUR, %, joined by /."},
    CodeText{Code::wrong_unit, "T0203", "wrong-unit", "the unit does not fit, or is missing",
             "Each quantity has one dimension, and a number with a dimension never stands without "
             "its unit: 20 could be hours or days."},
    CodeText{Code::out_of_range, "T0204", "out-of-range", "the value is out of range",
             "The value can't be meant: a chance above 1, a negative length."},
    CodeText{Code::not_a_choice, "T0205", "not-a-choice", "the word is not one of the choices",
             "The key takes one word of a list."},
    CodeText{Code::not_a_date, "T0206", "not-a-date", "this is not a date or time",
             "A date is year-month-day, such as 2026-07-01; a length of time is a number with its "
             "unit; some keys take `never`."},
    CodeText{Code::not_a_distribution, "T0207", "not-a-distribution", "this is not a distribution",
             "A distribution is a mapping with one key, its kind: {gamma: {mean: 20 days, cv: "
             "0.4}}."},
    CodeText{Code::bad_distribution, "T0208", "bad-distribution", "the distribution is not defined",
             "The parameters are not those of any form of this kind, or no distribution has them."},
    CodeText{Code::range_of_distribution, "T0209", "range-of-distribution",
             "the distribution leaves the range of its field",
             "With some luck it would yield a value that can't be meant. Choose another "
             "distribution, or truncate it with min and max."},
    CodeText{Code::not_true_or_false, "T0210", "not-true-or-false",
             "this is neither true nor false", "Write true or false."},
    CodeText{Code::not_whole, "T0211", "not-whole", "this is not a whole number",
             "What is counted has no fractions and no unit."},
    CodeText{Code::not_a_point, "T0212", "not-a-point", "this is not a point on the globe",
             "Write [latitude, longitude] in degrees, north and east positive."},
    CodeText{Code::not_an_effect, "T0213", "not-an-effect", "this is not an effect",
             "An effect is PATH: {times: number}, {plus: value} or {set: value}."},
    CodeText{Code::empty_text, "T0214", "empty-text", "the text is empty",
             "A name or text is needed here."},
    CodeText{Code::bad_table, "T0215", "bad-table", "the table can't be used",
             "The CSV file has no such column, or a cell in it is not a number. The first row "
             "holds the names of the columns; numbers have a decimal point."},
    CodeText{Code::no_such_entity, "T0301", "no-such-entity", "the name leads nowhere",
             "Sections refer to each other by name; nothing has this name."},
    CodeText{Code::no_such_quantity, "T0302", "no-such-quantity", "effects can't change this",
             "Effects act on the rates, capacities, times, chances and numbers that "
             "scenarios/README.md lists; the entity at the path must exist."},
    CodeText{Code::wrong_unit_of_effect, "T0303", "wrong-unit-of-effect",
             "the effect has the wrong unit",
             "A factor has no unit; what is added or set has that of the quantity."},
    CodeText{Code::unreachable_hub, "T0304", "unreachable-hub", "the hub can't be reached",
             "No chain of legs leads from where the troops set out to the hub's place. Legs are "
             "travelled in one direction."},
    CodeText{Code::broken_route, "T0305", "broken-route", "the route does not lead there",
             "The legs of a route follow one another from the pledge's place to its one usable "
             "hub."},
    CodeText{Code::unusable_pledge, "T0306", "unusable-pledge",
             "the pledge can't be used as written",
             "The pledge has no hub of its station, or a rotation pool without tours."},
    CodeText{Code::waits_for_itself, "T0307", "waits-for-itself", "it waits for itself",
             "Directly or through others it waits for what waits for it, and can never start."},
    CodeText{Code::explosive_branching, "T0308", "explosive-branching",
             "incidents breed more than they die out",
             "If an incident leads to one follow-up or more on average, the number of incidents "
             "grows without bound. The matrix of branching and spills_into must have a spectral "
             "radius below 1 (Hawkes and Oakes 1974)."},
    CodeText{Code::named_twice, "T0309", "named-twice", "something is named twice",
             "A list of names holds each once."},
    CodeText{Code::nothing_left, "T0310", "nothing-left", "nothing is left to choose from",
             "All shares or weights are 0, or a list is empty where one at least is needed."},
    CodeText{Code::not_counted_in_whole, "T0311", "not-counted-in-whole",
             "counts must be whole numbers",
             "People and shots are counted; use poisson, negative_binomial, binomial, discrete or "
             "a whole number."},
    CodeText{
        Code::missing_section, "T0312", "missing-section", "a section is missing",
        "What is written here acts through another section, which the scenario does not have."},
    CodeText{Code::belong_together, "T0313", "belong-together", "keys belong together",
             "These keys mean something only together, or exclude each other."},
    CodeText{Code::impossible_order, "T0314", "impossible-order",
             "the order in time or size is impossible",
             "Something ends before it begins, or a ceiling lies below what it limits."},
    CodeText{Code::extends_itself, "T0401", "extends-itself", "files extend each other in a ring",
             "Files extend each other in a line that ends at a whole scenario; this line comes "
             "back to where it was."},
    CodeText{Code::long_chain, "T0402", "long-chain", "too many files extend each other",
             "At most 16 files may extend each other."},
    CodeText{Code::missing_file, "T0403", "missing-file", "a file is missing",
             "The file that is named here can't be read; its path counts from the folder of the "
             "file that names it."},
    CodeText{Code::outside_folder, "T0404", "outside-folder",
             "the file lies outside the scenario's folder",
             "A scenario that was sent to you could read any file of this machine otherwise. Copy "
             "the file beside the scenario, or allow it with --allow-outside."},
    CodeText{Code::nothing_to_remove, "T0405", "nothing-to-remove", "there is nothing to remove",
             "~ removes what the extended scenario has; it has nothing of this name, so the change "
             "would be lost."},
    CodeText{Code::needed_by_all, "T0406", "needed-by-all", "this can't be removed",
             "Every scenario needs this key."},
    CodeText{Code::no_value, "T0407", "no-value", "a value is missing",
             "A key without a value changes nothing: write one, or ~ to remove what stands there."},
    CodeText{Code::looks_like_a_slip, "T0408", "looks-like-a-slip", "this name looks like a slip",
             "It is almost the name of something that is there, and does not bring all that "
             "something new would need."},
    CodeText{Code::changes_nothing, "T0409", "changes-nothing", "the change changes nothing",
             "An empty section leaves everything as it was."},
    CodeText{Code::bad_path, "T0410", "bad-path", "the path leads nowhere",
             "A path is made of the keys from the top, joined by dots; a step may be * for all "
             "entries; items of a list are counted from 0."},
    CodeText{Code::bad_assignment, "T0411", "bad-assignment", "this is not path=value",
             "A change on the command line is PATH=VALUE, with the value in YAML."},
    CodeText{Code::no_such_variation, "T0412", "no-such-variation", "there is no such variation",
             "The scenario has no variation of this name."},
    CodeText{Code::no_such_parameter, "T0501", "no-such-parameter", "there is no such parameter",
             "$name stands for a parameter in the section parameters."},
    CodeText{Code::bad_expression, "T0502", "bad-expression", "the expression can't be used",
             "$name stands alone, or in {times: [...]} or {plus: [...]} of numbers, quantities and "
             "parameters; the units must fit."},
    CodeText{Code::parameter_cycle, "T0503", "parameter-cycle", "parameters are made of each other",
             "A parameter may be made of others, as long as none comes back to itself."},
    CodeText{Code::not_per_replication, "T0504", "not-per-replication",
             "a value of the whole run can't be drawn",
             "Horizon, start, replications and seed are the same in all replications: only fixed "
             "and decision parameters can stand there."},
    CodeText{
        Code::bad_correlation, "T0505", "bad-correlation", "the correlation can't be used",
        "A correlation names two different parameters, once, and the rank correlation of their "
        "draws, between -1 and 1. It is of no effect on one that is not drawn."},
    CodeText{Code::impossible_correlations, "T0506", "impossible-correlations",
             "no distribution has these correlations",
             "The matrix of correlations is not positive definite: if a goes with b, and b with c, "
             "then a can't go strongly against c."},
    CodeText{Code::bad_option, "T0601", "bad-option", "the value of an option can't be used",
             "truce COMMAND --help tells what an option takes."},
    CodeText{Code::run_too_large, "T0602", "run-too-large", "the run is too large",
             "A few replications are played on trial before a run of 200 or more begins. If all "
             "would take longer than 30 days, or replications.csv more than is free on the disk, "
             "nothing is written. Play fewer, on more cores, or with --out on a larger disk; parts "
             "of one run can be played on several machines with --first."},
    CodeText{
        Code::not_comparable, "T0603", "not-comparable", "these can't be compared",
        "Differences are paired by replication, so that scenarios must have the same start and "
        "horizon, and results the same seed, the same replications and the same version of "
        "truce. truce diff tells in which values two scenarios differ."},
    CodeText{Code::bad_factor, "T0701", "bad-factor", "the factor can't be used",
             "A factor of a study changes what stands at a path, or at several: by `times`, a "
             "factor on numbers and distributions; by `set`, a distribution of new values; by "
             "`values`, a list of them. A parameter of the scenario brings its own distribution. "
             "Counts (poisson, bernoulli ...) and words can't be multiplied, and no value may be "
             "changed by two factors."},
    CodeText{Code::bad_design, "T0702", "bad-design", "the design can't be used",
             "Each method asks something else of its factors and numbers: scenarios/README.md, "
             "section Sweeps, has a table. Designs that make of each point others (morris, "
             "saltelli) can't leave out points, so that no conditions may stand beside them."},
    CodeText{Code::bad_condition, "T0703", "bad-condition", "the condition can't be used",
             "A condition compares two things by < <= > >= == or !=: factors by their names, "
             "numbers with their units, and, by == and !=, listed words. What `times` multiplies "
             "is compared by the multiplier."},
    CodeText{Code::nothing_satisfies, "T0704", "nothing-satisfies",
             "no point satisfies the conditions",
             "The conditions contradict each other, or leave out everything that the factors may "
             "be. Loosen one, or widen a factor."},
    CodeText{Code::bad_design_table, "T0705", "bad-design-table",
             "the table of points can't be used",
             "A table of points has a column for each factor, named like it, and a row for each "
             "point: a CSV file, or the first sheet of an XLSX file. Numbers without a unit are in "
             "the factor's. Cells that hold errors or formulas without a value are refused: open "
             "the file in the spreadsheet program, mend them, and save it."},
    CodeText{Code::not_a_study, "T0706", "not-a-study", "the file is not a study",
             "A study begins with `study: 1`. A scenario can be swept without one: truce sweep "
             "SCENARIO --factor PATH=VALUE,VALUE."},
    CodeText{Code::unwatched_sector, "W0001", "unwatched-sector", "no cell watches the sector",
             "Incidents there are seen by nobody; only allegations can open a case."},
    CodeText{Code::hub_never_opens, "W0002", "hub-never-opens", "the hub never opens in time",
             "Even at the earliest the hub opens after the horizon; its cells and troops never "
             "work."},
    CodeText{Code::too_few_beds, "W0003", "too-few-beds", "fewer beds than pledged troops",
             "On average more troops are sent to the hub than it can house; those who find no bed "
             "wait on the way, and never arrive if none is freed. Contingents are dealt out in "
             "turn over the hubs of a pledge."},
    CodeText{Code::pledge_too_late, "W0004", "pledge-too-late",
             "the pledge can't be in place within the horizon",
             "Even at the earliest the first contingent would arrive after the horizon."},
    CodeText{
        Code::pool_too_small, "W0005", "pool-too-small", "the rotation pool is too small",
        "With this tour, its extension and this dwell the pool keeps less than nine tenths of the "
        "pledge in place; the rest is a sustainment gap."},
    CodeText{Code::slow_reception, "W0006", "slow-reception", "reception is slower than arrivals",
             "The hub takes longer to receive the pledged troops than three months."},
    CodeText{Code::unused_parameter, "W0007", "unused-parameter", "nothing uses the parameter",
             "No value refers to it, so that it changes nothing; a misspelt $name would be an "
             "error."},
    CodeText{Code::unlikely_range, "W0008", "unlikely-range",
             "much of the distribution lies outside its bounds",
             "The distribution is cut to its min and max and loses more than a twentieth of its "
             "probability there, so that its mean is not the one that is written. Choose one that "
             "keeps within the bounds by itself."},
    CodeText{Code::blind_sensor, "W0009", "blind-sensor", "the sensor detects nothing",
             "None of the incident types is detected by this kind of sensor."},
    CodeText{
        Code::absent_member, "W0010", "absent-member",
        "the decision rule needs a member who is out",
        "A shock that comes for certain takes a member out for good on whom the rule counts: the "
        "lead, one of all, half of a majority. A deputy or the others decide from then on."},
    CodeText{Code::unknown_warning, "W0011", "unknown-warning",
             "there is no such warning to silence",
             "A name under lint.silence is no warning's; it may be misspelt, or an error's."},
    CodeText{Code::undocumented_factor, "W0012", "undocumented-factor",
             "the factor has neither source nor note",
             "Whoever reads the result can't tell where the numbers of the factor come from. A "
             "note that calls them an assumption will do."},
    CodeText{Code::points_left_out, "W0013", "points-left-out",
             "conditions leave out points of a sample",
             "What is left is no Latin hypercube or Sobol' sequence any more: it is spread evenly "
             "over what the conditions allow, with fewer points than asked for, and methods that "
             "need the whole design don't apply."},
    CodeText{Code::correlation_left_out, "W0014", "correlation-left-out",
             "a correlation is of no effect in the study",
             "Factors are varied independently of each other, while the scenario correlates the "
             "parameter with another one: combinations are played that the scenario deems "
             "unlikely."},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (static_cast<std::size_t>(texts[i].code) != i) return false;
  }
  return texts.size() == static_cast<std::size_t>(Code::correlation_left_out) + 1;
}
static_assert(in_order(), "every code has a text, in the order of Code");

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

}  // namespace

std::span<const CodeText> codes() {
  return texts;
}

const CodeText& text_of(Code code) {
  return texts[static_cast<std::size_t>(code)];
}

Severity severity_of(Code code) {
  return text_of(code).id.front() == 'W' ? Severity::warning : Severity::error;
}

std::optional<Code> find_code(std::string_view id_or_name) {
  const std::string wanted = lower(id_or_name);
  for (const auto& text : texts) {
    if (lower(text.id) == wanted || text.name == wanted) return text.code;
  }
  return std::nullopt;
}

}  // namespace truce
