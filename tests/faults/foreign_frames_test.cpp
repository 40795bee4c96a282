#include <catch2/catch.hpp>

#include <cstring>

#include "sim/base/error.hpp"
#include "sim/io/checksum.hpp"
#include "tests/faults/damaged_campaign.hpp"
#include "tests/faults/fault_campaign.hpp"

using namespace faults;
using namespace sim;

TEST_CASE("a frame of another study, format or shape is an error that names the journal, and changes nothing", "[faults]") {
  DamagedCampaign const campaign;
  std::uint64_t const word = campaign.manifest.fingerprint.word();
  std::string other_format = own_frame(4);
  other_format[8] = 9;
  std::uint32_t const crc = crc32c(other_format.data(), frame_header_size - 4);
  std::memcpy(other_format.data() + frame_header_size - 4, &crc, 4);
  ReplicationRecord outside = sample::record(small, {0, 3, 2});
  outside.key = {0, 4, 0};
  std::vector<std::pair<std::string, std::string>> const foreign{
      {frame_of(sample::record(small, {0, 0, 0}), word ^ 1), "another study"},
      {other_format, "format 9"},
      {frame_of(outside, word), "does not have"}};
  for (auto const& [frame, reason] : foreign) {
    for (std::size_t const at : {std::size_t{0}, campaign.starts[3], campaign.whole.size()}) {
      std::string bytes = campaign.whole;
      bytes.insert(at, frame);
      campaign.put(bytes);
      INFO(reason << " at " << at);
      CHECK_THROWS_WITH(campaign.scan(), Catch::Contains(reason) && Catch::Contains("0-of-2.journal"));
      CHECK_THROWS_WITH(campaign.open(first_worker), Catch::Contains(reason) && Catch::Contains("0-of-2.journal"));
      CHECK((sample::content(campaign.damaged) == bytes));
      // The other worker is not held up; the end is.
      CHECK_NOTHROW(campaign.open(second_worker).close());
      CHECK_THROWS_WITH(
          [&] {
            Journal journal = campaign.open(second_worker);
            consolidate(journal, small, campaign.out);
          }(),
          Catch::Contains(reason));
      CHECK_FALSE(std::filesystem::exists(campaign.out));
    }
  }
}

TEST_CASE("the same replication in two journals counts once if the bytes are the same, and is a conflict otherwise",
          "[faults]") {
  DamagedCampaign const campaign;
  campaign.put(campaign.whole + own_frame(1) + own_frame(3));
  CHECK(campaign.scan().report().duplicates == 2);
  CHECK(campaign.finish() == 0);
  CHECK((sample::content(campaign.out) == campaign.expected));

  ReplicationRecord other = sample::record(small, shape_of(small).key_at(3));
  other.digest ^= 1;
  std::string const bytes = campaign.whole + frame_of(other, campaign.manifest.fingerprint.word());
  campaign.put(bytes);
  CHECK_THROWS_WITH(campaign.finish(), Catch::StartsWith("CONFLICT") && Catch::Contains("future 1, replication 0") &&
                                           Catch::Contains("0-of-2.journal") && Catch::Contains("1-of-2.journal"));
  CHECK((sample::content(campaign.damaged) == bytes));
  CHECK_FALSE(std::filesystem::exists(campaign.out));
}

TEST_CASE("what is no journal is refused or left alone, never believed", "[faults]") {
  DamagedCampaign const campaign;
  campaign.put(campaign.whole);
  auto const odd = campaign.parts / "odd.journal";
  std::uint64_t state = 3;
  std::string noise;
  for (int i = 0; i < 5000; ++i) noise += char(sample::next(state));
  for (std::string const& content : {std::string(), noise, std::string(100'000, '\0'), std::string("BRYJFRM\1", 8)}) {
    sample::write_content(odd, content);
    JournalIndex const index = campaign.scan();
    CHECK(index.size() == 12);
    CHECK(index.report().torn_bytes == content.size());
  }
  std::filesystem::remove(odd);
  std::filesystem::create_directory(odd);
  CHECK_THROWS_WITH(campaign.scan(), Catch::Contains("odd.journal"));
  std::filesystem::remove(odd);
  std::filesystem::create_symlink("/etc/hostname", odd);
  CHECK_THROWS_WITH(campaign.scan(), Catch::Contains("odd.journal"));
  std::filesystem::remove(odd);
  CHECK(campaign.finish() == 0);
  CHECK((sample::content(campaign.out) == campaign.expected));
}

TEST_CASE("each flipped bit of the manifest is noticed, and a worker of the same campaign puts it right", "[faults]") {
  DamagedCampaign const campaign;
  campaign.put(campaign.whole);
  std::string const text = sample::content(campaign.parts / "manifest.toml");
  bool const is_long = wanted("BERYLIA_EACH_DAMAGE", 0) != 0;
  for (std::size_t bit = 0; bit < 8 * text.size(); bit += is_long ? 1 : 7) {
    std::string bytes = text;
    bytes[bit / 8] = char(bytes[bit / 8] ^ (1 << (bit % 8)));
    sample::write_content(campaign.parts / "manifest.toml", bytes);
    INFO("bit " << bit);
    REQUIRE_THROWS_AS(read_manifest(campaign.parts), Error);
    try {
      Journal const journal = campaign.open(first_worker);
      REQUIRE(journal.report().notes.size() == 1);
    } catch (ManifestDamaged const&) {
      FAIL("not put right");
    } catch (Error const& error) {
      // A flip in the format's number cannot be told from another format.
      REQUIRE_THAT(error.what(), Catch::Contains("its format is"));
      sample::write_content(campaign.parts / "manifest.toml", text);
    }
    REQUIRE(sample::content(campaign.parts / "manifest.toml") == text);
  }
  REQUIRE(campaign.finish() == 0);
  CHECK((sample::content(campaign.out) == campaign.expected));
}

TEST_CASE("a damaged manifest beside journals of another campaign is left as it is", "[faults]") {
  DamagedCampaign const campaign;
  campaign.put(campaign.whole);
  sample::write_content(campaign.parts / "manifest.toml", "damaged");
  sample::write_content(campaign.parts / "7-of-9.journal",
                        frame_of(sample::record(small, {0, 0, 0}), campaign.manifest.fingerprint.word() + 1));
  CHECK_THROWS_AS(campaign.open(first_worker), ManifestDamaged);
  CHECK(sample::content(campaign.parts / "manifest.toml") == "damaged");
}
