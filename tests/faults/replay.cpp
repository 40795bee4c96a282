#include "tests/faults/replay.hpp"

#include <algorithm>
#include <stdexcept>

namespace faults {

namespace {

std::string parent(std::string const& path) {
  std::size_t const slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

bool has_children(Names const& names, std::string const& path) {
  auto const after = names.upper_bound(path + "/");
  return after != names.end() && after->first.compare(0, path.size() + 1, path + "/") == 0;
}

}  // namespace

void perform(Names& names, NameChange const& change) {
  auto const has_place = [&](std::string const& path) { return parent(path).empty() || names.contains(parent(path)); };
  switch (change.call) {
    case Call::create:
    case Call::make_directory:
      if (has_place(change.path)) names[change.path] = change.file;
      break;
    case Call::rename:
      if (!has_place(change.new_path)) break;
      names[change.new_path] = change.file;
      if (auto const old = names.find(change.path); old != names.end() && old->second == change.file) names.erase(old);
      break;
    case Call::link:
      if (has_place(change.new_path)) names[change.new_path] = change.file;
      break;
    case Call::unlink:
      names.erase(change.path);
      break;
    case Call::remove_directory:
      if (!has_children(names, change.path)) names.erase(change.path);
      break;
    default:
      break;
  }
}

Replay::Replay(Tree const& before) {
  for (auto const& [path, bytes] : before) {
    if (path.back() == '/') {
      start_[path.substr(0, path.size() - 1)] = std::nullopt;
    } else {
      start_[path] = files.size();
      files.push_back({bytes, {}, 0, bytes.size()});
    }
  }
  names_ = start_;
}

void Replay::take(std::size_t number, Event const& event) {
  switch (event.head.call) {
    case Call::create:
      by_inode_[event.head.file] = files.size();
      files.emplace_back();
      change(number, event, files.size() - 1);
      break;
    case Call::write: {
      File& file = file_of(event);
      file.size = std::max(file.size, event.head.offset + event.data.size());
      file.steps.push_back({number, false, event.head.offset, &event.data, file.size});
      break;
    }
    case Call::resize: {
      File& file = file_of(event);
      file.size = event.head.offset;
      file.steps.push_back({number, true, file.size, nullptr, file.size});
      break;
    }
    case Call::sync_begin: begins_.push_back({number, event.head.file}); break;
    case Call::sync_end: end_sync(event); break;
    case Call::rename:
    case Call::link: change(number, event, names_.at(event.path)); break;
    case Call::unlink:
    case Call::make_directory:
    case Call::remove_directory: change(number, event, std::nullopt); break;
    default: break;
  }
}

void Replay::change(std::size_t number, Event const& event, std::optional<std::size_t> file) {
  changes.push_back({number, event.head.call, event.path, event.new_path, file});
  perform(names_, changes.back());
}

File& Replay::file_of(Event const& event) {
  auto found = by_inode_.find(event.head.file);
  if (found == by_inode_.end()) {
    auto const named = names_.find(event.path);
    if (named == names_.end() || !named->second) throw std::runtime_error("a write to an unknown file: " + event.path);
    found = by_inode_.emplace(event.head.file, *named->second).first;
  }
  return files[found->second];
}

void Replay::end_sync(Event const& event) {
  auto const begin = std::find_if(begins_.rbegin(), begins_.rend(),
                                  [&](auto const& b) { return b.second == event.head.file; });
  if (begin == begins_.rend() || event.head.error != 0) return;
  std::size_t const until = begin->first;
  begins_.erase(std::next(begin).base());
  auto const named = names_.find(event.path);
  bool const is_directory = event.path.empty() || (named != names_.end() && !named->second);
  if (!is_directory) {
    File& file = file_of(event);
    file.durable = std::max(file.durable, until);
    return;
  }
  for (NameChange& made : changes) {
    bool const lies_there = parent(made.path) == event.path ||
                            (!made.new_path.empty() && parent(made.new_path) == event.path);
    if (made.event < until && lies_there) made.is_durable = true;
  }
}

}  // namespace faults
