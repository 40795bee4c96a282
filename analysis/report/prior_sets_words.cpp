#include <algorithm>
#include <cmath>

#include "analysis/report/prior_sets.hpp"
#include "analysis/report/sentences.hpp"
#include "analysis/report/words.hpp"

namespace analysis {
namespace {

PriorSetRow const* find_row(PriorSets const& sets, Subject const& s) {
  for (auto const& row : sets.rows)
    if (row.response == s.response && row.nation == s.nation && row.treatment == s.treatment) return &row;
  return nullptr;
}

// -1, 1: the interval lies on that side of zero; 0: it does not, or there is none.
int side(SetEstimate const& e) { return e.lo > 0 ? 1 : e.hi < 0 ? -1 : 0; }

// Whether some two sets differ: their intervals lie on opposite sides of zero, or their means by more than both half-widths together explain, taken as
// independent (sets share their random numbers, which makes this careful).
bool sets_differ(std::vector<SetEstimate> const& by_set) {
  for (auto const& x : by_set)
    for (auto const& y : by_set) {
      double const h = (x.hi - x.lo) / 2, k = (y.hi - y.lo) / 2;
      if (side(x) * side(y) < 0 || std::fabs(x.mean - y.mean) > std::sqrt(h * h + k * k)) return true;
    }
  return false;
}

std::string count_word(std::size_t n) {
  static char const* const words[] = {"no", "one", "two", "three", "four", "five"};
  return n < 6 ? words[n] : std::to_string(n);
}

std::string verb(int side) { return side < 0 ? "lowered" : side > 0 ? "raised" : "no detectable change"; }

}  // namespace

std::string prior_sets_sentence(Analysis const& a, Subject const& s) {
  if (!a.prior_sets) return "";
  auto const& sets = a.prior_sets->sets;
  PriorSetRow const* const row = find_row(*a.prior_sets, s);
  if (row == nullptr) return "The headline's difference is not in all of the campaigns that were to be set side by side.";
  std::vector<std::string> each;
  bool same = true;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    auto const& e = row->by_set[i];
    same = same && side(e) == side(row->by_set.front());
    each.push_back(sets[i].name + " " + signed_number(e.mean) + unit_of(a, s) + " (" + (std::isnan(e.lo) ? "no interval" : range(e.lo, e.hi)) + ")");
  }
  std::string const numbers = ": " + enumeration(each) + ".";
  std::string const response = phrase(a.schema.responses[s.response].name);
  auto const without = std::count_if(row->by_set.begin(), row->by_set.end(), [](auto const& e) { return std::isnan(e.lo); });
  if (without > 0) return "Whether the prior sets agree is open, for not each of them has an interval" + numbers;
  if (same) {
    int const common = side(row->by_set.front());
    std::string const all = "Under all " + count_word(sets.size()) + " prior sets ";
    if (common == 0) return all + "no change in " + response + " is detectable" + numbers;
    return all + response + " is " + verb(common) + " and the interval excludes zero" + numbers;
  }
  std::vector<std::string> found;
  for (int const wanted : {-1, 1}) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < sets.size(); ++i)
      if (side(row->by_set[i]) == wanted) names.push_back(sets[i].name);
    if (!names.empty()) found.push_back(verb(wanted) + " only under " + enumeration(names));
  }
  std::string const told = response + " is " + enumeration(found);
  if (!sets_differ(row->by_set)) return "By the prior sets one by one, " + told + ", but their intervals do not tell the sets apart" + numbers;
  return "The answer depends on the prior set: " + told + numbers;
}

std::string prior_sets_text(Analysis const& a) {
  if (!a.prior_sets) return "";
  auto const& [sets, rows, notes] = *a.prior_sets;
  std::string out = "\nPrior sets side by side, 95 % intervals of the mean\n";
  for (auto const& s : sets)
    out += "  " + column(s.name, 20) + " " + s.study + ", " + count_of(s.futures, "future", "futures") + " x " + std::to_string(s.replications) + ", seed " + std::to_string(s.seed) + "\n";
  std::size_t last = a.schema.responses.size();
  for (auto const& row : rows) {
    if (row.response != last) out += a.schema.responses[row.response].name + " [" + a.schema.responses[row.response].unit + "]\n";
    last = row.response;
    std::string start("  ");
    start += column(row.nation ? a.schema.nations[*row.nation] : "-", 11) + " " + column(a.schema.treatments[row.treatment].name, 32);
    for (std::size_t i = 0; i < sets.size(); ++i) {
      auto const& e = row.by_set[i];
      out += start + " " + column(sets[i].name, 14) + " " + column(signed_number(e.mean), 12, true) + " " + column(std::isnan(e.lo) ? "-" : range(e.lo, e.hi), 24, true) + " " +
             column(percent(e.share_better) + " better", 13, true) + "\n";
      start = std::string(46, ' ');
    }
  }
  for (auto const& n : notes) out.append("  ").append(n).append("\n");
  return out;
}

}  // namespace analysis
