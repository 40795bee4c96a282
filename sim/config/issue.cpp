#include "sim/config/issue.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/contracts.hpp"

namespace sim {
namespace {

constexpr std::size_t lines_max = 100;

}  // namespace

Override::Override(std::string assigned, std::string from_option)
    : assignment(std::move(assigned)), option(std::move(from_option)) {}

Issues::Issues(std::string file, std::vector<Override> overrides)
    : file_(std::move(file)), overrides_(std::move(overrides)) {}

void Issues::add(Position where, std::string_view problem, std::string_view reason, std::string_view suggestion) {
  SIM_CHECK(!problem.empty() && !reason.empty() && !suggestion.empty());
  std::string text(problem);
  text.append(" (").append(reason).append(") ").append(suggestion);
  found_.push_back({where, std::move(text)});
}

std::vector<std::string> Issues::lines() const {
  auto sorted = found_;
  std::stable_sort(sorted.begin(), sorted.end(), [](auto const& a, auto const& b) { return a.where < b.where; });
  std::vector<std::string> lines;
  for (auto const& [where, text] : sorted) {
    std::string line;
    if (where.override_index >= 0) {
      line = overrides_.at(static_cast<std::size_t>(where.override_index)).typed();
      std::replace_if(
          line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
    } else {
      line = file_ + ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
    }
    line += ": " + text;
    if (lines.empty() || lines.back() != line) lines.push_back(std::move(line));
  }
  if (lines.size() > lines_max) {
    auto const more = lines.size() - lines_max;
    lines.resize(lines_max);
    lines.push_back("and " + std::to_string(more) + " more (the first " + std::to_string(lines_max) +
                    " are shown) mend these and check again");
  }
  return lines;
}

}  // namespace sim
