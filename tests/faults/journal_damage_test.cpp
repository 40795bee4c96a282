#include <catch2/catch.hpp>

#include <algorithm>

#include "sim/base/error.hpp"
#include "tests/faults/damaged_campaign.hpp"
#include "tests/faults/fault_campaign.hpp"

using namespace faults;
using sim::JournalIndex;

namespace {

void check_content(JournalIndex const& index) {
  sim::ReplicationRecord record;
  for (std::size_t i = 0; i < index.size(); ++i) {
    index.read(i, record);
    std::vector<std::byte> found, wanted;
    sim::encode_payload(record, found);
    sim::encode_payload(sample::record(small, index.key(i)), wanted);
    REQUIRE((found == wanted));
  }
}

}  // namespace

TEST_CASE("a journal cut at any length loses only what is cut, and recovery gives the same file", "[faults]") {
  DamagedCampaign const campaign;
  bool const is_long = wanted("BERYLIA_EACH_DAMAGE", 0) != 0;
  for (std::size_t size = 0; size <= campaign.whole.size(); ++size) {
    INFO("cut at " << size << " of " << campaign.whole.size());
    campaign.put(campaign.whole.substr(0, size));
    std::size_t kept = 0;
    for (std::size_t i = 0; i < 6; ++i) kept += campaign.starts[i] + own_frame(2 * i).size() <= size;
    {
      JournalIndex const index = campaign.scan();
      REQUIRE(index.size() == 6 + kept);
      check_content(index);
    }
    if (size % 31 != 0 && !is_long) continue;
    REQUIRE(campaign.finish() == 6 - kept);
    REQUIRE((sample::content(campaign.out) == campaign.expected));
  }
}

TEST_CASE("each single flipped bit of a journal costs at most the frame it hits, and is reported", "[faults]") {
  DamagedCampaign const campaign;
  // Two frames and the notes around them bit by bit; the rest is alike.
  std::size_t const end = campaign.starts[2];
  for (std::size_t bit = 0; bit < 8 * end; ++bit) {
    std::string bytes = campaign.whole;
    bytes[bit / 8] = char(bytes[bit / 8] ^ (1 << (bit % 8)));
    INFO("bit " << bit);
    bool const hits_note = bit / 8 < campaign.starts[0];
    campaign.put(bytes);
    {
      JournalIndex const index = campaign.scan();
      REQUIRE(index.size() == (hits_note ? 12 : 11));
      REQUIRE(index.report().damaged_regions == 1);
      REQUIRE(index.report().notes.size() == 1);
      check_content(index);
    }
    if (bit % 197 != 0) continue;
    REQUIRE(campaign.finish() == (hits_note ? 0 : 1));
    REQUIRE((sample::content(campaign.out) == campaign.expected));
  }
}

TEST_CASE("zeroed and overwritten blocks cost only the frames they touch", "[faults]") {
  DamagedCampaign const campaign;
  std::uint64_t state = 5;
  for (std::size_t const block : {16u, 64u, 512u, 4096u}) {
    for (std::size_t at = 0; at < campaign.whole.size(); at += block) {
      for (bool const is_zero : {true, false}) {
        std::string bytes = campaign.whole;
        std::size_t const n = std::min(block, bytes.size() - at);
        for (std::size_t i = at; i < at + n; ++i) bytes[i] = is_zero ? '\0' : char(sample::next(state));
        std::size_t hit = 0;
        for (std::size_t f = 0; f < 6; ++f) {
          std::size_t const start = campaign.starts[f], length = own_frame(2 * f).size();
          hit += start < at + n && at < start + length &&
                 bytes.compare(start, length, campaign.whole, start, length) != 0;
        }
        campaign.put(bytes);
        INFO(block << " bytes at " << at);
        {
          JournalIndex const index = campaign.scan();
          REQUIRE(index.size() == 12 - hit);
          REQUIRE((hit == 0 || !index.report().is_clean()));
          check_content(index);
        }
        REQUIRE(campaign.finish() == hit);
        REQUIRE((sample::content(campaign.out) == campaign.expected));
      }
    }
  }
}

TEST_CASE("frames in another order or more than once give the same file and are counted", "[faults]") {
  DamagedCampaign const campaign;
  std::uint64_t state = 9;
  for (int trial = 0; trial < 40; ++trial) {
    std::vector<std::uint64_t> order{0, 2, 4, 6, 8, 10};
    std::uint64_t const repeated = sample::next(state) % 5;
    for (std::uint64_t i = 0; i < repeated; ++i) order.push_back(2 * (sample::next(state) % 6));
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[sample::next(state) % i]);
    std::string bytes;
    for (auto const position : order) bytes += own_frame(position);
    campaign.put(bytes);
    {
      JournalIndex const index = campaign.scan();
      REQUIRE((index.size() == 12 && index.report().is_clean()));
      REQUIRE((index.report().duplicates == repeated && index.report().frames == 12 + repeated));
    }
    REQUIRE(campaign.finish() == 0);
    REQUIRE((sample::content(campaign.out) == campaign.expected));
  }
}
