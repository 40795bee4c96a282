#include "analysis/report/analysis.hpp"
#include "analysis/report/file_source.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"

namespace app {

Exit analyze(AnalyzeOptions const& options) {
  auto const source = analysis::open_results(options.results);
  analysis::Options wanted;
  wanted.results_path = options.results;
  wanted.controls = !options.no_controls;
  wanted.beside = analysis::open_beside(options.beside);
  if (options.response) wanted.responses = {*options.response};
  if (options.nation) wanted.nations = {*options.nation};
  wanted.threshold = options.threshold;
  if (options.treatment) wanted.headline_treatment = *options.treatment;
  analysis::Analysis const result = analysis::analyze(*source, wanted);
  print(options.json ? analysis::to_json(result) : analysis::to_text(result));
  return Exit::done;
}

}  // namespace app
