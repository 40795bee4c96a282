#include "sim/io/journal.hpp"

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include "sim/base/contracts.hpp"
#include "sim/base/error.hpp"
#include "sim/io/parts_directory.hpp"
#include "sim/io/record_codec.hpp"

namespace sim {

struct Journal::Impl {
  std::filesystem::path parts;
  Manifest manifest;
  JournalOptions options;
  PosixFile manifest_file;      // its lock stands for the whole directory
  ScanReport report;
  bool lacks_locks = false;

  mutable std::mutex mutex;     // guards everything below
  std::condition_variable wake, synced;
  PosixFile file;
  std::uint64_t end = 0;        // size of `file`
  ReplicationSet done;
  StatusCounts counts;
  std::uint64_t written = 0, acknowledged = 0;  // frames of this run
  std::exception_ptr failure;
  bool sync_now = false, stop = false;
  std::jthread syncer;

  ~Impl() { stop_syncer(); }
  std::filesystem::path own_path() const { return parts / journal_name(options.shard, options.dynamic); }
  void read_others();
  void open_own();
  std::uint64_t read(PosixFile const& journal);
  void append(std::span<std::byte const> frame, ReplicationRecord const* record);
  void sync_loop();
  void stop_syncer();
};

void StatusCounts::add(ReplicationStatus status) {
  done += status == ReplicationStatus::done;
  failed += status == ReplicationStatus::failed;
  censored += status == ReplicationStatus::censored;
}

std::uint64_t Journal::Impl::read(PosixFile const& journal) {
  return scan_journal(journal, manifest.fingerprint, report, [&](JournalFrame const& frame) {
    if (frame.header.is_note()) return;
    ReplicationKey const& key = frame.header.key;
    if (!manifest.shape.contains(key)) {
      throw Error("journal " + journal.path().string() + " holds a replication that the study does not have (point " +
                  std::to_string(key.point) + ", future " + std::to_string(key.future) + ", replication " +
                  std::to_string(key.replication) + ") remove it from that directory");
    }
    if (done.insert(key)) counts.add(decode_payload_head(frame.payload, frame.payload.size()).status);
  });
}

// Workers of the same division never do what falls to this one, unless the work is handed out. Those of another division
// may have, and must not be at it now.
void Journal::Impl::read_others() {
  std::filesystem::path const own = own_path();
  std::string const family = journal_family(own);
  for (auto const& path : journal_files(parts)) {
    if (path == own) continue;
    bool const is_other_division = journal_family(path) != family;
    if (!is_other_division && (!options.dynamic || options.only_own)) continue;
    PosixFile const journal(path, O_RDONLY);
    if (is_other_division && journal.probe_lock(LockKind::shared) == LockState::held_by_another) {
      throw Error("cannot use " + parts.string() + " (another process is working on this campaign, with the journal " +
                  path.filename().string() + ", which shares the work out differently) wait until it has finished");
    }
    if (!options.only_own) read(journal);
  }
}

// Continues the worker's journal after cutting its torn tail, or starts it: the number of files does not grow with the
// number of restarts.
void Journal::Impl::open_own() {
  file = PosixFile(own_path(), O_RDWR | O_CREAT | O_APPEND);
  LockState const lock = file.try_lock(LockKind::exclusive);
  if (lock == LockState::held_by_another) {
    throw Error("cannot use " + parts.string() + " (another process is working on this campaign, with the same journal " +
                file.path().filename().string() + ") wait until it has finished, or choose another output");
  }
  lacks_locks = lock == LockState::unsupported;
  sync_directory(parts);
  end = read(file);
  if (file.size() > end) {
    file.truncate(end);
    file.sync_data();
  }
  syncer = std::jthread([this] { sync_loop(); });
}

void Journal::Impl::append(std::span<std::byte const> frame, ReplicationRecord const* record) {
  std::unique_lock hold(mutex);
  if (failure) std::rethrow_exception(failure);
  try {
    file.write_all(frame);
  } catch (...) {
    failure = std::current_exception();
    // Best effort: leave no half frame behind. The scan would skip it anyway.
    if (::ftruncate(file.descriptor(), static_cast<off_t>(end)) != 0) errno = 0;
    wake.notify_all();
    synced.notify_all();
    throw;
  }
  end += frame.size();
  ++written;
  if (record != nullptr && done.insert(record->key)) counts.add(record->status);
  if (written - acknowledged >= options.sync_frames) wake.notify_one();
}

// Makes appended frames durable in groups, without holding up those who append.
void Journal::Impl::sync_loop() {
  std::unique_lock hold(mutex);
  while (!failure) {
    wake.wait_for(hold, std::chrono::milliseconds(options.wall_sync_ms), [this] {
      return stop || sync_now || failure || written - acknowledged >= options.sync_frames;
    });
    if (failure) break;
    std::uint64_t const target = written;
    sync_now = false;
    if (target > acknowledged) {
      hold.unlock();
      std::exception_ptr problem;
      try {
        file.sync_data();
      } catch (...) {
        problem = std::current_exception();
      }
      hold.lock();
      if (problem) {
        failure = problem;  // never retried: the kernel may have dropped the pages
      } else {
        acknowledged = target;
      }
    }
    synced.notify_all();
    if (stop && acknowledged == written) break;
  }
  synced.notify_all();
}

void Journal::Impl::stop_syncer() {
  if (!syncer.joinable()) return;
  {
    std::scoped_lock const hold(mutex);
    stop = true;
  }
  wake.notify_all();
  syncer.join();
}

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

Journal Journal::open(std::filesystem::path const& parts, Manifest const& manifest, JournalOptions options) {
  SIM_EXPECT(options.shard.index < options.shard.count && options.shard.count <= shards_max);
  ignore_file_size_signal();
  auto impl = std::make_unique<Impl>();
  impl->parts = parts;
  impl->options = options;
  impl->done = ReplicationSet(manifest.shape);
  Entered entered = enter_parts(parts, manifest, LockKind::shared);
  impl->manifest = std::move(entered.manifest);
  impl->manifest_file = std::move(entered.manifest_file);
  if (!entered.note.empty()) impl->report.note(std::move(entered.note));
  impl->read_others();
  impl->open_own();
  return Journal(std::move(impl));
}

std::filesystem::path const& Journal::parts() const { return impl_->parts; }

std::string Journal::name() const { return impl_->own_path().filename().string(); }

Manifest const& Journal::manifest() const { return impl_->manifest; }

ReplicationSet Journal::done() const {
  std::scoped_lock const hold(impl_->mutex);
  return impl_->done;
}

StatusCounts Journal::counts() const {
  std::scoped_lock const hold(impl_->mutex);
  return impl_->counts;
}

void Journal::append(ReplicationRecord const& record) {
  SIM_CHECK(impl_->manifest.shape.contains(record.key));
  thread_local std::vector<std::byte> frame;
  encode_frame(record, impl_->manifest.fingerprint.word(), frame);
  impl_->append(frame, &record);
}

void Journal::add_note(std::uint32_t kind, std::string_view text) {
  std::vector<std::byte> frame;
  encode_note(kind, text, impl_->manifest.fingerprint.word(), frame);
  impl_->append(frame, nullptr);
}

void Journal::sync() {
  std::unique_lock hold(impl_->mutex);
  std::uint64_t const target = impl_->written;
  impl_->sync_now = true;
  impl_->wake.notify_one();
  impl_->synced.wait(hold, [&] { return impl_->failure || impl_->acknowledged >= target; });
  if (impl_->failure) std::rethrow_exception(impl_->failure);
}

std::uint64_t Journal::acknowledged() const {
  std::scoped_lock const hold(impl_->mutex);
  return impl_->acknowledged;
}

ScanReport const& Journal::report() const { return impl_->report; }

bool Journal::lacks_locks() const { return impl_->lacks_locks; }

void Journal::become_alone() { require_alone(impl_->manifest_file); }

void Journal::close() {
  if (!impl_->file.is_open()) return;
  sync();
  impl_->stop_syncer();
  impl_->file.close();
  impl_->manifest_file.close();
}

void Journal::remove() {
  impl_->stop_syncer();
  remove_parts(impl_->parts);
  impl_->file.close();
  impl_->manifest_file.close();
}

}  // namespace sim
