#include "analysis/report/sensitivity.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/report/headline.hpp"
#include "analysis/report/histories.hpp"
#include "analysis/report/sensitivity_data.hpp"
#include "analysis/report/words.hpp"
#include "analysis/sensitivity/shapley.hpp"

namespace analysis {
namespace {

constexpr std::size_t pairs_listed = 200;
constexpr std::size_t futures_per_subset = 8;  // assumed: a subset of k factors is told from others with 8 x 2^k futures

void add_sobol(sim::ResultSchema const& schema, SensitivityData const& data, Sensitivity& all) {
  auto const& sampling = schema.sampling;
  SaltelliOutputs const outputs{data.difference, sampling.factors.size(), sampling.second_order};
  if (sampling.type != "saltelli" || data.factors.size() != sampling.factors.size() || data.difference.size() % outputs.width() != 0) return;
  auto const indices = sobol_indices(outputs, Resampler(schema.seed, "sobol"));  // no noise: a row shares all draws
  for (std::size_t j = 0; j < all.factors.size(); ++j) all.factors[j].sobol = {indices.first[j], indices.total[j]};
  for (auto const& pair : indices.second) all.second_order.push_back({pair.a, pair.b, pair.index});
  if (all.second_order.size() > pairs_listed) {
    std::stable_sort(all.second_order.begin(), all.second_order.end(), [](auto const& a, auto const& b) { return std::fabs(a.index.value) > std::fabs(b.index.value); });
    all.notes.push_back("Of " + count_of(all.second_order.size(), "pair", "pairs") + " of factors the " + std::to_string(pairs_listed) + " with the largest second order are listed.");
    all.second_order.resize(pairs_listed);
  }
  if (indices.dropped > 0)
    all.notes.push_back("Sobol' indices: " + count_of(indices.dropped, "row", "rows") + " of the layout of " + std::to_string(indices.rows + indices.dropped) +
                        " left out whole, because a future in them has no difference.");
  all.used = indices.rows * outputs.width();
  all.notes.push_back("Sobol' indices are shares of the spread over the factors and all other random draws together. The futures of a row share those draws: a factor that does nothing has indices of exactly 0, "
                      "what the draws do by themselves is no factor's, and total indices add up to less than 1 unless interactions make up for it.");
}

void add_morris(sim::ResultSchema const& schema, SensitivityData const& data, Sensitivity& all) {
  auto const& sampling = schema.sampling;
  if (!are_trajectories(sampling, schema.futures) || data.factors.size() != sampling.factors.size()) return;
  auto const effects = elementary_effects(data.difference, {sampling.factors.size(), sampling.moved, sampling.direction, morris_step(sampling.levels)});
  Resampler const resampler(schema.seed, "morris");
  for (std::size_t j = 0; j < all.factors.size(); ++j) all.factors[j].morris = morris_index(effects[j], resampler);
  all.notes.push_back("Morris: the futures of a trajectory share all random draws beside the factors, so that a factor that does nothing has mu* and mu of exactly 0; mu* and sigma hold what a factor does together with those draws.");
}

void add_delta(sim::ResultSchema const& schema, SensitivityData const& data, Sensitivity& all) {
  if (data.sample.empty()) {
    all.notes.push_back("No delta and no Shapley effects: the futures of a design of type " + schema.sampling.type + " are no independent draws of the factors.");
    return;
  }
  if (data.sample.size() < delta_least_futures) {
    all.notes.push_back("No delta and no Shapley effects: they want " + std::to_string(delta_least_futures) + " and " + std::to_string(shapley_least_futures) +
                        " independent futures, there are " + std::to_string(data.sample.size()) + ".");
    return;
  }
  if (data.sample.size() == sample_most)
    all.notes.push_back("Delta, Shapley effects and regressions take " + count_of(sample_most, "future", "futures") + " drawn at random, which is enough for them.");
  std::vector<std::vector<double>> columns;
  for (std::size_t j = 0; j < data.factors.size(); ++j) columns.push_back(sampled(data, j));
  auto const found = deltas(columns, sampled_differences(data), Resampler(schema.seed, "delta"));
  for (std::size_t j = 0; j < found.size(); ++j)
    if (!std::isnan(found[j].index.value)) all.factors[j].delta = found[j];
}

// Positions of factors by a value, largest first; undefined values are left out.
template <class Value>
std::vector<std::size_t> ranked(std::vector<FactorSensitivity> const& factors, Value const& value) {
  std::vector<std::size_t> order;
  for (std::size_t j = 0; j < factors.size(); ++j)
    if (!std::isnan(value(factors[j]))) order.push_back(j);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return value(factors[a]) > value(factors[b]); });
  return order;
}

double delta_of(FactorSensitivity const& f) { return f.delta ? f.delta->index.value : undefined; }

// Subsets of all factors where the futures suffice for them, else of the leading ones by delta.
void add_shapley(sim::ResultSchema const& schema, SensitivityData const& data, Sensitivity& all) {
  std::size_t const n = data.sample.size();
  if (n < delta_least_futures) return;  // said with delta
  if (n < shapley_least_futures) {
    all.notes.push_back("No Shapley effects: they want " + std::to_string(shapley_least_futures) + " independent futures.");
    return;
  }
  std::size_t most = 0;
  while (most < 8 && (futures_per_subset << (most + 1)) <= n) ++most;
  auto leading = ranked(all.factors, delta_of);
  bool const complete = leading.size() == all.factors.size() && leading.size() <= most;
  leading.resize(std::min(leading.size(), most));
  if (leading.empty()) return;
  std::vector<std::vector<double>> columns;
  for (std::size_t const j : leading) columns.push_back(sampled(data, j));
  auto const found = shapley_effects(columns, sampled_differences(data), complete ? all.noise.variance : undefined, Resampler(schema.seed, "shapley"));
  for (std::size_t i = 0; i < leading.size(); ++i)
    if (!std::isnan(found.effects[i].value)) all.factors[leading[i]].shapley = found.effects[i];
  all.shapley_explained = found.explained;
  if (!complete && !std::isnan(found.explained))
    all.notes.push_back("Shapley effects are those of the " + count_of(leading.size(), "leading factor", "leading factors") + " by delta among each other, which is what " +
                        count_of(n, "future carries", "futures carry") + "; together they explain " + percent(std::max(0.0, found.explained)) +
                        " of the spread, the others and Monte Carlo noise the rest.");
}

void rank(Sensitivity& all) {
  auto const total = [](FactorSensitivity const& f) { return f.sobol ? f.sobol->total.value : undefined; };
  auto const mu_star = [](FactorSensitivity const& f) { return f.morris ? f.morris->mu_star.value : undefined; };
  all.by_ignorance = ranked(all.factors, total);
  if (all.by_ignorance.empty()) all.by_ignorance = ranked(all.factors, delta_of);
  if (all.by_ignorance.empty()) all.by_ignorance = ranked(all.factors, mu_star);
  all.by_leverage = ranked(all.factors, [](FactorSensitivity const& f) { return std::fabs(f.ten_percent.value); });
}

}  // namespace

std::optional<Sensitivity> sensitivity(ResultsSource const& source, Histories const& histories, Analysis const& a) {
  if (!a.headline.subject) return std::nullopt;
  auto const data = sensitivity_data(source, histories, a);
  if (data.factors.empty()) return std::nullopt;
  Sensitivity all;
  all.design = a.schema.sampling.type;
  all.futures = a.schema.futures;
  std::vector<double> defined;
  for (double const d : data.difference)
    if (!std::isnan(d)) defined.push_back(d);
  all.used = defined.size();
  for (std::size_t const k : data.factors) {
    all.factors.emplace_back();
    all.factors.back().factor = k;
  }
  auto const spread = moments(defined);
  if (!(spread.variance > 0)) {
    all.notes.push_back(defined.size() < 2 ? "Fewer than two futures have a difference: nothing can be said of its factors."
                                           : "The difference is the same in every future: there is no spread for any factor to explain.");
  } else {
    all.noise = noise_share(data.pairs, Resampler(a.schema.seed, "noise"), unit_futures(a.schema));
    if (std::isnan(all.noise.share.value)) all.notes.push_back("The share of Monte Carlo noise needs two replications a future.");
    add_sobol(a.schema, data, all);
    add_morris(a.schema, data, all);
    add_delta(a.schema, data, all);
    add_shapley(a.schema, data, all);
    equal_changes(a.schema, data, all);
    rank(all);
  }
  if (all.used < all.futures)
    all.left_out_reason = defined.size() < all.futures ? "no finished pair of histories (failed, censored or not run), or in one row with such a future" : "";
  return all;
}

void add_sensitivity(Analysis& a, ResultsSource const& source, Histories const& histories) {
  a.sensitivity = sensitivity(source, histories, a);
  add_before_count(a.headline, {ignorance_sentence(a), leverage_sentence(a)});
  if (auto const caveat = noise_caveat(a); !caveat.empty()) a.headline.caveats.push_back(caveat);
}

}  // namespace analysis
