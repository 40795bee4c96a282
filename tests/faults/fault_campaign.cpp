#include "tests/faults/fault_campaign.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/io/journal_index.hpp"

namespace faults {

namespace {

// Outside the directory that a tracer watches.
std::filesystem::path beside(WriterCall const& call, char const* ending) {
  return call.out.parent_path().string() + "." + std::to_string(call.worker) + "." + call.out.filename().string() + ending;
}

void redirect(int descriptor, std::filesystem::path const& path) {
  int const file = ::open(path.c_str(), O_WRONLY | O_APPEND);
  ::dup2(file, descriptor);
  ::close(file);
}

}  // namespace

sim::ResultSchema schema(std::uint32_t futures) {
  return sample::schema({.points = 4, .futures = futures, .replications = 5, .nations = 10, .focal_grid = 200});
}


Found found_in(std::filesystem::path const& parts, sim::ResultSchema const& schema) {
  Found found;
  if (!std::filesystem::is_directory(parts)) return found;
  sim::JournalIndex const index = sim::JournalIndex::scan(parts, sample::manifest(schema));
  for (std::size_t i = 0; i < index.size(); ++i) found.numbers.insert(index.shape().position(index.key(i)));
  found.repeated = index.report().duplicates;
  return found;
}

std::vector<std::pair<std::string, std::string>> shim_environment(std::filesystem::path const& root,
                                                                  std::filesystem::path const& trace) {
  // The address sanitizer wants to be loaded first, but does without.
  return {{"LD_PRELOAD", FAULT_SHIM}, {"ASAN_OPTIONS", "verify_asan_link_order=0"}, {"SHIM_ROOT", root.string()},
          {"SHIM_TRACE", trace.string()}};
}

bool WriterRun::was_killed() const { return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL; }

int WriterRun::exit_code() const { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

long WriterRun::number_after(std::string const& word) const {
  std::istringstream lines(output);
  long number = -1;
  for (std::string line; std::getline(lines, line);) {
    if (line.compare(0, word.size() + 1, word + " ") == 0) number = std::atol(line.c_str() + word.size());
  }
  return number;
}

pid_t start_writer(WriterCall const& call) {
  std::vector<std::string> words{JOURNAL_WRITER, call.out.string()};
  words.insert(words.end(), call.options.begin(), call.options.end());
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  for (char const* ending : {".output", ".errors"}) sample::write_content(beside(call, ending), "");
  pid_t const child = ::fork();
  if (child != 0) return child;
  redirect(STDOUT_FILENO, beside(call, ".output"));
  redirect(STDERR_FILENO, beside(call, ".errors"));
  for (auto const& [name, value] : call.environment) ::setenv(name.c_str(), value.c_str(), 1);
  ::alarm(60);
  ::execv(JOURNAL_WRITER, arguments.data());
  ::_exit(127);
}

WriterRun end_of(pid_t writer, WriterCall const& call) {
  WriterRun run;
  while (::waitpid(writer, &run.status, 0) < 0 && errno == EINTR) {
  }
  run.output = output_so_far(call);
  run.errors = sample::content(beside(call, ".errors"));
  return run;
}

WriterRun run_writer(WriterCall const& call) { return end_of(start_writer(call), call); }

std::string output_so_far(WriterCall const& call) {
  std::filesystem::path const path = beside(call, ".output");
  return std::filesystem::exists(path) ? sample::content(path) : "";
}

long wanted(char const* variable, long otherwise) {
  char const* const text = std::getenv(variable);
  return text != nullptr ? std::atol(text) : otherwise;
}

}  // namespace faults
