// The small campaign that the fault tests disturb, and how its writer is run and understood.
#pragma once

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

#include "tests/io/sample_campaign.hpp"

namespace faults {

/// The campaign of `futures` futures: 4 points, 5 replications each.
sim::ResultSchema schema(std::uint32_t futures);

/// What the journals of a parts directory hold.
struct Found {
  std::set<std::size_t> numbers;  // positions in the order of results
  std::uint64_t repeated = 0;  // frames more than replications
};

/// Scans without changing anything; throws sim::Error as recovery would.
Found found_in(std::filesystem::path const& parts, sim::ResultSchema const& schema);

/// How the writer is started.
struct WriterCall {
  std::filesystem::path out;
  std::vector<std::string> options;
  std::vector<std::pair<std::string, std::string>> environment;
  unsigned worker = 0;  // of several at once
};

/// Environment that puts the shim between a program and the directory `root`, and has it write `trace`.
std::vector<std::pair<std::string, std::string>> shim_environment(std::filesystem::path const& root,
                                                                  std::filesystem::path const& trace);

/// How it went.
struct WriterRun {
  int status = 0;          // as waitpid gives it
  std::string output, errors;
  bool was_killed() const;  // by SIGKILL
  int exit_code() const;    // -1 if a signal ended it
  /// Number after the word at the start of a line of the output; -1 if there is none.
  long number_after(std::string const& word) const;
};

/// Starts the writer with its output in files beside `out`; a hang ends with SIGALRM after a minute.
pid_t start_writer(WriterCall const& call);
/// Waits for it.
WriterRun end_of(pid_t writer, WriterCall const& call);
WriterRun run_writer(WriterCall const& call);
/// What the writer has said so far.
std::string output_so_far(WriterCall const& call);

/// Whole number in an environment variable, or `otherwise`.
long wanted(char const* variable, long otherwise);

}  // namespace faults
