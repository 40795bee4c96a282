// Declares every sub-command, its options and its examples to the command-line parser.
#pragma once

#include <functional>

#include "sim/app/commands.hpp"

namespace CLI {
class App;
}

namespace app {

/// Adds all sub-commands to `parser`; parsing stores in `chosen` what is to be done. `parser` and `chosen` must outlive
/// the parsing; `command` is the whole command line as the user can repeat it.
void add_subcommands(CLI::App& parser, std::function<Exit()>& chosen, std::string const& command);

/// Adds `theory` with a sub-command per theory, their options made from the descriptions of their parameters.
void add_theory(CLI::App& parser, std::function<Exit()>& chosen);

/// Adds `precision` to the group `bench`.
void add_bench_precision(CLI::App& group, std::function<Exit()>& chosen);

/// Adds `design`.
void add_design(CLI::App& parser, std::function<Exit()>& chosen);

/// Adds `slurm`.
void add_slurm(CLI::App& parser, std::function<Exit()>& chosen);

/// Adds `exercise`.
void add_exercise(CLI::App& parser, std::function<Exit()>& chosen);

}  // namespace app
