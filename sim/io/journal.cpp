#include "sim/io/journal.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <exception>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/error.hpp"
#include "sim/io/parts_directory.hpp"

namespace sim {

struct Journal::Impl {
  std::filesystem::path parts;
  Manifest manifest;
  JournalOptions options;
  PosixFile lock;
  JournalIndex index;           // what lay there before; `fresh` joins it on demand
  std::uint32_t file_index = 0;  // of `file` in index.files_

  mutable std::mutex mutex;     // guards everything below
  std::condition_variable wake, synced;
  PosixFile file;
  std::uint64_t end = 0;        // size of `file`
  std::vector<JournalEntry> fresh;
  std::uint64_t written = 0, acknowledged = 0;  // frames of this run
  std::exception_ptr failure;
  bool sync_now = false, stop = false;
  std::jthread syncer;

  ~Impl() { stop_syncer(); }
  void open_file();
  void append(std::span<std::byte const> frame, ReplicationKey const& key);
  void sync_loop();
  void stop_syncer();
  void merge_fresh();
};

// Continues the first journal whose end is intact after cutting its torn tail, or starts one: the number of files does
// not grow with the number of restarts.
void Journal::Impl::open_file() {
  if (index.files_.empty()) {
    std::filesystem::path const path = parts / "0000.journal";
    file = PosixFile(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND);
    sync_directory(parts);
    index.files_.push_back({PosixFile(path, O_RDONLY), 0});
  } else {
    file = PosixFile(index.files_.front().file.path(), O_RDWR | O_APPEND);
  }
  if (!file.try_lock()) {
    throw Error("cannot append to " + file.path().string() + " (another process holds it) stop that process first");
  }
  end = index.files_.front().intact_end;
  if (file.size() > end) {
    file.truncate(end);
    file.sync_data();
  }
  syncer = std::jthread([this] { sync_loop(); });
}

void Journal::Impl::append(std::span<std::byte const> frame, ReplicationKey const& key) {
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
  JournalEntry entry{key, file_index, end + frame_header_size,
                     static_cast<std::uint32_t>(frame.size() - frame_overhead), 0};
  std::copy_n(frame.end() - 4, 4, reinterpret_cast<std::byte*>(&entry.payload_crc));
  fresh.push_back(entry);
  end += frame.size();
  ++written;
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

void Journal::Impl::merge_fresh() {
  index.entries_.insert(index.entries_.end(), fresh.begin(), fresh.end());
  index.report_.frames += fresh.size();
  index.files_[file_index].intact_end = end;
  fresh.clear();
  index.settle();
}

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

Journal Journal::open(std::filesystem::path const& parts, Manifest const& manifest, JournalOptions options) {
  ignore_file_size_signal();
  auto impl = std::make_unique<Impl>();
  if (::mkdir(parts.c_str(), 0755) != 0 && errno != EEXIST) throw_file_error("create", parts, errno);
  if (!std::filesystem::is_directory(parts)) throw_file_error("use", parts, ENOTDIR);
  sync_directory(parent_directory(parts));
  impl->parts = parts;
  impl->manifest = manifest;
  impl->options = options;
  impl->lock = lock_directory(parts);
  settle_manifest(parts, manifest);
  impl->index = JournalIndex::scan(parts, manifest.fingerprint);
  impl->open_file();
  return Journal(std::move(impl));
}

std::vector<ReplicationKey> Journal::done() const {
  std::scoped_lock const hold(impl_->mutex);
  std::vector<ReplicationKey> keys;
  keys.reserve(impl_->index.size() + impl_->fresh.size());
  for (auto const& entry : impl_->index.entries()) keys.push_back(entry.key);
  for (auto const& entry : impl_->fresh) keys.push_back(entry.key);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

void Journal::append(ReplicationRecord const& record) {
  thread_local std::vector<std::byte> frame;
  encode_frame(record, impl_->manifest.fingerprint.word(), frame);
  impl_->append(frame, record.key);
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

Fingerprint const& Journal::fingerprint() const { return impl_->manifest.fingerprint; }

ScanReport const& Journal::report() const { return impl_->index.report(); }

JournalIndex const& Journal::index() {
  sync();
  std::scoped_lock const hold(impl_->mutex);
  impl_->merge_fresh();
  return impl_->index;
}

void Journal::close() {
  sync();
  impl_->stop_syncer();
  impl_->file.close();
  impl_->lock.close();
}

void Journal::remove() {
  impl_->stop_syncer();
  remove_parts(impl_->parts);
  impl_->file.close();
  impl_->lock.close();
}

}  // namespace sim
