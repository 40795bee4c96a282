#include "analysis/report/responses.hpp"

#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <memory>

#include "analysis/estimators/quantile_interval.hpp"
#include "analysis/report/columns.hpp"
#include "analysis/report/controlled.hpp"

namespace analysis {
namespace {

// Pieces in memory at a time, and threads: each piece takes several times its column.
constexpr int most_at_once = 4;
constexpr std::array summary_quantiles{0.05, 0.25, 0.50, 0.75, 0.95};

Summary summarise(Subject const& subject, ArmQuantiles& quantiles, Worse worse) {
  Arm const& arm = quantiles.arm();
  Summary s;
  s.subject = subject;
  Moments const all = moments(arm.values);
  s.n = all.n;
  s.sd = std::sqrt(all.variance);
  s.mean = clustered_mean(arm);
  // From the middle outwards: each selection leaves less for the next.
  for (std::size_t const q : {2, 1, 3, 0, 4}) quantiles.interval(summary_quantiles[q]);
  for (double const p : summary_quantiles) s.quantiles.push_back({p, quantiles.interval(p)});
  s.q05 = s.quantiles[0].value.mean;
  s.q25 = s.quantiles[1].value.mean;
  s.q50 = s.quantiles[2].value.mean;
  s.q75 = s.quantiles[3].value.mean;
  s.q95 = s.quantiles[4].value.mean;
  s.cvar95 = cvar95_interval(OrderedArm{arm, &quantiles.values()}, worse);
  return s;
}

// Some nations of a response, or a response of the world, as read.
struct Piece {
  std::size_t response = 0;
  std::vector<std::optional<std::size_t>> nations;  // of the columns
  Columns columns;
  std::vector<std::vector<std::size_t>> groups;     // of the columns' sums
  Controls controls;
};

// What comes of a piece.
struct Found {
  std::vector<Summary> summaries;
  std::vector<Difference> differences;
  std::vector<Effect> effects;
  std::vector<Spillover> spillovers;
};

// Treatment against reference; where all values have partners, what is known of their order serves the pairs too.
Difference compare(Subject const& subject, ArmQuantiles& treatment, ArmQuantiles& reference, Worse worse, Inferences& inferences) {
  Pairs const pairs(treatment.arm(), reference.arm());
  auto const with = [&](ArmQuantiles& t, ArmQuantiles& r) {
    return Difference{subject, paired_difference(pairs, t.values(), r.values(), worse), std::nullopt, inferences.of(pairs, t, r)};
  };
  if (pairs.are_complete()) return with(treatment, reference);
  ArmQuantiles paired_treatment(pairs.treatment()), paired_reference(pairs.reference());
  return with(paired_treatment, paired_reference);
}

std::vector<std::vector<std::size_t>> spillover_groups(Analysis const& a) {
  std::vector<std::vector<std::size_t>> groups(group_count);
  auto const of = [&](Group group) -> auto& { return groups[static_cast<std::size_t>(group)]; };
  for (std::size_t n = 0; n < a.schema.nations.size(); ++n) {
    of(Group::total).push_back(n);
    if (std::find(a.treated.begin(), a.treated.end(), n) != a.treated.end()) continue;
    bool const member = n < a.schema.nation_is_member.size() && a.schema.nation_is_member[n] != 0;
    bool const adversary = n < a.schema.nation_is_adversary.size() && a.schema.nation_is_adversary[n] != 0;
    of(member ? Group::members : adversary ? Group::adversaries : Group::non_members).push_back(n);
    if (!a.treated.empty()) of(Group::world).push_back(n);  // else it is the total
  }
  return groups;
}

class Responses {
 public:
  Responses(Analysis& analysis, ResultsSource const& source, Histories const& histories, FactorialPlan const& factorial)
      : a_(analysis), source_(source), histories_(histories), factorial_(factorial), all_groups_(spillover_groups(analysis)),
        inferences_([&analysis] { return Inferences(analysis.schema, analysis.smallest_effect); }) {}

  // Reads one piece after the other, analyses some at a time, and adds them in order: how many threads there are changes nothing.
  void analyse() {
    auto const read = tbb::make_filter<void, std::shared_ptr<Piece const>>(tbb::filter_mode::serial_in_order, [this](tbb::flow_control& control) { return next(control); });
    auto const think = tbb::make_filter<std::shared_ptr<Piece const>, std::shared_ptr<Found>>(tbb::filter_mode::parallel, [this](auto const& piece) { return analysed(*piece); });
    auto const add = tbb::make_filter<std::shared_ptr<Found>, void>(tbb::filter_mode::serial_in_order, [this](auto const& made) { append(*made); });
    auto const allowed = static_cast<int>(tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism));
    tbb::task_arena arena(std::min(most_at_once, allowed));
    arena.execute([&] { tbb::parallel_pipeline(most_at_once, read & think & add); });
  }

 private:
  std::shared_ptr<Piece const> next(tbb::flow_control& control) {
    if (response_ == a_.responses.size()) {
      control.stop();
      return nullptr;
    }
    std::size_t const response = a_.responses[response_];
    bool const per_nation = a_.schema.responses[response].per_nation;
    std::size_t const total = per_nation ? a_.nations.size() : 1, end = std::min(total, nation_ + nations_at_once(histories_));
    Piece piece{response, {}, {}, {}, Controls(a_.schema, a_.controls)};
    ColumnRequest request{response, {}, {}};
    if (per_nation && nation_ == 0) request.groups = piece.groups = all_groups_;
    for (std::size_t i = nation_; i < end; ++i) {
      piece.nations.push_back(per_nation ? std::optional(a_.nations[i]) : std::nullopt);
      if (per_nation) request.nations.push_back(a_.nations[i]);
    }
    piece.columns = read_columns(source_, histories_, request);
    piece.controls.read(source_, histories_, a_.schema.responses[response].is_control ? std::vector<std::size_t>{} : request.nations);
    nation_ = end;
    if (nation_ == total) ++response_, nation_ = 0;
    return std::make_shared<Piece const>(std::move(piece));
  }

  std::shared_ptr<Found> analysed(Piece const& piece) {
    auto all = std::make_shared<Found>();
    for (std::size_t i = 0; i < piece.columns.nations.size(); ++i) analyse_nation(*all, piece, i);
    analyse_spillover(*all, piece);
    return all;
  }

  // All numbers of the response and the `i`-th nation of the piece.
  void analyse_nation(Found& all, Piece const& piece, std::size_t i) {
    Cube const& cube = piece.columns.nations[i];
    Subject subject{piece.response, piece.nations[i], 0};
    Worse const worse = worse_of(a_.schema.responses[subject.response]);
    ArmQuantiles reference(histories_.arm(cube, a_.reference));
    for (subject.treatment = 0; subject.treatment < histories_.points(); ++subject.treatment) {
      if (subject.treatment == a_.reference) {
        all.summaries.push_back(summarise(subject, reference, worse));
        continue;
      }
      ArmQuantiles arm(histories_.arm(cube, subject.treatment));
      all.summaries.push_back(summarise(subject, arm, worse));
      all.differences.push_back(compare(subject, arm, reference, worse, inferences_.local()));
      all.differences.back().controlled = piece.controls.adjust(histories_, cube, i, subject.treatment, a_.reference);
      all.differences.back().value.dropped -= histories_.needless_pairs(subject.treatment, a_.reference);
    }
    if (factorial_.order.empty()) return;
    std::vector<Arm> arms;
    for (std::size_t const p : factorial_.order) arms.push_back(histories_.arm(cube, p));
    auto const effects = factorial_effects(arms);
    for (auto const& term : factorial_.terms)
      all.effects.push_back({Subject{subject.response, subject.nation, 0}, term.names, signed_effect(effects[term.word - 1], term.sign), term.aliases});
  }

  void analyse_spillover(Found& all, Piece const& piece) {
    auto const& sums = piece.columns.groups;
    for (std::size_t point = 0; point < histories_.points(); ++point) {
      if (point == a_.reference) continue;
      for (std::size_t g = 0; g < sums.size(); ++g) {
        if (piece.groups[g].empty()) continue;
        Arm const arm = histories_.arm(sums[g], point);
        Arm const reference = histories_.arm(sums[g], a_.reference);
        auto const m = mean_difference(arm, reference);
        auto const pairs = moments(pair_differences(arm, reference));
        bool const zero = pairs.mean == 0 && !(pairs.variance > 0);
        all.spillovers.push_back({Subject{piece.response, std::nullopt, point}, static_cast<Group>(g), piece.groups[g].size(), m.change, pairs.n, m.relative, zero});
      }
    }
  }

  void append(Found& made) {
    auto const move = [](auto& from, auto& to) { to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end())); };
    move(made.summaries, a_.summaries);
    move(made.differences, a_.differences);
    move(made.effects, a_.effects);
    move(made.spillovers, a_.spillovers);
  }

  Analysis& a_;
  ResultsSource const& source_;
  Histories const& histories_;
  FactorialPlan const& factorial_;
  std::vector<std::vector<std::size_t>> const all_groups_;
  tbb::enumerable_thread_specific<Inferences> inferences_;  // what it keeps changes no number; nothing in `analysed` may start tasks
  std::size_t response_ = 0, nation_ = 0;                   // next ones to be read
};

}  // namespace

void analyse_responses(Analysis& analysis, ResultsSource const& source, Histories const& histories, FactorialPlan const& factorial) {
  Responses(analysis, source, histories, factorial).analyse();
}

}  // namespace analysis
