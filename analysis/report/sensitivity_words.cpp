#include <algorithm>
#include <cmath>

#include "analysis/report/analysis.hpp"
#include "analysis/report/sentences.hpp"
#include "analysis/report/words.hpp"

namespace analysis {
namespace {

constexpr std::size_t named = 3, rows_shown = 12;
constexpr double much_noise = 0.5;

std::string name_of(Analysis const& a, FactorSensitivity const& f) { return a.schema.factors[f.factor].name; }

// What ranks the factors by ignorance.
enum class Measure { sobol, delta, morris };

Measure measure_of(Sensitivity const& s) {
  auto const& first = s.factors[s.by_ignorance.front()];
  return first.sobol ? Measure::sobol : first.delta ? Measure::delta : Measure::morris;
}

// Whether chance could have made it, the factor being one of all that were compared.
bool stands_out(Sensitivity const& s, FactorSensitivity const& f, Measure measure) {
  std::size_t const compared = s.factors.size();
  if (measure == Measure::delta) return f.delta && f.delta->index.value > f.delta->chance_of_largest;
  if (measure == Measure::morris) return f.morris && is_clear(f.morris->mu, compared);
  return f.sobol && f.sobol->total.value > 0 && is_clear(f.sobol->total, compared);
}

// Whether there is anything to say it with: an interval, or for delta what chance reaches.
bool can_be_told(FactorSensitivity const& f, Measure measure) {
  if (measure == Measure::delta) return f.delta && !std::isnan(f.delta->chance_of_largest);
  if (measure == Measure::morris) return f.morris && !std::isnan(f.morris->mu.error);
  return f.sobol && !std::isnan(f.sobol->total.error);
}

std::string size_of(Analysis const& a, FactorSensitivity const& f, Measure measure) {
  switch (measure) {
    case Measure::sobol:
      return percent(f.sobol->total.value) + " (95 % interval " + percent(f.sobol->total.lo) + " to " + percent(f.sobol->total.hi) + ")";
    case Measure::delta:
      return "delta " + number(f.delta->index.value) + " (" + number(f.delta->index.lo) + " to " + number(f.delta->index.hi) + " over resamples)";
    case Measure::morris:
      return signed_number(f.morris->mu.value) + unit_of(a, *a.headline.subject) + " (" + interval_words(a, *a.headline.subject, f.morris->mu.lo, f.morris->mu.hi) + ")";
  }
  return "";
}

std::string number_of(double value) { return std::isnan(value) ? "-" : number(value); }
std::string interval_of(Index const& i) { return std::isnan(i.lo) ? "-" : range(i.lo, i.hi); }

std::string row_of(std::vector<std::string> const& cells) {
  static constexpr std::size_t widths[] = {34, 9, 9, 9, 9, 11, 23};
  std::string out = "  ";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i != 0) out += ' ';
    out += column(cells[i], widths[i], i != 0);
  }
  return out + "\n";
}

}  // namespace

std::string ignorance_sentence(Analysis const& a) {
  if (!a.sensitivity || a.sensitivity->by_ignorance.empty()) return "";
  auto const& s = *a.sensitivity;
  Measure const measure = measure_of(s);
  std::vector<std::string> parts;
  for (std::size_t const j : s.by_ignorance)
    if (parts.size() < named && stands_out(s, s.factors[j], measure)) parts.push_back(name_of(a, s.factors[j]) + ": " + size_of(a, s.factors[j], measure));
  std::string const all = count_of(s.factors.size(), "factor", "factors");
  bool const none_told = std::none_of(s.by_ignorance.begin(), s.by_ignorance.end(), [&](std::size_t j) { return can_be_told(s.factors[j], measure); });
  if (none_told)
    return "For what each of the " + all + " that vary does no interval can be given, too little having been run: where most of what is not known about the difference comes from stays open.";
  if (parts.empty())
    return "Of the " + all + " that vary, none stands out from what chance alone could make of " + count_of(s.used, "future", "futures") +
           ": where most of what is not known about the difference comes from stays open.";
  switch (measure) {
    case Measure::sobol: return "What is not known about a factor, its interactions included, carries so much of the spread of the difference over futures: " + enumeration(parts) + ".";
    case Measure::delta:
      return "What is not known about these factors moves the distribution of the difference over futures by more than chance could: " + enumeration(parts) +
             "; the largest of " + all + " that do nothing reaches " + number(s.factors[s.by_ignorance.front()].delta->chance_of_largest) + ".";
    case Measure::morris: return "From one end of its grid of quantiles to the other, a factor changes the difference on average by so much, more than chance could: " + enumeration(parts) + ".";
  }
  return "";
}

std::string leverage_sentence(Analysis const& a) {
  if (!a.sensitivity || a.sensitivity->by_leverage.empty()) return "";
  auto const& s = *a.sensitivity;
  std::vector<std::string> parts, largest;
  std::size_t told = 0;
  for (std::size_t const j : s.by_leverage) {
    auto const& f = s.factors[j];
    if (largest.size() < named) largest.push_back(name_of(a, f) + ": " + signed_number(f.ten_percent.value) + unit_of(a, *a.headline.subject));
    told += std::isnan(f.ten_percent.error) ? 0 : 1;
    if (parts.size() == named || !is_clear(f.ten_percent, s.factors.size())) continue;
    parts.push_back(name_of(a, f) + ": " + signed_number(f.ten_percent.value) + unit_of(a, *a.headline.subject) + " (" +
                    interval_words(a, *a.headline.subject, f.ten_percent.lo, f.ten_percent.hi) + ")");
  }
  std::string const all = count_of(s.factors.size(), "factor", "factors");
  if (told == 0) return "An equal 10 % change moves the difference most through " + enumeration(largest) + "; no interval can be given for any of the " + all + " that vary, so chance may have made it.";
  std::string const of_these = told == s.factors.size() ? all + " that vary" : count_of(told, "factor", "factors") + " whose effect has an interval, of " + all + " that vary,";
  if (parts.empty()) return "An equal 10 % change of any of the " + of_these + " has no effect on the difference that chance alone could not have made.";
  return "An equal 10 % change moves the difference most, among effects that chance could not have made, through " + enumeration(parts) + ".";
}

std::string noise_caveat(Analysis const& a) {
  if (!a.sensitivity || !(a.sensitivity->noise.share.value > much_noise)) return "";
  auto const& share = a.sensitivity->noise.share;
  return percent(share.value) + " (95 % interval " + percent(share.lo) + " to " + percent(share.hi) +
         ") of the spread of the difference over futures is Monte Carlo noise, no factor's doing: more replications of each future would show the factors more clearly.";
}

std::string sensitivity_text(Analysis const& a) {
  if (!a.sensitivity) return "";
  auto const& s = *a.sensitivity;
  std::string out = "\nSensitivity of the headline difference to the " + count_of(s.factors.size(), "factor that varies", "factors that vary") + ", " +
                    count_of(s.used, "future", "futures") + " of a design of type " + s.design + "\n";
  if (!std::isnan(s.noise.share.value)) out += "  Monte Carlo noise is " + percent(s.noise.share.value) + " of its spread over futures\n";
  auto const& order = s.by_ignorance.empty() ? s.by_leverage : s.by_ignorance;
  if (!order.empty()) {
    out += row_of({"factor", "first", "total", s.factors[order.front()].morris ? "mu*" : "delta", "Shapley", "10 %", "interval"});
    for (std::size_t i = 0; i < std::min(order.size(), rows_shown); ++i) {
      auto const& f = s.factors[order[i]];
      double const third = f.morris ? f.morris->mu_star.value : f.delta ? f.delta->index.value : undefined;
      out += row_of({name_of(a, f), number_of(f.sobol ? f.sobol->first.value : undefined), number_of(f.sobol ? f.sobol->total.value : undefined), number_of(third),
                     number_of(f.shapley ? f.shapley->value : undefined), std::isnan(f.ten_percent.value) ? "-" : signed_number(f.ten_percent.value), interval_of(f.ten_percent)});
    }
    if (order.size() > rows_shown) out += "  and " + count_of(order.size() - rows_shown, "factor", "factors") + " more (--json)\n";
  }
  return out;
}

}  // namespace analysis
