#include <fmt/format.h>

#include "analysis/page/page.hpp"
#include "analysis/report/file_source.hpp"
#include "analysis/report/report_data.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"

namespace app {

Exit report(ReportOptions const& options) {
  require_writable_folder(options.out);
  require_absent(options.out);
  auto const source = analysis::open_results(options.results);
  analysis::Options wanted;
  wanted.results_path = options.results;
  std::string const page = analysis::render_page(analysis::report_data(*source, wanted));
  write_new_file(options.out, page);
  print(fmt::format("wrote {} ({:.1f} MB): open it in any browser\n", options.out,
                    static_cast<double>(page.size()) / 1e6));
  return Exit::done;
}

}  // namespace app
