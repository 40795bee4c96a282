#include "models/world/data/atlas.hpp"

#include <algorithm>
#include <cmath>

#include "models/world/data/dependency_check.hpp"
#include "models/world/data/table.hpp"
#include "sim/base/error.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

template <class Records>
int find_code(Records const& records, std::string_view code, std::string std::remove_cvref_t<decltype(records[0])>::*member) {
  for (std::size_t i = 0; i < records.size(); ++i)
    if (records[i].*member == code) return static_cast<int>(i);
  return -1;
}

int required(int index, std::string const& what, std::string const& code) {
  if (index < 0) throw sim::Error("a data table names the unknown " + what + " '" + code + "' (no such row) restore configs/data");
  return index;
}

// One index column as standardised logits of (index / scale), missing values left out.
std::vector<std::optional<double>> standardised(Table const& table, std::string_view column, double scale) {
  std::vector<std::optional<double>> z(table.size());
  double sum = 0, squares = 0, count = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const raw = table.maybe_number(i, column);
    if (!raw) continue;
    double const share = (*raw * 100 / scale + 0.5) / 101;
    z[i] = sim::math::log(share / (1 - share));
    sum += *z[i];
    squares += *z[i] * *z[i];
    ++count;
  }
  double const mean = sum / count;
  double const sd = std::sqrt(squares / count - mean * mean);
  for (auto& value : z)
    if (value) value = (*value - mean) / sd;
  return z;
}

// Straight line of known capability on log GDP per head, to fill in nations without any index.
struct Line {
  double intercept = 0, slope = 0;
};
Line regress(std::vector<double> const& x, std::vector<std::optional<double>> const& y) {
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!y[i]) continue;
    ++n, sx += x[i], sy += *y[i], sxx += x[i] * x[i], sxy += x[i] * *y[i];
  }
  double const slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
  return {(sy - slope * sx) / n, slope};
}

void read_capabilities(Table const& table, std::vector<NationRecord>& nations) {
  auto const ncsi = standardised(table, "ncsi", 100);
  auto const ncpi = standardised(table, "ncpi_defence", 100);
  auto const technical = standardised(table, "gci_technical", 20);
  auto const capacity = standardised(table, "gci_capacity", 20);
  std::vector<double> log_income;
  for (auto const& nation : nations) log_income.push_back(sim::math::log(nation.gdp_usd_bn * 1e9 / nation.population));
  std::vector<std::optional<double>> combined(nations.size());
  std::vector<double> sd(nations.size(), 0.8);
  for (std::size_t i = 0; i < nations.size(); ++i) {
    double sum = 0, count = 0;
    for (auto const* source : {&ncsi, &ncpi, &technical, &capacity})
      if ((*source)[i]) sum += *(*source)[i], ++count;
    if (count == 0) continue;
    combined[i] = sum / count;
    sd[i] = 0.5 / std::sqrt(count);
  }
  Line const line = regress(log_income, combined);
  double sum = 0, squares = 0;
  std::vector<double> z(nations.size());
  for (std::size_t i = 0; i < nations.size(); ++i) {
    z[i] = combined[i] ? *combined[i] : line.intercept + line.slope * log_income[i];
    sum += z[i], squares += z[i] * z[i];
  }
  double const count = static_cast<double>(nations.size());
  double const mean = sum / count, scale = std::sqrt(squares / count - mean * mean);
  for (std::size_t i = 0; i < nations.size(); ++i) {
    nations[i].index.fill((z[i] - mean) / scale);
    nations[i].index_sd.fill(sd[i]);
  }
}

void read_openness(Atlas& atlas, TableSource const& source) {
  Table const table = source(own_table(*atlas.world, "openness.tsv")).sorted_by({"iso3"});
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const& code = table.text(i, "iso3");
    double const openness = table.number(i, "openness");
    atlas.nations[static_cast<std::size_t>(required(atlas.nation(code), "nation", code))].openness = openness;
    sum += openness, squares += openness * openness;
  }
  auto const count = static_cast<double>(table.size());
  double const mean = sum / count, sd = std::sqrt(squares / count - mean * mean);
  for (NationRecord& nation : atlas.nations) nation.openness = (nation.openness - mean) / sd;
}

void read_nations(Atlas& atlas, TableSource const& source) {
  Table const table = source(own_table(*atlas.world, "nations.tsv")).sorted_by({"iso3"});
  for (std::size_t i = 0; i < table.size(); ++i) {
    NationRecord nation;
    nation.iso3 = table.text(i, "iso3");
    nation.name = table.text(i, "name");
    nation.population = table.number(i, "population");
    // North Korea publishes no accounts: the lowest income per head of the table stands in (grade D).
    nation.gdp_usd_bn = table.maybe_number(i, "gdp_usd_bn").value_or(nation.population * 400e-9);
    nation.internet_share = table.number(i, "internet_share");
    atlas.nations.push_back(nation);
  }
  read_capabilities(table, atlas.nations);
  Table const receivers = source(own_table(*atlas.world, "receivers.tsv"));
  for (std::size_t i = 0; i < receivers.size(); ++i) {
    auto const& code = receivers.text(i, "iso3");
    auto& nation = atlas.nations[static_cast<std::size_t>(required(atlas.nation(code), "nation", code))];
    nation.state_rate = receivers.number(i, "state_mean_per_year");
    nation.other_rate = receivers.number(i, "other_mean_per_year");
  }
  read_openness(atlas, source);
}

Flag flag_of(std::string const& name) {
  if (name == "liaison") return Flag::liaison;
  if (name == "exercise") return Flag::exercise;
  if (name == "membership") return Flag::membership;
  if (name == "announcement") return Flag::announcement;
  throw sim::Error("a data table names the unknown flag '" + name + "' (no such flag) restore configs/data");
}

void read_organisations(Atlas& atlas, TableSource const& source) {
  Table const table = source(own_table(*atlas.world, "organisations.tsv"));
  for (std::size_t i = 0; i < table.size(); ++i) {
    OrganisationRecord record;
    record.code = table.text(i, "organisation");
    record.name = table.text(i, "name");
    record.founded = table.text(i, "founded");
    record.has_liaison = table.number(i, "has_liaison") != 0;
    record.has_exercise = table.number(i, "has_exercise") != 0;
    record.has_membership = table.number(i, "has_membership") != 0;
    atlas.organisations.push_back(record);
  }
  Table const weights = source(own_table(*atlas.world, "organisation_weights.tsv"));
  for (std::size_t i = 0; i < weights.size(); ++i) {
    auto const& code = weights.text(i, "organisation");
    auto& record = atlas.organisations[static_cast<std::size_t>(required(atlas.organisation(code), "organisation", code))];
    auto const mechanism = static_cast<std::size_t>(weights.text(i, "mechanism").at(1) - '1');
    record.weight[static_cast<std::size_t>(flag_of(weights.text(i, "flag")))][mechanism] = weights.number(i, "weight");
    if (auto const from = weights.maybe_date(i, "from")) record.weight_from[mechanism] = sim::to_time(*from);
  }
}

void read_flags(Atlas& atlas, TableSource const& source, char const* file, bool has_flag_column) {
  Table const table = source(own_table(*atlas.world, file)).sorted_by({"nation", "organisation", "from"});
  for (std::size_t i = 0; i < table.size(); ++i) {
    // Policies of a nation alone are levers of a study, not relations to an organisation.
    if (table.text(i, "organisation").empty()) continue;
    FlagRecord record;
    auto const& nation = table.text(i, "nation");
    auto const& organisation = table.text(i, "organisation");
    record.nation = required(atlas.nation(nation), "nation", nation);
    record.organisation = required(atlas.organisation(organisation), "organisation", organisation);
    record.flag = has_flag_column ? flag_of(table.text(i, "flag")) : Flag::membership;
    record.status = has_flag_column ? "" : table.text(i, "status");
    record.from = sim::to_time(table.maybe_date(i, "from").value());
    auto const to = table.maybe_date(i, "to");
    record.to = to ? sim::to_time(*to) : sim::end_of_time;
    // The membership tables already hold accession: a second row of the same flag would count it twice.
    if (has_flag_column && record.flag == Flag::membership) continue;
    atlas.flags.push_back(record);
  }
}

void read_actors(Atlas& atlas, TableSource const& source) {
  Table const table = source(own_table(*atlas.world, "state_actors.tsv"));
  for (std::size_t i = 0; i < table.size(); ++i) {
    ActorRecord actor;
    actor.code = table.text(i, "actor");
    actor.nation = required(atlas.nation(actor.code), "nation", actor.code);
    actor.top = table.text(i, "acquisition") == "top";
    char const* const columns[] = {"disruption", "short_espionage", "long_espionage", "degradation"};
    for (std::size_t k = 0; k < 4; ++k) actor.objective_counts[k] = table.number(i, columns[k]);
    atlas.actors.push_back(actor);
  }
  Table const dyads = source(own_table(*atlas.world, "rival_dyads.tsv")).sorted_by({"actor", "target"});
  for (std::size_t i = 0; i < dyads.size(); ++i) {
    auto const& actor = dyads.text(i, "actor");
    auto const& target = dyads.text(i, "target");
    DyadRecord dyad;
    dyad.actor = required(find_code(atlas.actors, actor, &ActorRecord::code), "actor", actor);
    dyad.target = required(atlas.nation(target), "nation", target);
    dyad.shape = dyads.number(i, "shape");
    dyad.rate_years = dyads.number(i, "rate_years");
    atlas.dyads.push_back(dyad);
  }
  Table const crises = source(own_table(*atlas.world, "crises.tsv")).sorted_by({"actor", "target", "day"});
  for (std::size_t i = 0; i < crises.size(); ++i) {
    auto const& actor = crises.text(i, "actor");
    auto const& target = crises.text(i, "target");
    atlas.crises.push_back({required(find_code(atlas.actors, actor, &ActorRecord::code), "actor", actor), required(atlas.nation(target), "nation", target),
                            sim::to_time(crises.maybe_date(i, "day").value()), 0, true});
  }
  ActorRecord criminals;
  criminals.code = "CRIMINALS";
  atlas.actors.push_back(criminals);
}

void read_sectors(Atlas& atlas, TableSource const& source) {
  Table const table = source("sectors.tsv");
  for (std::size_t i = 0; i < table.size(); ++i)
    atlas.sectors.push_back({table.text(i, "sector"), table.text(i, "name"), table.number(i, "output_musd"),
                             table.number(i, "is_service") != 0, table.number(i, "buffer_hours"),
                             table.number(i, "target_weight")});
  std::size_t const n = atlas.sectors.size();
  atlas.dependency.assign(n * n, 0);
  Table const edges = source("dependencies.tsv");
  auto const index = [&](std::string const& code) {
    return static_cast<std::size_t>(required(atlas.sector(code), "sector", code));
  };
  for (std::size_t i = 0; i < edges.size(); ++i)
    atlas.dependency[index(edges.text(i, "provider")) * n + index(edges.text(i, "dependent"))] = edges.number(i, "value");
  atlas.coefficients.assign(n * n, 0);
  Table const matrix = source("io_coefficients.tsv");
  for (std::size_t i = 0; i < matrix.size(); ++i)
    for (std::size_t k = 0; k < n; ++k)
      atlas.coefficients[index(matrix.text(i, "supplier")) * n + k] = matrix.number(i, atlas.sectors[k].code);
}

void read_borders(Atlas& atlas, TableSource const& source) {
  Table const table = source(own_table(*atlas.world, "cross_border.tsv")).sorted_by({"provider", "dependent", "sector"});
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const& provider = table.text(i, "provider");
    auto const& dependent = table.text(i, "dependent");
    auto const& sector = table.text(i, "sector");
    atlas.borders.push_back({required(atlas.nation(provider), "nation", provider), required(atlas.nation(dependent), "nation", dependent),
                             required(atlas.sector(sector), "sector", sector), table.number(i, "share")});
  }
}

YearTable by_year(TableSource const& source, char const* file, char const* column) {
  Table const table = source(file);
  YearTable result;
  result.first = static_cast<int>(table.number(0, "year"));
  for (std::size_t i = 0; i < table.size(); ++i) result.values.push_back(table.number(i, column));
  return result;
}

void read_severities(Atlas& atlas, TableSource const& source) {
  Table const table = source("severity_given_objective.tsv");
  std::string const names[] = {"disruption", "short_espionage", "long_espionage", "degradation"};
  for (std::size_t i = 0; i < table.size(); ++i)
    for (std::size_t k = 0; k < 4; ++k)
      if (table.text(i, "objective") == names[k])
        atlas.severity_counts[k][static_cast<std::size_t>(table.number(i, "severity"))] = table.number(i, "pseudo_count");
  Table const choice = source("target_choice.tsv");
  double total = 0;
  for (std::size_t i = 0; i < choice.size(); ++i) {
    total += choice.number(i, "share");
    if (choice.text(i, "target") != "private") atlas.government_share += choice.number(i, "share");
  }
  atlas.government_share /= total;
}

}  // namespace

double YearTable::at(int year) const {
  auto const last = static_cast<int>(values.size()) - 1;
  return values[static_cast<std::size_t>(std::clamp(year - first, 0, last))];
}

int Atlas::nation(std::string_view iso3) const { return find_code(nations, iso3, &NationRecord::iso3); }
int Atlas::organisation(std::string_view code) const { return find_code(organisations, code, &OrganisationRecord::code); }
int Atlas::sector(std::string_view code) const { return find_code(sectors, code, &SectorRecord::code); }

Table embedded_table(std::string const& file_name) { return Table(file_name); }

Atlas load_atlas(std::string_view world, TableSource const& source) {
  Atlas atlas;
  atlas.world = &find_world(world);
  read_nations(atlas, source);
  read_organisations(atlas, source);
  atlas.centre = required(atlas.organisation(atlas.world->centre), "organisation", std::string(atlas.world->centre));
  atlas.income_reference = required(atlas.nation(atlas.world->income_reference), "nation", std::string(atlas.world->income_reference));
  read_flags(atlas, source, "memberships.tsv", false);
  read_flags(atlas, source, "flags.tsv", true);
  read_actors(atlas, source);
  read_sectors(atlas, source);
  read_borders(atlas, source);
  check_dependencies(atlas);
  read_severities(atlas, source);
  atlas.median_dwell_days = by_year(source, "dwell.tsv", "median_dwell_days");
  atlas.internal_share = by_year(source, "dwell.tsv", "internal_share");
  atlas.time_to_exploit_days = by_year(source, "time_to_exploit.tsv", "days");
  return atlas;
}

}  // namespace world
