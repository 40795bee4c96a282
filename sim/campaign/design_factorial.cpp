#include <limits>

#include "sim/campaign/design_types.hpp"

namespace sim {
namespace {

constexpr std::size_t factorial_levers_max = 12;

std::string product_text(std::vector<StudyLever> const& levers) {
  std::vector<std::string> factors;
  for (auto const& lever : levers) factors.push_back("1 + " + std::to_string(lever.levels.size()));
  std::string text;
  for (std::size_t i = 0; i < factors.size() && i < 6; ++i) text += (i ? " x (" : "(") + factors[i] + ")";
  return text + (factors.size() > 6 ? " x ..." : "");
}

/// Reports a product of levels beyond what is expanded; nothing has been yet.
bool check_product(DesignReader const& reader, std::vector<StudyLever> const& levers) {
  std::uint64_t const count = combinations(levers);
  bool const sifted = reader.design.has("where") ||
                      std::any_of(levers.begin(), levers.end(), [](auto const& lever) { return !lever.within.empty(); });
  std::size_t const most = sifted ? candidates_max : treatments_max;
  if (count <= most) return true;
  bool const plain = std::all_of(levers.begin(), levers.end(), [](auto const& lever) { return lever.levels.size() == 1; });
  auto const size = count == std::numeric_limits<std::uint64_t>::max() ? std::string("more than 10^19") : std::to_string(count);
  if (plain && !sifted)
    reader.parts.issues.add(reader.where, std::to_string(levers.size()) + " levers are too many for a full factorial",
                            "at most " + std::to_string(factorial_levers_max) + " are combined", "list [[treatments]] instead");
  else
    reader.parts.issues.add(reader.where, "the design has " + size + " combinations of levels",
                            product_text(levers) + "; at most " + std::to_string(most) + " are combined" + (sifted ? " before \"where\" and \"within\" drop some" : ""),
                            "name fewer levers or levels, or take another type of design");
  return false;
}

/// Goes to the next combination, the first lever fastest; false after the last one.
bool next(std::vector<int>& levels, std::vector<std::size_t> const& counts) {
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (static_cast<std::size_t>(++levels[i]) <= counts[i]) return true;
    levels[i] = 0;
  }
  return false;
}

/// The levers that move together, by index; reports unknown ones and unequal numbers of levels.
std::vector<std::size_t> read_together(DesignReader const& reader) {
  auto const& levers = reader.parts.study.levers;
  std::vector<std::size_t> together;
  auto const given = reader.design.texts("levers", optional_key("levers = [\"membership\", \"attribution\"]"));
  for (std::size_t i = 0; i < levers.size(); ++i) {
    auto const named = [&](auto const& name) { return name.value == levers[i].name; };
    if (!given || std::any_of(given->begin(), given->end(), named)) together.push_back(i);
  }
  if (given && given->empty())
    reader.parts.issues.add(reader.design.where("levers"), "no levers are paired", "\"levers\" names those that move together", "name two or more, or remove it to pair all");
  for (auto const& name : given.value_or(std::vector<Located<std::string>>{}))
    if (!find_named(levers, name.value))
      reader.parts.issues.add(name.where, "unknown lever " + shown(name.value), "known: " + listed(names_of(levers)),
                              did_you_mean(name.value, names_of(levers), "add it as [[levers]]"));
  for (std::size_t const i : together) {
    auto const &first = levers[together.front()], &own = levers[i];
    if (own.levels.size() == first.levels.size()) continue;
    reader.parts.issues.add(reader.design.has("levers") ? reader.design.where("levers") : reader.where,
                            "levers " + shown(first.name) + " and " + shown(own.name) + " cannot be paired",
                            "they have " + std::to_string(first.levels.size()) + " and " + std::to_string(own.levels.size()) + " levels",
                            "give them equally many, or name the levers to pair in \"levers\"");
    return {};
  }
  return together;
}

}  // namespace

std::vector<DesignType> const& design_types() {
  static std::vector<DesignType> const types{{"full_factorial", "a full factorial", read_full_factorial},
                                             {"explicit", "an explicit design", read_explicit},
                                             {"fractional_factorial", "a fractional factorial", read_fraction},
                                             {"one_at_a_time", "a one-at-a-time design", read_one_at_a_time},
                                             {"leave_one_out", "a leave-one-out design", read_leave_one_out},
                                             {"paired", "a paired design", read_paired},
                                             {"points", "a design of points", read_points},
                                             {"file", "a design from a file", read_point_file}};
  return types;
}

bool check_lever_count(DesignReader const& reader) {
  std::size_t const count = reader.parts.study.levers.size();
  if (count == 0)
    reader.parts.issues.add(reader.where, "there are no levers",
                            (reader.parts.study.design.type == "full_factorial" ? "a full factorial" : "such a design") + std::string(" combines levers"), "add [[levers]]");
  else if (count > combined_levers_max && reader.parts.study.design.type != "full_factorial")
    reader.parts.issues.add(reader.where, std::to_string(count) + " levers are too many",
                            "at most " + std::to_string(combined_levers_max) + " are combined", "split the study");
  return count > 0 && (count <= combined_levers_max || reader.parts.study.design.type == "full_factorial");
}

void read_full_factorial(DesignReader const& reader) {
  auto const& levers = reader.parts.study.levers;
  if (!check_lever_count(reader) || !check_product(reader, levers)) return;
  std::vector<std::size_t> counts;
  for (auto const& lever : levers) counts.push_back(lever.levels.size());
  std::vector<int> levels(levers.size(), 0);
  do reader.builder.add({levels, "", "", reader.where});
  while (reader.builder.has_room() && next(levels, counts));
}

void read_one_at_a_time(DesignReader const& reader) {
  auto const& levers = reader.parts.study.levers;
  if (!check_lever_count(reader)) return;
  reader.builder.add({std::vector<int>(levers.size(), 0), "", "", reader.where});
  for (std::size_t i = 0; i < levers.size(); ++i)
    for (std::size_t level = 1; level <= levers[i].levels.size() && reader.builder.has_room(); ++level) {
      std::vector<int> levels(levers.size(), 0);
      levels[i] = static_cast<int>(level);
      auto const* outer = find_named(levers, levers[i].within);
      for (std::size_t steps = 0; outer && steps < levers.size(); ++steps, outer = find_named(levers, outer->within)) {
        int& around = levels[static_cast<std::size_t>(outer - levers.data())];
        if (around == 0) around = 1;  // else a circle, reported already, has come back to the lever
      }
      reader.builder.add({levels, "", "", reader.where});
    }
}

void read_leave_one_out(DesignReader const& reader) {
  auto const& levers = reader.parts.study.levers;
  if (!check_lever_count(reader)) return;
  for (std::size_t i = 0; i < levers.size(); ++i) {
    if (levers[i].levels.size() == 1) continue;
    reader.parts.issues.add(reader.parts.lever_places[i], "lever " + shown(levers[i].name) + " has " + std::to_string(levers[i].levels.size()) + " levels",
                            "a leave-one-out design holds every lever or leaves it out", "give it one date and status");
    return;
  }
  std::vector<int> const all(levers.size(), 1), none(levers.size(), 0);
  reader.builder.add({all, "all", "all levers", reader.where});
  reader.builder.add({none, "none", "no lever", reader.where});
  for (std::size_t i = 0; i < levers.size() && levers.size() > 1; ++i) {
    auto levels = all;
    levels[i] = 0;
    for (bool more = true; more;) {  // levers within one that is left out are left out with it
      more = false;
      for (std::size_t j = 0; j < levers.size(); ++j) {
        auto const* const outer = levels[j] == 0 ? nullptr : find_named(levers, levers[j].within);
        if (outer && levels[static_cast<std::size_t>(outer - levers.data())] == 0) levels[j] = 0, more = true;
      }
    }
    if (levels != none) reader.builder.add({levels, "without." + levers[i].name, "without " + levers[i].name, reader.where});
  }
}

void read_paired(DesignReader const& reader) {
  auto& study = reader.parts.study;
  auto const together = read_together(reader);
  if (!check_lever_count(reader) || together.empty()) return;
  auto const paired = [&](std::size_t i) { return std::find(together.begin(), together.end(), i) != together.end(); };
  for (std::size_t const i : together) study.design.together.push_back(study.levers[i].name);
  // The paired levers count as one, and come first.
  std::vector<StudyLever> crossed{study.levers[together.front()]};
  std::vector<std::size_t> others, counts{crossed.front().levels.size()};
  for (std::size_t i = 0; i < study.levers.size(); ++i)
    if (!paired(i)) crossed.push_back(study.levers[i]), others.push_back(i), counts.push_back(study.levers[i].levels.size());
  if (!check_product(reader, crossed)) return;
  std::vector<int> at(crossed.size(), 0);
  do {
    std::vector<int> levels(study.levers.size(), 0);
    for (std::size_t const i : together) levels[i] = at.front();
    for (std::size_t k = 0; k < others.size(); ++k) levels[others[k]] = at[k + 1];
    reader.builder.add({levels, "", "", reader.where});
  } while (reader.builder.has_room() && next(at, counts));
}

}  // namespace sim
