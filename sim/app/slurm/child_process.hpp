// Another program, run to its end without a shell.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace app {

/// What a program said and how it ended.
struct ChildOutput {
  int code = 0;     // exit code; 128 + signal where a signal ended it
  std::string out;  // standard output
  std::string err;  // standard error
};

/// Runs arguments[0], looked for in PATH, with these arguments and this environment less the variables `without`;
/// standard input is empty. Returns when it has ended; nothing if there is no such program. Throws sim::Error if no
/// process can be made.
std::optional<ChildOutput> run_program(std::vector<std::string> const& arguments, std::vector<std::string> const& without = {});

/// Absolute path of a program in PATH; empty if there is none.
std::string found_in_path(std::string const& name);

}  // namespace app
