#include "tests/faults/crash_state.hpp"

#include <algorithm>

#include "tests/faults/replay.hpp"
#include "tests/io/sample_campaign.hpp"

namespace faults {

namespace {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t n) { return sample::next(state_) % n; }
  bool happens(double probability) { return double(sample::next(state_) >> 11) * 0x1p-53 < probability; }

 private:
  std::uint64_t state_;
};

void write_into(std::string& page, std::size_t page_start, Step const& step) {
  std::size_t const end = std::min(page_start + page.size(), step.offset + step.data->size());
  for (std::size_t at = std::max<std::size_t>(page_start, step.offset); at < end; ++at) {
    page[at - page_start] = (*step.data)[at - step.offset];
  }
}

// Fills `page`, the bytes from `page_start` on, as written back after event `version`; sizes as of `sizes_until` at least.
void fill_page(std::string& page, File const& file, std::size_t page_start, std::size_t version, std::size_t sizes_until) {
  std::size_t const page_size = page.size();
  page = file.base.size() > page_start ? file.base.substr(page_start, page_size) : "";
  page.resize(page_size, '\0');
  for (Step const& step : file.steps) {
    if (step.is_resize && step.event <= std::max(version, sizes_until) && step.offset < page_start + page_size) {
      std::size_t const kept = step.offset > page_start ? step.offset - page_start : 0;
      page.replace(kept, page_size - kept, page_size - kept, '\0');
    }
    if (!step.is_resize && (step.event < file.durable || step.event <= version)) write_into(page, page_start, step);
  }
}

// Content with sizes as after event `sizes_until`.
std::string content_of(File const& file, std::size_t sizes_until, Crash const& crash, Chance& chance) {
  std::uint64_t size = file.base.size();
  std::map<std::size_t, std::vector<std::size_t>> later;  // page, events that wrote to it after the last sync
  for (Step const& step : file.steps) {
    if (step.event < file.durable || step.event <= sizes_until) size = step.size_after;
    if (step.is_resize || step.event < file.durable) continue;
    std::size_t const end = step.offset + step.data->size();
    for (std::size_t page = step.offset / crash.page_size; page * crash.page_size < end; ++page) {
      later[page].push_back(step.event);
    }
  }
  std::string bytes, page(crash.page_size, '\0');
  for (std::size_t number = 0; number * crash.page_size < size; ++number) {
    std::size_t version = 0;
    if (auto const written = later.find(number); written != later.end() && chance.happens(crash.page_survival)) {
      auto const& events = written->second;
      version = chance.happens(0.7) ? events.back() : events[chance.below(events.size())];
    }
    fill_page(page, file, number * crash.page_size, version, sizes_until);
    bytes += page;
  }
  bytes.resize(size, '\0');
  return bytes;
}

// Last event whose change to names and sizes is on the disk, if they go there in order.
std::size_t prefix_end(Replay const& replay, Crash const& crash, Chance& chance) {
  std::size_t forced = 0;
  for (NameChange const& change : replay.changes) {
    if (change.is_durable) forced = std::max(forced, change.event);
  }
  for (File const& file : replay.files) {
    for (Step const& step : file.steps) {
      if (step.event < file.durable) forced = std::max(forced, step.event);
    }
  }
  if (chance.happens(crash.name_survival)) return crash.moment;
  return chance.happens(0.5) ? forced : forced + chance.below(crash.moment - forced + 1);
}

}  // namespace

Tree crash_state(Tree const& before, std::vector<Event> const& events, Crash const& crash) {
  Replay replay(before);
  for (std::size_t i = 0; i < crash.moment; ++i) replay.take(i + 1, events[i]);  // event 0: before all
  Chance chance(crash.seed);
  bool const in_order = crash.order == NameOrder::as_made;
  std::size_t const until = prefix_end(replay, crash, chance);
  Names names = replay.start();
  for (NameChange const& change : replay.changes) {
    bool const survives = change.is_durable || (in_order ? change.event <= until : chance.happens(crash.name_survival));
    if (survives) perform(names, change);
  }
  Tree tree;
  for (auto const& [path, number] : names) {
    if (!number) {
      tree[path + "/"] = "";
      continue;
    }
    File const& file = replay.files[*number];
    std::size_t const sizes = in_order                              ? until
                              : chance.happens(crash.name_survival) ? crash.moment
                                                                    : file.durable + chance.below(crash.moment + 1);
    tree[path] = content_of(file, sizes, crash, chance);
  }
  return tree;
}

Tree read_tree(std::filesystem::path const& root) {
  Tree tree;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(root)) {
    std::string const path = std::filesystem::relative(entry.path(), root).string();
    if (entry.is_directory()) tree[path + "/"] = "";
    if (entry.is_regular_file()) tree[path] = sample::content(entry.path());
  }
  return tree;
}

void write_tree(std::filesystem::path const& root, Tree const& tree) {
  std::filesystem::remove_all(root);
  std::filesystem::create_directories(root);
  for (auto const& [path, bytes] : tree) {
    if (path.back() == '/') {
      std::filesystem::create_directories(root / path);
    } else {
      sample::write_content(root / path, bytes);
    }
  }
}

}  // namespace faults
