#include <catch2/catch.hpp>

#include "sim/base/error.hpp"
#include "sim/io/consolidate.hpp"
#include "sim/io/output.hpp"
#include "sim/io/results_file.hpp"
#include "tests/io/sample_campaign.hpp"

using namespace sim;

namespace {

// Large enough that tables are chunked and blocks of rows are partly filled.
ResultSchema const schema = sample::schema({.points = 3, .futures = 60, .replications = 5, .nations = 71,
                                            .focal_grid = 300});

std::string reference_bytes() {
  static std::string const bytes = [] {
    sample::Directory const directory;
    auto const out = directory / "out.h5";
    Journal journal = Journal::open(parts_directory(out), sample::manifest(schema));
    for (auto const& key : sample::keys(schema)) journal.append(sample::record(schema, key));
    consolidate(journal, schema, out);
    return sample::content(out);
  }();
  return bytes;
}

std::string consolidated(std::vector<std::vector<ReplicationKey>> const& journals,
                         ConsolidateOptions const& options = {}) {
  sample::Directory const directory;
  auto const out = directory / "another name.h5";
  sample::write_parts(parts_directory(out), schema, journals);
  Journal journal = Journal::open(parts_directory(out), sample::manifest(schema));
  consolidate(journal, schema, out, options);
  CHECK(!std::filesystem::exists(parts_directory(out)));
  CHECK(std::distance(std::filesystem::directory_iterator(directory.path()), {}) == 1);
  return sample::content(out);
}

}  // namespace

TEST_CASE("the file's bytes do not depend on the order in which replications were finished", "[io]") {
  auto keys = sample::keys(schema);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    sample::shuffle(keys, seed);
    CHECK((consolidated({keys}) == reference_bytes()));
  }
}

TEST_CASE("the file's bytes do not depend on how replications are spread over journals, nor on repetitions", "[io]") {
  auto keys = sample::keys(schema);
  sample::shuffle(keys, 9);
  std::vector<std::vector<ReplicationKey>> journals(5);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    journals[i % 4].push_back(keys[i]);
    if (i % 3 == 0) journals[(i + 1) % 5].push_back(keys[i]);
  }
  CHECK((consolidated(journals) == reference_bytes()));
}

TEST_CASE("the file's bytes do not depend on the memory and the threads allowed", "[io]") {
  CHECK((consolidated({sample::keys(schema)}, {.jobs = 1}) == reference_bytes()));
  CHECK((consolidated({sample::keys(schema)}, {.jobs = 7}) == reference_bytes()));
  CHECK((consolidated({sample::keys(schema)}, {.buffer_bytes = 1}) == reference_bytes()));
  CHECK((consolidated({sample::keys(schema)}, {.buffer_bytes = 100'000}) == reference_bytes()));
}

TEST_CASE("another number anywhere gives other bytes", "[io]") {
  sample::Directory const directory;
  auto const out = directory / "out.h5";
  Journal journal = Journal::open(parts_directory(out), sample::manifest(schema));
  for (auto const& key : sample::keys(schema)) {
    ReplicationRecord record = sample::record(schema, key);
    if (key == ReplicationKey{2, 30, 1}) record.digest ^= 1;
    journal.append(record);
  }
  consolidate(journal, schema, out);
  CHECK((sample::content(out) != reference_bytes()));
}

TEST_CASE("an unfinished campaign is not consolidated unless asked for", "[io]") {
  sample::Directory const directory;
  auto const out = directory / "out.h5";
  auto keys = sample::keys(schema);
  keys.erase(keys.begin() + 7);
  sample::write_parts(parts_directory(out), schema, {keys});
  Journal journal = Journal::open(parts_directory(out), sample::manifest(schema));
  CHECK_THROWS_WITH(consolidate(journal, schema, out), Catch::Contains("899 of 900"));
  CHECK(!std::filesystem::exists(out));
  journal.append(sample::record(schema, {0, 1, 2}));
  CHECK(inspect_output(out, sample::manifest(schema).fingerprint, 0) == OutputState::resumable);
  auto const report = consolidate(journal, schema, out);
  CHECK((report.planned == 900 && report.done + report.failed + report.censored == 900));
  CHECK((sample::content(out) == reference_bytes()));
  CHECK(inspect_output(out, sample::manifest(schema).fingerprint, 0) == OutputState::complete);

  auto const partial = directory / "partial.h5";
  sample::write_parts(parts_directory(partial), schema, {keys});
  Journal second_journal = Journal::open(parts_directory(partial), sample::manifest(schema));
  consolidate(second_journal, schema, partial, {.allow_missing = true});
  CHECK(ResultsFile(partial).rows() == 899);
  // It is not taken for the campaign's results, and journals beside it stay.
  sample::write_parts(parts_directory(partial), schema, {keys});
  CHECK_THROWS_WITH(inspect_output(partial, sample::manifest(schema).fingerprint, 0), Catch::Contains("899 of 900"));
  CHECK(std::filesystem::exists(parts_directory(partial) / "0-of-1.journal"));
}

TEST_CASE("what a kill during consolidation leaves behind is no obstacle", "[io]") {
  sample::Directory const directory;
  auto const out = directory / "out.h5";
  sample::write_parts(parts_directory(out), schema, {sample::keys(schema)});
  sample::write_content(parts_directory(out) / "results.h5.tmp", "half a file");
  Journal journal = Journal::open(parts_directory(out), sample::manifest(schema));
  consolidate(journal, schema, out);
  CHECK((sample::content(out) == reference_bytes()));
  CHECK(!std::filesystem::exists(parts_directory(out) / "results.h5.tmp"));
}

TEST_CASE("journals that a kill left beside a finished file are removed, those of another campaign are not", "[io]") {
  sample::Directory const directory;
  auto const out = directory / "out.h5";
  Fingerprint const fingerprint = sample::manifest(schema).fingerprint;
  sample::write_parts(parts_directory(out), schema, {sample::keys(schema)});
  Journal journal = Journal::open(parts_directory(out), sample::manifest(schema));
  consolidate(journal, schema, out);

  sample::write_parts(parts_directory(out), schema, {sample::keys(schema)});
  CHECK(inspect_output(out, fingerprint, 0) == OutputState::complete);
  CHECK(!std::filesystem::exists(parts_directory(out)));

  std::filesystem::create_directory(parts_directory(out));
  sample::write_content(parts_directory(out) / ".manifest-host-1", "half a manif");
  CHECK(inspect_output(out, fingerprint, 0) == OutputState::complete);
  CHECK(!std::filesystem::exists(parts_directory(out)));

  ResultSchema other = schema;
  other.seed += 1;
  sample::write_parts(parts_directory(out), other, {sample::keys(other)});
  CHECK(inspect_output(out, fingerprint, 0) == OutputState::complete);
  CHECK(std::filesystem::exists(parts_directory(out) / "0-of-1.journal"));
}

TEST_CASE("records that do not fit the study are refused and kept", "[io]") {
  sample::Directory const directory;
  for (int kind = 0; kind < 2; ++kind) {
    auto const out = directory / ("out" + std::to_string(kind) + ".h5");
    Journal journal = Journal::open(parts_directory(out), sample::manifest(schema));
    for (auto const& key : sample::keys(schema)) {
      ReplicationRecord record = sample::record(schema, key);
      if (key == ReplicationKey{1, 1, 1} && kind == 0) record.responses.pop_back();
      if (key == ReplicationKey{1, 1, 1} && kind == 1) record.incidents.push_back(0);
      journal.append(record);
    }
    CHECK_THROWS_AS(consolidate(journal, schema, out), Error);
    CHECK(!std::filesystem::exists(out));
    CHECK(journal.done().size() == 900);
    CHECK(std::filesystem::exists(parts_directory(out) / "manifest.toml"));
  }
}
