#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

constexpr std::size_t levels_max = 1000;

/// The arrays of one lever, each with at least one entry, or none that could be read.
struct LevelKeys {
  std::vector<Located<std::string>> statuses;
  std::vector<Located<Date>> from, to;
};

std::vector<Located<std::string>> read_statuses(TableReader& table, Intervention const& lever, OrganisationName const* organisation, StudyParts& parts) {
  auto const given = table.one_or_more_texts("status", optional_key("status = \"CP\""));
  std::vector<Located<std::string>> const none{{"", table.where()}};
  if (lever.action == "membership" && organisation && !organisation->statuses.empty()) {
    auto const& known = organisation->statuses;
    if (!given) return {{known.front(), table.where()}};
    for (auto const& status : *given)
      if (std::find(known.begin(), known.end(), status.value) == known.end())
        parts.issues.add(status.where, "unknown status " + shown(status.value), organisation->name + " knows " + listed(known),
                         did_you_mean(status.value, known, "use a known one"));
    return *given;
  }
  // Of an unknown action or organisation nobody can tell whether it has a status.
  if (given && find_named(parts.vocabulary.actions, lever.action) && (organisation || lever.action != "membership"))
    parts.issues.add(table.where("status"), "lever " + shown(lever.lever) + " has a status",
                     "only membership of an organisation with kinds of members has one", "remove it");
  return none;
}

void check_begin(Located<Date> const& from, Intervention const& lever, OrganisationName const* organisation, StudyParts& parts) {
  auto const begins = "lever " + shown(lever.lever) + " begins on " + to_string(from.value);
  if (organisation && from.value < organisation->earliest)
    parts.issues.add(from.where, begins + ", before " + organisation->name + " existed", founding_of(*organisation),
                     "choose " + to_string(organisation->earliest) + " or later");
  else if (parts.record_from && from.value < *parts.record_from)
    parts.issues.add(from.where, begins + ", before recording begins",
                     "all treatments share the history until " + to_string(*parts.record_from),
                     "choose a later date, or an earlier start in [time]");
}

/// One level of status, from and to; reports what cannot be.
void add_level(LevelKeys const& keys, std::size_t status, std::size_t from, std::size_t to, std::vector<Intervention>& levels, StudyParts& parts) {
  Intervention level = levels.front();
  level.status = keys.statuses[status].value, level.from = keys.from[from].value, level.to = keys.to[to].value;
  if (level.to <= level.from)
    parts.issues.add(keys.to[to].where, "lever " + shown(level.lever) + " ends on " + to_string(level.to) + ", not after it begins",
                     "it begins on " + to_string(level.from),
                     keys.from.size() > 1 && keys.to.size() > 1 ? "choose a later end, or write pairs = true for one end to each begin"
                                                                : "choose a later end, or remove it for no end");
  auto const same = [&](Intervention const& other) { return other.status == level.status && other.from == level.from && other.to == level.to; };
  if (std::none_of(levels.begin() + 1, levels.end(), same)) {
    levels.push_back(std::move(level));
    return;
  }
  parts.issues.add(keys.from[from].where, "lever " + shown(level.lever) + " has the same level twice",
                   "it begins on " + to_string(level.from) + " in both", "remove one of them");
}

/// True if the arrays that hold more than one entry are equally long.
bool check_pairs(TableReader& table, LevelKeys const& keys, std::string const& lever, StudyParts& parts) {
  std::size_t const sizes[] = {keys.statuses.size(), keys.from.size(), keys.to.size()};
  std::size_t const most = *std::max_element(std::begin(sizes), std::end(sizes));
  bool const equal = std::all_of(std::begin(sizes), std::end(sizes), [&](std::size_t size) { return size == 1 || size == most; });
  if (!equal)
    parts.issues.add(table.where("pairs"), "the arrays of lever " + shown(lever) + " cannot be paired",
                     std::to_string(sizes[1]) + " in \"from\", " + std::to_string(sizes[2]) + " in \"to\", " + std::to_string(sizes[0]) + " in \"status\"",
                     "make them equally long, or remove \"pairs\" to cross them");
  return equal;
}

void pair_levels(LevelKeys const& keys, std::vector<Intervention>& levels, StudyParts& parts) {
  std::size_t const count = std::max({keys.statuses.size(), keys.from.size(), keys.to.size()});
  auto const at = [](auto const& list, std::size_t i) { return list.size() == 1 ? 0 : i; };
  for (std::size_t i = 0; i < count; ++i) add_level(keys, at(keys.statuses, i), at(keys.from, i), at(keys.to, i), levels, parts);
}

void cross_levels(LevelKeys const& keys, std::vector<Intervention>& levels, StudyParts& parts) {
  for (std::size_t s = 0; s < keys.statuses.size(); ++s)
    for (std::size_t f = 0; f < keys.from.size(); ++f)
      for (std::size_t t = 0; t < keys.to.size(); ++t) add_level(keys, s, f, t, levels, parts);
}

}  // namespace

std::vector<Intervention> read_levels(TableReader& table, Intervention const& common, OrganisationName const* organisation, StudyParts& parts) {
  LevelKeys keys{read_statuses(table, common, organisation, parts), {}, {}};
  auto const from = table.dates("from", required("from = 2022-11-04"));
  auto const to = table.dates("to", optional_key("to = 2027-01-01"));
  auto const paired = table.flag("pairs", optional_key("pairs = true"));
  Intervention bare = common;
  bare.status = keys.statuses.front().value, bare.to = never;
  std::vector<Intervention> levels{std::move(bare)};  // stands for the levels until they are known
  if (!from || (table.has("to") && !to)) return levels;
  keys.from = *from;
  keys.to = to.value_or(std::vector<Located<Date>>{{never, table.where()}});
  for (auto const& date : keys.from) check_begin(date, common, organisation, parts);
  bool const zips = paired.value_or(false);
  std::size_t const longest = std::max({keys.statuses.size(), keys.from.size(), keys.to.size()});
  std::size_t const count = zips || longest > levels_max ? longest : keys.statuses.size() * keys.from.size() * keys.to.size();
  if (count > levels_max) {
    parts.issues.add(table.where("from"), "lever " + shown(common.lever) + " has " + std::to_string(count) + " levels or more",
                     "at most " + std::to_string(levels_max) + " are accepted", "name fewer dates or statuses");
    return levels;
  }
  if (zips && !check_pairs(table, keys, common.lever, parts)) return levels;
  zips ? pair_levels(keys, levels, parts) : cross_levels(keys, levels, parts);
  levels.erase(levels.begin());
  return levels;
}

std::string level_name(StudyLever const& lever, std::size_t level) {
  auto const& own = lever.levels[level];
  auto const differs = [&](auto member) {
    return std::any_of(lever.levels.begin(), lever.levels.end(), [&](auto const& other) { return other.*member != own.*member; });
  };
  std::string name;
  auto const add = [&](std::string const& part) { name += (name.empty() ? "" : ".") + part; };
  if (differs(&Intervention::status)) add(own.status);
  if (differs(&Intervention::from)) add(to_string(own.from));
  if (differs(&Intervention::to)) add("to." + (own.to == never ? std::string("never") : to_string(own.to)));
  return name;
}

}  // namespace sim
