#include <catch2/catch.hpp>

#include "analysis/report/analysis.hpp"
#include "tests/analysis_report/synthetic_campaign.hpp"

using namespace analysis;
using Catch::Contains;
using synthetic::campaign;
using synthetic::Moment;

namespace {

// Lever 0 changes nation 0 by `effect` with a noise that treatments do not share.
Headline of(double effect, double own_noise) {
  auto const a = analyze(campaign({2, 6, 1, 20, 4}, [=](Moment const& m) {
    double const own = own_noise * std::sin(1e4 * m.noise * static_cast<double>(1 + m.setting));
    return 10 + m.level + m.noise + ((m.setting & 1U) != 0 && m.nation == 0 ? effect : 0) + own;
  }));
  return a.headline;
}

std::string all(std::vector<std::string> const& texts) {
  std::string joined;
  for (auto const& t : texts) joined += t + "\n";
  return joined;
}

}  // namespace

TEST_CASE("a clear change is stated with direction, size and interval", "[report]") {
  auto const text = all(of(-1, 0.1).sentences);
  CHECK_THAT(text, Contains("In the model, 'as it happened' lowered Japan's resilience loss against 'no levers' by ") &&
                       Contains("an improvement") && Contains("which excludes zero") && Contains("lies beyond the smallest effect"));
  CHECK_THAT(all(of(+1, 0.1).sentences), Contains("raised Japan's resilience loss") && Contains("a deterioration"));
}

TEST_CASE("where the interval contains zero the answer is no detectable change", "[report]") {
  auto const text = all(of(0, 3).sentences);
  CHECK_THAT(text, Contains("No detectable change in Japan's resilience loss") && Contains("contains zero") &&
                       Contains("a change that matters is not excluded either"));
  CHECK_THAT(text, !Contains("lowered") && !Contains("raised"));
}

TEST_CASE("a change too small to matter is called that, even if it is certain", "[report]") {
  CHECK_THAT(all(of(-0.01, 0.001).sentences), Contains("excludes zero") && Contains("too little to matter"));
}

TEST_CASE("the sentence on the smallest effect says what the verdict of the test of equivalence says", "[report]") {
  // The smallest effect is a share of the reference mean; sizes of it between the two intervals' ends part the 90 % test from the 95 % interval.
  for (double const effect : {0.0, -0.3, +0.3}) {
    auto const source = campaign({1, 6, 1, 20, 4}, [=](Moment const& m) {
      double const own = std::sin(1e4 * m.noise * static_cast<double>(1 + m.setting));
      return 10 + m.level + m.noise + (m.setting != 0 ? effect : 0) + own;
    });
    std::size_t seen[4] = {}, between = 0;
    for (int step = 1; step <= 200; ++step) {
      Options options;
      options.smallest_effect = 0.0005 * step;
      auto const a = analyze(source, options);
      auto const& d = a.differences.front();
      double const bound = d.inference.equivalence.bound;
      auto const text = all(a.headline.sentences);
      auto const verdict = d.inference.equivalence.verdict;
      ++seen[static_cast<std::size_t>(verdict)];
      between += verdict == Verdict::negligible && (d.value.lo < -bound || d.value.hi > bound);
      CAPTURE(effect, step, text);
      CHECK((text.find("too little to matter") != std::string::npos) == (verdict == Verdict::negligible));
      CHECK((text.find("interval lies beyond the smallest effect") != std::string::npos) == (verdict == Verdict::larger || verdict == Verdict::smaller));
      bool const open = text.find("not excluded either") != std::string::npos || text.find("it is open whether") != std::string::npos;
      CHECK(open == (verdict == Verdict::unclear));
    }
    CHECK(between > 0);
    CHECK((seen[static_cast<std::size_t>(Verdict::negligible)] > 0 && seen[static_cast<std::size_t>(Verdict::unclear)] > 0));
  }
}

TEST_CASE("an exact zero is called exact", "[report]") {
  auto const text = all(of(0, 0).sentences);
  CHECK_THAT(text, Contains("made no difference at all") && Contains("all 80 pairs of histories are equal to the last bit"));
  CHECK_THAT(text, Contains("see exactly none"));
}

TEST_CASE("futures, levers, spillover, check and counts each have their sentence", "[report]") {
  auto const text = all(of(-1, 0.1).sentences);
  CHECK_THAT(text, Contains("Over 20 futures") && Contains("better in 100 % of the futures"));
  CHECK_THAT(text, Contains("largest mean effect is that of liaison: -") && Contains("the largest interaction is liaison x exercise"));
  CHECK_THAT(text, Contains("the 2 other members together change by") && Contains("the 1 home of rivals together") && Contains("the 2 other non-members together"));
  CHECK_THAT(text, Contains("before 2019-04-01") && Contains("all 240 pairs of histories are identical"));
  CHECK_THAT(text, Contains("All 320 planned histories finished."));
}

TEST_CASE("caveats name grades, mechanisms, the organisation's nature and the few futures", "[report]") {
  auto const text = all(of(-1, 0.1).caveats);
  CHECK_THAT(text, Contains("1 of grade B (reported by one source) and 1 of grade D (assumptions)"));
  CHECK_THAT(text, Contains("M1 and M2") && Contains("CCDCOE") && Contains("not operational") && Contains("only 20 futures"));
  CHECK_THAT(text, Contains("Counted from 2022-01-01 to 2028-01-01: Service lost"));
}

TEST_CASE("a caveat says that the world is fictional if all nations have codes for private use, and only then", "[report]") {
  auto source = campaign({}, synthetic::plain_model);
  CHECK_THAT(all(analyze(source).headline.caveats), !Contains("fictional"));
  for (auto& code : source.study.nations) code = "X" + code.substr(0, 2);
  for (auto& code : source.study.focal) code = "X" + code.substr(0, 2);
  CHECK_THAT(all(analyze(source).headline.caveats), Contains("The nations are fictional and every number about them is assumed"));
  source.study.nations.back() = "JPN";
  CHECK_THAT(all(analyze(source).headline.caveats), !Contains("fictional"));
}

TEST_CASE("the headline is about all levers on, else the first treatment, and can be chosen", "[report]") {
  auto source = campaign({}, synthetic::plain_model);
  std::swap(source.study.treatments[3], source.study.treatments[1]);
  CHECK(analyze(source).headline.subject->treatment == 1);
  for (auto& t : source.study.treatments) t.levels.clear();
  CHECK(analyze(source).headline.subject->treatment == 1);
  source.study.reference = source.study.treatments[1].name;
  CHECK(analyze(source).headline.subject->treatment == 0);
  Options options;
  options.headline_treatment = source.study.reference;
  CHECK_THROWS_WITH(analyze(source, options), Contains("it is the reference"));
  options.headline_treatment = "none";
  options.headline_response = "cascades";
  auto const h = analyze(source, options).headline;
  CHECK((h.subject->treatment == 0 && h.subject->response == 2 && !h.subject->nation));
}

TEST_CASE("a study with one treatment says that there is nothing to compare", "[report]") {
  auto source = campaign({0, 3, 1, 2, 2}, synthetic::plain_model);
  auto const a = analyze(source);
  CHECK_FALSE(a.headline.subject);
  CHECK_THAT(a.headline.sentences.front(), Contains("nothing to compare"));
}
