// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/refill.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <unistd.h>

#include "sim/core/contract.hpp"
#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/report/file.hpp"

#include "sim/exchange/book.hpp"
#include "sim/exchange/refill_book.hpp"
#include "sim/exchange/refill_inspect.hpp"
#include "sim/exchange/refill_sheet.hpp"

namespace truce::exchange {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_told = 100;  // formulas that point at cells by address

void check_disk(const fs::path& path, const std::error_code& error) {
  if (error) throw WorldError(path.string(), error.message());
}

/// Writes a file beside the one that it then replaces, with the same rights.
void replace_file(const fs::path& like, const fs::path& out, std::string_view bytes) {
  std::error_code absent;  // no file of that name is no error
  std::error_code error;
  // A link goes on leading to the file.
  const auto target = fs::is_symlink(out, absent) ? fs::canonical(out, error) : out;
  check_disk(out, error);
  const auto rights = fs::status(fs::exists(target, absent) ? target : like, error).permissions();
  check_disk(target, error);
  const fs::path partial = target.string() + ".partial-" + std::to_string(::getpid());
  try {
    report::File file(partial);
    file.write(bytes);
    file.close();
    fs::permissions(partial, rights, error);
    check_disk(partial, error);
    fs::rename(partial, target, error);
    check_disk(target, error);
  } catch (...) {
    std::error_code ignored;
    fs::remove(partial, ignored);
    throw;
  }
  report::sync_folder(target.has_parent_path() ? target.parent_path() : fs::path("."));
}

/// A sheet with what fills its tables.
struct FilledSheet {
  const book::FoundSheet* sheet = nullptr;
  std::vector<book::Filling> fillings;
};

class Refilling {
 public:
  Refilling(const fs::path& workbook, std::span<const NamedTable> tables)
      : package_(workbook), book_(package_) {
    refuse_result(workbook);
    for (const auto& sheet : book_.sheets()) plan(sheet, tables);
    if (told_.tables.empty()) {
      std::vector<std::string> names;
      for (const auto& table : tables) names.push_back(table.name);
      throw UsageError("the workbook has no table of the names that the result has: " +
                       join(names, ", "));
    }
    for (const auto& filled : sheets_) check_apart(filled);
  }

  std::string run() {
    book::Strings strings(package_, book_.strings());
    for (auto& filled : sheets_) change(filled, strings);
    for (const auto& other : book_.other_formulas()) tell(other.place, other.formula, "");
    book_.renew_on_load();
    return package_.packed();
  }

  const Refilled& told() const { return told_; }

 private:
  /// The first sheet, names and charts of a result's own workbook would go on telling of that.
  void refuse_result(const fs::path& workbook) {
    const std::string part = "docProps/core.xml";
    if (!package_.has(part)) return;
    const auto properties = package_.text(part);
    if (properties.find(">" + std::string(result_subject) + "<") == std::string::npos) return;
    throw UsageError(printable(workbook.string(), 400) +
                     " is the workbook of a result, whose first sheet, names and charts would stay "
                     "those of that result. Make one of your own with --example");
  }

  void plan(const book::FoundSheet& sheet, std::span<const NamedTable> tables) {
    auto& filled = sheets_.emplace_back(FilledSheet{&sheet, {}});
    for (const auto& table : sheet.tables) {
      const auto found = std::ranges::find_if(
          tables, [&](const NamedTable& one) { return book::same_name(one.name, table.name); });
      if (found == tables.end()) {
        if (book::same_name(table.name.substr(0, 3), "tbl")) told_.missing.push_back(table.name);
        continue;
      }
      filled.fillings.push_back(book::plan_filling(table, found->data));
      told_.tables.push_back(table.name);
      for (const auto& field : found->data.fields) {
        const auto& columns = table.columns;
        if (std::ranges::find(columns, field.name, &book::TableColumn::name) == columns.end()) {
          told_.left_out.push_back(table.name + "[" + field.name + "]");
        }
      }
    }
  }

  /// Refuses a table that would grow into another, and a workbook where two share cells.
  void check_apart(const FilledSheet& filled) const {
    for (const auto& filling : filled.fillings) {
      for (const auto& other : filled.sheet->tables) {
        if (other.part == filling.table.part) continue;
        const auto words = "the table " + printable(filling.table.name) + " on the sheet " +
                           printable(filled.sheet->name);
        if (filling.table.area.meets(other.area)) {
          package_.fail("is damaged: " + words + " shares cells with " + printable(other.name));
        }
        if (filling.area.meets(other.area)) {
          throw UsageError(words + " would grow to " + text_of(filling.area) + ", over the table " +
                           printable(other.name) + " in " + text_of(other.area) +
                           ". Move that elsewhere");
        }
      }
    }
  }

  book::SheetText split(const book::FoundSheet& sheet, std::string_view text) const {
    const auto parts = book::split_sheet(text);
    if (!parts) {
      package_.fail("is damaged, or written in an unusual way: the sheet " + printable(sheet.name) +
                    " can't be read. Save it with a spreadsheet program");
    }
    return *parts;
  }

  void change(FilledSheet& filled, book::Strings& strings) {
    const auto& sheet = *filled.sheet;
    const auto text = package_.text(sheet.part);
    const auto parts = split(sheet, text);
    if (!filled.fillings.empty()) {
      inspect_sheet(package_, strings, sheet.name, parts, filled.fillings);
    }
    const auto tell_formula = [&](book::Place place, std::string_view formula) {
      tell(printable(sheet.name) + "!" + text_of(place), formula, sheet.name);
    };
    const book::SheetChange what{sheet.name, filled.fillings, book_.from_1904(), tell_formula};
    if (auto changed = changed_sheet(package_, parts, what)) {
      package_.replace(sheet.part, std::move(*changed));
    }
    for (const auto& filling : filled.fillings) book::update_table_part(package_, filling);
  }

  /// Tells of a formula that points at some rows of a filled table by address, but not at all rows
  /// that it has now.
  void tell(const std::string& place, std::string_view formula, const std::string& own_sheet) {
    if (told_.by_address.size() == most_told) return;
    for (const auto& pointed : book::pointed_at(formula)) {
      const auto& name = pointed.sheet.empty() ? own_sheet : pointed.sheet;
      const auto filled = std::ranges::find_if(
          sheets_, [&](const FilledSheet& one) { return book::same_name(one.sheet->name, name); });
      if (filled == sheets_.end()) continue;
      const bool misses = std::ranges::any_of(filled->fillings, [&](const book::Filling& one) {
        const auto& at = pointed.area;
        const auto now = one.body();
        const bool all = at.first.row <= now.first.row && at.last.row >= now.last.row;
        return at.meets(one.table.body()) && now != one.table.body() && !all;
      });
      if (!misses) continue;
      if (told_.by_address.empty() || told_.by_address.back() != place) {
        told_.by_address.push_back(place);
      }
      return;
    }
  }

  book::Package package_;
  book::Book book_;
  std::vector<FilledSheet> sheets_;
  Refilled told_;
};

}  // namespace

Refilled refill(const fs::path& workbook, const fs::path& out, std::span<const NamedTable> tables) {
  for (const auto& table : tables) {
    const auto same = std::ranges::count_if(
        tables, [&](const NamedTable& one) { return book::same_name(one.name, table.name); });
    TRUCE_EXPECT(same == 1, "each table of a result has a name of its own");
  }
  Refilling refilling(workbook, tables);
  const auto bytes = refilling.run();
  replace_file(workbook, out, bytes);
  return refilling.told();
}

}  // namespace truce::exchange
