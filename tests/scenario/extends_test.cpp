// SPDX-License-Identifier: Apache-2.0
// What-ifs as small files: what merges, what is replaced, what is removed, and what is refused.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/scenario/compose.hpp"
#include "sim/scenario/leaf.hpp"
#include "sim/scenario/merge.hpp"

#include "tests/scenario/samples.hpp"

namespace truce::scenario {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view head = "extends: full.yaml\nname: What if\n";

// The full sample with changes, or a ScenarioError.
Node extended(std::string_view changes) {
  Problems problems;
  Node node = extend(parse(test::full_text, "full.yaml"),
                     parse(std::string(head).append(changes), "if.yaml"), problems);
  problems.raise();
  return node;
}

// What is wrong with changes to the full sample.
Lines refused(std::string_view changes) {
  try {
    read(extended(changes));
  } catch (const ScenarioError& error) {
    Lines lines;
    for (const auto& problem : error.problems()) lines.push_back(to_string(problem));
    return lines;
  }
  return {};
}

// What stands at a path of the full sample after changes.
std::string at(std::string_view path, std::string_view changes) {
  const Node root = extended(changes);
  const Node* node = &root;
  for (const auto step : split(path, '.')) {
    node = node->find(step);
    if (node == nullptr) return "nothing";
  }
  return one_line(*node);
}

Assumption row(const Loaded& loaded, const std::string& path) {
  const auto found = std::ranges::find(loaded.assumptions, path, &Assumption::path);
  if (found == loaded.assumptions.end()) throw std::logic_error("no row for " + path);
  return *found;
}

TEST(Extends, ChangesNothingElse) {
  EXPECT_EQ(refused(""), Lines{});
  const auto base = test::replaced(test::full_text, "name: Every key", "name: What if");
  EXPECT_EQ(to_yaml(write(read(extended("")).scenario)),
            to_yaml(write(test::read_text(test::replaced(base,
                                                         "summary: Uses every key of the "
                                                         "format.\n",
                                                         ""))
                              .scenario)));
}

TEST(Extends, TakesNeitherNameNorSummaryOver) {
  EXPECT_EQ(at("name", ""), "What if");
  EXPECT_EQ(at("summary", ""), "nothing");
  EXPECT_EQ(at("summary", "summary: Of its own.\n"), "Of its own.");
  EXPECT_EQ(at("extends", ""), "nothing");
  EXPECT_EQ(at("truce", ""), "1");
  EXPECT_EQ(at("experiment.seed", ""), "7");
  Problems problems;
  extend(parse(test::full_text, "full.yaml"),
         parse("# A question\nextends: full.yaml\nhorizon: 2 months\n", "if.yaml"), problems);
  ASSERT_EQ(problems.all().size(), 1U);
  EXPECT_EQ(
      to_string(problems.all().front()),
      "if.yaml:2:1: error[T0102]: name: 'name' is missing. What extends full.yaml needs a name of "
      "its own for its results.");
}

TEST(Extends, MergesSectionsAndTablesAtAnyDepth) {
  const std::string changes =
      "contributors: {coalition: {pledges: {monitors: {conditions: {approvals: {parliament: "
      "{probability: 0.5}}}}}}}\n";
  const std::string monitors = "contributors.coalition.pledges.monitors";
  EXPECT_EQ(at(monitors + ".conditions.approvals", changes),
            "{parliament: {probability: 0.5, delay: {uniform: [10 days, 40 days]}, from: start}}");
  EXPECT_EQ(at(monitors + ".troops", changes), "48 troops");
  EXPECT_EQ(at("contributors.coalition.title", changes), "Coalition");
  EXPECT_EQ(at("hubs.town.supply", "hubs: {town: {supply: {convoys: 3 t/day}}}\n"),
            "{per_head: 10 kg/troop/day, convoys: 3 t/day, every: 2 days, reserve: 3 days, stock: "
            "14 days}");
  // Numbers by name are a table too.
  EXPECT_EQ(at("sensors.camera.detects", "sensors: {camera: {detects: {fire: 0.1}}}\n"),
            "{fire: 0.1, shelling: 0.5}");
  // New entries come last, so that what was there keeps its order.
  EXPECT_EQ(at("facts", "facts: {another: {probability: 1}}\n"),
            "{backstop: {probability: {uniform: [0.2, 0.6]}}, another: {probability: 1}}");
}

TEST(Extends, ReplacesWhatIsOneValue) {
  EXPECT_EQ(at("hubs.town.opens_after",
               "hubs: {town: {opens_after: {gamma: {mean: 5 days, sd: 1 "
               "days}}}}\n"),
            "{gamma: {mean: 5 days, sd: 1 days}}");
  EXPECT_EQ(
      at("hubs.town.opens_after", "hubs: {town: {opens_after: {uniform: [1 days, 2 days]}}}\n"),
      "{uniform: [1 days, 2 days]}");
  EXPECT_EQ(at("start", "start: 2026-08-01\n"), "2026-08-01");
  EXPECT_EQ(at("start", "start: {value: 2026-08-01, note: later}\n"),
            "{value: 2026-08-01, note: later}");
  EXPECT_EQ(at("cells.north-1.watches", "cells: {north-1: {watches: [south]}}\n"), "[south]");
  EXPECT_EQ(at("places.base.at", "places: {base: {at: [51, 23]}}\n"), "[51, 23]");
}

// The description decides, not the look: a regime may bear the name of a distribution.
TEST(Extends, DoesNotTakeATableForADistribution) {
  const std::string changes =
      "climate: {regimes: {normal: {multiplier: 2, mean_stay: 9 days, next: {calm: 1}}}}\n";
  EXPECT_EQ(at("climate.regimes.calm.multiplier", changes), "1");
  EXPECT_EQ(at("climate.regimes.normal.multiplier", changes), "2");
  EXPECT_EQ(refused(changes), Lines{});
}

TEST(Extends, MergesEffectsByTheirTarget) {
  const std::string changes =
      "layers: {assistance: {effects: {crisis.spread: {plus: 0.1}, verification.speed: {times: "
      "2}}}}\n";
  EXPECT_EQ(at("layers.assistance.effects", changes),
            "{crisis.spread: {plus: 0.1}, crisis.patience: {times: 1.1}, verification.speed: "
            "{times: 2}}");
  EXPECT_EQ(
      at("layers.assistance.effects", "layers: {assistance: {effects: {crisis.spread: ~}}}\n"),
      "{crisis.patience: {times: 1.1}}");
  EXPECT_EQ(
      at("layers.assistance.effects",
         "layers: {assistance: {effects: {value: {crisis.spread: {set: 0}}, note: a guess}}}\n"),
      "{value: {crisis.spread: {set: 0}}, note: a guess}");
  // They are one row of the assumptions, and half of it would be the base's.
  EXPECT_EQ(row(read(extended(changes)), "layers.assistance.effects").note, "given by if.yaml");
}

TEST(Extends, RemovesWithATilde) {
  EXPECT_EQ(at("shocks.winter", "shocks: {winter: ~}\n"), "nothing");
  EXPECT_EQ(at("shocks.talks.by", "shocks: {winter: ~}\n"), "100 days");
  EXPECT_EQ(at("layers", "layers: null\n"), "nothing");
  EXPECT_EQ(at("hubs.town.beds", "hubs:\n  town:\n    beds: ~   # no limit\n"), "nothing");
  EXPECT_EQ(at("sensors.camera.detects", "sensors: {camera: {detects: {fire: ~}}}\n"),
            "{shelling: 0.5}");
  // What ended is said anew: a shock at a date instead of within some time.
  EXPECT_EQ(refused("shocks: {talks: {by: ~, at: 2026-12-01}}\n"), Lines{});
}

TEST(Extends, RemovesOnlyWhatIsThereAndNotNeeded) {
  EXPECT_EQ(
      refused("shocks: {wintre: ~}\n"),
      (Lines{"if.yaml:3:10: error[T0405]: shocks.wintre: there is no 'wintre' to remove. Did you "
             "mean 'winter'?"}));
  EXPECT_EQ(
      refused("shocks: {flood: ~}\n"),
      (Lines{
          "if.yaml:3:10: error[T0405]: shocks.flood: there is no 'flood' to remove. The extended "
          "scenario has here: winter, talks, recall."}));
  EXPECT_EQ(refused("hubs: {port: {beds: ~}}\n"),
            (Lines{"if.yaml:3:15: error[T0405]: hubs.port.beds: there is no 'beds' to remove. The "
                   "extended scenario has here: place, station."}));
  EXPECT_EQ(
      refused("hubs: {town: {place: ~}}\n"),
      (Lines{"if.yaml:3:22: error[T0406]: hubs.town.place: 'place' is needed and can't be removed. "
             "Place where the hub stands."}));
  // What refers to the removed is told where it stands.
  EXPECT_EQ(
      refused("facts: ~\n").front(),
      "full.yaml:51:19: error[T0301]: contributors.coalition.pledges.monitors.conditions.facts.0: "
      "there is no 'backstop' in facts. That section is empty.");
}

// A key left without a value by mistake must not remove a section.
TEST(Extends, RemovesNothingSilently) {
  for (const std::string_view text :
       {"hubs:\nsummary: x\n", "hubs:\n# nothing\nnull_hypothesis: x\n", "hubs: \n",
        "hubs: # ~\n"}) {
    const auto lines = refused(text);
    ASSERT_FALSE(lines.empty()) << text;
    EXPECT_EQ(
        lines.front(),
        "if.yaml:3:1: error[T0407]: hubs: 'hubs' has no value. Write one, or ~ to remove what the "
        "extended scenario has here.")
        << text;
  }
  EXPECT_EQ(
      refused("contributors: {coalition: {pledges: {}}}\n"),
      (Lines{
          "if.yaml:3:37: error[T0409]: contributors.coalition.pledges: {} changes nothing. Write "
          "~ to remove what the extended scenario has here."}));
}

TEST(Extends, TakesASlipForAMistake) {
  EXPECT_EQ(
      refused("facts: {backstp: {probability: 0}}\n"),
      (Lines{"if.yaml:3:9: error[T0408]: facts.backstp: there is no 'backstp' to change. Did you "
             "mean 'backstop'? Something new needs a name less like it."}));
  EXPECT_EQ(
      refused("hubs: {prot: {beds: 5 troops}}\n"),
      (Lines{"if.yaml:3:8: error[T0408]: hubs.prot: there is no 'prot' to change. Did you mean "
             "'port'? Something new needs a name less like it."}));
  // Numbered names are a series, and what brings all it needs is meant to be new.
  EXPECT_EQ(refused("cells: {north-2: {watches: [south]}}\n"), Lines{});
  EXPECT_EQ(refused("places: {part: {at: [50, 22], country: PL}}\n"), Lines{});
  // What is no slip and lacks something is told by the reader, in the right file.
  EXPECT_EQ(
      refused("hubs: {depot: {beds: 5 troops}}\n"),
      (Lines{
          "if.yaml:3:15: error[T0102]: hubs.depot.place: 'place' is missing. Place where the hub "
          "stands."}));
  EXPECT_EQ(refused("hubs: {town: {bedz: 5 troops}}\n"),
            (Lines{"if.yaml:3:15: error[T0101]: hubs.town.bedz: unknown key 'bedz'. Did you mean "
                   "'beds'?"}));
  EXPECT_EQ(refused("hbus: {town: {beds: 5 troops}}\n"),
            (Lines{"if.yaml:3:1: error[T0101]: hbus: unknown key 'hbus'. Did you mean 'hubs'?"}));
}

TEST(Extends, TellsProblemsInTheFileWhereTheValueStands) {
  EXPECT_EQ(refused("hubs: {town: {beds: 5}}\n"),
            (Lines{"if.yaml:3:21: error[T0203]: hubs.town.beds: '5' has no unit. Units that fit: "
                   "troops."}));
  EXPECT_EQ(
      refused("hubs: 5\n").front(),
      "if.yaml:3:7: error[T0103]: hubs: '5' stands where names are needed. Write one entry per "
      "name, indented below.");
}

TEST(Extends, SourcesSpeakForTheirOwnFile) {
  Problems problems;
  const auto base = test::replaced(test::full_text, "  town: {place: town,",
                                   "  town: {source: a report, place: town,");
  Node node =
      extend(parse(base, "full.yaml"),
             parse(std::string(head) + "hubs:\n  town: {beds: 5 troops, note: half, supply: "
                                       "{every: 3 days}}\n  port: {beds: 9 troops}\n",
                   "if.yaml"),
             problems);
  node = extend(std::move(node),
                parse("extends: if.yaml\nname: And then\nconfidence: low\nhubs: {town: "
                      "{beds: {value: 6 troops, source: a letter}, reception: 9 troops/day}}\n",
                      "then.yaml"),
                problems);
  ASSERT_TRUE(problems.empty());
  set_value(node, "hubs.town.supply.reserve=1 day", problems);
  const Loaded loaded = read(node);
  const auto beds = row(loaded, "hubs.town.beds");
  EXPECT_EQ(beds.value, "6 troops");
  EXPECT_EQ(beds.source, "a letter");
  EXPECT_EQ(beds.note, "");
  EXPECT_EQ(beds.at.file, "then.yaml");
  EXPECT_EQ(beds.at.line, 4);
  const auto reception = row(loaded, "hubs.town.reception");
  EXPECT_EQ(reception.source, "");
  EXPECT_EQ(reception.note, "");
  EXPECT_EQ(reception.confidence, "low");
  EXPECT_EQ(row(loaded, "hubs.town.supply.every").note, "half");
  EXPECT_EQ(row(loaded, "hubs.town.supply.every").source, "");
  EXPECT_EQ(row(loaded, "hubs.town.supply.every").at.file, "if.yaml");
  EXPECT_EQ(row(loaded, "hubs.town.supply.reserve").note,
            "given by --set hubs.town.supply.reserve=1 day");
  EXPECT_EQ(row(loaded, "hubs.town.supply.stock").source, "a report");
  EXPECT_EQ(row(loaded, "hubs.town.supply.stock").note, "");
  EXPECT_EQ(row(loaded, "hubs.town.supply.stock").at.file, "full.yaml");
  EXPECT_EQ(row(loaded, "hubs.port.beds").note, "given by if.yaml");
  EXPECT_EQ(row(loaded, "start").source, "a plan");
}

// Files in a folder of their own, removed at the end.
class ExtendsFiles : public ::testing::Test {
 protected:
  ExtendsFiles() {
    std::string name = std::filesystem::temp_directory_path() / "truce-extends-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    write("base.yaml", test::small_text);
  }
  ~ExtendsFiles() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  // What is wrong with a file, its folder left out.
  std::string refusal(const std::string& name) const {
    try {
      read(load(path(name)));
    } catch (const std::exception& error) {
      std::string text = error.what();
      const std::string folder = folder_.string() + "/";
      for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
        text.erase(at, folder.size());
      }
      return text;
    }
    return "";
  }

  std::filesystem::path folder_;
};

TEST_F(ExtendsFiles, MakeChainsAcrossFolders) {
  write("what-ifs/late.yaml",
        "extends: ../base.yaml\nname: Late\nhubs: {town: {opens_after: 50 "
        "days}}\n");
  write("what-ifs/worse.yaml", "extends: late.yaml\nname: Worse\nhubs: {town: {beds: 8 troops}}\n");
  const Loaded loaded =
      read(compose({.file = path("what-ifs/worse.yaml"), .reach = Reach::anywhere}));
  EXPECT_EQ(loaded.scenario.name, "Worse");
  EXPECT_EQ(row(loaded, "hubs.town.beds").at.file, path("what-ifs/worse.yaml"));
  EXPECT_EQ(row(loaded, "hubs.town.opens_after").value, "50 days");
  EXPECT_EQ(row(loaded, "hubs.town.opens_after").at.file, path("what-ifs/late.yaml"));
  EXPECT_EQ(row(loaded, "hubs.town.place").at.file, path("base.yaml"));
  // What is written out in full needs no other file.
  const auto once = to_yaml(scenario::write(loaded.scenario));
  EXPECT_EQ(to_yaml(scenario::write(test::read_text(once).scenario)), once);
}

TEST_F(ExtendsFiles, MustBeThere) {
  write("a.yaml", "name: A\nextends: bsae.yaml\n");
  EXPECT_EQ(
      refusal("a.yaml"),
      "a.yaml:2:10: error[T0403]: extends: bsae.yaml: no such file. The path counts from this "
      "file's folder.");
  write("b.yaml", "extends: .\nname: B\n");
  EXPECT_EQ(refusal("b.yaml"),
            "b.yaml:1:10: error[T0403]: extends: : is not a file. The path counts from this file's "
            "folder.");
}

TEST_F(ExtendsFiles, AreNamedFromTheFolderOfTheFile) {
  const std::string form = "Write the name of a scenario file, as seen from this file's folder.";
  write("a.yaml", "extends: /etc/base.yaml\nname: A\n");
  EXPECT_EQ(refusal("a.yaml"),
            "a.yaml:1:10: error[T0404]: extends: '/etc/base.yaml' is an absolute path. " + form);
  for (const std::string_view odd : {"[base.yaml]", "{base: yaml}", "~", "\"\"", ""}) {
    write("a.yaml", "name: A\nextends: " + std::string(odd) + "\n");
    EXPECT_NE(refusal("a.yaml").find("error[T0103]: extends: this is no file name. " + form),
              std::string::npos)
        << odd << refusal("a.yaml");
  }
}

TEST_F(ExtendsFiles, GoNotInARing) {
  write("a.yaml", "extends: b.yaml\nname: A\n");
  write("b.yaml", "extends: sub/../a.yaml\nname: B\n");
  EXPECT_EQ(refusal("a.yaml"),
            "b.yaml:1:10: error[T0401]: extends: 'a.yaml' extends itself in the end: a.yaml -> "
            "b.yaml -> a.yaml. Files extend each "
            "other in a line that ends at a whole scenario.");
  write("c.yaml", "extends: c.yaml\nname: C\n");
  EXPECT_EQ(refusal("c.yaml"),
            "c.yaml:1:10: error[T0401]: extends: 'c.yaml' extends itself in the end: c.yaml -> "
            "c.yaml. Files extend each "
            "other in a line that ends at a whole scenario.");
}

TEST_F(ExtendsFiles, GoNotOnForever) {
  std::string before = "base";
  for (int i = 1; i <= 17; ++i) {
    const std::string name = "v" + std::to_string(i);
    write(name + ".yaml", "extends: " + before + ".yaml\nname: " + name + "\n");
    before = name;
  }
  EXPECT_EQ(refusal("v16.yaml"), "");
  EXPECT_EQ(refusal("v17.yaml"),
            "v1.yaml:1:10: error[T0402]: extends: more than 16 files extend each other. Extend a "
            "scenario "
            "nearer to the whole one.");
}

TEST_F(ExtendsFiles, TellProblemsOfWhatTheyExtend) {
  write("base.yaml", "truce: 1\n truce: [\n");
  write("a.yaml", "extends: base.yaml\nname: A\n");
  EXPECT_TRUE(refusal("a.yaml").starts_with("base.yaml:2:")) << refusal("a.yaml");
}

}  // namespace
}  // namespace truce::scenario
