// Standard output and standard error, with write errors noticed.
#pragma once

#include <string>
#include <string_view>

#include "sim/base/shell_quoted.hpp"

namespace app {

// On several MPI ranks only the first one speaks, on standard output as on standard error.

/// Appends to standard output; throws sim::Error if it cannot be written (full disk). A reader that went away ends the
/// output quietly: later text is dropped.
void print(std::string_view text);

/// Appends to standard error; failures are ignored, since there is nowhere left to say so.
void complain(std::string_view text);

/// The same from any rank: for what only that rank knows.
void complain_on_any_rank(std::string_view text);

/// True if standard error is a terminal.
bool stderr_is_terminal();

/// Keeps a closed pipe and a limit on file sizes from ending the program, so that both are reported; call once at the
/// start.
void ignore_write_signals();

/// Writes `text` to a new file; throws sim::Error if `path` exists already or cannot be written.
void write_new_file(std::string_view path, std::string_view text);

/// Throws sim::Error if something lies at `path`: nothing is overwritten.
void require_absent(std::string_view path);

/// Throws sim::Error unless the folder that holds `path` exists and a file can be made in it.
void require_writable_folder(std::string_view path);

using sim::shell_quoted;

}  // namespace app
