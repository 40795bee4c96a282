#include "tests/faults/power_loss.hpp"

#include <algorithm>
#include <exception>

namespace faults {

namespace {

constexpr std::uint32_t futures = 3;

sim::ResultSchema const& small() {
  static sim::ResultSchema const made = schema(futures);
  return made;
}

WriterCall writer_of(std::filesystem::path const& root, std::vector<std::string> options = {}) {
  options.push_back("size=" + std::to_string(futures));
  return {root / "out.h5", std::move(options), {}};
}

WriterCall traced(WriterCall call, std::filesystem::path const& trace) {
  call.environment = {{"LD_PRELOAD", FAULT_SHIM}, {"SHIM_ROOT", call.out.parent_path().string()}, {"SHIM_TRACE", trace.string()}};
  return call;
}

// Looks at the directory as the next start will find it.
std::string problem_before_recovery(std::filesystem::path const& out, std::set<std::size_t> const& promised,
                                    std::string const& expected) {
  if (std::filesystem::exists(out)) {
    return sample::content(out) == expected ? "" : "a results file that is not whole";
  }
  Found const found = found_in(out.string() + ".parts", small());
  if (!std::includes(found.numbers.begin(), found.numbers.end(), promised.begin(), promised.end())) {
    return "an acknowledged replication is lost (" + std::to_string(found.numbers.size()) + " found, " +
           std::to_string(promised.size()) + " acknowledged)";
  }
  return found.repeated == 0 ? "" : "a replication is there twice";
}

std::string problem_of(WriterRun const& run, std::set<std::size_t> const& promised) {
  if (run.exit_code() != 0) return "the next start fails: status " + std::to_string(run.status) + " " + run.errors;
  if (run.output == "done\n") return "";
  long const found = run.number_after("found"), computed = run.number_after("computed");
  if (found < static_cast<long>(promised.size())) return "the next start does not find what was acknowledged";
  if (found + computed != 20 * static_cast<long>(futures)) return "the next start repeats replications";
  return "";
}

}  // namespace

Life live(std::filesystem::path const& scratch) {
  std::filesystem::path const root = scratch / "life", trace = scratch / "life.trace";
  write_tree(root, {});
  Life life{read_tree(root), {}, {}};
  for (char const* stop : {"stop=23", "stop=17", "stop=-1", "stop=-1"}) {
    run_writer(traced(writer_of(root, {stop}), trace));
  }
  life.events = read_trace(trace, root);
  life.after = read_tree(root);
  return life;
}

std::string undisturbed(std::filesystem::path const& scratch) {
  write_tree(scratch / "undisturbed", {});
  WriterCall const call = writer_of(scratch / "undisturbed");
  run_writer(call);
  return sample::content(call.out);
}

std::string problem_after(std::filesystem::path const& scratch, Tree const& before, std::vector<Event> const& events,
                          Crash const& crash, std::string const& expected, std::uint64_t second_seed) {
  std::filesystem::path const root = scratch / "crashed", trace = scratch / "crashed.trace";
  WriterCall const call = writer_of(root);
  Tree state = crash_state(before, events, crash);
  std::set<std::size_t> promised = acknowledged(events, crash.moment);
  bool is_done = says_done(events, crash.moment);
  try {
    write_tree(root, state);
    if (second_seed != 0) {
      std::filesystem::remove(trace);
      WriterRun const first = run_writer(traced(call, trace));
      if (std::string const problem = problem_of(first, promised); !problem.empty()) return problem;
      auto const later = read_trace(trace, root);
      Crash const second = draw_crash(second_seed, later.size());
      promised.merge(acknowledged(later, second.moment));
      is_done = is_done || says_done(later, second.moment);
      state = crash_state(state, later, second);
      write_tree(root, state);
    }
    if (is_done && !std::filesystem::exists(call.out)) return "the results file is gone";
    if (std::string const problem = problem_before_recovery(call.out, promised, expected); !problem.empty()) return problem;
    bool const was_whole = std::filesystem::exists(call.out);
    WriterRun const run = run_writer(call);
    if (std::string const problem = problem_of(run, was_whole ? std::set<std::size_t>{} : promised); !problem.empty()) {
      return problem;
    }
    if (sample::content(call.out) != expected) return "another results file";
    if (std::filesystem::exists(call.out.string() + ".parts") && !was_whole) return "journals that nobody removed";
  } catch (std::exception const& error) {
    return error.what();
  }
  return "";
}

Crash draw_crash(std::uint64_t seed, std::size_t events) {
  std::uint64_t state = seed;
  Crash crash;
  std::size_t const kind = sample::next(state) % 4, edge = std::min<std::size_t>(events, 40);
  if (kind == 0) crash.moment = sample::next(state) % (edge + 1);
  if (kind == 1) crash.moment = events - sample::next(state) % (edge + 1);
  if (kind >= 2) crash.moment = sample::next(state) % (events + 1);
  constexpr double survivals[] = {0, 0.5, 0.9};
  crash.page_survival = survivals[sample::next(state) % 3];
  crash.order = sample::next(state) % 2 == 0 ? NameOrder::as_made : NameOrder::any;
  crash.seed = sample::next(state);
  return crash;
}

}  // namespace faults
