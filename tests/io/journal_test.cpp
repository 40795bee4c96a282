#include <catch2/catch.hpp>

#include <cstring>
#include <set>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include "sim/base/contracts.hpp"
#include "sim/base/error.hpp"
#include "sim/io/checksum.hpp"
#include "sim/io/journal.hpp"
#include "sim/io/journal_index.hpp"
#include "sim/io/output.hpp"
#include "sim/io/record_codec.hpp"
#include "tests/io/sample_campaign.hpp"

using namespace sim;

namespace {

ResultSchema const small = sample::schema({.points = 1, .futures = 4, .replications = 2, .nations = 2, .focal = 1,
                                           .focal_grid = 3, .other_grid = 2, .series = 1, .per_nation_responses = 1});

bool same(ReplicationRecord const& a, ReplicationRecord const& b) {
  std::vector<std::byte> x, y;
  encode_payload(a, x);
  encode_payload(b, y);
  return a.key == b.key && x == y;
}

// Every replication that the index offers is exactly the one that was written.
void check_content(JournalIndex const& index, ResultSchema const& schema) {
  ReplicationRecord record;
  for (std::size_t i = 0; i < index.size(); ++i) {
    index.read(i, record);
    CHECK(same(record, sample::record(schema, index.key(i))));
  }
}

}  // namespace

TEST_CASE("a record survives encoding and decoding bit for bit", "[io]") {
  for (auto const& key : sample::keys(small)) {
    ReplicationRecord const record = sample::record(small, key);
    std::vector<std::byte> payload;
    encode_payload(record, payload);
    ReplicationRecord back;
    decode_payload(payload, back);
    back.key = key;
    CHECK(same(record, back));
    CHECK(back.message == record.message);
    payload.pop_back();
    CHECK_THROWS_AS(decode_payload(payload, back), Error);
  }
}

TEST_CASE("what was appended is there after reopening, once each", "[io]") {
  sample::Directory const directory;
  auto const parts = directory / "a.parts";
  auto const keys = sample::keys(small);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    Journal journal = Journal::open(parts, sample::manifest(small));
    CHECK(journal.done().keys() == std::vector<ReplicationKey>(keys.begin(), keys.begin() + std::ptrdiff_t(i)));
    journal.append(sample::record(small, keys[i]));
    CHECK(journal.done().size() == i + 1);
    journal.sync();
    CHECK(journal.acknowledged() == 1);
  }
  CHECK(journal_files(parts).size() == 1);
  Journal journal = Journal::open(parts, sample::manifest(small));
  CHECK(journal.report().is_clean());
  check_content(JournalIndex::scan(parts, sample::manifest(small)), small);
}

TEST_CASE("many threads may append at once", "[io]") {
  sample::Directory const directory;
  ResultSchema const schema = sample::schema({.points = 4, .futures = 50, .replications = 5});
  auto const keys = sample::keys(schema);
  Journal journal = Journal::open(directory / "a.parts", sample::manifest(schema), {.sync_frames = 8});
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < 8; ++t) {
      threads.emplace_back([&, t] {
        for (std::size_t i = t; i < keys.size(); i += 8) journal.append(sample::record(schema, keys[i]));
      });
    }
  }
  journal.sync();
  CHECK(journal.done().size() == keys.size());
  CHECK(journal.acknowledged() == keys.size());
  journal.close();
  JournalIndex const index = JournalIndex::scan(directory / "a.parts", sample::manifest(schema));
  CHECK((index.size() == keys.size() && index.report().is_clean()));
  check_content(index, schema);
}

TEST_CASE("appended replications reach the disk by themselves within the given time", "[io]") {
  sample::Directory const directory;
  Journal journal = Journal::open(directory / "a.parts", sample::manifest(small), {.wall_sync_ms = 20});
  journal.append(sample::record(small, {0, 0, 0}));
  for (int i = 0; i < 500 && journal.acknowledged() == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  CHECK(journal.acknowledged() == 1);
}

TEST_CASE("a tail torn at any byte loses only the replication it belongs to", "[io]") {
  sample::Directory const directory;
  auto const keys = sample::keys(small);
  auto const parts = directory / "a.parts", path = parts / "0-of-1.journal";
  sample::write_parts(parts, small, {keys});
  std::string const whole = sample::content(path);
  std::vector<std::size_t> ends{0};
  ScanReport report;
  scan_journal(PosixFile(path, O_RDONLY), sample::manifest(small).fingerprint, report, [&](JournalFrame const& frame) {
    ends.push_back(frame.offset + frame.header.payload_size + 4);
  });
  REQUIRE(ends.back() == whole.size());
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    sample::write_content(path, whole.substr(0, size));
    auto const intact = std::size_t(std::upper_bound(ends.begin(), ends.end(), size) - ends.begin()) - 1;
    {
      Journal journal = Journal::open(parts, sample::manifest(small), {.wall_sync_ms = 1});
      REQUIRE(journal.done().size() == intact);
      REQUIRE(journal.report().torn_bytes == size - ends[intact]);
      REQUIRE(std::filesystem::file_size(path) == ends[intact]);
      if (intact < keys.size() && size % 37 == 0) journal.append(sample::record(small, keys[intact]));
    }
    if (intact < keys.size() && size % 37 == 0) {
      REQUIRE(sample::content(path) == whole.substr(0, ends[intact + 1]));
    }
  }
}

TEST_CASE("a flipped bit in any byte of a journal is reported and never changes a number", "[io]") {
  sample::Directory const directory;
  auto const keys = sample::keys(small);
  auto const parts = directory / "a.parts", path = parts / "0-of-1.journal";
  sample::write_parts(parts, small, {keys});
  std::string const whole = sample::content(path);
  Manifest const manifest = sample::manifest(small);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string damaged = whole;
    damaged[i] = char(damaged[i] ^ (1 << (i % 8)));
    sample::write_content(path, damaged);
    JournalIndex const index = JournalIndex::scan(parts, manifest);
    REQUIRE(index.size() == keys.size() - 1);
    REQUIRE(!index.report().is_clean());
    REQUIRE(index.report().notes.size() == 1);
    check_content(index, small);
  }
}

TEST_CASE("zeroed, repeated and foreign stretches are skipped and reported", "[io]") {
  sample::Directory const directory;
  auto const keys = sample::keys(small);
  auto const parts = directory / "a.parts", path = parts / "0-of-1.journal";
  sample::write_parts(parts, small, {keys});
  std::string const whole = sample::content(path);
  Manifest const manifest = sample::manifest(small);
  std::uint64_t state = 1;
  for (int trial = 0; trial < 300; ++trial) {
    std::string damaged = whole;
    std::size_t const at = sample::next(state) % whole.size(), n = sample::next(state) % 600;
    switch (trial % 3) {
      case 0: damaged.replace(at, std::min(n, whole.size() - at), std::min(n, whole.size() - at), '\0'); break;
      case 1: damaged.insert(at, whole.substr(sample::next(state) % whole.size(), n)); break;
      case 2: damaged.erase(at, n); break;
    }
    sample::write_content(path, damaged);
    JournalIndex const index = JournalIndex::scan(parts, manifest);
    // An inserted copy of whole frames between frames is no damage; everything else must show.
    bool const lost = index.size() < keys.size();
    CHECK((!lost || !index.report().is_clean() || trial % 3 == 2));
    check_content(index, small);
  }
}

TEST_CASE("a replication twice with the same bytes is one; with other bytes it is a conflict", "[io]") {
  sample::Directory const directory;
  auto const keys = sample::keys(small);
  auto const parts = directory / "a.parts";
  sample::write_parts(parts, small, {keys, {keys[3], keys[1]}, {keys[3]}});
  Manifest const manifest = sample::manifest(small);
  JournalIndex const index = JournalIndex::scan(parts, manifest);
  CHECK((index.size() == keys.size() && index.report().duplicates == 3 && index.report().is_clean()));
  CHECK(index.report().frames == keys.size() + 3);

  ReplicationRecord other = sample::record(small, keys[3]);
  other.events += 1;
  std::vector<std::byte> frame;
  encode_frame(other, manifest.fingerprint.word(), frame);
  sample::write_content(parts / "1-of-3.journal", std::string(reinterpret_cast<char const*>(frame.data()), frame.size()));
  CHECK_THROWS_WITH(JournalIndex::scan(parts, manifest),
                    Catch::StartsWith("CONFLICT") && Catch::Contains("point 0, future 1, replication 1"));
}

TEST_CASE("a journal of another study or another format is refused", "[io]") {
  sample::Directory const directory;
  auto const parts = directory / "a.parts", path = parts / "0-of-1.journal";
  sample::write_parts(parts, small, {sample::keys(small)});
  Manifest manifest = sample::manifest(small);
  manifest.fingerprint.bytes[0] ^= 1;
  CHECK_THROWS_WITH(JournalIndex::scan(parts, manifest), Catch::Contains("another study"));
  CHECK_THROWS_WITH(Journal::open(parts, manifest), Catch::Contains("another study"));

  std::string bytes = sample::content(path);
  bytes[8] = 3;  // version, with a header checksum that fits
  std::uint32_t const crc = crc32c(bytes.data(), frame_header_size - 4);
  std::memcpy(bytes.data() + frame_header_size - 4, &crc, 4);
  sample::write_content(path, bytes);
  CHECK_THROWS_WITH(Journal::open(parts, sample::manifest(small)), Catch::Contains("has format 3"));
}

TEST_CASE("a replication that the study does not have is a broken contract when written, an error when found", "[io]") {
  sample::Directory const directory;
  auto const parts = directory / "a.parts";
  Journal journal = Journal::open(parts, sample::manifest(small));
  ReplicationRecord record = sample::record(small, {0, 0, 0});
  record.key.point = 77;
  CHECK_THROWS_AS(journal.append(record), ContractViolation);
  journal.close();
  CHECK(std::filesystem::file_size(parts / "0-of-1.journal") == 0);

  std::vector<std::byte> frame;
  encode_frame(record, sample::manifest(small).fingerprint.word(), frame);
  sample::write_content(parts / "0-of-1.journal", std::string(reinterpret_cast<char const*>(frame.data()), frame.size()));
  CHECK_THROWS_WITH(Journal::open(parts, sample::manifest(small)), Catch::Contains("does not have (point 77"));
  CHECK_THROWS_WITH(JournalIndex::scan(parts, sample::manifest(small)), Catch::Contains("does not have (point 77"));
}

TEST_CASE("shards write side by side, each its own journal, and none sees what falls to another", "[io]") {
  sample::Directory const directory;
  auto const parts = directory / "a.parts";
  auto const keys = sample::keys(small);
  std::vector<Journal> journals;
  for (std::uint32_t i = 0; i < 3; ++i) {
    journals.push_back(Journal::open(parts, sample::manifest(small), {.shard = {i, 3}}));
    journals.back().append(sample::record(small, keys[i]));
    journals.back().sync();
    CHECK(journals.back().done().keys() == std::vector{keys[i]});
  }
  CHECK(journal_files(parts).size() == 3);
  CHECK_THROWS_WITH(Journal::open(parts, sample::manifest(small), {.shard = {1, 3}}), Catch::Contains("same journal 1-of-3"));
  CHECK_THROWS_WITH(Journal::open(parts, sample::manifest(small)), Catch::Contains("shares the work out differently"));
  CHECK_THROWS_WITH(journals[0].become_alone(), Catch::Contains("other workers"));
  journals.clear();
  // Another division takes over what all of them have done.
  for (JournalOptions const& options : {JournalOptions{}, JournalOptions{.shard = {1, 2}}, JournalOptions{.shard = {0, 3}, .dynamic = true}}) {
    CHECK(Journal::open(parts, sample::manifest(small), options).done().size() == 3);
  }
  CHECK(Journal::open(parts, sample::manifest(small), {.shard = {0, 3}, .dynamic = true, .only_own = true}).done().size() == 0);
}

TEST_CASE("more journals than may be open at a time are read all the same", "[io]") {
  sample::Directory const directory;
  auto const parts = directory / "a.parts";
  auto const keys = sample::keys(small);
  std::vector<std::vector<ReplicationKey>> one_each;
  for (auto const& key : keys) one_each.push_back({key});
  sample::write_parts(parts, small, one_each);
  JournalFiles const files(journal_files(parts), 2);
  REQUIRE(files.size() > 4);
  auto const held = files.open(0);
  for (int round = 0; round < 3; ++round)
    for (std::size_t i = 0; i < files.size(); ++i) CHECK(files.open(i)->size() == std::filesystem::file_size(files.path(i)));
  CHECK(held->is_open());  // although it was given up long ago
  check_content(JournalIndex::scan(parts, sample::manifest(small)), small);
}

TEST_CASE("a second process on the same campaign is refused", "[io]") {
  sample::Directory const directory;
  auto const parts = directory / "a.parts";
  Journal journal = Journal::open(parts, sample::manifest(small));
  // The lock belongs to the open file, so a second opening in this process stands for another process.
  CHECK_THROWS_WITH(Journal::open(parts, sample::manifest(small)), Catch::Contains("another process"));
  journal.close();
  CHECK_NOTHROW(Journal::open(parts, sample::manifest(small)));
}

TEST_CASE("the manifest must be whole", "[io]") {
  sample::Directory const directory;
  auto const parts = directory / "a.parts";
  sample::write_parts(parts, small, {sample::keys(small)});
  Manifest const manifest = read_manifest(parts);
  CHECK((manifest.fingerprint == sample::manifest(small).fingerprint && manifest.study == "sample"));
  CHECK(manifest.shape.size() == 8);
  std::string const text = sample::content(parts / "manifest.toml");
  for (std::string const& bad : {std::string(), std::string("format_version = 1\n"), std::string("x\n"), text + text,
                                 std::string("format_version = 3\n") + text.substr(text.find("fingerprint"))}) {
    sample::write_content(parts / "manifest.toml", bad);
    CHECK_THROWS_AS(read_manifest(parts), Error);
  }
  std::filesystem::remove(parts / "manifest.toml");
  CHECK_THROWS_WITH(Journal::open(parts, sample::manifest(small)), Catch::Contains("no manifest"));
}

TEST_CASE("an output is looked at before anything runs", "[io]") {
  sample::Directory const directory;
  auto const out = directory / "out.h5";
  Fingerprint const fingerprint = sample::manifest(small).fingerprint;
  Fingerprint const other{};
  CHECK(inspect_output(out, fingerprint, 1) == OutputState::absent);
  CHECK_THROWS_WITH(inspect_output(out, fingerprint, std::uint64_t{1} << 60), Catch::Contains("not enough space"));
  CHECK_THROWS_AS(inspect_output(directory / "no/out.h5", fingerprint, 1), Error);
  CHECK_THROWS_AS(inspect_output(directory.path(), fingerprint, 1), Error);
  CHECK_THROWS_AS(inspect_output("", fingerprint, 1), Error);
  sample::write_parts(parts_directory(out), small, {});
  CHECK(inspect_output(out, fingerprint, 1) == OutputState::resumable);
  CHECK_THROWS_WITH(inspect_output(out, other, 1), Catch::Contains("cannot continue"));
  sample::write_content(out, "my thesis");
  CHECK_THROWS_WITH(inspect_output(out, fingerprint, 1), Catch::Contains("will not overwrite"));
  CHECK(sample::content(out) == "my thesis");
}

TEST_CASE("the estimate of disk space covers the journal of a full campaign", "[io]") {
  sample::Directory const directory;
  ResultSchema const schema = sample::schema({.points = 8, .futures = 20, .replications = 5});
  sample::write_parts(directory / "a.parts", schema, {sample::keys(schema)});
  auto const size = std::filesystem::file_size(directory / "a.parts" / "0-of-1.journal");
  CHECK(estimate_bytes(schema, 3) > size);
  CHECK(estimate_bytes(schema, 3) < 10 * size + (8u << 20));
}
