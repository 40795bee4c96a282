#include <catch2/catch.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "tests/faults/fault_campaign.hpp"
#include "tests/faults/trace.hpp"

using namespace faults;

namespace {

constexpr std::uint32_t futures = 3;
constexpr std::size_t planned = 20 * futures;

// A call that fails: name, errno (-1: a short write), how often from the n-th on (0: always).
struct Fault {
  char const* call;
  int error;
  long times;
};

std::string words(Fault const& fault, long n) {
  return std::string(fault.call) + "," + std::to_string(n) + "," + std::to_string(fault.error) + "," +
         std::to_string(fault.times);
}

struct Stage {
  sample::Directory scratch;
  sim::ResultSchema schema = faults::schema(futures);
  std::string expected;
  std::filesystem::path root = scratch / "run", trace = scratch / "trace";
  WriterCall call{root / "out.h5", {"size=" + std::to_string(futures)}, {}};

  Stage() {
    clear();
    run_writer(call);
    expected = sample::content(call.out);
  }
  void clear() {
    std::filesystem::remove_all(root);
    std::filesystem::create_directories(root);
    std::filesystem::remove(trace);
  }
  WriterRun run_with(std::string const& fault) {
    WriterCall failing = call;
    failing.environment = shim_environment(root, trace);
    failing.environment.emplace_back("SHIM_FAIL", fault);
    return run_writer(failing);
  }
};

// A sync that failed is never tried again, and no more is written: but for the few frames that the two threads append,
// unacknowledged, before they hear of it.
bool leaves_alone_what_failed_to_sync(std::vector<Event> const& events) {
  std::string failed;
  int writes = 0;
  for (auto const& event : events) {
    bool const fails = event.head.call == Call::failed && event.data == "fdatasync";
    bool const is_same = !failed.empty() && event.path == failed;
    if (is_same && (fails || event.head.call == Call::sync_begin)) return false;
    writes += is_same && event.head.call == Call::write;
    if (fails) failed = event.path;
  }
  return writes <= 10;
}

bool has_met(std::vector<Event> const& events) {
  return std::any_of(events.begin(), events.end(), [](Event const& e) { return e.head.call == Call::failed; });
}

// What is wrong with a run in which the n-th call fails, and with its repetition; empty if nothing is.
std::string problem_with(Stage& stage, Fault const& fault, long n, bool& has_failed) {
  stage.clear();
  WriterRun const run = stage.run_with(words(fault, n));
  auto const events = read_trace(stage.trace, stage.root);
  has_failed = has_met(events);
  // An interrupted call is made again; once the results are there, what cannot be listed or removed harms nothing.
  bool const may_pass = std::strcmp(fault.call, "unlink") == 0 || std::strcmp(fault.call, "open") == 0 ||
                        (fault.error == EINTR && std::strcmp(fault.call, "fdatasync") != 0) || !has_failed;
  if (run.exit_code() == 0 && !may_pass) return "a failure that nobody mentions";
  if (run.exit_code() != 0 && run.exit_code() != 2) return "ended with status " + std::to_string(run.status);
  bool const is_clear = run.errors.find(" (") != std::string::npos && run.errors.find(") ") != std::string::npos;
  if (run.exit_code() == 2 && !is_clear) return "no clear error: " + run.errors;
  if (std::strcmp(fault.call, "fdatasync") == 0 && !leaves_alone_what_failed_to_sync(events)) {
    return "goes on after a failed fdatasync";
  }
  if (run.exit_code() == 0 && sample::content(stage.call.out) != stage.expected) return "a wrong file without an error";
  if (!std::filesystem::exists(stage.call.out)) {
    auto const promised = acknowledged(run.output);
    Found const found = found_in(stage.call.out.string() + ".parts", stage.schema);
    if (!std::includes(found.numbers.begin(), found.numbers.end(), promised.begin(), promised.end())) return "lost";
    if (found.repeated > 0) return "repeated";
  }
  WriterRun const again = run_writer(stage.call);
  if (again.exit_code() != 0) return "the repeated command fails: " + again.errors;
  if (again.number_after("found") >= 0 && again.number_after("found") + again.number_after("computed") != long{planned}) {
    return "the repeated command repeats replications";
  }
  return sample::content(stage.call.out) == stage.expected ? "" : "the repeated command gives another file";
}

// Lets each call of that kind fail in turn; the number of places.
long fail_each(Stage& stage, Fault const& fault, long step) {
  long n = 1, places = 0;
  for (bool has_failed = true; has_failed && n < 2000; n += step) {
    INFO(words(fault, n));
    REQUIRE(problem_with(stage, fault, n, has_failed) == "");
    places += has_failed;
    if (fault.error < 0) has_failed = n < 150;  // a short write is no failure
  }
  return places;
}

}  // namespace

TEST_CASE("whatever call fails, the error is clear, nothing acknowledged is lost and the same command finishes",
          "[faults]") {
  Stage stage;
  // The short form takes every seventh place of the long loops, and every place where there are few.
  bool const is_long = wanted("BERYLIA_EACH_FAILURE", 0) != 0;
  long places = 0;
  for (Fault const& fault : std::initializer_list<Fault>{
           {"write", ENOSPC, 0}, {"write", ENOSPC, 1}, {"write", EIO, 1}, {"write", EDQUOT, 0}, {"write", EINTR, 1},
           {"write", EINTR, 20}, {"write", -1, 1}, {"write", -1, 0}, {"fdatasync", EIO, 1}, {"fdatasync", ENOSPC, 0},
           {"fdatasync", EINTR, 1}, {"open", EMFILE, 0}, {"open", EIO, 1}, {"open", EACCES, 0}, {"open", EINTR, 1},
           {"fsync", EIO, 1}, {"fsync", ENOSPC, 0}, {"rename", ENOSPC, 1}, {"rename", EIO, 0}, {"ftruncate", EIO, 1},
           {"ftruncate", ENOSPC, 0}, {"mkdir", ENOSPC, 0}, {"link", ENOSPC, 1}, {"link", EIO, 0}, {"unlink", EIO, 1}, {"unlink", EACCES, 0}, {"close", EIO, 1},
           {"close", EDQUOT, 0}}) {
    bool const is_frequent = std::strcmp(fault.call, "write") == 0 || std::strcmp(fault.call, "fdatasync") == 0;
    places += fail_each(stage, fault, is_frequent && !is_long ? 23 : 1);
  }
  WARN(places << " places at which a call failed");
  CHECK(places > 50);
}
