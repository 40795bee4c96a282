#include "tests/faults/power_loss.hpp"

#include <algorithm>
#include <exception>

namespace faults {

namespace {

constexpr std::uint32_t futures = 3;
constexpr long planned = 20 * futures;

sim::ResultSchema const& small() {
  static sim::ResultSchema const made = schema(futures);
  return made;
}

WriterCall traced(WriterCall call, std::filesystem::path const& trace) {
  if (!trace.empty()) call.environment = shim_environment(call.out.parent_path(), trace);
  return call;
}

// The writer for each worker.
std::vector<WriterCall> calls(std::filesystem::path const& root, unsigned workers, std::string const& more = "") {
  std::vector<WriterCall> all;
  for (unsigned w = 0; w < workers; ++w) {
    all.push_back({root / "out.h5", {"size=" + std::to_string(futures), "of=" + std::to_string(workers),
                                     "shard=" + std::to_string(w)}, {}, w});
    if (!more.empty()) all.back().options.push_back(more);
  }
  return all;
}

// All at once.
std::vector<WriterRun> run_together(std::vector<WriterCall> const& calls, std::filesystem::path const& trace) {
  std::vector<pid_t> running;
  for (auto const& call : calls) running.push_back(start_writer(traced(call, trace)));
  std::vector<WriterRun> runs;
  for (std::size_t i = 0; i < calls.size(); ++i) runs.push_back(end_of(running[i], calls[i]));
  return runs;
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

}  // namespace

PowerLoss::PowerLoss(std::filesystem::path scratch, unsigned workers) : scratch_(std::move(scratch)), workers_(workers) {
  std::filesystem::path const root = scratch_ / "life", trace = scratch_ / "life.trace", quiet = scratch_ / "quiet";
  std::filesystem::remove(trace);
  write_tree(root, {});
  for (char const* stop : {"stop=11", "stop=7"}) run_together(calls(root, workers_, stop), trace);
  for (int i = 0; i < 2; ++i) recover(root, {}, trace);
  life_ = {read_trace(trace, root), read_tree(root)};
  write_tree(quiet, {});
  recover(quiet, {});
  expected_ = sample::content(quiet / "out.h5");
}

// Starts the workers again, then the merge, as a user would; what is wrong with that.
std::string PowerLoss::recover(std::filesystem::path const& root, std::set<std::size_t> const& promised,
                               std::filesystem::path const& trace) const {
  long found = 0, computed = 0;
  bool was_whole = false;
  auto all = run_together(calls(root, workers_), trace);
  if (workers_ > 1) {
    WriterCall merge = calls(root, workers_, "merge=1").front();
    all.push_back(run_writer(traced(merge, trace)));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].exit_code() != 0) return "the next start fails: status " + std::to_string(all[i].status) + " " + all[i].errors;
    if (i >= workers_) continue;
    was_whole = was_whole || all[i].output == "done\n";
    found += std::max(0L, all[i].number_after("found"));
    computed += std::max(0L, all[i].number_after("computed"));
  }
  if (was_whole) return "";
  if (found < static_cast<long>(promised.size())) return "the next start does not find what was acknowledged";
  return found + computed == planned ? "" : "the next start repeats replications";
}

std::string PowerLoss::look_and_recover(std::filesystem::path const& root, std::set<std::size_t> const& promised,
                                        bool is_done) const {
  std::filesystem::path const out = root / "out.h5";
  bool const was_whole = std::filesystem::exists(out);
  if (is_done && !was_whole) return "the results file is gone";
  if (std::string const problem = problem_before_recovery(out, promised, expected_); !problem.empty()) return problem;
  if (std::string const problem = recover(root, promised); !problem.empty()) return problem;
  if (sample::content(out) != expected_) return "another results file";
  if (std::filesystem::exists(out.string() + ".parts") && !was_whole) return "journals that nobody removed";
  return "";
}

std::string PowerLoss::problem_after(std::vector<Event> const& events, Crash const& crash,
                                     std::uint64_t second_seed) const {
  std::filesystem::path const root = scratch_ / "crashed", trace = scratch_ / "crashed.trace";
  try {
    Tree state = crash_state({}, events, crash);
    std::set<std::size_t> promised = acknowledged(events, crash.moment);
    bool is_done = says_done(events, crash.moment);
    write_tree(root, state);
    if (second_seed != 0) {
      std::filesystem::remove(trace);
      if (std::string const problem = recover(root, promised, trace); !problem.empty()) return problem;
      auto const later = read_trace(trace, root);
      Crash const second = draw_crash(second_seed, later.size());
      promised.merge(acknowledged(later, second.moment));
      is_done = is_done || says_done(later, second.moment);
      write_tree(root, crash_state(state, later, second));
    }
    return look_and_recover(root, promised, is_done);
  } catch (std::exception const& error) {
    return error.what();
  }
}

std::vector<Event> begin_together(std::filesystem::path const& root, unsigned workers) {
  std::filesystem::path const trace = root.string() + ".trace";
  std::filesystem::remove(trace);
  write_tree(root, {});
  run_together(calls(root, workers, "stop=1"), trace);
  return read_trace(trace, root);
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
  crash.page_size = sample::next(state) % 4 == 0 ? 512 : 4096;
  crash.seed = sample::next(state);
  return crash;
}

}  // namespace faults
