#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "analysis/report/analysis.hpp"
#include "analysis/report/limit_words.hpp"
#include "tests/analysis_report/designed_campaign.hpp"
#include "tests/analysis_report/synthetic_campaign.hpp"

using namespace analysis;
using Catch::Contains;
using synthetic::campaign;
using synthetic::Moment;

namespace {

// Lever 0 helps Japan by 2 where the future's level is below `edge`, else it hurts by 1.
MemorySource helps_below(double edge, std::uint32_t futures, std::uint32_t replications = 2) {
  return campaign({2, 6, 1, futures, replications}, [=](Moment const& m) {
    double const effect = (m.setting & 1U) == 0 || m.nation != 0 ? 0.0 : m.level < edge ? -2.0 : 1.0;
    return 10 + m.noise / 10 + effect;
  });
}

std::string all(std::vector<std::string> const& texts) {
  std::string joined;
  for (auto const& t : texts) joined += t + "\n";
  return joined;
}

}  // namespace

TEST_CASE("where a treatment stops to help is found, with the factor's name, and said in the headline", "[report]") {
  auto const a = analyze(helps_below(0.5, 200));
  auto const& d = a.discovery;
  REQUIRE(d.boxes.size() == 1);
  REQUIRE(d.boxes[0].limits.size() == 1);
  auto const& limit = d.boxes[0].limits[0];
  CHECK(limit.factor == 0);
  CHECK(limit.bounds.lo == Approx(0.5).margin(0.1));
  CHECK(std::isnan(limit.bounds.hi));
  CHECK(limit.found_again.lo == 1);
  CHECK(d.boxes[0].coverage == Approx(1).margin(0.05));
  CHECK(d.hurts.mean == d.base.mean);
  CHECK(d.unclear == 0);
  CHECK(d.axes == std::vector<std::size_t>{0, 1});
  CHECK(d.points.size() == 200);
  CHECK_THAT(all(a.headline.sentences), Contains("improves Japan's resilience loss by at least the smallest effect of interest") &&
                                            Contains("It does not help above all where level is over 0.") && Contains("had not seen"));
  CHECK_THAT(a.headline.sentences.back(), Contains("planned histories finished"));
}

TEST_CASE("sentences on sensitivity, discovery and robustness stand together, in this order, before the count of histories", "[report]") {
  auto const a = analyze(helps_below(0.5, 200));
  auto const& all = a.headline.sentences;
  std::vector<std::string> tail{ignorance_sentence(a), leverage_sentence(a)};
  for (auto const& sentence : discovery_headline(a)) tail.push_back(sentence);
  tail.push_back(robustness_sentences(a).front());
  REQUIRE(tail.size() == 5);
  for (auto const& sentence : tail) CHECK_FALSE(sentence.empty());
  REQUIRE(all.size() > tail.size() + 1);
  CHECK_THAT(all.back(), Contains("planned histories finished"));
  CHECK(std::equal(tail.begin(), tail.end(), all.end() - 1 - static_cast<std::ptrdiff_t>(tail.size())));
}

TEST_CASE("where a treatment seldom helps but often hurts, it is asked when it hurts", "[report]") {
  // Helps below -0.8, changes nothing up to 0.1, hurts above.
  auto const source = campaign({2, 6, 1, 200, 2}, [](Moment const& m) {
    double const effect = (m.setting & 1U) == 0 || m.nation != 0 ? 0.0 : m.level < -0.8 ? -2.0 : m.level < 0.1 ? 0.0 : 1.0;
    return 10 + m.noise / 10 + effect;
  });
  auto const a = analyze(source);
  auto const& d = a.discovery;
  CHECK(d.sought == Sought::harm);
  CHECK(d.base.mean == d.hurts.mean);
  CHECK(d.helped.cases + d.hurt.cases < d.futures);
  CHECK(d.unclear == 0);
  REQUIRE(d.boxes.size() == 1);
  CHECK(d.boxes[0].limits[0].factor == 0);
  CHECK(d.boxes[0].limits[0].bounds.lo == Approx(0.1).margin(0.1));
  CHECK_THAT(all(a.headline.sentences), Contains("It hurts above all where level is over 0.") && Contains("there it hurts in ") && Contains("of those in which it does."));
  CHECK_THAT(all(discovery_sentences(a)), Contains("harm in "));
  CHECK_THAT(discovery_text(a), Contains("' hurts (cases)"));
}

TEST_CASE("doubts about a box are said with their counts", "[report]") {
  auto a = analyze(helps_below(0.5, 200));
  CHECK_THAT(all(discovery_sentences(a)), Contains("0 of 99 searches with shuffled outcomes gave a box as good (p <= 0.01)"));
  CHECK_THAT(all(discovery_sentences(a)), Contains("had not seen") && !Contains("nothing unseen confirms it") && !Contains("searches found no box"));
  auto& box = a.discovery.boxes[0];
  CHECK(box.is_confirmed);
  CHECK_THAT(discovery_headline(a)[1], !Contains("nconfirmed"));
  box.is_confirmed = false;
  CHECK_THAT(discovery_headline(a)[1], Contains("Unconfirmed by futures that the search had not seen: it does not help above all where "));
  box.numbers.chance = 0.02;
  box.numbers.held_out.without_box = 2;
  CHECK_THAT(all(discovery_sentences(a)), Contains("1 of 99 searches with shuffled outcomes") && Contains("2 of these 5 searches found no box"));
  box.held_out = {};
  box.numbers.held_out.inside = {};
  CHECK_THAT(all(discovery_sentences(a)), Contains("lies in a box found without it, so nothing unseen confirms it"));
  box.numbers.held_out.without_box = 5;
  CHECK_THAT(all(discovery_sentences(a)), Contains("no box is found again, so nothing unseen confirms it"));
}

TEST_CASE("shares of the outcome are complements of each other and count every future", "[report]") {
  auto source = helps_below(0.5, 100);
  for (std::uint32_t r = 0; r < 2; ++r) synthetic::spoil(source, {0, 7, r}, sim::ReplicationStatus::failed);
  auto const d = analyze(source).discovery;
  CHECK(d.futures == 99);
  CHECK(d.left_out == 1);
  CHECK(d.found.all.n == 99);
  CHECK(d.base.mean == Approx(static_cast<double>(d.found.all.cases) / 99));
}

TEST_CASE("a threshold asks for the level of the response instead of its change", "[report]") {
  Options options;
  options.threshold = 9;
  auto const a = analyze(helps_below(0.5, 200), options);
  CHECK(a.discovery.sought == Sought::level);
  CHECK(a.discovery.boxes.size() == 1);
  CHECK(std::isnan(a.discovery.hurts.mean));
  CHECK(a.robustness.threshold == 9);
  CHECK(a.robustness.numbers[0].satisficing.mean == 0);
  CHECK_THAT(all(a.headline.sentences), Contains("is at most 9 days in "));
  options.threshold = std::nan("");
  CHECK_THROWS_WITH(analyze(helps_below(0.5, 20), options), Contains("the threshold is not a finite number"));
}

TEST_CASE("too few futures, always and never are said and not searched", "[report]") {
  CHECK_THAT(all(analyze(helps_below(0.5, 12)).headline.sentences), Contains("Too few futures to say when it does not help: of 12 futures"));
  CHECK_THAT(all(analyze(helps_below(99, 60)).headline.sentences), Contains("There is no future in which it does not help"));
  CHECK_THAT(all(analyze(helps_below(-99, 60)).headline.sentences), Contains("It does not help in any future"));
  Options options;
  options.threshold = 1;
  CHECK_THAT(all(analyze(helps_below(0.5, 60), options).headline.sentences), Contains("It is missed in every future, so"));
  options.threshold = 99;
  CHECK_THAT(all(analyze(helps_below(0.5, 60), options).headline.sentences), Contains("There is no future in which it is missed"));
}

TEST_CASE("one treatment leaves nothing to discover or to choose, and notes say so", "[report]") {
  auto const a = analyze(campaign({0, 3, 1, 60, 1}, synthetic::plain_model));
  CHECK_FALSE(a.discovery.subject);
  CHECK_FALSE(a.robustness.subject);
  auto const json = to_json(a);
  CHECK_THAT(json, Contains("\"discovery\": null") && Contains("\"discovery_note\"") && Contains("\"robustness\": null") && Contains("\"robustness_note\""));
}

TEST_CASE("designs whose futures are no independent draws are not searched, or only where they are", "[report]") {
  auto const step_in_x0 = [](double const* u) { return u[0] > 0.5 ? -2.0 : 2.0; };
  auto const a = analyze(designed::campaign({"saltelli", 3, 128, 2, 0.1}, step_in_x0));
  CHECK(a.discovery.futures == 128);
  CHECK(a.discovery.dependent == 4 * 128);
  CHECK(a.discovery.left_out == 0);
  REQUIRE(a.discovery.boxes.size() == 1);
  CHECK(a.discovery.boxes[0].numbers.tally.n <= 128);
  CHECK(a.discovery.boxes[0].limits[0].bounds.hi == Approx(0.5).margin(0.1));
  CHECK_THAT(all(discovery_sentences(a)), Contains("The 512 futures of the design that are no independent draws"));
  for (char const* const type : {"morris", "one_at_a_time"}) {
    auto const none = analyze(designed::campaign({type, 3, 40, 2, 0.1}, step_in_x0));
    CHECK_FALSE(none.discovery.subject);
    CHECK_THAT(none.discovery.note, Contains("no independent draws"));
    CHECK_THAT(to_json(none), Contains("\"discovery\": null") && Contains("\"discovery_note\""));
  }
  // Nothing but noise that the futures of a row share: taken for independent they would give a box too often.
  auto const noise = analyze(designed::campaign({"saltelli", 8, 128, 1, 1}, [](double const*) { return 0.0; }));
  CHECK(noise.discovery.boxes.empty());
}

TEST_CASE("where all treatments are the same in every future there is nothing to choose, and one best by all criteria is said so", "[report]") {
  auto const same = analyze(campaign({2, 6, 1, 60, 2}, [](Moment const& m) { return 10 + m.noise; }));
  CHECK_THAT(robustness_sentences(same).front(), Contains("There is nothing to choose for Japan's resilience loss") && Contains("it is the same under each."));
  auto const better = analyze(campaign({2, 6, 1, 60, 2}, [](Moment const& m) { return 10 + m.noise / 10 - (m.nation == 0 && m.setting == 3 ? 1.0 : 0.0); }));
  CHECK_THAT(robustness_sentences(better).front(), Contains("by all 9 criteria"));
}

TEST_CASE("robustness counts only futures that all treatments have", "[report]") {
  auto source = helps_below(0.5, 60);
  for (std::uint32_t r = 0; r < 2; ++r) synthetic::spoil(source, {3, 5, r}, sim::ReplicationStatus::failed);
  auto const a = analyze(source);
  CHECK(a.robustness.futures == 59);
  CHECK(a.robustness.left_out == 1);
  CHECK(a.robustness.numbers.size() == 4);
  CHECK(a.robustness.choices.size() == criterion_count);
  CHECK_THAT(all(robustness_sentences(a)), Contains("1 future is left out") && Contains("the median of the reference"));
  for (auto const& c : a.robustness.choices)  // lever 1 does nothing: 1 and 3 differ by noise alone
    if (c.criterion == Criterion::mean) CHECK((c.treatment == 1 || c.treatment == 3));
}

TEST_CASE("with the response partnership_cost there is a front", "[report]") {
  auto source = campaign({2, 6, 2, 40, 2}, [](Moment const& m) {
    double const levers = (m.setting & 1U) + (m.setting >> 1U & 1U);
    return m.response == 1 ? 5 * levers : 10 + m.level + m.noise / 10 - 2.0 * (m.setting & 1U);
  });
  source.study.responses[1].name = "partnership_cost";
  auto const r = analyze(source).robustness;
  REQUIRE(r.cost == 1);
  CHECK(r.costs[3].mean == 10);
  CHECK_FALSE(r.dominated_by[0]);
  CHECK_FALSE(r.dominated_by[1]);
  CHECK(r.dominated_by[2] == 0);  // costs and brings nothing
}

TEST_CASE("limits are words with units, and mechanisms stand behind the name", "[report]") {
  sim::ResultSchema s;
  s.factors = {{"M2.share_probability", "1", 0, 1, {}, "chance.", "", sim::Grade::assumed}, {"relay_delay", "d", 0, 99, {}, "median time", "", sim::Grade::assumed}};
  FactorLimit low{0, {0.25, undefined}}, high{1, {undefined, 30}}, both{1, {2, 30}}, value{1, {2, 2}};
  value.is_discrete = true;
  CHECK(limit_phrase(s, low) == "share probability (M2) is over 0.25");
  CHECK(limit_phrase(s, high) == "relay delay is below 30 days");
  CHECK(limit_phrase(s, both) == "relay delay is between 2 and 30 days");
  CHECK(limit_phrase(s, value) == "relay delay is 2 days");
  CHECK(limits_phrase(s, {low, high}) == "share probability (M2) is over 0.25 and relay delay is below 30 days");
  CHECK(meanings(s, {low, high}) == "Share probability (M2): chance; relay delay: median time.");
}
