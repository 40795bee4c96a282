#include "analysis/report/discovery.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/proportion.hpp"
#include "analysis/report/analysis.hpp"
#include "analysis/report/columns.hpp"
#include "analysis/report/headline.hpp"
#include "analysis/report/sensitivity_data.hpp"
#include "sim/base/error.hpp"

namespace analysis {
namespace {

constexpr std::size_t most_points = 2000;
constexpr double least_found_again = 0.5;  // share of searches among parts of the futures that find a box, for one that is confirmed (assumed)

// What each future says. NaN: nothing.
struct FutureValues {
  std::vector<double> better;       // [futures] by how much it is better than what would do
  std::vector<double> worse;        // [futures] by how much it is worse than the reference
  std::vector<Estimate> intervals;  // [futures] of the improvement, over the future's own replications
};

FutureValues values_of(Arm const& treatment, Arm const& reference, bool of_level, double threshold, bool higher_is_worse) {
  auto const pairs = pair_differences(treatment, reference);
  auto const moments = future_moments(of_level ? treatment : treatment.with(pairs));
  double const sign = higher_is_worse ? -1 : 1, level = of_level ? sign * threshold : threshold;
  FutureValues v;
  for (auto const& m : moments) {
    Estimate const e = mean_interval(m);
    double const better = sign * m.mean - level;
    v.better.push_back(m.n == 0 ? undefined : better);
    v.worse.push_back(m.n == 0 || of_level ? undefined : -sign * m.mean - threshold);
    v.intervals.push_back({e.n, sign * m.mean, std::min(sign * e.lo, sign * e.hi), std::max(sign * e.lo, sign * e.hi)});
  }
  return v;
}

Estimate share_of(Tally const& t) {
  std::vector<double> values(t.n, 0);
  std::fill_n(values.begin(), t.cases, 1.0);
  return proportion_interval({values, t.n, 1});
}

Outcome outcome_of(bool is_there, bool is_case) { return !is_there ? Outcome::left_out : is_case ? Outcome::a_case : Outcome::other; }

// Whether the share of cases of `a` is nearer to one half than that of `b`, of as many futures.
bool is_nearer_to_half(Tally const& a, Tally const& b) {
  auto const distance = [](Tally const& t) { return 2 * t.cases > t.n ? 2 * t.cases - t.n : t.n - 2 * t.cases; };
  return distance(a) < distance(b);
}

// Share of the futures with an interval whose interval holds the level between cases and others; NaN: none has one.
double share_unclear(std::vector<Estimate> const& intervals, Outcomes const& outcomes, double level) {
  std::size_t unclear = 0, known = 0;
  for (std::size_t f = 0; f < intervals.size(); ++f) {
    if (outcomes[f] == Outcome::left_out || std::isnan(intervals[f].lo)) continue;
    ++known;
    unclear += intervals[f].lo < level && intervals[f].hi > level;
  }
  return known > 0 ? static_cast<double>(unclear) / static_cast<double>(known) : undefined;
}

class Describing {
 public:
  Describing(FactorTable const& table, std::vector<std::size_t> const& factors, ScenarioDiscovery& d) : table_(table), factors_(factors), d_(d) {}

  void describe() {
    for (auto const& box : d_.found.boxes) d_.boxes.push_back(described(box));
    for (auto const& leaf : d_.found.tree.leaves) d_.leaves.push_back({limits(leaf.box), share_of(leaf.tally), leaf.tally});
    for (std::size_t k = 0; k < d_.found.tree.importance.size(); ++k)
      if (d_.found.tree.importance[k] > 0) d_.importance.emplace_back(factors_[k], d_.found.tree.importance[k]);
    std::stable_sort(d_.importance.begin(), d_.importance.end(), [](auto const& a, auto const& b) { return a.second > b.second; });
  }

  void draw(Outcomes const& outcomes) {
    std::vector<std::size_t> axes;
    auto const add = [&](std::size_t factor) {
      if (axes.size() < 2 && std::find(axes.begin(), axes.end(), factor) == axes.end()) axes.push_back(factor);
    };
    for (auto const& box : d_.boxes)
      for (auto const& limit : box.limits) add(limit.factor);
    for (auto const& [factor, share] : d_.importance) add(factor);
    for (std::size_t k = 0; !axes.empty() && k < factors_.size(); ++k)
      if (table_.columns()[k].varies()) add(factors_[k]);
    if (axes.size() < 2) return;
    d_.axes = axes;
    auto const value = [&](std::size_t factor, std::size_t row) {
      auto const k = static_cast<std::size_t>(std::find(factors_.begin(), factors_.end(), factor) - factors_.begin());
      return table_.columns()[k].distinct[table_.columns()[k].code[row]];
    };
    for (std::size_t row = 0; row < outcomes.size() && d_.points.size() < most_points; ++row)
      if (outcomes[row] != Outcome::left_out) d_.points.push_back({value(axes[0], row), value(axes[1], row), outcomes[row] == Outcome::a_case});
  }

 private:
  std::vector<FactorLimit> limits(Box const& box) const {
    std::vector<FactorLimit> all;
    for (auto const& l : box) {
      auto const& column = table_.columns()[l.factor];
      all.push_back({factors_[l.factor], bounds_of(column, l), undefined, {undefined, undefined}, column.distinct.front(), column.distinct.back(), column.is_discrete()});
    }
    return all;
  }

  DiscoveredBox described(FoundBox const& found) const {
    DiscoveredBox b{limits(found.box), share_of(found.tally), undefined, undefined, found, share_of(found.held_out.inside)};
    b.coverage = static_cast<double>(found.tally.cases) / static_cast<double>(d_.found.all.cases);
    b.is_confirmed = b.held_out.n > 0 && b.held_out.mean > d_.found.all.share() && found.stability.any_box >= least_found_again;
    b.mass = static_cast<double>(found.tally.n) / static_cast<double>(d_.found.all.n);
    for (std::size_t i = 0; i < b.limits.size(); ++i) {
      b.limits[i].quasi_p = found.quasi_p[i];
      b.limits[i].found_again = found.stability.limits[i];
    }
    std::stable_sort(b.limits.begin(), b.limits.end(), [](auto const& x, auto const& y) { return x.quasi_p < y.quasi_p; });
    return b;
  }

  FactorTable const& table_;
  std::vector<std::size_t> const& factors_;  // of the schema, by column
  ScenarioDiscovery& d_;
};

// Factors that vary over the futures that are there, and their values. [futures x factors]
std::vector<std::size_t> varying(sim::ResultSchema const& s, std::size_t futures) {
  std::vector<std::size_t> all;
  std::size_t const width = s.factors.size();
  for (std::size_t k = 0; k < width && s.factor_values.size() >= futures * width; ++k) {
    bool varies = false;
    for (std::size_t f = 1; f < futures && !varies; ++f) varies = s.factor_values[f * width + k] != s.factor_values[k];
    if (varies) all.push_back(k);
  }
  return all;
}

}  // namespace

std::string case_words(Sought sought) { return sought == Sought::level ? "misses the level" : sought == Sought::harm ? "hurts" : "does not help"; }

ScenarioDiscovery discover_headline(ResultsSource const& source, Histories const& histories, Analysis const& a, Options const& options) {
  ScenarioDiscovery d;
  if (!a.headline.subject) {
    d.note = "There is no treatment to compare with the reference, so there is nothing to discover.";
    return d;
  }
  if (options.threshold && !std::isfinite(*options.threshold))
    throw sim::Error("the threshold is not a finite number (it is a level of the headline response) give one in the response's unit");
  auto const is_used = [&](std::size_t future) { return is_independent_draw(a.schema.sampling, future); };
  for (std::size_t f = 0; f < histories.futures(); ++f) d.dependent += is_used(f) ? 0 : 1;
  if (d.dependent > 0 && d.dependent == histories.futures()) {
    d.note = "The futures of a design of type " + a.schema.sampling.type + " are no independent draws of the factors, so there is no scenario discovery: its tests would not hold.";
    return d;
  }
  Subject const& s = *a.headline.subject;
  auto const& response = a.schema.responses[s.response];
  ColumnRequest request{s.response, {}, {}};
  if (s.nation) request.nations = {*s.nation};
  Cube const cube = read_columns(source, histories, request).nations.front();
  auto const margin = a.smallest_effect * std::fabs(find_difference(a, s)->value.reference_mean);
  d.subject = s;
  bool const of_level = options.threshold.has_value();
  d.threshold = options.threshold.value_or(margin > 0 ? margin : 0);
  auto const values = values_of(histories.arm(cube, s.treatment), histories.arm(cube, a.reference), of_level, d.threshold, response.higher_is_worse);
  auto const factors = varying(a.schema, histories.futures());
  std::vector<double> table_values;
  Outcomes unhelped, harmed;
  for (std::size_t f = 0; f < histories.futures(); ++f) {
    bool is_there = is_used(f) && !std::isnan(values.better[f]);
    for (std::size_t const k : factors) {
      double const x = a.schema.factor_values[f * a.schema.factors.size() + k];
      is_there = is_there && std::isfinite(x);
      table_values.push_back(std::isnan(x) ? 0 : x);
    }
    // Without a smallest effect (the reference is 0) an improvement must at least be one.
    bool const is_good = values.better[f] > 0 || (values.better[f] == 0 && (of_level || d.threshold > 0));
    bool const is_harm = values.worse[f] > 0 || (values.worse[f] == 0 && d.threshold > 0);
    unhelped.push_back(outcome_of(is_there, !is_good));
    harmed.push_back(outcome_of(is_there, is_harm));
    if (!is_there) continue;
    ++d.helped.n, ++d.hurt.n;
    d.helped.cases += is_good, d.hurt.cases += is_harm;
  }
  DiscoverOptions wanted;
  wanted.doubt.seed = wanted.cart.seed = a.schema.seed;
  FactorTable const table(table_values, histories.futures(), factors.size());
  d.sought = of_level ? Sought::level : is_nearer_to_half(d.hurt, d.helped) ? Sought::harm : Sought::no_help;
  Outcomes const& outcomes = d.sought == Sought::harm ? harmed : unhelped;
  d.found = discover(table, outcomes, wanted);
  d.futures = d.found.all.n;
  d.left_out = histories.futures() - d.dependent - d.futures;
  d.base = share_of(d.found.all);
  d.helps = share_of(d.helped);
  if (!of_level) d.hurts = share_of(d.hurt);
  double const level = d.sought == Sought::harm ? -d.threshold : of_level && response.higher_is_worse ? -d.threshold : d.threshold;
  d.unclear = share_unclear(values.intervals, outcomes, level);
  d.factors = factors.size();
  Describing describing(table, factors, d);
  describing.describe();
  describing.draw(outcomes);
  return d;
}

}  // namespace analysis
