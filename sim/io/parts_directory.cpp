#include "sim/io/parts_directory.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "sim/base/error.hpp"
#include "sim/io/output.hpp"

namespace sim {

namespace {
constexpr char const* unfinished_results_name = "results.h5.tmp";
}

// A lock file that was deleted between opening and locking does not count.
PosixFile lock_directory(std::filesystem::path const& parts) {
  for (;;) {
    PosixFile lock(parts / "lock", O_RDWR | O_CREAT);
    if (!lock.try_lock()) {
      throw Error("cannot use " + parts.string() + " (another process is working on this campaign) "
                  "wait until it has finished, or choose another output");
    }
    struct stat held {}, named {};
    if (::fstat(lock.descriptor(), &held) == 0 && ::stat(lock.path().c_str(), &named) == 0 &&
        held.st_ino == named.st_ino && held.st_dev == named.st_dev) {
      return lock;
    }
  }
}

void settle_manifest(std::filesystem::path const& parts, Manifest const& manifest) {
  if (!std::filesystem::exists(parts / "manifest.toml")) {
    if (!journal_files(parts).empty()) {
      throw Error("cannot continue in " + parts.string() + " (it has journals but no manifest.toml) "
                  "restore the manifest, or delete the directory and start again");
    }
    write_file_durably(parts / "manifest.toml", to_text(manifest));
    return;
  }
  Manifest const found = read_manifest(parts);
  if (found.fingerprint != manifest.fingerprint) {
    throw Error("cannot continue in " + parts.string() + " (it holds an unfinished campaign of study \"" + found.study +
                "\", build " + found.build + ", with another study text, seed, data or build than now) "
                "choose another output, or delete that directory to give its replications up");
  }
}

std::filesystem::path unfinished_results(std::filesystem::path const& out) {
  return parts_directory(out) / unfinished_results_name;
}

void remove_parts(std::filesystem::path const& parts) {
  // The manifest goes last but for the lock: what a kill leaves can be recognised.
  std::error_code code;
  for (auto const& path : journal_files(parts)) std::filesystem::remove(path, code);
  for (auto const& path : {file_aside(parts / "manifest.toml"), parts / unfinished_results_name, parts / "manifest.toml",
                           parts / "lock"}) {
    std::filesystem::remove(path, code);
  }
  std::filesystem::remove(parts, code);  // stays if someone else's files lie in it
  sync_directory(parent_directory(parts));
}

void remove_leftover_parts(std::filesystem::path const& parts, Fingerprint const& fingerprint) {
  if (!std::filesystem::is_directory(parts)) return;
  try {
    PosixFile const lock = lock_directory(parts);
    bool const is_same = std::filesystem::exists(parts / "manifest.toml")
                             ? read_manifest(parts).fingerprint == fingerprint
                             : journal_files(parts).empty();
    if (is_same) remove_parts(parts);
  } catch (Error const&) {
    // In use, unreadable or gone: not ours to remove.
  }
}

}  // namespace sim
