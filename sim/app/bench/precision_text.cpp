#include "sim/app/bench/precision_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "sim/app/bench/precision_plot.hpp"

namespace app {

namespace {

using Json = nlohmann::ordered_json;
using Line = std::vector<std::string>;

/// Columns as wide as their longest cell; the first to the left, the others to the right.
std::string aligned(std::vector<Line> const& lines) {
  std::vector<std::size_t> widths(lines.front().size(), 3);
  for (Line const& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  std::string text;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    for (std::size_t i = 0; i < widths.size(); ++i) text += i == 0 ? fmt::format("| {:<{}} |", lines[l][i], widths[i]) : fmt::format(" {:>{}} |", lines[l][i], widths[i]);
    text += "\n";
    if (l > 0) continue;
    for (std::size_t i = 0; i < widths.size(); ++i) text += i == 0 ? "|" + std::string(widths[i] + 2, '-') + "|" : std::string(widths[i] + 1, '-') + ":|";
    text += "\n";
  }
  return text;
}

std::string table(PrecisionReport const& report) {
  std::vector<Line> lines{{"method", "difference", "95 % interval", "variance of a pair", "CPU of a pair", "pairs to target", "CPU to target", "times less", "95 % interval"}};
  for (PrecisionRow const& row : report.results.rows) {
    bool const is_first = &row == &report.results.rows.front();
    auto const& d = row.difference;
    lines.push_back({row.name, fmt::format("{:.4f}", d.mean), fmt::format("{:.4f} to {:.4f}", d.lo, d.hi), fmt::format("{:.4g}", row.pair_variance),
                     fmt::format("{:.1f} ms", 1e3 * row.pair_cpu_s), fmt::format("{:.3g}", row.pairs_to_target), cpu_time_text(row.cpu_s_to_target),
                     is_first ? "1" : gain_text(row.factor), is_first ? "" : gain_text(row.factor_lo) + " to " + gain_text(row.factor_hi)});
  }
  return aligned(lines);
}

std::string words_of_target(PrecisionReport const& report) {
  PrecisionResults const& r = report.results;
  std::string const least = r.best_lo <= 0 && r.best_hi >= 0 ? "; its interval holds 0, so the target, and every time to it, may be far off; what methods gain over each other does not depend on it" : "";
  return fmt::format("target: half-width {:.3g}, {:g} % of the best estimate {:.4f} ({:.4f} to {:.4f}){}\n", r.half_width, 100 * report.target, r.best, r.best_lo,
                     r.best_hi, least);
}

std::string words_of_agreement(PrecisionReport const& report) {
  auto const& conflicts = report.results.conflicts;
  if (conflicts.empty()) return "estimates: all agree, none of their differences leaves its interval (5 % over all together)\n";
  std::string text;
  for (PrecisionConflict const& c : conflicts)
    text += fmt::format("estimates: {} and {} do not agree: {:.3g} apart, sampling explains {:.3g}\n", c.first, c.second, c.apart, c.allowed);
  return text;
}

std::string words_of_check(PrecisionReport const& report) {
  if (!report.check) return "";
  PrecisionCheck const& c = *report.check;
  return fmt::format("check: {} until the half-width is {:.3g} ({:.2g} % of the reference's mean {:.4g}): predicted {:.0f} pairs and {}; {} {:.0f} pairs and {} "
                     "(by the clock {}), half-width {:.3g}, difference {:.4f}\n",
                     c.name, c.target, 100 * c.target / std::fabs(report.reference_mean), report.reference_mean, c.predicted_pairs, cpu_time_text(c.predicted_cpu_s),
                     c.is_reached ? "reached with" : "NOT reached with", c.pairs, cpu_time_text(c.cpu_s), cpu_time_text(c.wall_s),
                     (c.difference.hi - c.difference.lo) / 2, c.difference.mean);
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json to_json(PrecisionRow const& row) {
  return {{"method", row.name},
          {"difference", number(row.difference.mean)},
          {"lo", number(row.difference.lo)},
          {"hi", number(row.difference.hi)},
          {"pair_variance", number(row.pair_variance)},
          {"pair_cpu_s", number(row.pair_cpu_s)},
          {"predicted", {{"pairs_to_target", number(row.pairs_to_target)}, {"cpu_s_to_target", number(row.cpu_s_to_target)}}},
          {"factor", number(row.factor)},
          {"factor_lo", number(row.factor_lo)},
          {"factor_hi", number(row.factor_hi)}};
}

Json to_json(PrecisionCheck const& c) {
  return {{"method", c.name},     {"half_width", c.target}, {"predicted", {{"pairs", c.predicted_pairs}, {"cpu_s", c.predicted_cpu_s}}},
          {"reached", c.is_reached}, {"pairs", c.pairs},       {"cpu_s", c.cpu_s},
          {"wall_s", c.wall_s},   {"difference", number(c.difference.mean)}, {"lo", number(c.difference.lo)}, {"hi", number(c.difference.hi)}};
}

}  // namespace

std::string question_of(PrecisionReport const& report) {
  std::string const of = report.nation.empty() ? "" : " of " + report.nation;
  return fmt::format("{}{}, {} against {} ({})", report.response, of, report.treatment, report.reference, report.study);
}

std::string text_of(PrecisionReport const& report) {
  return fmt::format("{} [{}], {} futures\n\n{}\n{}measured: differences, variances (units are futures) and processor time; predicted from these: pairs and time to the "
                     "target; gains with bootstrap intervals, which know nothing of histories rarer than one in the {} futures\n{}{}",
                     question_of(report), report.unit, report.futures, table(report), words_of_target(report), report.futures, words_of_agreement(report), words_of_check(report));
}

std::string json_text(PrecisionReport const& report) {
  PrecisionResults const& r = report.results;
  Json json{{"precision_format", 1},        {"study", report.study},         {"response", report.response},
            {"unit", report.unit},          {"nation", report.nation},       {"reference", report.reference},
            {"treatment", report.treatment}, {"futures", report.futures},    {"reference_mean", number(report.reference_mean)},
            {"target", {{"share", report.target}, {"half_width", number(r.half_width)}, {"of", number(r.best)}, {"lo", number(r.best_lo)}, {"hi", number(r.best_hi)}}},
            {"methods", Json::object()},    {"conflicts", Json::array()},    {"check", nullptr}};
  for (std::size_t i = 0; i < r.rows.size(); ++i) {
    Json& method = json["methods"][report.keys[i]] = to_json(r.rows[i]);
    method["pairs_per_unit"] = report.samples[i].pairs_per_unit;
    method["error_factor"] = report.samples[i].error_factor;
    method["fitted"] = report.samples[i].fitted;
    method["values"] = report.samples[i].values;
    method["cpu_s"] = report.samples[i].cpu_s;
  }
  for (PrecisionConflict const& c : r.conflicts) json["conflicts"].push_back({{"first", c.first}, {"second", c.second}, {"apart", c.apart}, {"allowed", c.allowed}});
  if (report.check) json["check"] = to_json(*report.check);
  return json.dump(2) + "\n";
}

}  // namespace app
