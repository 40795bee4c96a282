#include <fmt/format.h>

#include <algorithm>

#include "sim/app/exercise/exercise_sheet.hpp"

namespace app {

namespace {

using exercise::Item;
using exercise::Number;

std::string with_half_width(Number const& number, int digits) {
  return fmt::format("{:.{}f}±{:.{}f}", number.mean, digits, (number.hi - number.lo) / 2, digits);
}

/// Right-aligned in `width` columns; "±" has two bytes and takes one.
std::string cell(std::string const& text, std::size_t width) {
  std::size_t wide = 0;
  for (unsigned char const c : text) wide += (c & 0xc0) != 0x80;
  return std::string(width > wide ? width - wide : 0, ' ') + text;
}

/// Columns for the longest name, or for a word of the tables.
std::size_t name_width(exercise::Results const& results) {
  std::size_t width = std::string_view("team").size();
  for (auto const& result : results.teams) width = std::max(width, result.team.name.size());
  return width;
}

std::vector<std::size_t> by_place(exercise::Results const& results) {
  std::vector<std::size_t> order(results.teams.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return results.teams[a].place < results.teams[b].place; });
  return order;
}

std::string attributes(exercise::Team const& team) {
  return fmt::format("{:g} analysts in {:g} shift{}, {:g} rehearsal{}{}{}", team.analysts, team.shifts,
                     team.shifts == 1 ? "" : "s", team.rehearsals, team.rehearsals == 1 ? "" : "s",
                     team.allied != 0 ? ", allied" : "", team.joint != 0 ? ", joint" : "");
}

std::string heading(exercise::Scenario const& scenario) {
  auto const& rules = scenario.rules;
  return fmt::format(
      "{}\n{} teams, {:g} d, {:g} systems and {:g} attacks each; sharing {}; {:g} replications, seed {:.0f}\n\n",
      scenario.title.empty() ? "Exercise" : scenario.title, scenario.teams.size(), rules.days, rules.count,
      rules.attacks, rules.sharing != 0 ? "on" : "off", rules.replications, rules.seed);
}

std::string points(exercise::Scenario const& scenario, exercise::Results const& results) {
  std::string text = "Points, mean ± half-width of the 95 % interval (Student's t); in brackets the most\n";
  std::size_t const width = name_width(results);
  text += fmt::format("{:>5}  {:<{}}", "place", "team", width);
  std::string most(7 + width, ' ');
  for (std::size_t i = 0; i < exercise::strand_count; ++i) {
    auto const item = static_cast<Item>(i);
    text += fmt::format("{:>13}", exercise::info(item).name);
    most += fmt::format("{:>13}", fmt::format("[{:g}]", exercise::maximum(scenario.rules, item)));
  }
  text += fmt::format("{:>13}{:>11}   {}\n", "total", "rank", "attributes");
  most += fmt::format("{:>13}\n", fmt::format("[{:g}]", exercise::maximum(scenario.rules, Item::total)));
  text += most;
  for (std::size_t const t : by_place(results)) {
    auto const& team = results.teams[t];
    text += fmt::format("{:>5}  {:<{}}", team.place, team.team.name, width);
    for (std::size_t i = 0; i < exercise::strand_count; ++i) text += cell(with_half_width(team.numbers[i], 2), 13);
    text += cell(with_half_width(team[Item::total], 2), 13) + cell(with_half_width(team[Item::rank], 1), 11);
    text += "   " + attributes(team.team) + "\n";
  }
  return text;
}

std::string counts(exercise::Results const& results) {
  constexpr std::array items{Item::attacks,        Item::prevented,  Item::blocked, Item::hurt,   Item::breaches,
                             Item::outages,        Item::breached_hours, Item::down_hours, Item::solved,
                             Item::service,        Item::trust};
  std::size_t const width = name_width(results);
  std::string text =
      fmt::format("\nWhat lies behind them, means of a replication\n{:>5}  {:<{}}", "place", "team", width);
  std::string units(7 + width, ' ');
  for (Item const item : items) {
    text += fmt::format("{:>16}", exercise::info(item).name);
    units += fmt::format("{:>16}", "[" + std::string(exercise::info(item).unit) + "]");
  }
  text += "\n" + units + "\n";
  for (std::size_t const t : by_place(results)) {
    auto const& team = results.teams[t];
    text += fmt::format("{:>5}  {:<{}}", team.place, team.team.name, width);
    for (Item const item : items) {
      bool const is_share = item == Item::service || item == Item::trust;
      text += fmt::format("{:>16.{}f}", team[item].mean, is_share ? 4 : 1);
    }
    text += "\n";
  }
  return text;
}

/// Differences of some teams, best first, and the mean over all that are looked at.
std::string gain_text(exercise::Results const& results, exercise::Gain const& gain, std::vector<bool> const& shown) {
  auto const interval = [](Number const& n) { return fmt::format("{:>8.3f}  [{:.3f}, {:.3f}]", n.mean, n.lo, n.hi); };
  std::size_t const width = name_width(results);
  std::string text = fmt::format("{:>5}  {:<{}}{:>12}{:>30}\n", "", "team", width, "technical", "total");
  auto const line = [&](std::string const& name, Number const& technical, Number const& total) {
    text += fmt::format("{:>5}  {:<{}}  {:<34}{}\n", "", name, width, interval(technical), interval(total));
  };
  for (std::size_t const t : by_place(results)) {
    if (shown[t]) line(results.teams[t].team.name, gain.technical[t], gain.total[t]);
  }
  line("mean", gain.mean_technical, gain.mean_total);
  return text;
}

std::string sharing_text(exercise::Results const& results) {
  if (!results.sharing) return "\nSharing: nothing to compare, fewer than two teams are allied\n";
  std::vector<bool> allied;
  for (auto const& result : results.teams) allied.push_back(result.team.allied != 0);
  return "\nSharing of indicators on minus off, allied teams, same attacks and same luck, points with 95 % interval\n" +
         gain_text(results, *results.sharing, allied);
}

std::string comparison_text(exercise::Results const& results, ExerciseComparison const& comparison) {
  std::vector<bool> changed;
  for (Number const& total : comparison.gain.total) changed.push_back(total.lo != 0 || total.hi != 0);
  auto const same = std::count(changed.begin(), changed.end(), false);
  return fmt::format("\n{} minus the scenario as above, same attacks and same luck, points with 95 % interval; mean of all teams\n",
                     fmt::join(comparison.changes, ", ")) +
         gain_text(results, comparison.gain, changed) +
         (same == 0 ? "" : fmt::format("{:>5}  {} team{}: no difference, to the bit\n", "", same, same == 1 ? "" : "s"));
}

}  // namespace

std::string exercise_text(exercise::Scenario const& scenario, exercise::Results const& results,
                          std::optional<ExerciseComparison> const& comparison) {
  return heading(scenario) + points(scenario, results) + counts(results) + sharing_text(results) +
         (comparison ? comparison_text(results, *comparison) : "");
}

}  // namespace app
