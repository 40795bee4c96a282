#include "sim/app/campaign/branch_option.hpp"

#include <limits>

#include "sim/app/console.hpp"
#include "sim/base/error.hpp"
#include "sim/campaign/branching.hpp"

namespace app {

namespace {

sim::Date date_of(std::string const& option, sim::Study const& study) {
  if (option.empty()) return study.branch_at.value_or(sim::first_difference(study));
  auto const date = sim::parse_date(option);
  if (!date)
    throw sim::Error("--branch-at " + option + " (neither a date nor \"none\") write it as --branch-at " +
                     sim::to_string(sim::first_difference(study)));
  if (auto const fault = sim::branch_fault(study, *date))
    throw sim::Error("--branch-at " + option + ": " + fault->problem + " (" + fault->reason + ") " + fault->advice);
  return *date;
}

}  // namespace

std::string branch_of(std::string const& option, sim::Study const& study) {
  if (option == unbranched) return unbranched;
  if (study.rare_event.is_set()) {
    if (option.empty()) return unbranched;
    throw sim::Error("--branch-at " + option + " with [rare_event] (every splitting run is simulated from its own start) leave it away");
  }
  sim::Date const date = date_of(option, study);
  return study.treatments.size() < 2 || date <= study.start ? unbranched : sim::to_string(date);
}

std::string settled_branch(std::string const& option, sim::Study const& study) {
  std::string settled = branch_of(option, study);
  if (option == unbranched) {
    complain("branching: none, every treatment is simulated from the start\n");
  } else if (!option.empty() || study.branch_at) {
    complain("branching: " + sim::branching_words(study, date_of(option, study)) + "\n");
  }
  return settled;
}

sim::Time branch_time(std::string const& settled) {
  return settled == unbranched ? sim::Time{std::numeric_limits<std::int64_t>::min()} : sim::to_time(sim::parse_date(settled).value());
}

}  // namespace app
