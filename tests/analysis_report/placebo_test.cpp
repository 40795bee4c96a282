#include <catch2/catch.hpp>

#include "analysis/report/placebo.hpp"
#include "tests/analysis_report/synthetic_campaign.hpp"

using namespace analysis;

namespace {

sim::Intervention join(sim::Date from, sim::Date to = {9999, 1, 1}) {
  return {"membership", "JPN", "CCDCOE", "membership", "CP", from, to};
}

}  // namespace

TEST_CASE("treatments first differ when one has an intervention that the other has not, or not as long", "[report]") {
  sim::Treatment const never{}, early{"", "", {join({2018, 5, 1})}, {}}, late{"", "", {join({2022, 11, 4})}, {}};
  sim::Treatment const left{"", "", {join({2018, 5, 1}, {2020, 1, 1})}, {}};
  CHECK(first_difference(never, late) == sim::Date{2022, 11, 4});
  CHECK(first_difference(late, early) == sim::Date{2018, 5, 1});
  CHECK(first_difference(left, early) == sim::Date{2020, 1, 1});
  CHECK(first_difference(early, early) == std::nullopt);
}

TEST_CASE("all pairs are equal before the first lever in a sound campaign", "[report]") {
  auto const a = analyze(synthetic::campaign({}, synthetic::plain_model));
  CHECK(a.placebo.first_difference == sim::Date{2019, 4, 1});
  CHECK((a.placebo.pairs == 108 && a.placebo.equal_before == 108 && a.placebo.identical_throughout == 0));
}

TEST_CASE("a wrong pairing is noticed and said aloud", "[report]") {
  auto source = synthetic::campaign({}, synthetic::plain_model);
  for (auto& row : source.rows) {  // the broken twin: replications of treatment 1 are numbered the other way round
    if (row.key.point == 1) row.key.replication = 2 - row.key.replication;
  }
  auto const a = analyze(source);
  CHECK(a.placebo.equal_before == 108 - 24);
  bool warned = false;
  for (auto const& s : a.headline.sentences) warned = warned || s.find("WARNING: 24 pairs of 108 differ before 2019-04-01") == 0;
  CHECK(warned);
}

TEST_CASE("a negative control is judged over all treatments, nations and responses", "[report]") {
  auto const first_of = [](Analysis const& a, std::string const& start) {
    for (auto const& s : a.headline.sentences) {
      if (s.rfind(start, 0) == 0) return s;
    }
    return std::string("none");
  };
  auto sound = synthetic::campaign({}, [](synthetic::Moment const& m) { return m.noise; });
  sound.study.mechanisms_on.clear();
  CHECK(first_of(analyze(sound), "Negative control").find("all 39 comparisons") != std::string::npos);
  auto broken = sound;  // one nation that is not in focus, in one treatment that is not the headline's
  broken.responses[0][6 * (36 + 4) + 5] += 1e-9;
  CHECK(first_of(analyze(broken), "WARNING: all mechanisms are off, yet 3 of 39").size() > 10);
  broken.responses[0] = sound.responses[0];
  broken.study.mechanisms_on = {"M1"};
  CHECK(first_of(analyze(broken), "Negative control") == "none");
}

TEST_CASE("a campaign whose levers do nothing is identical throughout", "[report]") {
  auto source = synthetic::campaign({}, [](synthetic::Moment const& m) { return m.noise; });
  for (auto& row : source.rows) row.digest = row.digest_before;
  auto const a = analyze(source);
  CHECK(a.placebo.identical_throughout == 108);
  for (auto const& d : a.differences) CHECK((d.value.exactly_zero && d.value.mean == 0));
}
