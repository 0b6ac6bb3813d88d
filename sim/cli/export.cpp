// SPDX-License-Identifier: Apache-2.0
// truce export: a finished result in other formats.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/report/folder.hpp"
#include "sim/report/manifest.hpp"
#include "sim/report/pending_file.hpp"
#include "sim/report/stored.hpp"

#include "sim/cli/commands.hpp"
#include "sim/cli/console.hpp"

#include "sim/exchange/csv_folder.hpp"
#include "sim/exchange/database.hpp"
#include "sim/exchange/json.hpp"
#include "sim/exchange/refill.hpp"
#include "sim/exchange/result.hpp"
#include "sim/exchange/workbook.hpp"
#include "sim/exchange/xlsx.hpp"

namespace truce::cli {
namespace fs = std::filesystem;
namespace {

/// What is written under a temporary name until all else is.
class Made {
 public:
  Made() = default;
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;
  virtual ~Made() = default;
  virtual void write(const exchange::Result& result) = 0;
  virtual void commit() = 0;
  /// What there is, for the screen.
  virtual std::string told() const = 0;
};

std::string shown(const fs::path& path) {
  return printable(path.string(), 400);
}

std::string size_text(std::uintmax_t bytes) {
  constexpr double megabyte = 1e6;
  return readable(static_cast<double>(bytes) / megabyte, 3) + " MB";
}

/// One file, written by a function.
class MadeFile : public Made {
 public:
  using Write = std::function<void(const exchange::Result&, const fs::path&)>;
  MadeFile(const fs::path& target, report::Existing existing, Write writer)
      : file_(target, existing), write_(std::move(writer)) {}

  void write(const exchange::Result& result) override {
    write_(result, file_.path());
    tables_ = result.tables().size();
    bytes_ = fs::file_size(file_.path());
  }
  void commit() override { file_.commit(); }
  std::string told() const override {
    return shown(file_.target()) + ": " + std::to_string(tables_) + " tables, " +
           size_text(bytes_) + "\n";
  }

 private:
  report::PendingFile file_;
  Write write_;
  std::size_t tables_ = 0;
  std::uintmax_t bytes_ = 0;
};

class MadeFolder : public Made {
 public:
  MadeFolder(const fs::path& target, report::Existing existing, const report::CsvProfile& profile)
      : folder_(target, existing), profile_(profile) {}

  void write(const exchange::Result& result) override {
    done_ = exchange::write_csv_folder(result, profile_, folder_.path());
    const exchange::SheetLimits limits;
    for (const auto& split : done_.splits) {
      complain("note: " + printable(split.file) + " has more rows than a sheet of Excel takes: " +
               printable(split.parts.front()) + " to " + printable(split.parts.back()) + "\n");
    }
    for (const auto& file : done_.too_wide) {
      complain("warning: " + printable(file) + " has more than " + std::to_string(limits.columns) +
               " columns, of which Excel leaves out the last\n");
    }
  }
  void commit() override { folder_.commit(); }
  std::string told() const override {
    return shown(folder_.target()) + ": " + std::to_string(done_.tables) + " tables, " +
           size_text(done_.bytes) + "\n";
  }

 private:
  report::Folder folder_;
  const report::CsvProfile& profile_;
  exchange::CsvFolder done_;
};

void write_sqlite(const exchange::Result& result, const fs::path& file) {
  exchange::write_database(result, file);
}

exchange::WorkbookOptions workbook_options(const ExportOptions& options) {
  exchange::WorkbookOptions workbook;
  workbook.rows = options.rows;
  return workbook;
}

/// What stands behind the name of the result in the name of its export.
std::string ending_of(ExportFormat format, const report::CsvProfile& profile) {
  if (format == ExportFormat::csv) return ".csv-" + std::string(profile.name());
  return "." + std::string(name_of(format));
}

std::unique_ptr<Made> begin(ExportFormat format, const fs::path& target,
                            const ExportOptions& options) {
  switch (format) {
    case ExportFormat::csv:
      return std::make_unique<MadeFolder>(target, options.existing, *options.profile);
    case ExportFormat::xlsx: {
      const auto workbook = workbook_options(options);
      return std::make_unique<MadeFile>(
          target, options.existing,
          [workbook](const exchange::Result& result, const fs::path& file) {
            exchange::write_workbook(result, file, workbook);
          });
    }
    case ExportFormat::json:
      return std::make_unique<MadeFile>(target, options.existing, exchange::write_json);
    case ExportFormat::sqlite:
      break;
  }
  return std::make_unique<MadeFile>(target, options.existing, write_sqlite);
}

/// The folder under a name that others can be made of: not "." or "results/x/".
fs::path named(const std::string& folder) {
  auto path = fs::path(folder).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  if (path.filename() == "." || path.filename() == ".." || path.empty())
    return fs::canonical(folder);
  return path;
}

/// Tells tables of which a workbook has a part only, and whether --rows helps.
void tell_parts(const exchange::Book& book, const std::vector<std::string>& tables) {
  for (const auto& page : book.pages) {
    const bool there = std::ranges::find(tables, page.table) != tables.end();
    if (!there || page.data.rows.size() == page.rows_in_all) continue;
    complain("note: " + printable(page.table) + " has " + std::to_string(page.data.rows.size()) +
             " of " + std::to_string(page.rows_in_all) + " rows: " + printable(page.rest, 400) +
             "\n");
  }
}

/// "mine.before.xlsx" of "mine.xlsx", or with a number if there is one already.
fs::path before(const fs::path& workbook) {
  const auto named_so = [&](const std::string& number) {
    auto name = workbook.stem();
    name += ".before" + number;
    name += workbook.extension();
    return workbook.parent_path() / name;
  };
  auto path = named_so("");
  for (int i = 2; report::is_there(path); ++i) path = named_so("-" + std::to_string(i));
  return path;
}

/// Throws UsageError if someone has the workbook open, whose copy would come back over ours, or may
/// not write it.
void check_free(const fs::path& workbook) {
  const auto name = workbook.filename().string();
  for (const auto& lock : {".~lock." + name + "#", "~$" + name}) {
    if (!report::is_there(workbook.parent_path() / lock)) continue;
    throw UsageError(shown(workbook) + " is open in a spreadsheet program. Close it there first");
  }
  using fs::perms;
  const auto writable = perms::owner_write | perms::group_write | perms::others_write;
  if ((fs::status(workbook).permissions() & writable) == perms::none) {
    throw UsageError(shown(workbook) + " is read-only. Name another --out, or make it writable");
  }
}

/// Puts the result into a workbook.
std::string fill_again(const exchange::Result& result, const ExportOptions& options) {
  const fs::path workbook(*options.into);
  const fs::path out = options.out ? fs::path(*options.out) : workbook;
  if (options.out) {
    const bool there = report::is_there(out);
    if (there && options.existing == report::Existing::keep) {
      throw UsageError(shown(out) +
                       " exists already. Choose another --out, or --force to replace it");
    }
  }
  const auto book = exchange::book_of(result, workbook_options(options));
  std::vector<exchange::NamedTable> tables;
  for (const auto& page : book.pages) tables.push_back({page.table, page.data});
  std::optional<report::PendingFile> kept;
  if (!options.out) {
    kept.emplace(before(workbook), report::Existing::keep);
    fs::copy_file(workbook, kept->path());
  }
  const auto done = exchange::refill(workbook, out, tables);
  if (kept) kept->commit();
  std::string text = shown(out) + ": filled " + join(done.tables, ", ") + "\n";
  if (kept) text += "  as it was: " + shown(kept->target()) + "\n";
  const auto note = [&](const std::string& what, const std::vector<std::string>& names) {
    if (!names.empty())
      complain("note: " + what + ": " + printable(join(names, ", "), 2000) + "\n");
  };
  tell_parts(book, done.tables);
  note("tables that this result does not have stay as they were", done.missing);
  note("columns that the workbook does not have are left out", done.left_out);
  note("by address, so that they may miss rows", done.by_address);
  return text;
}

/// Throws UsageError if `target` is the result, or would lie in this or another.
void check_outside(const fs::path& target, const fs::path& folder) {
  const auto refuse = [&](const std::string& why) {
    throw UsageError(shown(target) + " " + why + ". Choose another --out");
  };
  const auto place = fs::weakly_canonical(fs::absolute(target));
  if (place == fs::canonical(folder)) refuse("is the result itself");
  if (report::manifest_files(target / report::manifest_name) &&
      report::kind_of(target) != exchange::export_kind) {
    refuse("is a result, which no export replaces");
  }
  for (auto above = place.parent_path(); above != above.parent_path();
       above = above.parent_path()) {
    if (report::manifest_files(above / report::manifest_name)) {
      refuse("would lie in a result, whose manifest lists all its files");
    }
  }
}

}  // namespace

ExitCode export_result(const Arguments& arguments) {
  const auto options = read_export_options(arguments);
  if (!options) {
    say(export_help());
    return ExitCode::done;
  }
  if (report::kind_of(options->folder) == exchange::export_kind) {
    throw UsageError(shown(options->folder) +
                     " is an export itself. Export the result that it was made from");
  }
  const exchange::Result result{fs::path(options->folder)};
  std::vector<std::unique_ptr<Made>> all;
  for (const auto format : options->formats) {
    fs::path target = options->out ? fs::path(*options->out) : named(options->folder);
    if (!options->out) target += ending_of(format, *options->profile);
    check_outside(target, options->folder);
    all.push_back(begin(format, target, *options));
  }
  if (options->into) {
    const fs::path workbook(*options->into);
    if (!report::is_there(workbook)) throw WorldError(shown(workbook), "there is no such file");
    if (!fs::is_regular_file(workbook)) throw WorldError(shown(workbook), "is not a file");
    if (!options->out) check_free(workbook);
    check_outside(options->out ? fs::path(*options->out) : workbook, options->folder);
  }
  if (options->example) {
    fs::path target = options->out ? fs::path(*options->out) : named(options->folder);
    if (!options->out) target += ".example.xlsx";
    check_outside(target, options->folder);
    const auto workbook = workbook_options(*options);
    all.push_back(std::make_unique<MadeFile>(
        target, options->existing, [workbook](const exchange::Result& from, const fs::path& file) {
          const auto book = exchange::example_of(from, workbook);
          std::vector<std::string> all_tables;
          for (const auto& page : book.pages) all_tables.push_back(page.table);
          tell_parts(book, all_tables);
          exchange::write_xlsx(book, file);
        }));
  }
  for (const auto& one : all) one->write(result);
  std::string told;
  for (const auto& one : all) {
    one->commit();
    told += one->told();
  }
  if (options->into) told += fill_again(result, *options);
  if (options->loudness == Loudness::normal) say(told);
  return ExitCode::done;
}

}  // namespace truce::cli
