// Antithetic pairs and control variates as the analysis reports them.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "analysis/report/headline.hpp"
#include "tests/analysis_report/synthetic_campaign.hpp"

using namespace analysis;
using nlohmann::json;
using synthetic::campaign;

namespace {

// Lever 0 takes 1 of nation 0; response 1 is a control whose difference hides in that of response 0.
MemorySource controlled(synthetic::Size size = {.per_nation_responses = 2, .futures = 40, .replications = 2}) {
  auto source = campaign(size, [](synthetic::Moment const& m) {
    if (m.response == 0) return 10 + m.level + (m.setting == 1 ? -1 + 2 * m.noise : 0);
    return m.noise;
  });
  // The control of the treated arm is the noise of the response, elsewhere 0.
  std::size_t const nations = source.study.nations.size();
  for (std::size_t row = 0; row < source.rows.size(); ++row)
    for (std::size_t n = 0; n < nations; ++n) {
      double const loss = source.responses[0][row * nations + n];
      double const level = source.study.factor_values[2 * source.rows[row].key.future];
      source.responses[1][row * nations + n] = source.rows[row].key.point == 1 ? (loss - 9 - level) / 2 + 0.1 * source.responses[1][row * nations + n] : 0;
    }
  source.study.responses[1].is_control = true;
  return source;
}

}  // namespace

TEST_CASE("a difference is adjusted by the study's controls, and the plain one stays", "[report]") {
  auto const source = controlled();
  auto const a = analyze(source);
  CHECK(a.responses == std::vector<std::size_t>{0, 2});
  auto const* d = find_difference(a, {0, 0, 1});
  REQUIRE(d != nullptr);
  REQUIRE(d->controlled);
  CHECK(d->controlled->factor > 20);
  CHECK(d->controlled->weights[0] == Approx(2).margin(0.1));
  CHECK((d->controlled->adjusted.lo < -1 && -1 < d->controlled->adjusted.hi));
  auto const j = json::parse(to_json(a));
  auto const& of = j["paired_differences"][0];
  CHECK(of["mean"] == d->value.mean);
  CHECK(of["controlled"]["mean"] == d->controlled->adjusted.mean);
  CHECK(of["controlled"]["controls"][0]["use"] == "used");
  CHECK(to_text(a).find("adjusted by control variates") != std::string::npos);
}

TEST_CASE("one option switches the controls off and changes nothing else", "[report]") {
  auto const source = controlled();
  auto with = json::parse(to_json(analyze(source)));
  auto const without = json::parse(to_json(analyze(source, {.controls = false})));
  for (auto& d : with["paired_differences"]) d.erase("controlled");
  CHECK(with == without);
}

TEST_CASE("a control that can be asked for by name is analysed like any response", "[report]") {
  auto const a = analyze(controlled(), {.responses = {"response_1"}});
  REQUIRE(a.differences.size() == 3);
  CHECK_FALSE(a.differences[0].controlled);
}

TEST_CASE("antithetic halves count as one, and a half alone is left out and counted", "[report]") {
  auto source = campaign({.futures = 10, .replications = 4}, [](synthetic::Moment const& m) {
    return 10 + m.level + (m.setting == 1 ? -1 + m.noise : 0);
  });
  // Make the odd replications the mirror images of the even ones, but for a tenth.
  std::size_t const nations = source.study.nations.size();
  for (std::size_t row = 0; row + 1 < source.rows.size(); row += 2)
    for (std::size_t n = 0; n < nations; ++n) {
      if (source.rows[row].key.point != 1) continue;
      double const level = source.study.factor_values[2 * source.rows[row].key.future];
      double const noise = source.responses[0][row * nations + n] - 9 - level;
      source.responses[0][(row + 1) * nations + n] = 9 + level - 0.9 * noise;
    }
  auto const plain = analyze(source);
  source.study.antithetic = true;
  auto const paired = analyze(source);
  PairedDifference const& p = find_difference(paired, {0, 0, 1})->value;
  PairedDifference const& q = find_difference(plain, {0, 0, 1})->value;
  CHECK(p.mean == Approx(q.mean).epsilon(1e-12));
  CHECK(p.monte_carlo_se < q.monte_carlo_se / 5);
  CHECK(p.antithetic_factor > 50);
  CHECK(json::parse(to_json(paired))["counts"]["unpaired"] == 0);

  for (auto const& row : source.rows)
    if (row.key.point == 1 && row.key.future == 2 && row.key.replication == 1) {
      synthetic::spoil(source, row.key, sim::ReplicationStatus::failed);
      break;
    }
  auto const cut = analyze(source);
  PairedDifference const& r = find_difference(cut, {0, 0, 1})->value;
  CHECK((r.n == 38 && r.dropped == 2));
  CHECK(cut.counts.unpaired == 1);
  bool said = false;
  for (auto const& caveat : cut.headline.caveats) said = said || caveat.find("1 history has no other half") != std::string::npos;
  CHECK(said);
}

TEST_CASE("a study without a question is printed, too", "[report]") {
  auto source = controlled();
  source.study.question.clear();
  CHECK(to_text(analyze(source)).find("adjusted by control variates") != std::string::npos);
}
