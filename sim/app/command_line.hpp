// Reads the command line and calls the sub-command it names.
#pragma once

#include "sim/app/commands.hpp"

namespace app {

/// Parses `argv`, prints help where asked for it, runs the sub-command and returns its exit code. A mistake is said on
/// standard error, with a suggestion for a misspelt sub-command or option, and gives Exit::bad_input.
Exit run_command_line(int argc, char const* const* argv);

}  // namespace app
