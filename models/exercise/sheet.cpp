#include "models/exercise/sheet.hpp"

#include <algorithm>

#include "analysis/estimators/rank.hpp"

namespace exercise {

namespace {

constexpr std::array<ItemInfo, item_count> infos{{
    {"availability", "points", "mean of checks_passed and visits_served, from availability_floor on"},
    {"thwarted", "points", "share of attacks that had no effect"},
    {"compromise", "points", "1 / (1 + mean time in red's hands / half_hours)"},
    {"restoration", "points", "1 / (1 + mean time to restore / half_hours)"},
    {"legal", "points", "questions answered in time: 1 each if good, half if poor"},
    {"media", "points", "trust, mean over time"},
    {"strategic", "points", "decisions taken in time: 1 each if good, half if poor"},
    {"reporting", "points", "reports written in time: 1 each if good, half if poor"},
    {"forensics", "points", "share of cases solved in time"},
    {"technical", "points", "availability, thwarted, compromise and restoration"},
    {"total", "points", "all strands"},
    {"rank", "1", "by total, 1 is best; equal totals share their mean rank"},
    {"attacks", "1", "attacks that reached the perimeter"},
    {"prevented", "1", "attacks stopped there"},
    {"blocked", "1", "of these by a known indicator"},
    {"hurt", "1", "attacks that had their effect"},
    {"breaches", "1", "intrusions, returns included"},
    {"outages", "1", "systems that went down"},
    {"breached_hours", "h", "time of all systems in red's hands"},
    {"down_hours", "h", "time of all systems down"},
    {"incidents", "1", "incidents that came to the analysts"},
    {"cases", "1", "forensic cases"},
    {"solved", "1", "of these solved in time"},
    {"checks_passed", "1", "mean level of all services at the checks"},
    {"visits_served", "1", "share of visits that found the service"},
    {"service", "1", "level of all services, mean over time"},
    {"trust", "1", "trust, mean over time"},
    {"tool_uses", "1", "attacks with a special tool"},
}};

double share(double part, double whole, double otherwise) { return whole > 0 ? part / whole : otherwise; }

/// What happened to the systems, those still in red's hands or down counted to the end.
void read_systems(Exercise const& exercise, Camp const& camp, TeamSheet& sheet) {
  std::int64_t breached = 0, down = 0;
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(camp.rules.count); ++i) {
    System::State const& state = exercise.world.state(camp.system(i));
    breached += state.breached_ticks + (state.is_breached != 0 ? (exercise.end - state.since).ticks : 0);
    down += state.down_ticks + (state.is_down != 0 ? (exercise.end - state.down_since).ticks : 0);
    sheet[Item::breaches] += state.breaches;
    sheet[Item::outages] += state.outages;
    sheet[Item::hurt] += state.hurt;
  }
  sheet[Item::breached_hours] = in_hours({breached});
  sheet[Item::down_hours] = in_hours({down});
}

void read_agents(Exercise const& exercise, Camp const& camp, TeamSheet& sheet) {
  Blue::State const& blue = exercise.world.state(camp.blue);
  Services::State const& services = exercise.world.state(camp.services);
  double const span = in_hours(exercise.end - opening);
  sheet[Item::attacks] = blue.attacks;
  sheet[Item::prevented] = blue.prevented;
  sheet[Item::blocked] = blue.blocked;
  sheet[Item::incidents] = blue.incidents;
  sheet[Item::cases] = blue.case_count;
  sheet[Item::solved] = blue.solved;
  sheet[Item::checks_passed] = share(services.checked, services.checks, 1);
  sheet[Item::visits_served] = share(services.served, services.visits, 1);
  sheet[Item::service] = (services.area + services.availability * in_hours(exercise.end - services.last)) / span;
  sheet[Item::trust] = 1 - Desk::trust_area_at(exercise.world.state(camp.media), exercise.end) / span;
  sheet[Item::tool_uses] = exercise.world.state(camp.cell).tool_uses;
}

void score(Exercise const& exercise, Camp const& camp, TeamSheet& sheet) {
  Rules const& rules = camp.rules;
  auto const& asked = exercise.world.state(exercise.white).asked;
  auto const answered = [&](sim::LpRef<Desk> desk, Question question) {
    return share(Desk::credit(exercise.world.state(desk)), asked[static_cast<std::size_t>(question)], 1);
  };
  auto const halving = [&](double time, double count) {
    return 1 / (1 + share(time, count, 0) / rules.half_hours);
  };
  double const seen = (sheet[Item::checks_passed] + sheet[Item::visits_served]) / 2;
  std::array<double, strand_count> const shares{
      std::max(0.0, (seen - rules.availability_floor) / (1 - rules.availability_floor)),
      1 - share(sheet[Item::hurt], sheet[Item::attacks], 0),
      halving(sheet[Item::breached_hours], sheet[Item::breaches]),
      halving(sheet[Item::down_hours], sheet[Item::outages]),
      answered(camp.legal, Question::legal),
      sheet[Item::trust],
      answered(camp.strategic, Question::strategic),
      answered(camp.reporting, Question::report),
      share(sheet[Item::solved], sheet[Item::cases], 1)};
  for (std::size_t i = 0; i < strand_count; ++i) {
    double const points = maximum(rules, static_cast<Item>(i)) * shares[i];
    sheet.values[i] = points;
    sheet[Item::total] += points;
    if (i < technical_count) sheet[Item::technical] += points;
  }
}

}  // namespace

ItemInfo const& info(Item item) { return infos[static_cast<std::size_t>(item)]; }

double maximum(Rules const& rules, Item item) {
  std::array<double, strand_count> const most{rules.availability, rules.thwarted, rules.compromise, rules.restoration,
                                              rules.legal, rules.media, rules.strategic, rules.reporting,
                                              rules.forensics};
  auto const at = static_cast<std::size_t>(item);
  if (at < strand_count) return most[at];
  double sum = 0;
  std::size_t const count = item == Item::technical ? technical_count : item == Item::total ? strand_count : 0;
  for (std::size_t i = 0; i < count; ++i) sum += most[i];
  return sum;
}

std::vector<TeamSheet> sheet_of(Exercise const& exercise) {
  std::vector<TeamSheet> sheets;
  std::vector<double> losses;
  for (Camp const& camp : *exercise.camps) {
    TeamSheet sheet;
    read_systems(exercise, camp, sheet);
    read_agents(exercise, camp, sheet);
    score(exercise, camp, sheet);
    losses.push_back(-sheet[Item::total]);
    sheets.push_back(sheet);
  }
  std::vector<double> const ranks = analysis::ranks(losses);
  for (std::size_t i = 0; i < sheets.size(); ++i) sheets[i][Item::rank] = ranks[i];
  return sheets;
}

}  // namespace exercise
