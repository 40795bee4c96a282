#include <cmath>

#include "analysis/report/analysis.hpp"
#include "analysis/report/limit_words.hpp"
#include "analysis/report/text.hpp"
#include "analysis/report/words.hpp"

namespace analysis {
namespace {

std::string interval(Estimate const& e) { return std::isnan(e.lo) ? "-" : number(100 * e.lo) + " to " + percent(e.hi); }

std::string again(FactorLimit const& l) {
  if (std::isnan(l.found_again.lo)) return percent(l.found_again.hi);
  return std::isnan(l.found_again.hi) ? percent(l.found_again.lo) : percent(l.found_again.lo) + ", " + percent(l.found_again.hi);
}

std::string boxes_table(Analysis const& a) {
  auto const& d = a.discovery;
  std::string out;
  for (std::size_t i = 0; i < d.boxes.size(); ++i) {
    auto const& b = d.boxes[i];
    out += "  box " + std::to_string(i + 1) + ": " + std::to_string(b.numbers.tally.cases) + " of " + std::to_string(b.numbers.tally.n) + " are cases, density " + percent(b.density.mean) + " (" +
           interval(b.density) + "), coverage " + percent(b.coverage) + ", mass " + percent(b.mass) + ", unseen " + percent(b.held_out.mean) + " (" + interval(b.held_out) + ")\n";
    for (auto const& l : b.limits)
      out += "    " + column(limit_phrase(a.schema, l), 62) + " quasi-p " + column(number(l.quasi_p), 10, true) + "   found again " + column(again(l), 12, true) + "\n";
  }
  return out;
}

std::string leaves_table(Analysis const& a) {
  auto const& d = a.discovery;
  if (d.leaves.size() < 2) return "";
  std::string out = "  leaves of the tree                                    cases      n   share\n";
  for (auto const& l : d.leaves)
    out += wrapped(column(std::to_string(l.tally.cases), 6, true) + " of " + column(std::to_string(l.tally.n), 5, true) + " " + column(percent(l.share.mean), 8, true) + "  " + limits_phrase(a.schema, l.limits), "    ");
  return out;
}

}  // namespace

std::string discovery_text(Analysis const& a) {
  auto const& d = a.discovery;
  if (!d.subject) return "";
  std::string out = "\nScenario discovery: where '" + a.schema.treatments[d.subject->treatment].name + "' " + case_words(d.sought) + " (cases)\n";
  for (auto const& sentence : discovery_sentences(a)) out += wrapped(sentence, "- ");
  return out + boxes_table(a) + leaves_table(a);
}

}  // namespace analysis
