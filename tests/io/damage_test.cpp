#include <catch2/catch.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/base/error.hpp"
#include "sim/io/consolidate.hpp"
#include "sim/io/output.hpp"
#include "sim/io/results_file.hpp"
#include "tests/io/sample_campaign.hpp"

using namespace sim;

namespace {

ResultSchema const schema = sample::schema({.points = 2, .futures = 20, .replications = 5, .nations = 20});

std::string finished_bytes() {
  sample::Directory const directory;
  auto const out = directory / "out.h5";
  Journal journal = Journal::open(parts_directory(out), sample::manifest(schema));
  for (auto const& key : sample::keys(schema)) journal.append(sample::record(schema, key));
  consolidate(journal, schema, out);
  return sample::content(out);
}

enum class Outcome { intact, reported, crashed, wrong };

// Opens and verifies in a child process, because HDF5 itself may crash on damaged metadata.
Outcome read_in_child(std::filesystem::path const& path) {
  pid_t const child = ::fork();
  if (child == 0) {
    rlimit const memory{std::size_t{4} << 30, std::size_t{4} << 30}, seconds{10, 10};
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // which reserve more than any limit
    ::setrlimit(RLIMIT_AS, &memory);
#else
    static_cast<void>(memory);
#endif
    ::setrlimit(RLIMIT_CPU, &seconds);
    try {
      ResultsFile const file(path);
      file.verify();
      ::_exit(0);
    } catch (Error const&) {
      ::_exit(1);
    } catch (...) {
      ::_exit(2);
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status)) return Outcome::crashed;
  return WEXITSTATUS(status) == 0 ? Outcome::intact : WEXITSTATUS(status) == 1 ? Outcome::reported : Outcome::wrong;
}

}  // namespace

TEST_CASE("damage to a results file is reported, or changes no number", "[io]") {
  sample::Directory const directory;
  auto const path = directory / "out.h5";
  std::string const whole = finished_bytes();
  sample::write_content(path, whole);
  REQUIRE(read_in_child(path) == Outcome::intact);
  std::uint64_t state = 20;
  int reported = 0, crashed = 0, intact = 0;
  for (int trial = 0; trial < 400; ++trial) {
    std::string damaged = whole;
    std::size_t const at = sample::next(state) % whole.size();
    switch (trial % 4) {
      case 0: damaged[at] = char(damaged[at] ^ (1 << (trial / 4 % 8))); break;
      case 1: damaged[at] = char(sample::next(state)); break;
      case 2: damaged.replace(at, std::min<std::size_t>(512, whole.size() - at), 512, '\0'); break;
      case 3: damaged.resize(at); break;
    }
    sample::write_content(path, damaged);
    Outcome const outcome = read_in_child(path);
    REQUIRE(outcome != Outcome::wrong);
    reported += outcome == Outcome::reported;
    crashed += outcome == Outcome::crashed;
    intact += outcome == Outcome::intact;
    // Bytes that no reader looks at may change unseen; every number was compared with its checksum.
    if (trial % 4 == 3) CHECK(outcome == Outcome::reported);
  }
  INFO("reported " << reported << ", crashed inside HDF5 " << crashed << ", without effect " << intact);
  CHECK(crashed <= 4);
  CHECK(reported > 280);
}

TEST_CASE("foreign files are refused with a reason", "[io]") {
  sample::Directory const directory;
  auto const path = directory / "x.h5";
  CHECK_THROWS_WITH(ResultsFile(path), Catch::Contains("No such file"));
  sample::write_content(path, "");
  CHECK_THROWS_WITH(ResultsFile(path), Catch::Contains("no HDF5 file"));
  sample::write_content(path, std::string("\x89HDF\r\n\x1a\n", 8));
  CHECK_THROWS_WITH(ResultsFile(path), Catch::Contains("truncated or damaged"));
  CHECK_THROWS_AS(ResultsFile(directory.path()), Error);
}
