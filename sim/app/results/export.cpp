#include <filesystem>

#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/csv_writer.hpp"
#include "sim/app/results/export_tables.hpp"
#include "sim/base/error.hpp"
#include "sim/io/manifest.hpp"
#include "sim/io/output.hpp"
#include "sim/io/results_file.hpp"

namespace app {

Exit export_table(ExportOptions const& options) {
  bool const is_unfinished = !std::filesystem::exists(options.results) &&
                             std::filesystem::exists(sim::manifest_path(sim::parts_directory(options.results)));
  if (is_unfinished) {
    throw sim::Error("cannot export " + options.results + " (the campaign is not finished) write what is there with: berylia merge " +
                     shell_quoted(options.results) + " --partial FILE.h5");
  }
  sim::ResultsFile const file(options.results);
  if (!options.out.empty()) {
    require_writable_folder(options.out);
    require_absent(options.out);
  }
  CsvWriter csv(options.out);
  write_table(file, options, csv);
  csv.finish();
  return Exit::done;
}

}  // namespace app
