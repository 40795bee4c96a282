#include "sim/io/parts_directory.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/error.hpp"
#include "sim/io/journal_scan.hpp"
#include "sim/io/output.hpp"

namespace sim {

namespace {

constexpr char const* unfinished_results_name = "results.h5.tmp";
constexpr char const* manifest_aside_prefix = ".manifest-";

// Gives `aside` the name `path` unless something has it. Not every file system can do that in one step; where none of the
// ways is known the name is looked for first.
void name_unless_there(std::filesystem::path const& aside, std::filesystem::path const& path) {
  auto const is_unknown = [] { return errno == EPERM || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP; };
  if (::link(aside.c_str(), path.c_str()) == 0 || errno == EEXIST) return;
  if (!is_unknown()) throw_file_error("make", path, errno);
  if (::renameat2(AT_FDCWD, aside.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0 || errno == EEXIST) return;
  if (!is_unknown()) throw_file_error("make", path, errno);
  if (!std::filesystem::exists(path) && ::rename(aside.c_str(), path.c_str()) != 0) throw_file_error("make", path, errno);
}

// Several workers may begin at once: each writes its own copy aside, one of them gives it the name, none replaces another's.
void place_manifest(std::filesystem::path const& parts, Manifest const& manifest) {
  char host[256] = {};
  (void)::gethostname(host, sizeof host - 1);
  std::filesystem::path const aside = parts / (manifest_aside_prefix + std::string(host) + "-" + std::to_string(::getpid()));
  ::unlink(aside.c_str());
  PosixFile file(aside, O_WRONLY | O_CREAT | O_EXCL);
  std::string const text = to_text(manifest);
  try {
    file.write_all(std::as_bytes(std::span(text.data(), text.size())));
    file.sync_data();
    file.close();
    name_unless_there(aside, manifest_path(parts));
  } catch (Error const&) {
    ::unlink(aside.c_str());
    throw;
  }
  ::unlink(aside.c_str());
}

// True if every journal is empty or begins with a frame of that campaign.
bool are_of(std::vector<std::filesystem::path> const& journals, Fingerprint const& fingerprint) {
  return std::all_of(journals.begin(), journals.end(), [&](std::filesystem::path const& path) {
    std::byte head[frame_header_size];
    PosixFile const file(path, O_RDONLY);
    std::size_t const size = file.read_at(0, head);
    FrameHeader header;
    return size == 0 || (size == sizeof head && decode_frame_header(head, header) == HeaderCheck::good &&
                         header.fingerprint == fingerprint.word());
  });
}

[[noreturn]] void throw_busy(std::filesystem::path const& parts) {
  throw Error("cannot use " + parts.string() + " (another process is working on this campaign) "
              "wait until it has finished, or choose another output");
}

// The damaged one is held meanwhile, so that nobody begins to work on it.
void replace_manifest(std::filesystem::path const& parts, Manifest const& manifest) {
  PosixFile damaged(manifest_path(parts), O_RDWR);
  if (damaged.try_lock(LockKind::exclusive) == LockState::held_by_another) throw_busy(parts);
  write_file_durably(manifest_path(parts), to_text(manifest));
}

Manifest settle_manifest(std::filesystem::path const& parts, Manifest const& manifest, std::string& note) {
  // Others may begin at the same moment, manifest first, or finish, journals first: only journals before and after count.
  bool const had_journals = !journal_files(parts).empty();
  if (!std::filesystem::exists(manifest_path(parts))) {
    if (had_journals && !journal_files(parts).empty()) {
      throw Error("cannot continue in " + parts.string() + " (it has journals but no manifest.toml) "
                  "restore the manifest, or delete the directory and start again");
    }
    place_manifest(parts, manifest);
  }
  // Also one that another worker has only just named: no journal may be there before it lasts.
  sync_directory(parts);
  Manifest found;
  try {
    found = read_manifest(parts);
  } catch (ManifestDamaged const& damage) {
    if (!are_of(journal_files(parts), manifest.fingerprint)) throw;
    replace_manifest(parts, manifest);
    note = damage.what() + std::string("; it was written anew");
    return manifest;
  }
  if (found.fingerprint != manifest.fingerprint) {
    throw Error("cannot continue in " + parts.string() + " (it holds an unfinished campaign of study \"" + found.study +
                "\", build " + found.build + ", with another study text, seed, data or build than now) "
                "choose another output, or delete that directory to give its replications up");
  }
  return found;
}

bool is_still_named(PosixFile const& file) {
  struct stat held {}, named {};
  return ::fstat(file.descriptor(), &held) == 0 && ::stat(file.path().c_str(), &named) == 0 &&
         held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

}  // namespace

std::string journal_name(Shard const& shard, bool dynamic) {
  return (dynamic ? "rank-" : "") + std::to_string(shard.index) + "-of-" + std::to_string(shard.count) + ".journal";
}

std::string journal_family(std::filesystem::path const& journal) {
  std::string const name = journal.filename().string();
  bool const is_rank = name.starts_with("rank-");
  std::size_t const digits = is_rank ? 5 : 0;
  std::size_t const of = name.find_first_not_of("0123456789", digits);
  if (of == digits || of == std::string::npos || name.compare(of, 4, "-of-") != 0) return name;
  return (is_rank ? "rank" : "") + name.substr(of);
}

Entered enter_parts(std::filesystem::path const& parts, Manifest const& manifest, LockKind kind) {
  Entered entered;
  for (;;) {
    if (::mkdir(parts.c_str(), 0755) != 0 && errno != EEXIST) throw_file_error("create", parts, errno);
    if (!std::filesystem::is_directory(parts)) throw_file_error("use", parts, ENOTDIR);
    sync_directory(parent_directory(parts));
    entered.manifest = settle_manifest(parts, manifest, entered.note);
    entered.manifest_file = PosixFile(manifest_path(parts), O_RDWR);
    if (entered.manifest_file.try_lock(kind) == LockState::held_by_another) throw_busy(parts);
    if (is_still_named(entered.manifest_file)) return entered;  // else it was removed between opening and locking
  }
}

void require_alone(PosixFile& manifest_file) {
  if (manifest_file.try_lock(LockKind::exclusive) == LockState::held_by_another) {
    throw Error("cannot write the results of " + parent_directory(manifest_file.path()).string() +
                " (other workers are still at it) repeat the command when they have ended");
  }
}

std::filesystem::path unfinished_results(std::filesystem::path const& out) {
  return parts_directory(out) / unfinished_results_name;
}

void remove_parts(std::filesystem::path const& parts) {
  // The manifest goes last: what a kill leaves can be recognised.
  std::error_code code;
  for (auto const& path : journal_files(parts)) std::filesystem::remove(path, code);
  for (auto it = std::filesystem::directory_iterator(parts, code); !code && it != std::filesystem::directory_iterator();
       it.increment(code)) {
    std::error_code ignored;
    if (it->path().filename().string().starts_with(manifest_aside_prefix)) std::filesystem::remove(it->path(), ignored);
  }
  std::filesystem::remove(parts / unfinished_results_name, code);
  std::filesystem::remove(manifest_path(parts), code);
  std::filesystem::remove(parts, code);  // stays if someone else's files lie in it
  sync_directory(parent_directory(parts));
}

void remove_leftover_parts(std::filesystem::path const& parts, Fingerprint const& fingerprint) {
  if (!std::filesystem::is_directory(parts)) return;
  try {
    if (!std::filesystem::exists(manifest_path(parts))) {
      // After a loss of power journals may have outlived the manifest.
      if (are_of(journal_files(parts), fingerprint)) remove_parts(parts);
      return;
    }
    PosixFile file(manifest_path(parts), O_RDWR);
    if (file.try_lock(LockKind::exclusive) == LockState::held_by_another) return;
    if (read_manifest(parts).fingerprint == fingerprint) remove_parts(parts);
  } catch (Error const&) {
    // In use, unreadable or gone: not ours to remove.
  }
}

}  // namespace sim
