#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report/analysis.hpp"
#include "analysis/report/inference_text.hpp"
#include "analysis/report/stopping_words.hpp"
#include "analysis/report/text.hpp"
#include "analysis/report/words.hpp"

namespace analysis {
namespace {

constexpr std::size_t line_width = 116, name_width = 40;

}  // namespace

std::string wrapped(std::string const& text, std::string const& bullet) {
  if (text.empty()) return "";
  std::string out = bullet;
  std::size_t used = bullet.size();
  for (std::size_t start = 0; start < text.size();) {
    auto const end = std::min(text.find(' ', start), text.size());
    std::size_t const length = end - start;
    if (used + length > line_width) {
      out.back() = '\n';  // instead of the blank
      out.append(bullet.size(), ' ');
      used = bullet.size();
    }
    out += text.substr(start, length) + " ";
    used += length + 1;
    start = end + 1;
  }
  out.pop_back();
  return out + "\n";
}

namespace {

std::string nation_of(Analysis const& a, Subject const& s) { return s.nation ? a.schema.nations[*s.nation] : "-"; }

// The name, of a long one number, beginning and end, so that rows of different treatments look different.
std::string treatment_of(Analysis const& a, Subject const& s) {
  auto const& name = a.schema.treatments[s.treatment].name;
  if (name.size() <= name_width) return name;
  std::string const number = "#" + std::to_string(s.treatment) + " ";
  std::size_t const kept = name_width - number.size() - 1, end = kept * 2 / 3;
  return number + name.substr(0, kept - end) + "~" + name.substr(name.size() - end);
}

std::string interval_of(double lo, double hi) { return std::isnan(lo) ? "-" : range(lo, hi); }

std::string header(std::string const& title) { return "\n" + title + "\n"; }

std::string relative_of(double relative) {
  return std::isnan(relative) ? "-" : fmt::format("{:+.2f}", 100 * relative);
}

// A line of its own for a response before its first row.
std::string heading(Analysis const& a, std::size_t response, std::size_t& last) {
  if (response == last) return "";
  last = response;
  auto const& r = a.schema.responses[response];
  return r.name + " [" + r.unit + "], " + (r.higher_is_worse ? "higher is worse" : "lower is worse") + "\n";
}

std::string row_of(std::string const& nation, std::string const& name, std::string const& mean, std::string const& interval) {
  return "  " + column(nation, 11) + " " + column(name, name_width) + " " + column(mean, 12, true) + " " + column(interval, 24, true);
}

std::string differences_table(Analysis const& a) {
  if (a.differences.empty()) return "";
  std::string out = header("Differences against '" + a.schema.reference + "', paired histories, 95 % intervals of the mean");
  out += row_of("nation", "treatment", "mean", "interval") + " " + column("rel. %", 7, true) + " " + column("better", 7, true) +
         " " + column("pairs", 6, true) + "\n";
  std::size_t last = a.schema.responses.size();
  for (auto const& d : a.differences) {
    auto const& p = d.value;
    out += heading(a, d.subject.response, last);
    out += row_of(nation_of(a, d.subject), treatment_of(a, d.subject),
                  p.exactly_zero ? "exactly 0" : signed_number(p.mean), p.exactly_zero ? "" : interval_of(p.lo, p.hi)) +
           " " + column(p.exactly_zero ? "" : relative_of(p.relative), 7, true) + " " +
           column(p.exactly_zero ? "" : percent(p.share_better), 7, true) + " " + column(std::to_string(p.n), 6, true) + "\n";
  }
  return out;
}

std::string stopping_table(Analysis const& a) {
  auto const& rule = a.schema.stopping;
  if (rule.looks.empty()) return "";
  std::string out = header("Targets of the stopping rule, " + percent(rule.confidence) + " intervals over all its looks");
  for (auto const& row : sim::last_looks(rule)) out += wrapped(stopping_line(a.schema, row), "- ");
  return out;
}

std::string factor_of(double factor) { return std::isnan(factor) ? "-" : fmt::format("{:.2f}", factor); }

// Controls that were used, of all.
std::string used_of(ControlledDifference const& c) {
  auto const used = c.too_few ? 0 : std::count(c.uses.begin(), c.uses.end(), ControlUse::used);
  return std::to_string(used) + "/" + std::to_string(c.uses.size());
}

// Plain less adjusted mean, marked where its interval does not hold 0.
std::string shift_of(Estimate const& shift) { return signed_number(shift.mean) + (shift.lo > 0 || shift.hi < 0 ? "!" : ""); }

// The same differences less what the control variates know to be chance.
std::string controlled_table(Analysis const& a) {
  bool const any = std::any_of(a.differences.begin(), a.differences.end(), [](Difference const& d) { return d.controlled.has_value(); });
  if (!any) return "";
  std::string out = header("The same, adjusted by control variates (factor: so many times the histories; shift: plain less adjusted, ! if clearly not 0)");
  out += row_of("nation", "treatment", "mean", "interval") + " " + column("factor", 7, true) + " " + column("used", 5, true) + " " + column("shift", 10, true) + "\n";
  std::size_t last = a.schema.responses.size();
  for (auto const& d : a.differences) {
    if (!d.controlled || d.value.exactly_zero) continue;
    ControlledDifference const& c = *d.controlled;
    out += heading(a, d.subject.response, last);
    out += row_of(nation_of(a, d.subject), treatment_of(a, d.subject), signed_number(c.adjusted.mean), interval_of(c.adjusted.lo, c.adjusted.hi)) + " " +
           column(factor_of(c.factor), 7, true) + " " + column(used_of(c), 5, true) + " " + column(shift_of(c.shift), 10, true) + "\n";
  }
  return out;
}

// "+ a x b"
std::string alias_text(Alias const& alias) {
  std::string text;
  for (auto const& t : alias.terms) text += (text.empty() ? "" : " x ") + t;
  return (alias.sign < 0 ? "- " : "+ ") + text;
}

std::string effects_table(Analysis const& a) {
  std::string const note = a.factorial_note.empty() ? "" : wrapped(a.factorial_note, "  ");
  if (a.effects.empty()) return note.empty() ? "" : header("Effects of the levers") + note;
  std::string out = header("Effects of the factorial") + note;
  out += row_of("nation", "term", "mean", "interval") + "\n";
  std::size_t last = a.schema.responses.size();
  for (auto const& e : a.effects) {
    std::string term;
    for (auto const& t : e.terms) term += (term.empty() ? "" : " x ") + t;
    std::string others;
    for (auto const& alias : e.aliases) others += (others.empty() ? "" : " ") + alias_text(alias);
    out += heading(a, e.subject.response, last);
    auto const& i = e.value.effect;
    bool const zero = e.value.exactly_zero;
    out += row_of(nation_of(a, e.subject), term, zero ? "exactly 0" : signed_number(i.mean), zero ? "" : interval_of(i.lo, i.hi)) + "\n";
    if (!others.empty()) out += wrapped(others, "                with ");
  }
  return out;
}

std::string spillover_table(Analysis const& a) {
  if (a.spillovers.empty()) return "";
  std::string out = header("Groups: change summed over nations, all but the total without the treated");
  out += row_of("group", "treatment", "mean", "interval") + " " + column("nations", 8, true) + "\n";
  std::size_t last = a.schema.responses.size();
  for (auto const& s : a.spillovers) {
    out += heading(a, s.subject.response, last);
    out += row_of(to_string(s.group), treatment_of(a, s.subject), s.exactly_zero ? "exactly 0" : signed_number(s.change.mean),
                  s.exactly_zero ? "" : interval_of(s.change.lo, s.change.hi)) +
           " " + column(std::to_string(s.nations), 8, true) + "\n";
  }
  return out;
}

std::string sensitivity_table(Analysis const& a) {
  std::string out = sensitivity_text(a);
  for (auto const& note : a.sensitivity ? a.sensitivity->notes : std::vector<std::string>{}) out += wrapped(note, "- ");
  return out;
}

std::string failures_list(Analysis const& a) {
  if (a.failures.empty()) return "";
  std::string out = header("Failed (first " + std::to_string(a.failures.size()) + " of " + std::to_string(a.counts.failed) + ")");
  for (auto const& f : a.failures) out += wrapped(f.message, "- ") + "  " + f.replay + "\n";
  return out;
}

}  // namespace

std::string to_text(Analysis const& a) {
  std::string out = a.schema.title + "\n" + wrapped(a.schema.question, "") + "\n";
  for (auto const& s : a.headline.sentences) out += wrapped(s, "- ");
  out += text_of(a.schema, a.rare_events);
  out += differences_table(a) + prior_sets_text(a) + inference_text(a) + league_text(a);
  out += controlled_table(a) + stopping_table(a) + effects_table(a) + spillover_table(a) + sensitivity_table(a);
  out += discovery_text(a) + robustness_text(a) + failures_list(a);
  out += header("Caveats");
  for (auto const& c : a.headline.caveats) out += wrapped(c, "- ");
  return out;
}

}  // namespace analysis
