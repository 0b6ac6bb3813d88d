// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/mutants.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>

#include "sim/core/quantity.hpp"
#include "sim/core/text.hpp"

#include "sim/scenario/leaf.hpp"

#include "tests/support/noise.hpp"

namespace truce::scenario::test {
namespace {

using truce::test::Noise;

constexpr std::string_view quoted = "@quoted@";  // to_yaml writes no quotes that are not needed

/// A place in the tree; entries are counted like items.
struct Place {
  Node* node;
  Node* parent;       ///< nullptr at the top
  std::size_t index;  ///< in the parent
  std::string path;
};

void collect(Node& node, Node* parent, std::size_t index, const std::string& path,
             std::vector<Place>& places) {
  places.push_back({&node, parent, index, path});
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    collect(node.items[i], &node, i, path + "." + std::to_string(i), places);
  }
  for (std::size_t i = 0; i < node.entries.size(); ++i) {
    collect(node.entries[i].value, &node, i, path + "." + node.entries[i].key, places);
  }
}

template <std::size_t N>
std::string pick(const std::array<std::string_view, N>& words, Noise& noise) {
  return std::string(words[noise.bits() % N]);
}

bool is_mapping(const Place& place) {
  return place.node->kind == Node::Kind::mapping && !place.node->entries.empty();
}
bool is_entry(const Place& place) {
  return place.parent != nullptr && place.parent->kind == Node::Kind::mapping;
}
bool is_below_top(const Place& place) {
  return place.parent != nullptr;
}
bool is_text(const Place& place) {
  return place.node->kind == Node::Kind::scalar;
}
bool is_bare_number(const Place& place) {
  return is_text(place) && parse_number(place.node->text).has_value();
}
bool is_number(const Place& place) {
  const auto measure = is_text(place) ? parse_measure(place.node->text) : std::nullopt;
  return measure && parse_unit(measure->unit_text);
}
bool has_unit(const Place& place) {
  return is_number(place) && !is_bare_number(place);
}
bool is_word(const Place& place) {
  const auto& text = place.node->text;
  return is_text(place) && !text.empty() && text.find(' ') == std::string::npos &&
         !parse_measure(text) && place.path.find(".note") == std::string::npos;
}
bool is_date(const Place& place) {
  return is_text(place) && parse_date(place.node->text).has_value();
}
bool is_list(const Place& place) {
  return place.node->kind == Node::Kind::list;
}
bool is_distribution(const Place& place) {
  static const std::set<std::string, std::less<>> kinds{
      "uniform",           "triangular", "pert",     "normal",
      "lognormal",         "gamma",      "erlang",   "beta",
      "exponential",       "weibull",    "poisson",  "discrete",
      "negative_binomial", "bernoulli",  "binomial", "empirical",
      "quantiles",         "truncated",  "mixture"};
  return place.node->kind == Node::Kind::mapping && place.node->entries.size() == 1 &&
         kinds.contains(place.node->entries.front().key);
}
bool has_parameters(const Place& place) {
  return is_distribution(place) && place.node->entries.front().value.entries.size() > 1;
}

Node mapping_of(std::string key, Node value) {
  Node node;
  node.kind = Node::Kind::mapping;
  node.entries.push_back({std::move(key), {}, std::move(value)});
  return node;
}

Node::Entry& entry(const Place& place) {
  return place.parent->entries[place.index];
}
Node::Entry& any_entry(const Place& place, Noise& noise) {
  return place.node->entries[noise.bits() % place.node->entries.size()];
}
std::string number_part(const Place& place) {
  return shortest(parse_measure(place.node->text)->number);
}

/// A kind of change: where it can be made, and how.
struct Change {
  std::string_view name;
  bool (*possible)(const Place&);
  void (*make)(const Place&, Noise&);
};

const std::vector<Change>& changes() {
  static const std::vector<Change> all{
      {"key misspelt", is_entry,
       [](const Place& p, Noise& n) {
         auto& key = entry(p).key;
         key.insert(n.bits() % key.size() + 1, 1, 'q');
       }},
      {"key capitalised", is_entry, [](const Place& p, Noise&) { entry(p).key.front() ^= 0x20; }},
      {"key dropped", is_entry,
       [](const Place& p, Noise&) {
         p.parent->entries.erase(p.parent->entries.begin() + static_cast<std::ptrdiff_t>(p.index));
       }},
      {"unknown key", is_mapping,
       [](const Place& p, Noise&) {
         p.node->entries.push_back({"colour", {}, scalar("red")});
       }},
      {"key twice", is_entry,
       [](const Place& p, Noise&) { p.parent->entries.push_back(Node::Entry(entry(p))); }},
      {"unit of another dimension", has_unit,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 8> units{"days", "km",  "troops", "/day",
                                                         "t",    "EUR", "%",      "km/h"};
         p.node->text = number_part(p) + " " + pick(units, n);
       }},
      {"unknown unit", has_unit,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 5> units{"dys", "Days", "parsecs", "km^2", "/"};
         p.node->text = number_part(p) + " " + pick(units, n);
       }},
      {"no unit", has_unit, [](const Place& p, Noise&) { p.node->text = number_part(p); }},
      {"unit of a bare number", is_bare_number,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 4> units{"days", "km", "troops", "/day"};
         p.node->text += " " + pick(units, n);
       }},
      {"list instead of a value", is_below_top,
       [](const Place& p, Noise&) {
         Node list;
         list.kind = Node::Kind::list;
         list.items = {*p.node, *p.node};
         *p.node = list;
       }},
      {"section instead of a value", is_below_top,
       [](const Place& p, Noise&) { *p.node = mapping_of("amount", scalar("1")); }},
      {"text instead of a value", is_below_top,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 4> texts{"a few", "unknown", "12 or 13", ""};
         *p.node = scalar(pick(texts, n));
       }},
      {"number instead of a value", is_below_top,
       [](const Place& p, Noise&) { *p.node = scalar("12"); }},
      {"nothing instead of a value", is_below_top,
       [](const Place& p, Noise&) {
         *p.node = Node{};
         p.node->text = "~";
       }},
      {"negative number", is_number, [](const Place& p, Noise&) { p.node->text.insert(0, "-"); }},
      {"number out of range", is_bare_number,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 5> numbers{"7.5", "-0.5", "1e12", "1.5", "-1000"};
         p.node->text = pick(numbers, n);
       }},
      {"too many percent", is_bare_number,
       [](const Place& p, Noise&) {
         p.node->text = shortest(1e4 * *parse_number(p.node->text)) + " %";
       }},
      {"zero", is_number,
       [](const Place& p, Noise&) {
         const auto unit = parse_measure(p.node->text)->unit_text;
         p.node->text = "0 " + std::string(unit);
         if (unit.empty()) p.node->text = "0";
       }},
      {"another word", is_word,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 4> words{"sideways", "Road", "in country", "2nd"};
         p.node->text = pick(words, n);
       }},
      {"bad date", is_date,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 6> dates{"2026-02-30", "2026-13-01", "1.7.2026",
                                                         "2026-7-1",   "2027-02-29", "July 2026"};
         p.node->text = pick(dates, n);
       }},
      {"bad name", is_entry,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 4> names{"1st", "two words", "a.b", "n\xc3\xa9"};
         entry(p).key = pick(names, n);
       }},
      {"parameter missing", has_parameters,
       [](const Place& p, Noise& n) {
         auto& parameters = p.node->entries.front().value.entries;
         parameters.erase(parameters.begin() +
                          static_cast<std::ptrdiff_t>(n.bits() % parameters.size()));
       }},
      {"parameter misspelt", has_parameters,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 4> names{"average", "sd", "variance", "mean"};
         p.node->entries.front().value.entries.front().key = pick(names, n);
       }},
      {"parameter too many", is_distribution,
       [](const Place& p, Noise&) {
         auto& arguments = p.node->entries.front().value;
         if (arguments.kind == Node::Kind::list) {
           arguments.items.push_back(arguments.items.back());
         } else {
           arguments =
               arguments.kind == Node::Kind::mapping ? arguments : mapping_of("mean", arguments);
           arguments.entries.push_back({"extra", {}, scalar("1")});
         }
       }},
      {"unknown distribution", is_distribution,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 4> kinds{"gauss", "Gamma", "pareto", "log-normal"};
         p.node->entries.front().key = pick(kinds, n);
       }},
      {"another distribution", is_distribution,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 5> kinds{"uniform", "pert", "normal", "gamma",
                                                         "exponential"};
         p.node->entries.front().key = pick(kinds, n);
       }},
      {"confidence", is_mapping,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 4> words{"certain", "HIGH", "medium", "90 %"};
         p.node->entries.push_back({"confidence", {}, scalar(pick(words, n))});
       }},
      {"item too many", is_list,
       [](const Place& p, Noise&) { p.node->items.push_back(p.node->items.back()); }},
      {"no items", is_list, [](const Place& p, Noise&) { p.node->items.clear(); }},
      {"empty section", is_mapping, [](const Place& p, Noise&) { p.node->entries.clear(); }},
      {"values swapped", is_mapping,
       [](const Place& p, Noise& n) { std::swap(any_entry(p, n).value, any_entry(p, n).value); }},
      {"parameter of a bad name", is_number,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 4> names{"$", "$1st", "$two words", "haste"};
         p.node->text = pick(names, n);
       }},
      {"parameter instead of a value", is_below_top,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 4> names{"$haste", "$beds", "$elicited", "$none"};
         *p.node = scalar(pick(names, n));
       }},
      {"sum without values", is_number,
       [](const Place& p, Noise& n) {
         Node terms;
         terms.kind = Node::Kind::list;
         *p.node = mapping_of("plus", n.bits() % 2 ? terms : *p.node);
       }},
      {"sum of a few", is_number,
       [](const Place& p, Noise&) {
         Node terms;
         terms.kind = Node::Kind::list;
         terms.items = {*p.node, scalar("a few")};
         *p.node = mapping_of("plus", std::move(terms));
       }},
      {"bound of a distribution", is_distribution,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 5> bounds{"-1 days", "0 days", "90", "$haste",
                                                          "9 km"};
         auto& arguments = p.node->entries.front().value;
         if (arguments.kind == Node::Kind::mapping) {
           arguments.entries.push_back({n.bits() % 2 ? "min" : "max", {}, scalar(pick(bounds, n))});
         }
       }},
      // Changes that an author means.
      {"product", is_number,
       [](const Place& p, Noise&) {
         Node terms;
         terms.kind = Node::Kind::list;
         terms.items = {*p.node, scalar("1.0")};
         *p.node = mapping_of("times", std::move(terms));
       }},
      {"mixture instead of a distribution", is_distribution,
       [](const Place& p, Noise&) {
         Node part = mapping_of("weight", scalar("0.5"));
         part.entries.push_back({"of", {}, *p.node});
         Node parts;
         parts.kind = Node::Kind::list;
         parts.items = {part, part};
         *p.node = mapping_of("mixture", std::move(parts));
       }},
      {"quantiles instead of a number", is_number,
       [](const Place& p, Noise&) {
         const auto measure = *parse_measure(p.node->text);
         const std::string more =
             shortest(measure.number + 0.5) + " " + std::string(measure.unit_text);
         Node quantiles = mapping_of("p0", *p.node);
         quantiles.entries.push_back({"p100", {}, scalar(std::string(trim(more)))});
         *p.node = mapping_of("quantiles", std::move(quantiles));
       }},
      {"another number", is_number,
       [](const Place& p, Noise& n) {
         const auto measure = *parse_measure(p.node->text);
         p.node->text =
             shortest(measure.number * (0.5 + n.uniform())) + " " + std::string(measure.unit_text);
         p.node->text = std::string(trim(p.node->text));
       }},
      {"range instead of a number", is_number,
       [](const Place& p, Noise&) {
         Node range;
         range.kind = Node::Kind::list;
         const auto unit = " " + std::string(parse_measure(p.node->text)->unit_text);
         range.items = {
             *p.node,
             scalar(std::string(trim(shortest(parse_measure(p.node->text)->number + 0.5) + unit)))};
         *p.node = mapping_of("uniform", std::move(range));
       }},
      {"value with a note", is_below_top,
       [](const Place& p, Noise&) {
         Node noted = mapping_of("value", std::move(*p.node));
         noted.entries.push_back({"note", {}, scalar("assumption: as before")});
         *p.node = std::move(noted);
       }},
      {"note on a section", is_mapping,
       [](const Place& p, Noise&) {
         p.node->entries.push_back({"note", {}, scalar("assumption: as before")});
       }},
      {"quotes", is_text, [](const Place& p, Noise&) { p.node->text.insert(0, quoted); }},
      {"percent", is_bare_number,
       [](const Place& p, Noise& n) {
         p.node->text = shortest(100 * *parse_number(p.node->text)) + (n.bits() % 2 ? " %" : "%");
       }},
      {"truth", is_word,
       [](const Place& p, Noise& n) {
         constexpr std::array<std::string_view, 6> words{"true", "yes",  "False",
                                                         "on",   "null", "NO"};
         p.node->text = pick(words, n);
       }},
  };
  return all;
}

std::string unquoted(std::string text) {
  for (std::size_t at; (at = text.find(quoted)) != std::string::npos;) {
    text.erase(at, quoted.size());
  }
  return text;
}

}  // namespace

std::vector<Mutant> mutants_of(const Node& scenario, std::size_t count, std::uint64_t seed) {
  Noise noise(seed);
  std::vector<Mutant> mutants;
  for (std::size_t turn = noise.bits(); mutants.size() < count; ++turn) {
    const auto& change = changes()[turn % changes().size()];
    Node root = scenario;
    std::vector<Place> places;
    collect(root, nullptr, 0, "", places);
    std::erase_if(places, [&](const Place& place) { return !change.possible(place); });
    if (places.empty()) continue;
    const Place& place = places[noise.bits() % places.size()];
    const std::string path = place.path;
    change.make(place, noise);
    mutants.push_back({unquoted(to_yaml(root)), std::string(change.name) + " at " + path});
  }
  return mutants;
}

}  // namespace truce::scenario::test
