#include "analysis/report/inference_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report/headline.hpp"
#include "analysis/report/words.hpp"

namespace analysis {
namespace {

constexpr std::size_t rows_shown = 15, name_width = 30;

std::string interval_of(double lo, double hi) { return std::isnan(lo) || std::isnan(hi) ? "-" : range(lo, hi); }

std::string p_of(double p) { return std::isnan(p) ? "-" : p < 1e-4 ? "<.0001" : fmt::format("{:.4f}", p); }

char const* words_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::negligible: return "negligible";
    case Verdict::larger: return "rises";
    case Verdict::smaller: return "falls";
    case Verdict::unclear: return "unclear";
  }
  return "unclear";
}

std::string share_of(VarianceShares const& v) {
  if (std::isnan(v.parametric)) return "-";
  return fmt::format("{}{:.0f}%", v.method == VarianceShares::Method::regression ? "~" : "", 100 * v.parametric);
}

std::string name_of(Analysis const& a, std::size_t treatment) { return column(a.schema.treatments[treatment].name, name_width); }

// Positions of the rows that have a mean, best first.
std::vector<LeagueRow const*> ranked(Analysis const& a, League const& league) {
  std::vector<LeagueRow const*> rows;
  for (auto const& row : league.rows)
    if (!std::isnan(row.change.mean)) rows.push_back(&row);
  double const sign = a.schema.responses[league.response].higher_is_worse ? 1 : -1;
  std::stable_sort(rows.begin(), rows.end(), [&](auto const* x, auto const* y) { return sign * x->change.mean < sign * y->change.mean; });
  return rows;
}

std::string table_of(Analysis const& a, League const& league) {
  auto const& response = a.schema.responses[league.response];
  auto const rows = ranked(a, league);
  std::string const who = league.treatment ? "what '" + a.schema.treatments[*league.treatment].name + "' does to each nation" : "each nation's own treatment";
  std::string out = "\nLeague table: " + who + ", " + response.name + " [" + response.unit + "], best first\n";
  out += "  " + column("nation", 7) + column("treatment", name_width) + " " + column("mean", 10, true) + " " + column("interval", 23, true) + " " + column("per year", 10, true) + " " +
         column("log ratio", 10, true) + " " + column("p", 7, true) + " " + column("p Holm", 7, true) + "\n";
  for (std::size_t i = 0; i < std::min(rows.size(), rows_shown); ++i) {
    auto const& r = *rows[i];
    out += "  " + column(a.schema.nations[r.nation], 7) + name_of(a, r.treatment) + " " + column(signed_number(r.change.mean), 10, true) + " " +
           column(interval_of(r.change.lo, r.change.hi), 23, true) + " " + column(std::isnan(r.per_year.mean) ? "-" : signed_number(r.per_year.mean), 10, true) + " " +
           column(std::isnan(r.log_ratio.mean) ? "-" : signed_number(r.log_ratio.mean), 10, true) + " " + column(p_of(r.p), 7, true) + " " + column(p_of(r.holm_p), 7, true) + "\n";
  }
  if (rows.size() > rows_shown) out += "  ... " + std::to_string(rows.size() - rows_shown) + " more in --json\n";
  out += "  Holm's adjustment counts " + count_of(league.family, "test", "tests");
  return out + (league.left_out > 0 ? "; " + count_of(league.left_out, "row has", "rows have") + " too few futures for one.\n" : ".\n");
}

std::string regime_of(Analysis const& a) {
  if (!a.regime) return "";
  auto const& r = *a.regime;
  auto const line = [](char const* name, Estimate const& e) { return "  " + column(name, 44) + column(signed_number(e.mean), 12, true) + " " + column(interval_of(e.lo, e.hi), 24, true) + "\n"; };
  return "\nRegime effect of " + r.organisation + " on " + a.schema.responses[r.response].name + " [" + a.schema.responses[r.response].unit + "], summed over nations\n" +
         line("all members against nobody (GE)", r.regime) + line(("direct effects of the " + std::to_string(r.members) + " members (sum DE)").c_str(), r.sum_direct) +
         line("GE - sum DE", r.difference);
}

}  // namespace

std::string inference_text(Analysis const& a) {
  if (a.differences.empty()) return "";
  std::string out = "\nThe same over " + std::string(unit_futures(a.schema) > 1 ? "independent units" : "futures") + ": medians with sign-test intervals, BCa bootstrap of the mean, tests\n";
  out += "  " + column("nation", 7) + column("treatment", name_width) + " " + column("median", 9, true) + " " + column("its interval", 22, true) + " " + column("BCa of the mean", 22, true) + " " +
         column("p", 6, true) + " " + column("smallest", 10, true) + " " + column("priors", 6, true) + "\n";
  std::size_t last = a.schema.responses.size();
  for (auto const& d : a.differences) {
    if (d.value.exactly_zero || d.value.n == 0) continue;
    auto const& i = d.inference;
    if (d.subject.response != last) out += a.schema.responses[last = d.subject.response].name + "\n";
    out += "  " + column(d.subject.nation ? a.schema.nations[*d.subject.nation] : "-", 7) + name_of(a, d.subject.treatment) + " " + column(signed_number(i.sign.median.mean), 9, true) + " " +
           column(interval_of(i.sign.median.lo, i.sign.median.hi), 22, true) + " " + column(interval_of(i.bca.lo, i.bca.hi), 22, true) + " " + column(p_of(i.p), 6, true) + " " +
           column(words_of(i.equivalence.verdict), 10, true) + " " + column(share_of(i.variance), 6, true) + "\n";
  }
  return out + "  smallest: against the smallest effect of interest, " + percent(a.smallest_effect) + " of the reference\n" +
         "  priors: share of the variance of single histories' differences that the futures make, the rest is chance\n"
         "  (~: what is linear in the factors, by regression, without an interval)\n";
}

std::string league_text(Analysis const& a) {
  std::string out;
  for (auto const& league : a.leagues) out += table_of(a, league);
  return out + regime_of(a);
}

}  // namespace analysis
