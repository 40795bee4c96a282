#include <catch2/catch.hpp>

#include <cmath>

#include "analysis/report/file_source.hpp"
#include "analysis/report/report_data.hpp"
#include "sim/base/error.hpp"
#include "sim/io/consolidate.hpp"
#include "tests/io/sample_campaign.hpp"

using namespace analysis;

namespace {

std::filesystem::path finished(sample::Directory const& directory, sim::ResultSchema const& schema) {
  auto const out = directory / "out.h5";
  std::filesystem::path parts = out;
  parts += ".parts";
  auto journal = sim::Journal::open(parts, sample::manifest(schema));
  for (auto const& key : sample::keys(schema)) journal.append(sample::record(schema, key));
  sim::consolidate(journal, schema, out);
  return out;
}

}  // namespace

TEST_CASE("a results file gives the same numbers as the records it was made from", "[report]") {
  sample::Directory const directory;
  auto const schema = sample::schema();
  auto const source = open_results(finished(directory, schema));
  auto const rows = source->replications();
  REQUIRE(rows.size() == sample::keys(schema).size());
  for (std::size_t r = 0; r < schema.responses.size(); ++r) {
    std::size_t const width = schema.responses[r].per_nation ? schema.nations.size() : 1;
    auto const values = source->response(r, {1, rows.size() - 1});
    REQUIRE(values.size() == (rows.size() - 1) * width);
    for (std::size_t i = 1; i < rows.size(); ++i) {
      auto const record = sample::record(schema, rows[i].key);
      CHECK((rows[i].digest == record.digest && rows[i].digest_before == record.digest_before));
      if (record.status != sim::ReplicationStatus::done) continue;
      CHECK(values[(i - 1) * width] == record.responses[response_offset(schema, r)]);
    }
  }
}

TEST_CASE("a results file can be analysed and reported on", "[report]") {
  sample::Directory const directory;
  auto const schema = sample::schema();
  auto const source = open_results(finished(directory, schema));
  auto const a = analyze(*source);
  std::size_t done = 0;
  for (auto const& key : sample::keys(schema)) done += sample::record(schema, key).status == sim::ReplicationStatus::done;
  CHECK((a.counts.done == done && a.counts.missing == 0));
  CHECK(report_data(*source).find("\"fingerprint\"") != std::string::npos);
}

TEST_CASE("a file that is not there is refused by name", "[report]") {
  CHECK_THROWS_WITH(open_results("/nonexistent/out.h5"), Catch::Contains("/nonexistent/out.h5"));
}
