#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>

#include "sim/base/campaign_shape.hpp"
#include "sim/base/error.hpp"
#include "sim/io/consolidate.hpp"
#include "sim/io/results_file.hpp"
#include "tests/io/sample_campaign.hpp"

using namespace sim;

namespace {

// Writes the whole campaign and consolidates it.
std::filesystem::path finished(sample::Directory const& directory, ResultSchema const& schema,
                               std::string const& name = "out.h5") {
  auto const out = directory / name;
  std::filesystem::path parts = out;
  parts += ".parts";
  Journal journal = Journal::open(parts, sample::manifest(schema));
  for (auto const& key : sample::keys(schema)) journal.append(sample::record(schema, key));
  consolidate(journal, schema, out);
  return out;
}

bool same_bits(double a, double b) { return std::memcmp(&a, &b, 8) == 0; }

bool same_parameter(ParameterInfo const& a, ParameterInfo const& b) {
  return a.name == b.name && a.unit == b.unit && a.minimum == b.minimum && a.maximum == b.maximum &&
         a.prior == b.prior && a.meaning == b.meaning && a.source == b.source && a.grade == b.grade;
}

}  // namespace

TEST_CASE("the schema comes back as it was written", "[io]") {
  sample::Directory const directory;
  ResultSchema const s = sample::schema();
  ResultsFile const file(finished(directory, s));
  ResultSchema const& t = file.schema();
  CHECK((t.study == s.study && t.title == s.title && t.question == s.question && t.seed == s.seed));
  CHECK((t.futures == s.futures && t.replications == s.replications));
  CHECK((t.start == s.start && t.record_from == s.record_from && t.end == s.end));
  CHECK((t.levers == s.levers && t.mechanisms_on == s.mechanisms_on && t.reference == s.reference));
  REQUIRE(t.treatments.size() == s.treatments.size());
  for (std::size_t i = 0; i < s.treatments.size(); ++i) {
    CHECK((t.treatments[i].name == s.treatments[i].name && t.treatments[i].label == s.treatments[i].label));
    CHECK(t.treatments[i].levels == s.treatments[i].levels);
    REQUIRE(t.treatments[i].interventions.size() == s.treatments[i].interventions.size());
    for (std::size_t k = 0; k < s.treatments[i].interventions.size(); ++k) {
      auto const &a = t.treatments[i].interventions[k], &b = s.treatments[i].interventions[k];
      CHECK((a.lever == b.lever && a.nation == b.nation && a.organisation == b.organisation));
      CHECK((a.action == b.action && a.status == b.status && a.from == b.from && a.to == b.to));
    }
  }
  REQUIRE(t.factors.size() == s.factors.size());
  for (std::size_t i = 0; i < s.factors.size(); ++i) CHECK(same_parameter(t.factors[i], s.factors[i]));
  CHECK(t.factor_values == s.factor_values);
  CHECK(t.sampling == s.sampling);
  CHECK((t.stopping.unit == s.stopping.unit && t.stopping.counts == s.stopping.counts && t.stopping.targets == s.stopping.targets));
  CHECK((t.stopping.look_level == s.stopping.look_level && t.stopping.confidence == s.stopping.confidence && !t.stopping.is_settled()));
  REQUIRE(t.stopping.looks.size() == 1);
  LookRow const &a = t.stopping.looks[0], &b = s.stopping.looks[0];
  CHECK((a.look == b.look && a.target == b.target && a.point == b.point && a.n == b.n && a.estimate == b.estimate && a.lo == b.lo && a.hi == b.hi));
  CHECK((a.wanted == b.wanted && a.needed == b.needed && a.state == b.state && a.doubt == b.doubt));
  CHECK((t.nations == s.nations && t.nation_names == s.nation_names && t.nation_is_member == s.nation_is_member && t.nation_is_adversary == s.nation_is_adversary));
  CHECK((t.focal == s.focal && t.focal_grid == s.focal_grid && t.other_grid == s.other_grid));
  REQUIRE(t.responses.size() == s.responses.size());
  for (std::size_t i = 0; i < s.responses.size(); ++i) {
    auto const &a = t.responses[i], &b = s.responses[i];
    CHECK((a.name == b.name && a.unit == b.unit && a.definition == b.definition && a.per_nation == b.per_nation));
    CHECK((a.window_from == b.window_from && a.window_to == b.window_to && a.higher_is_worse == b.higher_is_worse));
  }
  REQUIRE(t.series.size() == s.series.size());
  for (std::size_t i = 0; i < s.series.size(); ++i) CHECK(t.series[i].name == s.series[i].name);
  REQUIRE(t.incident_columns.size() == s.incident_columns.size());
  CHECK((t.incident_columns[0].labels == s.focal && t.incident_columns[0].is_integer));
  CHECK((t.incident_columns[1].name == "days" && !t.incident_columns[1].is_integer));
  CHECK((t.data_checksums == s.data_checksums && t.study_text == s.study_text));
  CHECK(t.resolved_study == s.resolved_study);
  CHECK(file.build().commit == build_info().commit);
  CHECK(file.fingerprint() == fingerprint_of(build_info(), s));
  CHECK(file.provenance().size() == 10);
}

TEST_CASE("every number of every replication comes back bit for bit", "[io]") {
  sample::Directory const directory;
  ResultSchema const s = sample::schema();
  ResultsFile const file(finished(directory, s));
  auto const keys = sample::keys(s);
  REQUIRE(file.keys() == keys);
  auto const events = file.events();
  auto const digests = file.digests(), before = file.digests_before();
  auto const days = file.incidents("days"), nation = file.incidents("nation");
  auto const owner = file.incident_replications();
  auto const messages = file.messages();
  std::size_t incident = 0, message = 0, failed = 0;
  for (std::size_t row = 0; row < keys.size(); ++row) {
    ReplicationRecord const r = sample::record(s, keys[row]);
    CHECK(file.status()[row] == r.status);
    CHECK((events[row] == r.events && digests[row] == r.digest && before[row] == r.digest_before));
    CHECK(file.row_of(keys[row]) == row);
    for (std::size_t i = 0; i < r.incidents.size(); i += 2, ++incident) {
      CHECK((owner[incident] == int(row) && nation[incident] == r.incidents[i]));
      CHECK(same_bits(days[incident], r.incidents[i + 1]));
    }
    if (!r.message.empty()) {
      ++failed;
      CHECK((messages[message].row == row && messages[message].text == r.message));
      ++message;
    }
    for (std::size_t i = 0; i < s.responses.size(); ++i) {
      auto const values = file.response(s.responses[i].name, {row, 1});
      for (std::size_t k = 0; k < values.size(); ++k) {
        if (r.responses.empty()) CHECK(std::isnan(values[k]));
        else CHECK(same_bits(values[k], r.responses[response_offset(s, i) + k]));
      }
    }
    for (std::size_t i = 0; i < s.series.size() && !r.focal_series.empty(); ++i) {
      auto const values = file.focal_series(s.series[i].name, 1, {row, 1});
      auto const first = r.focal_series.begin() + std::ptrdiff_t((i * s.focal.size() + 1) * s.focal_grid.size());
      CHECK(std::equal(values.begin(), values.end(), first));
    }
  }
  CHECK(incident == file.incident_rows());
  CHECK(message == messages.size());
  CHECK(failed > 0);
  auto const whole = file.response("loss_z0"), one = file.response_of("loss_z0", 3);
  REQUIRE(whole.size() == one.size() * s.nations.size());
  for (std::size_t row = 0; row < one.size(); ++row) CHECK(same_bits(one[row], whole[row * s.nations.size() + 3]));
}

TEST_CASE("quantile series are the order statistics of the finished replications", "[io]") {
  sample::Directory const directory;
  ResultSchema const s = sample::schema({.points = 2, .futures = 23, .replications = 3});
  ResultsFile const file(finished(directory, s));
  std::size_t const grid = s.other_grid.size();
  for (std::uint32_t point = 0; point < 2; ++point) {
    for (std::size_t series = 0; series < s.series.size(); ++series) {
      for (std::size_t nation = 0; nation < s.nations.size(); ++nation) {
        SeriesQuantiles const q = file.series_quantiles(s.series[series].name, point, nation);
        for (std::size_t t = 0; t < grid; ++t) {
          std::vector<float> sorted;
          double sum = 0;
          for (auto const& key : sample::keys(s)) {
            ReplicationRecord const r = sample::record(s, key);
            if (key.point != point || r.status != ReplicationStatus::done) continue;
            sorted.push_back(r.other_series[(series * s.nations.size() + nation) * grid + t]);
            sum += sorted.back();
          }
          CHECK(q.mean[t] == float(sum / double(sorted.size())));
          std::sort(sorted.begin(), sorted.end());
          for (std::size_t p = 0; p < 5; ++p) {
            double const h = double(sorted.size() - 1) * q.probabilities[p];
            auto const k = std::size_t(h);
            double const above = k + 1 < sorted.size() ? sorted[k + 1] : sorted[k];
            CHECK(q.values[p * grid + t] == float(sorted[k] + (h - double(k)) * (above - sorted[k])));
          }
        }
      }
    }
  }
}

TEST_CASE("names and numbers that are not in the file are errors", "[io]") {
  sample::Directory const directory;
  ResultSchema const s = sample::schema();
  ResultsFile const file(finished(directory, s));
  CHECK_THROWS_AS(file.response("no_such"), Error);
  CHECK_THROWS_AS(file.response_of("total_loss", 0), Error);
  CHECK_THROWS_AS(file.response_of("loss_z0", 5), Error);
  CHECK_THROWS_AS(file.focal_series("s_series", 2), Error);
  CHECK_THROWS_AS(file.focal_series("x", 0), Error);
  CHECK_THROWS_AS(file.series_quantiles("s_series", 3, 0), Error);
  CHECK_THROWS_AS(file.incidents("labels"), Error);
  CHECK_THROWS_AS(file.row_of({9, 0, 0}), Error);
  CHECK(file.response("total_loss", {20, 100}).size() == 4);
  CHECK(file.response("total_loss", {100, 1}).empty());
}

TEST_CASE("a campaign without series, incidents, factors and nations can be written and read", "[io]") {
  sample::Directory const directory;
  ResultSchema s = sample::schema({.points = 1, .futures = 1, .nations = 0, .focal = 0, .focal_grid = 0,
                                   .other_grid = 0, .series = 0, .per_nation_responses = 0});
  s.incident_columns.clear();
  s.factors.clear();
  s.factor_values.clear();
  s.levers.clear();
  s.mechanisms_on.clear();
  s.data_checksums.clear();
  s.question.clear();
  for (auto& treatment : s.treatments) treatment.levels.clear();
  auto const out = directory / "out.h5";
  Journal journal = Journal::open(directory / "out.h5.parts", sample::manifest(s));
  for (auto const& key : sample::keys(s)) {
    ReplicationRecord r;
    r.key = key;
    r.responses = {1.5};
    journal.append(r);
  }
  consolidate(journal, s, out);
  ResultsFile const file(out);
  file.verify();
  CHECK(file.response("total_loss") == std::vector<double>{1.5, 1.5});
  CHECK((file.schema().question.empty() && file.schema().levers.empty() && file.incident_rows() == 0));
}

TEST_CASE("antithetic pairs and control variates are remembered, and leave other files as they were", "[io]") {
  sample::Directory const directory, other;
  ResultSchema s = sample::schema();
  CHECK_FALSE(ResultsFile(finished(other, s)).schema().antithetic);
  s.antithetic = true;
  s.responses.back().is_control = true;
  ResultsFile const file(finished(directory, s));
  CHECK(file.schema().antithetic);
  CHECK((file.schema().responses.back().is_control && !file.schema().responses.front().is_control));
}

TEST_CASE("what a settled stopping rule does not need is left out of the file, and nothing is missing", "[io]") {
  sample::Directory const directory;
  ResultSchema s = sample::schema();
  s.stopping.taken = {4, 1, 3};
  ResultsFile const file(finished(directory, s));
  CHECK(file.rows() == planned_replications(s));
  CHECK(file.rows() == 8 * s.replications);
  for (ReplicationKey const& key : file.keys()) CHECK(belongs(key, s.stopping));
  CHECK(file.schema().stopping.taken == s.stopping.taken);
  file.verify();
}
