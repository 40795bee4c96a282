// Stands between a program and the kernel (LD_PRELOAD): writes down changes, makes chosen calls fail, shifts the clock.
// Told what to do by environment variables: SHIM_ROOT (directory that is watched), SHIM_TRACE (file to append records
// to), SHIM_FAIL ("call,n,error,times"), SHIM_CLOCK ("n,seconds": from the n-th look at the calendar clock on).
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "tests/faults/trace_record.hpp"

namespace shim {

/// What a call that was chosen to fail does instead.
struct Failure {
  int error = 0;          // errno; 0: the call is made
  bool is_short = false;  // a write takes half of the bytes
};

/// Holds up all other calls of this process, and those of other processes that write the same trace, so that the order
/// of the records is the order of the calls.
class Guard {
 public:
  Guard();
  ~Guard();
  Guard(Guard const&) = delete;
  Guard& operator=(Guard const&) = delete;
};

/// Absolute form of `path`, seen from `directory` (a descriptor or AT_FDCWD).
std::string absolute(int directory, char const* path);
/// True if `path` lies in the watched directory. All below need a Guard.
bool is_watched(std::string const& path);
/// Path of an open watched file; empty for others.
std::string path_of(int descriptor);
void remember(int descriptor, std::string path);
void forget(int descriptor);
/// Whether something was written through this descriptor.
void note_write(int descriptor);
bool has_written(int descriptor);
/// True while records are written.
bool is_tracing();
/// Appends a record.
void record(faults::TraceHead head, std::string_view path, std::string_view data = {});
/// Counts this call and says whether it fails; a failure is recorded.
Failure next_failure(std::string_view call, std::string_view path);

}  // namespace shim
