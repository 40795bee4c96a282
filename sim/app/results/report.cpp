#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "analysis/page/page.hpp"
#include "analysis/report/file_source.hpp"
#include "analysis/report/report_data.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/explain/report_extras.hpp"
#include "sim/base/shell_quoted.hpp"
#include "sim/base/shortest_number.hpp"
#include "sim/io/posix_file.hpp"
#include "sim/io/results_file.hpp"

namespace app {

namespace {

/// True if `path` is a page that an earlier `report` wrote.
bool is_report(std::string const& path) {
  std::error_code none;
  if (!std::filesystem::is_regular_file(path, none)) return false;
  std::string head(1024, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  return head.find("<meta name=\"generator\" content=\"Berylia\">") != std::string::npos;
}

/// The command that makes the page again, under any name.
std::string command_of(ReportOptions const& options) {
  std::string command = "build/release/berylia report " + sim::shell_quoted(options.results) + " -o report.html";
  auto const add = [&](char const* name, std::optional<std::string> const& value) {
    if (value) command += std::string(" ") + name + " " + sim::shell_quoted(*value);
  };
  add("--response", options.response);
  add("--nation", options.nation);
  add("--treatment", options.treatment);
  for (auto const& path : options.beside) add("--beside", path);
  if (options.threshold) command += " --threshold " + sim::shortest_number(*options.threshold);
  return command + (options.no_replay ? " --no-replay" : "");
}

}  // namespace

Exit report(ReportOptions const& options) {
  require_writable_folder(options.out);
  bool const replaces = is_report(options.out);
  if (!replaces) require_absent(options.out);
  auto const source = analysis::open_results(options.results);
  sim::ResultsFile(options.results).verify();  // the page shows what is read in pieces, which no checksum covers
  for (auto const& path : options.beside) sim::ResultsFile(path).verify();
  analysis::Options wanted;
  wanted.results_path = options.results;
  wanted.beside = analysis::open_beside(options.beside);
  wanted.threshold = options.threshold;
  wanted.headline_response = options.response.value_or("");
  wanted.headline_nation = options.nation.value_or("");
  wanted.headline_treatment = options.treatment.value_or("");
  wanted.report_command = command_of(options);
  analysis::FindExtras find_extras;
  if (!options.no_replay) find_extras = [&](auto const& headline) { return extras_of(options.results, headline); };
  std::string const page = analysis::render_page(analysis::report_data(*source, wanted, find_extras));
  if (replaces) sim::write_file_durably(options.out, page);
  else write_new_file(options.out, page);
  print(fmt::format("wrote {} ({:.1f} MB): open it in any browser\n", options.out,
                    static_cast<double>(page.size()) / 1e6));
  return Exit::done;
}

}  // namespace app
