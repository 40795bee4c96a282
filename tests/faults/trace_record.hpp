// What is written down about each call that changes a watched directory: a fixed head, then a path, then bytes.
#pragma once

#include <cstdint>

namespace faults {

/// A call that changed something, or a mark between calls.
enum class Call : std::uint32_t {
  start,             // a process begins
  create,            // open made the file `file` under the path
  resize,            // truncated or extended to `offset` bytes
  write,             // bytes written at `offset`
  sync_begin,        // fsync or fdatasync of `file`, or of the directory under the path
  sync_end,          // ... returned `error` (0: everything written before its begin lies on the disk)
  rename,            // path: old name, zero byte, new name
  link,              // likewise
  unlink,
  make_directory,
  remove_directory,
  output,            // bytes written to standard output
  failed,            // bytes: name of a call that was made to fail with `error`, on the path
};

/// Head of a record; `path_size` bytes of path and `data_size` bytes of data follow.
struct TraceHead {
  Call call = Call::start;
  std::int32_t error = 0;
  std::uint64_t file = 0;    // inode number; a new file may get an old number
  std::uint64_t offset = 0;  // [bytes]
  std::uint32_t path_size = 0, data_size = 0;
};

}  // namespace faults
