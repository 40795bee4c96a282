#include "analysis/discovery/prim.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/discovery/membership.hpp"

namespace analysis {
namespace {

// One end of one factor that could be peeled off.
struct Peel {
  std::size_t factor = 0;
  bool low = true;
  std::size_t keeps_from = 0;  // position in the factor's order of the last row that stays at this end
  double gain = 0;             // of the share of cases, per future taken
};

// The whole number of futures that a share of n is, at least 1.
std::size_t part_of(double share, std::size_t n) { return std::max<std::size_t>(1, static_cast<std::size_t>(share * static_cast<double>(n))); }

// By how many standard deviations the cases in the box exceed what its share without the limit lets expect.
double normal_score(Tally const& box, Tally const& without) {
  double const n = static_cast<double>(box.n), p = without.share(), variance = n * p * (1 - p);
  return variance > 0 ? (static_cast<double>(box.cases) - n * p) / std::sqrt(variance) : 0;
}

class Peeling {
 public:
  Peeling(FactorTable const& table, Outcomes const& outcomes, PrimOptions const& options)
      : table_(table), options_(options), members_(outcomes, table.columns().size()), all_(members_.inside()), peelable_(table.columns().size()), first_(table.columns().size(), 0),
        last_(table.columns().size(), table.rows() == 0 ? 0 : table.rows() - 1) {
    double const least = options.least_mass * static_cast<double>(all_.n);
    fewest_ = std::max(options.fewest_futures, static_cast<std::size_t>(std::ceil(least)));
    for (std::size_t k = 0; k < peelable_.size(); ++k) {
      peelable_[k] = table.columns()[k].varies();
      ends_ += peelable_[k] ? 2 : 0;
    }
  }

  // Peels these factors alone.
  void keep_to(std::vector<std::size_t> const& factors) {
    for (std::size_t k = 0; k < peelable_.size(); ++k) peelable_[k] = peelable_[k] && std::find(factors.begin(), factors.end(), k) != factors.end();
  }

  // Raises the best score that the limit of each factor has had. [factors]
  void score(std::vector<double>& best) const {
    for (std::size_t k = 0; k < best.size(); ++k)
      if (is_limited(k)) best[k] = std::max(best[k], normal_score(members_.inside(), members_.without(k)));
  }

  Tally const& inside() const { return members_.inside(); }

  Box box() const {
    Box box;
    for (std::size_t k = 0; k < first_.size(); ++k)
      if (is_limited(k)) box.push_back(limit(k));
    return box;
  }

  // False: nothing more can be peeled.
  bool step() {
    Tally const& now = members_.inside();
    if (now.n <= fewest_ || now.cases == now.n) return false;
    std::optional<Peel> best;
    for (std::size_t k = 0; k < first_.size(); ++k) {
      if (!peelable_[k]) continue;
      for (bool const low : {true, false}) {
        auto const peel = look(k, low);
        if (peel && (!best || peel->gain > best->gain)) best = peel;
      }
    }
    if (!best) return false;
    take(*best);
    return true;
  }

  // What is left of the box without the limits that are not worth their while; none: nothing.
  std::optional<ChosenBox> pruned() const {
    Membership members = members_;
    std::vector<std::size_t> factors;
    for (std::size_t k = 0; k < first_.size(); ++k)
      if (is_limited(k)) factors.push_back(k);
    while (!factors.empty() && !is_worth_it(members, factors)) {
      auto const score = [&](std::size_t k) { return normal_score(members.inside(), members.without(k)); };
      auto const least = std::min_element(factors.begin(), factors.end(), [&](auto a, auto b) { return score(a) < score(b); });
      open(members, *least);
      factors.erase(least);
    }
    if (factors.empty()) return std::nullopt;
    ChosenBox chosen{{}, members.inside(), 0, separation(members.inside(), all_)};
    for (std::size_t const k : factors) chosen.box.push_back(limit(k));
    return chosen;
  }

 private:
  bool is_limited(std::size_t k) const { return first_[k] > 0 || last_[k] + 1 < table_.rows(); }

  Limit limit(std::size_t k) const {
    auto const& column = table_.columns()[k];
    return {k, column.code[column.order[first_[k]]], column.code[column.order[last_[k]]]};
  }

  // Walks inwards over whole values until enough futures of the box are passed and one of another value follows.
  std::optional<Peel> look(std::size_t k, bool low) const {
    auto const& [distinct, code, order] = table_.columns()[k];
    Tally const& now = members_.inside();
    std::size_t const wanted = part_of(options_.alpha, now.n), step = low ? 1 : std::size_t(-1);
    std::size_t const end = low ? last_[k] + 1 : first_[k] - 1;
    std::size_t at = low ? first_[k] : last_[k];
    Tally taken;
    auto const pass = [&] {
      std::uint8_t const adds = members_.adds(order[at]);
      taken.n += adds & 1U;
      taken.cases += adds >> 1U;
      at += step;
    };
    while (at != end && taken.n < wanted) pass();
    if (at == end) return std::nullopt;
    std::uint32_t const passed = code[order[at - step]];
    while (at != end && (members_.adds(order[at]) == 0 || code[order[at]] == passed)) pass();
    if (at == end || now.n - taken.n < fewest_) return std::nullopt;
    while (code[order[at - step]] == code[order[at]]) at -= step;  // its value begins with futures that others shut out
    Tally const left{now.n - taken.n, now.cases - taken.cases};
    return Peel{k, low, at, (left.share() - now.share()) / static_cast<double>(taken.n)};
  }

  void take(Peel const& peel) {
    auto const& order = table_.columns()[peel.factor].order;
    auto& end = peel.low ? first_[peel.factor] : last_[peel.factor];
    for (; end != peel.keeps_from; end += peel.low ? 1 : std::size_t(-1)) members_.shut_out(order[end], peel.factor);
  }

  void open(Membership& members, std::size_t k) const {
    auto const& order = table_.columns()[k].order;
    for (std::size_t i = 0; i < first_[k]; ++i) members.let_in(order[i], k);
    for (std::size_t i = last_[k] + 1; i < order.size(); ++i) members.let_in(order[i], k);
  }

  bool is_worth_it(Membership const& members, std::vector<std::size_t> const& factors) const {
    if (factors.size() > options_.most_limits) return false;
    double const level = std::min(options_.quasi_p_level, 1 / static_cast<double>(ends_));
    return std::all_of(factors.begin(), factors.end(), [&](std::size_t k) { return quasi_p(members.inside(), members.without(k)) <= level; });
  }

  FactorTable const& table_;
  PrimOptions options_;
  Membership members_;
  Tally all_;
  std::vector<bool> peelable_;             // [factors]
  std::vector<std::size_t> first_, last_;  // [factors] positions in the factor's order that are inside its limit
  std::size_t fewest_ = 1, ends_ = 0;
};

bool is_better(ChosenBox const& a, ChosenBox const& b) { return a.separation != b.separation ? a.separation > b.separation : a.separation > 0 && a.tally.n > b.tally.n; }

// The factors whose limits were worth most at any step of a peeling of all factors.
std::vector<std::size_t> screened(FactorTable const& table, Outcomes const& outcomes, PrimOptions const& options) {
  Peeling peeling(table, outcomes, options);
  std::vector<double> best(table.columns().size(), 0);
  do peeling.score(best);
  while (peeling.step());
  std::vector<std::size_t> factors(best.size());
  std::iota(factors.begin(), factors.end(), std::size_t{0});
  std::stable_sort(factors.begin(), factors.end(), [&](auto a, auto b) { return best[a] > best[b]; });
  factors.resize(std::min(factors.size(), 2 * options.most_limits));
  return factors;
}

// Every step of the peeling; with `trajectory` (not null) its boxes are kept.
std::optional<ChosenBox> search(FactorTable const& table, Outcomes const& outcomes, PrimOptions const& options, std::vector<Peeled>* trajectory) {
  Peeling peeling(table, outcomes, options);
  peeling.keep_to(screened(table, outcomes, options));
  ChosenBox chosen;
  std::size_t step = 0;
  do {
    if (trajectory != nullptr) trajectory->push_back({peeling.box(), peeling.inside()});
    auto candidate = peeling.pruned();
    if (candidate && is_better(*candidate, chosen)) {
      chosen = *std::move(candidate);
      chosen.step = step;
    }
    ++step;
  } while (peeling.step());
  return chosen.separation > 0 ? std::optional(chosen) : std::nullopt;
}

}  // namespace

PrimSearch prim(FactorTable const& table, Outcomes const& outcomes, PrimOptions const& options) {
  PrimSearch result;
  result.chosen = search(table, outcomes, options, &result.trajectory);
  return result;
}

std::optional<ChosenBox> prim_choice(FactorTable const& table, Outcomes const& outcomes, PrimOptions const& options) {
  return search(table, outcomes, options, nullptr);
}

}  // namespace analysis
