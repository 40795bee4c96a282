#include <catch2/catch.hpp>

#include <vector>

#include "sim/base/error.hpp"
#include "sim/io/checksum.hpp"
#include "sim/io/provenance.hpp"
#include "tests/io/sample_campaign.hpp"

using namespace sim;

TEST_CASE("CRC32C gives the values of RFC 3720", "[io]") {
  std::vector<unsigned char> bytes(32, 0);
  CHECK(crc32c(bytes.data(), 32) == 0x8a9136aa);
  bytes.assign(32, 0xff);
  CHECK(crc32c(bytes.data(), 32) == 0x62a8ab43);
  for (int i = 0; i < 32; ++i) bytes[std::size_t(i)] = static_cast<unsigned char>(i);
  CHECK(crc32c(bytes.data(), 32) == 0x46dd794e);
  CHECK(crc32c("123456789", 9) == 0xe3069283);
}

TEST_CASE("CRC32C is the same with and without the processor's instruction, and in pieces", "[io]") {
  std::uint64_t state = 3;
  std::string bytes;
  for (int i = 0; i < 300; ++i) bytes += char(sample::next(state));
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    REQUIRE(crc32c(bytes.data(), size) == crc32c_portable(bytes.data(), size));
    REQUIRE(crc32c(bytes.data() + size / 3, size - size / 3, crc32c(bytes.data(), size / 3)) ==
            crc32c(bytes.data(), size));
  }
}

TEST_CASE("SHA-256 gives the values of FIPS 180-4", "[io]") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex(std::string(1000000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 does not depend on the pieces", "[io]") {
  std::string const text(1000, 'x');
  for (std::size_t piece = 1; piece < 200; ++piece) {
    Sha256 hash;
    for (std::size_t i = 0; i < text.size(); i += piece) hash.update(std::string_view(text).substr(i, piece));
    auto const digest = hash.finish();
    REQUIRE(to_hex(digest.data(), digest.size()) == sha256_hex(text));
  }
}

TEST_CASE("hexadecimal words are read strictly", "[io]") {
  CHECK(parse_hex_word("00000000000000ff") == 255);
  CHECK(parse_hex_word(to_hex(std::uint64_t{0x0123456789abcdef})) == 0x0123456789abcdef);
  for (char const* bad : {"", "ff", "00000000000000FF", "00000000000000fg", "00000000000000ff0"}) {
    CHECK_THROWS_AS(parse_hex_word(bad), Error);
  }
  Fingerprint const fingerprint = sample::manifest(sample::schema()).fingerprint;
  CHECK(parse_fingerprint(fingerprint.hex()) == fingerprint);
  CHECK_THROWS_AS(parse_fingerprint("12"), Error);
}

TEST_CASE("the fingerprint changes with build, study, seed, numbers and data, and with nothing else", "[io]") {
  ResultSchema const schema = sample::schema();
  BuildInfo const build = build_info();
  Fingerprint const fingerprint = fingerprint_of(build, schema);
  auto const differs = [&](auto change) {
    ResultSchema s = schema;
    BuildInfo b = build;
    change(s, b);
    return fingerprint_of(b, s) != fingerprint;
  };
  CHECK(differs([](auto& s, auto&) { s.seed += 1; }));
  CHECK(differs([](auto& s, auto&) { s.futures += 1; }));
  CHECK(differs([](auto& s, auto&) { s.replications += 1; }));
  CHECK(differs([](auto& s, auto&) { s.resolved_study += " "; }));
  CHECK(differs([](auto& s, auto&) { s.data_checksums[0].second.clear(); }));
  CHECK(differs([](auto& s, auto&) { s.data_checksums.pop_back(); }));
  CHECK(differs([](auto&, auto& b) { b.commit += "0"; }));
  CHECK(differs([](auto&, auto& b) { b.dirty = !b.dirty; }));
  CHECK(differs([](auto&, auto& b) { b.source_sha256 += "0"; }));
  CHECK(!differs([](auto& s, auto&) { s.study_text += "# a comment\n"; }));
}

TEST_CASE("the build knows its version, sources and compiler", "[io]") {
  BuildInfo const& build = build_info();
  CHECK(!build.version.empty());
  CHECK((build.commit.size() == 40 || build.commit == "unknown"));
  CHECK(build.source_sha256.size() == 64);
  CHECK(!build.compiler.empty());
}
