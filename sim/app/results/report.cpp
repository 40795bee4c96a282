#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "analysis/page/page.hpp"
#include "analysis/report/file_source.hpp"
#include "analysis/report/report_data.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/explain/report_extras.hpp"
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
  if (options.treatment) wanted.headline_treatment = *options.treatment;
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
