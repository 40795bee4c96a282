#include <catch2/catch.hpp>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <sys/mount.h>
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

ResultSchema const schema = sample::schema({.points = 4, .futures = 60, .replications = 5, .nations = 10,
                                            .focal_grid = 200});

// Runs `body` in a child process, so that limits, ignored signals and mounts end with it, and a hang or crash at exit
// shows. The child leaves through exit(), as the program does.
template <class Body>
int in_child(Body body) {
  pid_t const child = ::fork();
  if (child == 0) {
    ::alarm(60);
    int code = 9;
    try {
      code = body();
    } catch (std::exception const& problem) {
      std::fprintf(stderr, "unexpected: %s\n", problem.what());
    }
    std::exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

void limit_file_size(rlim_t bytes) {
  rlimit limit{};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

// Appends what is missing; the number of replications there at the end.
std::size_t append_all(Journal& journal) {
  auto const done = journal.done();
  for (auto const& key : sample::keys(schema)) {
    if (!done.contains(key)) journal.append(sample::record(schema, key));
  }
  journal.sync();
  return journal.done().size();
}

}  // namespace

TEST_CASE("a file size limit stops the journal with an error and keeps what was finished", "[faults]") {
  sample::Directory const directory;
  auto const parts = directory / "out.h5.parts";
  int const code = in_child([&] {
    Journal journal = Journal::open(parts, sample::manifest(schema));
    limit_file_size(200'000);
    try {
      append_all(journal);
      return 1;
    } catch (Error const& error) {
      std::string const text = error.what();
      if (text.find("ulimit") == std::string::npos || text.find("0-of-1.journal") == std::string::npos) return 2;
    }
    try {
      journal.append(sample::record(schema, {0, 0, 0}));
      return 3;  // a journal that failed once takes no more
    } catch (Error const&) {
    }
    return 0;
  });
  REQUIRE(code == 0);
  Journal journal = Journal::open(parts, sample::manifest(schema));
  CHECK(journal.done().size() > 10);
  CHECK(journal.report().is_clean());
  CHECK(append_all(journal) == 1200);
}

TEST_CASE("a file size limit during consolidation leaves no results file and keeps the journals", "[faults]") {
  sample::Directory const directory;
  auto const out = directory / "out.h5";
  auto const parts = parts_directory(out);
  sample::write_parts(parts, schema, {sample::keys(schema)});
  // The whole file needs more than the last limit; the failure hits other places in turn.
  for (rlim_t const limit : {1'000, 20'000, 60'000, 200'000, 600'000, 1'000'000}) {
    int const code = in_child([&] {
      Journal journal = Journal::open(parts, sample::manifest(schema));
      limit_file_size(limit);
      try {
        consolidate(journal, schema, out);
        return 1;
      } catch (Error const& error) {
        return std::string(error.what()).find("ulimit") == std::string::npos ? 2 : 0;
      }
    });
    INFO("limit " << limit);
    REQUIRE(code == 0);
    CHECK(std::distance(std::filesystem::directory_iterator(directory.path()), {}) == 1);
    CHECK(std::filesystem::exists(parts / "manifest.toml"));
  }
  Journal journal = Journal::open(parts, sample::manifest(schema));
  consolidate(journal, schema, out);
  CHECK(std::filesystem::file_size(out) > 1'000'000);
  ResultsFile(out).verify();
}

TEST_CASE("a full disk stops journal and consolidation with an error that names the place", "[faults]") {
  sample::Directory const directory;
  if (::mount("tmpfs", directory.path().c_str(), "tmpfs", 0, "size=4m") != 0) {
    WARN("no right to mount a small disk here: the limits of the other tests stand for it");
    return;
  }
  auto const out = directory / "out.h5";
  auto const parts = parts_directory(out);
  int const code = in_child([&] {
    Journal journal = Journal::open(parts, sample::manifest(schema));
    try {
      append_all(journal);
      return 1;
    } catch (Error const& error) {
      return std::string(error.what()).find("free some space") == std::string::npos ? 2 : 0;
    }
  });
  std::size_t const kept = JournalIndex::scan(parts, sample::manifest(schema)).size();
  CHECK(code == 0);
  CHECK(kept > 100);
  CHECK(::mount("tmpfs", directory.path().c_str(), "tmpfs", MS_REMOUNT, "size=9m") == 0);
  int const code_after = in_child([&] {
    Journal journal = Journal::open(parts, sample::manifest(schema));
    if (journal.done().size() != kept) return 1;
    append_all(journal);
    // Leave room for a part of the results file only.
    std::string const filler(9u << 20, 'x');
    sample::write_content(directory / "filler", filler);
    std::filesystem::resize_file(directory / "filler", std::filesystem::file_size(directory / "filler") - 300'000);
    try {
      consolidate(journal, schema, out);
      return 2;
    } catch (Error const& error) {
      return std::string(error.what()).find("free some space") == std::string::npos ? 3 : 0;
    }
  });
  CHECK(code_after == 0);
  CHECK(!std::filesystem::exists(out));
  CHECK(!std::filesystem::exists(parts_directory(out) / "results.h5.tmp"));
  std::filesystem::remove(directory / "filler");
  CHECK(::mount("tmpfs", directory.path().c_str(), "tmpfs", MS_REMOUNT, "size=30m") == 0);
  CHECK(in_child([&] {
          Journal journal = Journal::open(parts, sample::manifest(schema));
          return consolidate(journal, schema, out).planned == 1200 ? 0 : 1;
        }) == 0);
  ::umount(directory.path().c_str());
}

TEST_CASE("a directory that cannot be written is an error before anything is lost", "[faults]") {
  CHECK_THROWS_WITH(Journal::open("/proc/no.parts", sample::manifest(schema)), Catch::Contains("/proc/no.parts"));
  CHECK_THROWS_AS(Journal::open("/no/such/place.parts", sample::manifest(schema)), Error);
}
