#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <mutex>

#include "sim/app/bench/precision_adjust.hpp"
#include "sim/app/bench/precision_plot.hpp"
#include "sim/app/bench/precision_text.hpp"
#include "sim/app/bench/precision_units.hpp"
#include "sim/app/campaign/run_batches.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/base/error.hpp"
#include "sim/io/posix_file.hpp"

namespace app {

namespace {

PrecisionQuestion question_of(BenchPrecisionOptions const& options) {
  return {options.study, options.overrides, options.response, options.nation, options.treatment};
}

/// Unit after unit of each method. [methods][units]
using Units = std::vector<std::vector<PrecisionUnit>>;

/// One unit of every method before the next: a slow minute of the machine touches them all.
Units measure(std::vector<PrecisionBench> const& methods, std::uint32_t futures, unsigned jobs) {
  Units units(methods.size(), std::vector<PrecisionUnit>(futures));
  std::mutex mutex;
  std::uint32_t done = 0;
  for_each_unit(futures, jobs, [&](std::uint32_t i, sim::Executor& executor) {
    for (std::size_t m = 0; m < methods.size(); ++m) units[m][i] = methods[m].run(i, futures + i, executor);
    std::lock_guard const lock(mutex);
    if (++done % std::max(1U, futures / 10) == 0) complain(fmt::format("{} of {} futures\n", done, futures));
  });
  return units;
}

PrecisionSample sample_of(PrecisionMethod const& method, std::vector<PrecisionUnit> const& units) {
  PrecisionSample sample{.name = method.title, .values = {}, .cpu_s = {}, .pairs_per_unit = method.pairs_per_unit};
  std::vector<double> differences;
  std::vector<std::vector<double>> controls(units.front().controls.size());
  for (PrecisionUnit const& unit : units) {
    differences.push_back(unit.difference);
    sample.cpu_s.push_back(unit.cpu_s);
    for (std::size_t c = 0; c < controls.size(); ++c) controls[c].push_back(unit.controls[c]);
  }
  adjust(sample, differences, controls);
  return sample;
}

/// The report but for its check.
PrecisionReport report_of(BenchPrecisionOptions const& options, std::vector<PrecisionBench> const& methods, Units const& units) {
  PrecisionBench const& any = methods.front();
  PrecisionReport report{.study = any.study().name, .response = any.response().name, .unit = any.response().unit,
                         .nation = any.response().per_nation ? any.nation() : "", .reference = any.study().reference, .treatment = any.treatment(),
                         .futures = options.futures, .target = options.target, .samples = {}, .keys = {}, .results = {}, .check = {}};
  for (std::size_t m = 0; m < methods.size(); ++m) {
    report.keys.push_back(methods[m].method().key);
    report.samples.push_back(sample_of(methods[m].method(), units[m]));
    if (analysis::moments(report.samples.back().values).variance == 0)
      throw sim::Error("all differences are equal with " + methods[m].method().title + " (there is no error to reduce) ask for another response or treatment, or for more futures");
  }
  for (PrecisionUnit const& unit : units.front()) report.reference_mean += unit.reference / static_cast<double>(units.front().size());
  report.results = precision_results(report.samples, options.target, any.study().seed);
  if (report.results.half_width == 0) throw sim::Error("the estimated difference is 0 (no share of it can be reached) ask for more futures, or another response");
  return report;
}

/// The best method on futures that nobody has used, until its half-width is a share of the reference's mean.
PrecisionCheck check(BenchPrecisionOptions const& options, PrecisionReport const& report, std::vector<PrecisionMethod> const& methods, unsigned jobs) {
  auto const& rows = report.results.rows;
  auto const best = static_cast<std::size_t>(std::max_element(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.factor < b.factor; }) - rows.begin());
  double const target = options.check * std::fabs(report.reference_mean);
  auto const pairs = static_cast<double>(report.samples[best].pairs_per_unit);
  auto const most = static_cast<std::uint32_t>(looks_until(units_to(rows[best].pair_variance, target) / pairs).back());
  std::uint32_t const first = 2 * options.futures;
  PrecisionBench const bench(question_of(options), methods[best], first + 2 * most);
  std::vector<PrecisionUnit> units;
  return check_prediction(rows[best], report.samples[best], target, [&](PrecisionSample& sample, std::size_t size) {
    complain(fmt::format("check: {} units\n", size));
    auto const begin = static_cast<std::uint32_t>(units.size());
    units.resize(size);
    for_each_unit(static_cast<std::uint32_t>(size) - begin, jobs, [&](std::uint32_t i, sim::Executor& executor) {
      units[begin + i] = bench.run(first + begin + i, first + most + begin + i, executor);
    });
    sample = sample_of(bench.method(), units);
  });
}

std::string drawing(PrecisionReport const& report) {
  PrecisionPlot plot{.question = question_of(report), .results = report.results, .curves = {}, .reached = {}};
  for (PrecisionSample const& sample : report.samples) plot.curves.push_back(measured_curve(sample));
  if (auto const& c = report.check; c && c->is_reached) {
    plot.reached = PrecisionPoint{c->cpu_s, (c->difference.hi - c->difference.lo) / 2};
    plot.reached_target = c->target;
  }
  return precision_svg(plot);
}

void write(std::filesystem::path const& path, std::string const& text) {
  sim::write_file_durably(path, text);
  complain(fmt::format("written: {}\n", path.string()));
}

}  // namespace

Exit bench_precision(BenchPrecisionOptions const& options) {
  unsigned const jobs = options.jobs > 0 ? options.jobs : cores_of_this_rank();
  std::vector<PrecisionMethod> const methods = precision_methods();
  std::vector<PrecisionBench> benches;
  for (PrecisionMethod const& method : methods) benches.emplace_back(question_of(options), method, 2 * options.futures);
  std::filesystem::create_directories(options.out);
  PrecisionReport report = report_of(options, benches, measure(benches, options.futures, jobs));
  if (options.check > 0) report.check = check(options, report, methods, jobs);
  std::filesystem::path const out = options.out;
  write(out / "precision.json", json_text(report));
  write(out / "precision.md", text_of(report));
  write(out / "precision.svg", drawing(report));
  print(options.json ? json_text(report) : text_of(report));
  return Exit::done;
}

}  // namespace app
