#include "analysis/report/timeline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

#include "analysis/estimators/quantile.hpp"
#include "analysis/report/columns.hpp"
#include "analysis/report/headline.hpp"

namespace analysis {
namespace {

enum Column : std::size_t { day, nation, actor, objective, severity, vector, sector, cause, dwell, recorded, high, low, attributed, attribution, column_count };
std::vector<std::string> const names{"day", "nation", "actor", "objective", "severity", "vector", "sector", "cause", "dwell", "recorded", "incident_high", "incident_low", "attributed", "attribution"};

constexpr int severe = 4;  // on the scale of DCID: widespread theft and worse

sim::Date date_of(double days) { return sim::to_date(sim::Time{0} + sim::from_days(days)); }

int month_of(sim::Date date) { return date.year * 12 + date.month - 1; }

std::string month_text(int month) {
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02d", month / 12, month % 12 + 1);
  return text;
}

/// The incident table with what is asked of it.
struct Incidents {
  sim::ResultSchema const& schema;
  IncidentTable table;

  std::size_t size() const { return table.rows.size(); }
  double at(Column column, std::size_t i) const { return table.columns[column].empty() ? undefined : table.columns[column][i]; }
  std::string label(Column column, std::size_t i) const {
    double const code = at(column, i);
    for (auto const& info : schema.incident_columns)
      if (info.name == names[column] && code >= 0 && code < static_cast<double>(info.labels.size())) return info.labels[static_cast<std::size_t>(code)];
    return "";
  }
  bool is_of(std::size_t wanted, std::size_t i) const { return at(nation, i) == static_cast<double>(wanted); }
};

std::string id_text(double high_half, double low_half) {
  if (std::isnan(high_half) || std::isnan(low_half)) return "";
  auto const word = [](double half) { return static_cast<unsigned>(static_cast<std::uint32_t>(static_cast<std::int64_t>(half))); };
  char text[20];
  std::snprintf(text, sizeof text, "%08x%08x", word(high_half), word(low_half));
  return text;
}

// Places of the histories in which something happened, once for each time. [kinds][months]
using Happened = std::array<std::vector<std::vector<std::size_t>>, 3>;

struct Months {
  int first = 0, count = 0;
  explicit Months(sim::ResultSchema const& s) : first(month_of(s.record_from)) {
    int const last = month_of(date_of(sim::in_days(sim::to_time(s.end) - sim::Time{0}) - 1));
    count = std::max(0, last - first + 1);
  }
  bool has(int month) const { return month >= first && month < first + count; }
};

void aggregate(Timeline& t, Incidents const& all, Histories const& histories, std::size_t of_nation, std::size_t point, Months const& months) {
  std::size_t const width = histories.futures() * histories.replications();
  Happened happened;
  for (auto& kind : happened) kind.resize(static_cast<std::size_t>(months.count));
  std::vector<double> nothing(width, undefined), counts;  // of one month. [histories]
  for (std::size_t place = 0; place < width; ++place)
    if (histories.row_at(point * width + place) != Histories::nowhere) nothing[place] = 0;
  auto const add = [&](std::size_t kind, double days, std::size_t place) {
    int const month = month_of(date_of(days));
    if (months.has(month)) happened[kind][static_cast<std::size_t>(month - months.first)].push_back(place);
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all.is_of(of_nation, i)) continue;
    std::size_t const place = histories.place_of(static_cast<std::size_t>(all.table.rows[i]));
    if (place == Histories::nowhere || place / width != point) continue;
    add(0, all.at(day, i), place % width);
    if (all.at(severity, i) >= severe) add(1, all.at(day, i), place % width);
    if (!std::isnan(all.at(attributed, i))) add(2, all.at(attributed, i), place % width);
  }
  constexpr std::array<char const*, 3> kinds{"incidents", "severe", "attributed"};
  constexpr std::array<double, 2> probabilities{0.05, 0.95};
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    if (k == 2 && all.table.columns[attributed].empty()) continue;  // an older file does not say
    MonthlyIncidents m{of_nation, point, kinds[k], {}, {}, {}};
    for (auto const& month : happened[k]) {
      counts = nothing;
      for (std::size_t const place : month) ++counts[place];
      double sum = 0, n = 0;
      for (double const x : counts)
        if (!std::isnan(x)) sum += x, ++n;
      m.mean.push_back(n > 0 ? sum / n : undefined);
      auto const q = selected_quantiles(counts, probabilities);
      m.q05.push_back(q[0]);
      m.q95.push_back(q[1]);
    }
    t.aggregated.push_back(std::move(m));
  }
}

void tell(TimelineHistory& history, Incidents const& all, std::size_t row, std::size_t most) {
  std::vector<std::pair<double, TimelineEvent>> events;
  auto const first = std::lower_bound(all.table.rows.begin(), all.table.rows.end(), static_cast<std::int32_t>(row)) - all.table.rows.begin();
  for (auto i = static_cast<std::size_t>(first); i < all.size() && all.table.rows[i] == static_cast<std::int32_t>(row); ++i) {
    if (!all.is_of(history.nation, i)) continue;
    TimelineEvent e;
    e.actor = all.label(actor, i), e.objective = all.label(objective, i), e.vector = all.label(vector, i), e.sector = all.label(sector, i);
    e.cause = all.label(cause, i), e.attribution = all.label(attribution, i);
    if (!std::isnan(all.at(severity, i))) e.severity = static_cast<int>(all.at(severity, i));
    if (!std::isnan(all.at(recorded, i))) e.recorded = static_cast<int>(all.at(recorded, i));
    e.dwell = all.at(dwell, i);
    e.incident = id_text(all.at(high, i), all.at(low, i));
    e.kind = e.cause == "effect" ? "effect" : "incident";
    events.emplace_back(all.at(day, i), e);
    if (double const named = all.at(attributed, i); !std::isnan(named)) {
      e.kind = "attribution";
      events.emplace_back(named, e);
    }
  }
  if (events.size() > most) {
    std::stable_sort(events.begin(), events.end(), [](auto const& a, auto const& b) { return a.second.severity.value_or(0) > b.second.severity.value_or(0); });
    history.left_out = events.size() - most;
    events.resize(most);
  }
  std::stable_sort(events.begin(), events.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
  for (auto& [days, event] : events) {
    event.date = sim::to_string(date_of(days));
    history.events.push_back(std::move(event));
  }
}

/// Places of the pairs that are typical, worst and best.
struct Chosen { std::string label; std::size_t place; };

std::vector<Chosen> choose(std::vector<double> const& differences, bool higher_is_worse) {
  double const median = quantile(sorted(differences), 0.5);
  std::size_t const none = differences.size();
  std::size_t typical = none, worst = none, best = none;
  double const sign = higher_is_worse ? 1 : -1;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    if (std::isnan(differences[i])) continue;
    if (typical == none || std::fabs(differences[i] - median) < std::fabs(differences[typical] - median)) typical = i;
    if (worst == none || sign * differences[i] > sign * differences[worst]) worst = i;
    if (best == none || sign * differences[i] < sign * differences[best]) best = i;
  }
  if (typical == none) return {};
  return {{"typical", typical}, {"worst", worst}, {"best", best}};
}

}  // namespace

std::optional<Timeline> timeline(ResultsSource const& source, Histories const& histories, Analysis const& a) {
  auto const* const with_incidents = dynamic_cast<IncidentSource const*>(&source);
  if (with_incidents == nullptr || a.schema.incident_columns.empty() || !a.headline.subject || !a.headline.subject->nation) return {};
  Subject const s = *a.headline.subject;
  if (std::find(a.schema.focal.begin(), a.schema.focal.end(), a.schema.nations[*s.nation]) == a.schema.focal.end()) return {};
  Incidents const all{a.schema, with_incidents->incidents(names)};
  if (all.table.columns[day].empty() || all.table.columns[nation].empty()) return {};
  Timeline t;
  Months const months(a.schema);
  for (int m = 0; m < months.count; ++m) t.months.push_back(month_text(months.first + m));
  for (std::size_t const point : {s.treatment, a.reference}) aggregate(t, all, histories, *s.nation, point, months);
  Cube const cube = read_columns(source, histories, {s.response, {*s.nation}, {}}).nations.front();
  auto const chosen = choose(pair_differences(histories.arm(cube, s.treatment), histories.arm(cube, a.reference)), a.schema.responses[s.response].higher_is_worse);
  std::size_t const width = histories.futures() * histories.replications(), most = most_timeline_events / (2 * std::max<std::size_t>(1, chosen.size()));
  for (auto const& [label, place] : chosen) {
    for (std::size_t const point : {s.treatment, a.reference}) {
      std::size_t const row = histories.row_at(point * width + place);
      TimelineHistory history{label, histories.rows()[row].key, *s.nation, histories.rows()[row].digest, 0, {}};
      tell(history, all, row, most);
      t.histories.push_back(std::move(history));
    }
  }
  return t;
}

}  // namespace analysis
