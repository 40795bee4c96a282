#include "tests/faults/trace.hpp"

#include <cstring>
#include <sstream>
#include <stdexcept>

#include "tests/io/sample_campaign.hpp"

namespace faults {

namespace {

std::string relative(std::string const& path, std::string const& root) {
  if (path == root) return "";
  if (path.compare(0, root.size() + 1, root + "/") != 0) return path;
  return path.substr(root.size() + 1);
}

std::string output_before(std::vector<Event> const& events, std::size_t moment) {
  std::string text;
  for (std::size_t i = 0; i < moment; ++i) {
    if (events[i].head.call == Call::output) text += events[i].data;
  }
  return text;
}

}  // namespace

std::vector<Event> read_trace(std::filesystem::path const& trace, std::filesystem::path const& root) {
  std::string const bytes = sample::content(trace);
  std::vector<Event> events;
  std::size_t at = 0;
  while (at < bytes.size()) {
    Event event;
    if (at + sizeof event.head > bytes.size()) throw std::runtime_error("torn trace");
    std::memcpy(&event.head, bytes.data() + at, sizeof event.head);
    at += sizeof event.head;
    if (at + event.head.path_size + event.head.data_size > bytes.size()) throw std::runtime_error("torn trace");
    std::string const path = bytes.substr(at, event.head.path_size);
    at += path.size();
    event.data = bytes.substr(at, event.head.data_size);
    at += event.data.size();
    std::size_t const between = path.find('\0');
    event.path = relative(path.substr(0, between), root.string());
    if (between != std::string::npos) event.new_path = relative(path.substr(between + 1), root.string());
    events.push_back(std::move(event));
  }
  return events;
}

std::vector<Event> without(std::vector<Event> events, std::function<bool(Event const&)> const& is_left_out) {
  std::erase_if(events, is_left_out);
  return events;
}

std::set<std::size_t> acknowledged(std::string const& output) {
  std::set<std::size_t> numbers;
  std::istringstream lines(output.substr(0, output.rfind('\n') + 1));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    if (word != "ack") continue;
    for (std::size_t number; words >> number;) numbers.insert(number);
  }
  return numbers;
}

std::set<std::size_t> acknowledged(std::vector<Event> const& events, std::size_t moment) {
  return acknowledged(output_before(events, moment));
}

bool says_done(std::vector<Event> const& events, std::size_t moment) {
  return output_before(events, moment).find("done\n") != std::string::npos;
}

}  // namespace faults
