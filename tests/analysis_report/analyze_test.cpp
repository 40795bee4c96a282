#include <catch2/catch.hpp>

#include <oneapi/tbb/global_control.h>

#include <cmath>

#include "analysis/report/headline.hpp"
#include "sim/base/error.hpp"
#include "tests/analysis_report/synthetic_campaign.hpp"

using namespace analysis;
using synthetic::campaign;
using synthetic::plain_model;

namespace {

PairedDifference const& difference(Analysis const& a, std::size_t response, std::optional<std::size_t> nation, std::size_t treatment) {
  auto const* d = find_difference(a, {response, nation, treatment});
  REQUIRE(d != nullptr);
  return d->value;
}

double mean_level(MemorySource const& source) {
  double sum = 0;
  for (std::size_t f = 0; f < source.study.futures; ++f) sum += source.study.factor_values[2 * f];
  return sum / source.study.futures;
}

}  // namespace

TEST_CASE("differences, effects and spillover of a constructed campaign are those built in", "[report]") {
  auto const source = campaign({}, plain_model);
  auto const a = analyze(source);
  double const effect = -1 - mean_level(source) / 4;
  CHECK(difference(a, 0, 0, 1).mean == Approx(effect).epsilon(1e-12));
  CHECK(difference(a, 0, 0, 3).mean == Approx(effect).epsilon(1e-12));
  CHECK(difference(a, 0, 0, 2).exactly_zero);
  CHECK(difference(a, 0, 0, 1).monte_carlo_se == Approx(0).margin(1e-14));
  REQUIRE(a.effects.size() == 3 * 3);  // three terms of two nations' responses and the world's
  CHECK(a.effects[0].terms == std::vector<std::string>{"liaison"});
  CHECK(a.effects[0].value.effect.mean == Approx(effect).epsilon(1e-12));
  CHECK(a.effects[1].value.effect.mean == Approx(0).margin(1e-13));
  CHECK(a.effects[2].terms == std::vector<std::string>{"liaison", "exercise"});
  for (auto const& s : a.spillovers) {
    bool const on = s.subject.treatment != 2;
    if (s.group == Group::members) CHECK(s.nations == 2);
    if (s.group == Group::adversaries) CHECK(s.nations == 1);
    if (s.group == Group::non_members) CHECK(s.nations == 2);
    if (s.group == Group::world) CHECK(s.nations == 5);
    if (s.group == Group::total) CHECK(s.nations == 6);
    bool const others = s.group == Group::non_members || s.group == Group::adversaries;
    double const direct = s.group == Group::total ? effect : 0;  // total effect = direct effect + spillover
    CHECK(s.change.mean == Approx(on ? direct + (others ? 0.0 : 1.0) : 0.0).margin(1e-12));
    CHECK(s.pairs == 36);
  }
  CHECK(a.treated == std::vector<std::size_t>{0});
}

TEST_CASE("only keys pair histories: the order of rows changes nothing", "[report]") {
  auto source = campaign({}, plain_model);
  auto const before = to_json(analyze(source));
  synthetic::reverse_rows(source);
  CHECK(to_json(analyze(source)) == before);
}

TEST_CASE("failed, censored and missing histories leave with their partners and are counted", "[report]") {
  auto source = campaign({}, plain_model);
  double const whole = difference(analyze(source), 0, 0, 1).mean;
  synthetic::spoil(source, {1, 2, 0}, sim::ReplicationStatus::failed);
  synthetic::spoil(source, {0, 5, 1}, sim::ReplicationStatus::censored);
  synthetic::remove_row(source, source.rows.size() - 1);
  auto const a = analyze(source);
  CHECK((a.counts.planned == 144 && a.counts.done == 141));
  CHECK((a.counts.failed == 1 && a.counts.censored == 1 && a.counts.missing == 1));
  CHECK((difference(a, 0, 0, 1).n == 34 && difference(a, 0, 0, 1).dropped == 2));
  CHECK(difference(a, 0, 0, 3).n == 34);
  CHECK(difference(a, 0, 0, 1).mean == Approx(whole).epsilon(1e-12));  // effects are equal within a future
  REQUIRE(a.failures.size() == 1);
  CHECK(a.failures[0].message == "pool 'incidents' is full");
  CHECK(a.failures[0].replay == "berylia replay OUT.h5 --point 1 --future 2 --replication 0");
}

TEST_CASE("a replication that occurs twice or lies outside the study is refused", "[report]") {
  auto twice = campaign({}, plain_model);
  twice.rows[5].key = twice.rows[4].key;
  CHECK_THROWS_AS(analyze(twice), sim::Error);
  auto outside = campaign({}, plain_model);
  outside.rows[5].key.future = 99;
  CHECK_THROWS_AS(analyze(outside), sim::Error);
}

TEST_CASE("options choose responses and nations, and a wrong name is refused with the right ones", "[report]") {
  auto const source = campaign({}, plain_model);
  Options options;
  options.responses = {"response_1"};
  options.nations = {"NAB", "JPN"};
  auto const a = analyze(source, options);
  CHECK(a.responses == std::vector<std::size_t>{1});
  CHECK(a.nations == std::vector<std::size_t>{1, 0});
  CHECK(a.differences.size() == 6);
  options.responses = {"resilence_loss"};
  CHECK_THROWS_WITH(analyze(source, options), Catch::Contains("unknown response \"resilence_loss\"") && Catch::EndsWith("did you mean \"resilience_loss\"?"));
  options.responses.clear();
  options.nations = {"ZZZ"};
  CHECK_THROWS_WITH(analyze(source, options), Catch::Contains("unknown nation \"ZZZ\"") && Catch::Contains("choose one of: JPN, NAB"));
}

TEST_CASE("treatments that are no complete factorial have no effects, and the rest stands", "[report]") {
  auto source = campaign({}, plain_model);
  for (auto& t : source.study.treatments) t.levels.clear();
  auto const a = analyze(source);
  CHECK(a.effects.empty());
  CHECK(a.differences.size() == 9);
}

TEST_CASE("a fraction gives the effect of a lever together with what it cannot be told from", "[report]") {
  auto source = campaign({}, plain_model);
  auto const complete = analyze(source);
  source.study.levers.push_back("third");
  for (auto& t : source.study.treatments) t.levels.push_back(t.levels[0] == t.levels[1] ? 0 : 1);  // c = -a*b
  auto const a = analyze(source);
  CHECK_THAT(a.factorial_note, Catch::Contains("fraction of resolution 3"));
  REQUIRE(a.effects.size() == complete.effects.size());
  for (std::size_t i = 0; i < a.effects.size(); ++i) {
    auto const &here = a.effects[i], &there = complete.effects[i];
    REQUIRE(here.aliases.size() == 1);
    CHECK(here.aliases[0].sign == -1);
    CHECK(here.terms.size() == 1);
    double const sign = there.terms.size() == 1 ? 1 : -1;  // the third lever stands for minus the pair
    CHECK(here.value.effect.mean == sign * there.value.effect.mean);
    CHECK(here.value.effect.lo <= here.value.effect.hi);
  }
  CHECK_THAT(to_text(a), Catch::Contains("with - "));
  CHECK_THAT(to_json(a), Catch::Contains("\"aliases\"") && Catch::Contains("\"factorial_note\""));
  CHECK_THAT(to_json(complete), !Catch::Contains("\"aliases\"") && !Catch::Contains("\"factorial_note\""));
}

TEST_CASE("levers with several levels have no single effect, and the analysis says so", "[report]") {
  auto source = campaign({}, plain_model);
  source.study.treatments[3].levels[0] = 2;  // another level than in treatment 1
  auto const a = analyze(source);
  CHECK(a.effects.empty());
  CHECK_THAT(a.factorial_note, Catch::Contains("levers with several levels (" + source.study.levers[0] + ") have no single effect"));
  CHECK(a.differences.size() == 9);
}

TEST_CASE("nothing finished, one future or one replication still give a defined analysis", "[report]") {
  auto none = campaign({}, plain_model);
  none.rows.clear();
  for (auto& r : none.responses) r.clear();
  auto const empty = analyze(none);
  CHECK((empty.counts.missing == 144 && difference(empty, 0, 0, 1).n == 0));
  auto const single = analyze(campaign({2, 6, 1, 1, 1}, plain_model));
  CHECK((difference(single, 0, 0, 1).n == 1 && std::isnan(difference(single, 0, 0, 1).lo)));
  auto const one_future = analyze(campaign({2, 6, 1, 1, 5}, plain_model));
  CHECK(std::isfinite(difference(one_future, 0, 0, 1).lo));
  auto const one_replication = analyze(campaign({2, 6, 1, 9, 1}, plain_model));
  CHECK((std::isfinite(difference(one_replication, 0, 0, 1).lo) && std::isnan(difference(one_replication, 0, 0, 1).future_sd)));
}

TEST_CASE("an analysis is the same text whatever the number of threads", "[report]") {
  auto const source = synthetic::campaign({4, 6, 6, 40, 2}, synthetic::plain_model);
  auto const with = [&](std::size_t threads) {
    tbb::global_control const limit(tbb::global_control::max_allowed_parallelism, threads);
    return to_json(analyze(source));
  };
  auto const one = with(1);
  CHECK(with(2) == one);
  CHECK(with(4) == one);
}
