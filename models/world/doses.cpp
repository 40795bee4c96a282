#include "models/world/doses.hpp"

#include <algorithm>
#include <bit>

#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

std::size_t as_index(int i) { return static_cast<std::size_t>(i); }
std::size_t as_index(Mechanism m) { return static_cast<std::size_t>(m); }

float day_of(sim::Time time, sim::Time start) {
  if (time == sim::end_of_time) return never_day;
  return static_cast<float>(sim::in_days(time - start));
}

float& from_of(FlagDays& flags, Flag flag) {
  switch (flag) {
    case Flag::liaison: return flags.liaison_from;
    case Flag::exercise: return flags.exercise_from;
    case Flag::membership: return flags.member_from;
    case Flag::announcement: break;
  }
  return flags.announced;
}

float& to_of(FlagDays& flags, Flag flag) {
  if (flag == Flag::liaison) return flags.liaison_to;
  return flag == Flag::exercise ? flags.exercise_to : flags.member_to;
}

// Position in the table of pairs.
std::size_t pair_table(Mechanism m) { return m == Mechanism::notification ? 0 : m == Mechanism::sharing ? 1 : 2; }

bool is_on(float from, float to, double day) { return from <= day && day < to; }

// The member leaves on the day; one that was to join later finds nothing to join. Only days from then on are ever looked up.
void leave(FlagDays& flags, float day) {
  for (float* const to : {&flags.liaison_to, &flags.exercise_to, &flags.member_to}) *to = std::min(*to, day);
  for (float* const from : {&flags.liaison_from, &flags.exercise_from, &flags.member_from})
    if (*from >= day) *from = never_day;
}

// Flags of the record as [organisation][nation]; the last interval wins where a status changed without a gap.
std::vector<std::vector<FlagDays>> recorded_flags(Atlas const& atlas, sim::Time start, double ramp_days) {
  std::vector<std::vector<FlagDays>> flags(atlas.organisations.size(), std::vector<FlagDays>(atlas.nations.size()));
  for (FlagRecord const& record : atlas.flags) {
    FlagDays& f = flags[as_index(record.organisation)][as_index(record.nation)];
    float const from = day_of(record.from, start), to = day_of(record.to, start);
    float& old_from = from_of(f, record.flag);
    // A change of status (CP to SN) continues the membership; a new interval after a gap replaces the old one.
    bool const continues = record.flag == Flag::membership && old_from != never_day && from <= f.member_to;
    if (record.flag == Flag::membership && !continues) f.kept = static_cast<float>(membership_ramp(f, static_cast<double>(from), ramp_days));
    if (!continues || from < old_from) old_from = from;
    if (record.flag != Flag::announcement) to_of(f, record.flag) = to;
  }
  return flags;
}

}  // namespace

double membership_ramp(FlagDays const& f, double day, double ramp_days) {
  double const from = static_cast<double>(f.member_from), to = static_cast<double>(f.member_to), kept = static_cast<double>(f.kept);
  if (from > day) return 0;
  double const ramp = kept - (1 - kept) * sim::math::expm1(-(std::min(day, to) - from) / ramp_days);
  return day > to ? ramp * sim::math::exp(-(day - to) / ramp_days) : ramp;
}

Relation* Relations::find(int nation, int organisation) {
  for (Relation& slot : slots)
    if (slot.nation == nation && slot.organisation == organisation) return &slot;
  return nullptr;
}

void Relations::set(int nation, int organisation, Flag flag, bool on, float day, double ramp_days) {
  Relation* slot = find(nation, organisation);
  if (slot == nullptr) {  // the record holds nothing of the two: an empty slot will do
    slot = find(-1, -1);
    SIM_CHECK(slot != nullptr);
    slot->nation = static_cast<std::int16_t>(nation), slot->organisation = static_cast<std::int16_t>(organisation);
  }
  if (on && flag == Flag::membership) slot->flags.kept = static_cast<float>(membership_ramp(slot->flags, static_cast<double>(day), ramp_days));
  (on ? from_of(slot->flags, flag) : to_of(slot->flags, flag)) = day;
  if (on && flag != Flag::announcement) to_of(slot->flags, flag) = never_day;
}

Doses::Doses(Atlas const& atlas, Parameters const& parameters, std::vector<Relation> const& controlled, sim::Time start, sim::Time end,
             Endings const& endings)
    : atlas_(&atlas), ramp_days_(parameters.membership_ramp_days) {
  std::size_t const organisations = atlas.organisations.size();
  weights_.assign(organisations * flag_count * mechanism_count, 0);
  for (std::size_t o = 0; o < organisations; ++o)
    for (sim::Time const from : atlas.organisations[o].weight_from) weight_from_.push_back(from > start ? day_of(from, start) : 0);
  for (std::size_t o = 0; o < organisations; ++o)
    for (std::size_t f = 0; f < flag_count; ++f)
      for (std::size_t m = 0; m < mechanism_count; ++m) {
        bool const centre = static_cast<int>(o) == atlas.centre;
        double const scale = m >= 8 ? 1 : centre ? parameters.centre_weight[m] : parameters.elsewhere_weight[m];
        weights_[(o * flag_count + f) * mechanism_count + m] = std::min(1.0, atlas.organisations[o].weight[f][m] * scale);
      }
  quarters_ = static_cast<int>(sim::in_days(end - start) / quarter_days) + 1;
  auto flags = recorded_flags(atlas, start, ramp_days_);
  double const reference_day = sim::in_days(sim::to_time({2020, 12, 31}) - start);
  readiness_reference_ = doses_in_indices(Mechanism::readiness, flags, reference_day);
  information_reference_ = doses_in_indices(Mechanism::information, flags, reference_day);
  find_partners_in_indices(flags, reference_day);
  // The slots of Relations hold a controlled relation whole, its announcement included.
  for (Relation const& r : controlled) flags[as_index(r.organisation)][as_index(r.nation)] = FlagDays{};
  tables_.push_back(tabulate(flags));
  tables_.emplace_back();
  if (endings.organisation >= 0) {
    auto after = flags;
    for (FlagDays& f : after[as_index(endings.organisation)]) leave(f, static_cast<float>(endings.day)), f.announced = never_day;
    tables_.back() = tabulate(after, endings.organisation);
  }
  for (Withdrawal const& withdrawal : endings.withdrawals) {
    auto after = flags;
    leave(after[as_index(withdrawal.organisation)][as_index(withdrawal.nation)], static_cast<float>(withdrawal.day));
    withdrawn_.push_back(what_differs(tabulate(after), withdrawal));
  }
}

bool Endings::is_out(int ending, int nation, int of_organisation) const {
  if (ending < 2) return ending == 1 && of_organisation == organisation;
  auto const& withdrawal = withdrawals[as_index(ending - 2)];
  return withdrawal.nation == nation && withdrawal.organisation == of_organisation;
}

// Doses as tabulated, by the record or after what has ended of it.
float Doses::tabulated(Mechanism m, int nation, int organisation, Relations const& relations, std::size_t quarter) const {
  std::size_t const nations = atlas_->nations.size(), quarters = as_index(quarters_);
  Withdrawn const* const left = withdrawn(relations);
  if (left != nullptr && left->nation == nation && left->organisation == organisation) return left->dose[as_index(m) * quarters + quarter];
  return tables(relations).organisation[((as_index(m) * atlas_->organisations.size() + as_index(organisation)) * quarters + quarter) * nations + as_index(nation)];
}

float Doses::tabulated(Mechanism m, int nation, Relations const& relations, std::size_t quarter) const {
  std::size_t const nations = atlas_->nations.size(), quarters = as_index(quarters_);
  if (Withdrawn const* const left = withdrawn(relations); left != nullptr) {
    if (m == Mechanism::attribution) return left->joint[quarter * nations + as_index(nation)];
    if (left->nation == nation) return left->own[as_index(m) * quarters + quarter];
  }
  return tables(relations).nation[(as_index(m) * quarters + quarter) * nations + as_index(nation)];
}

Doses::PairRow Doses::pair_row(Mechanism m, int nation, Relations const& relations, std::size_t quarter) const {
  std::size_t const nations = atlas_->nations.size(), kq = pair_table(m) * as_index(quarters_) + quarter;
  float const* const recorded = &tables(relations).pair[(kq * nations + as_index(nation)) * nations];
  Withdrawn const* const left = withdrawn(relations);
  if (left == nullptr) return {recorded};
  float const* const theirs = &left->pair[kq * nations];  // of the nation that has left, with all
  if (left->nation == nation) return {theirs};
  return {recorded, left->nation, theirs[as_index(nation)]};
}

// D_m of every nation by the record, which the capability indices of that day already contain.
std::vector<double> Doses::doses_in_indices(Mechanism m, std::vector<std::vector<FlagDays>> const& flags, double day) const {
  std::vector<double> doses;
  for (std::size_t n = 0; n < atlas_->nations.size(); ++n) {
    double rest = 1;
    for (std::size_t o = 0; o < flags.size(); ++o) rest *= 1 - relation(m, static_cast<int>(o), flags[o][n], day);
    doses.push_back(1 - rest);
  }
  return doses;
}

void Doses::find_partners_in_indices(std::vector<std::vector<FlagDays>> const& flags, double day) {
  std::size_t const nations = atlas_->nations.size();
  for (std::size_t a = 0; a < nations; ++a) {
    double sum = 0, closest = 0;
    for (std::size_t b = 0; b < nations; ++b) {
      double rest = 1;
      for (std::size_t o = 0; o < flags.size() && b != a; ++o)
        rest *= 1 - std::min(relation(Mechanism::sharing, static_cast<int>(o), flags[o][a], day), relation(Mechanism::sharing, static_cast<int>(o), flags[o][b], day));
      if (rest >= 1) continue;
      sum += 1 - rest;
      closest = std::max(closest, 1 - rest);
    }
    spill_reference_.push_back(std::min(1.0, sum / static_cast<double>(nations - 1)));
    closest_reference_.push_back(closest);
  }
}

bool Doses::matters(int organisation) const {
  auto const first = weights_.begin() + organisation * flag_count * mechanism_count;
  return std::any_of(first, first + flag_count * mechanism_count, [](double w) { return w > 0; });
}

double Doses::weight(Mechanism m, int organisation, Flag flag) const {
  return weights_[(as_index(organisation) * flag_count + static_cast<std::size_t>(flag)) * mechanism_count + as_index(m)];
}

double Doses::relation(Mechanism m, int organisation, FlagDays const& f, double day) const {
  if (day < static_cast<double>(weight_from_[as_index(organisation) * mechanism_count + as_index(m)])) return 0;
  double rest = 1;
  if (is_on(f.liaison_from, f.liaison_to, day)) rest *= 1 - weight(m, organisation, Flag::liaison);
  if (is_on(f.exercise_from, f.exercise_to, day)) rest *= 1 - weight(m, organisation, Flag::exercise);
  if (f.announced <= day && f.member_from > day) rest *= 1 - weight(m, organisation, Flag::announcement);
  if (f.member_from <= day) {
    double const w = weight(m, organisation, Flag::membership);
    if (w > 0) rest *= 1 - w * membership_ramp(f, day, ramp_days_);
  }
  return 1 - rest;
}

std::size_t Doses::quarter(double day) const {
  return as_index(std::clamp(static_cast<int>(day / quarter_days), 0, quarters_ - 1));
}

double Doses::at_organisation(Mechanism m, int nation, int organisation, Relations const& relations, double day) const {
  for (Relation const& slot : relations.slots)
    if (slot.nation == nation && slot.organisation == organisation) return relation(m, organisation, slot.flags, day);
  return static_cast<double>(tabulated(m, nation, organisation, relations, quarter(day)));
}

void Doses::all_at_organisation(Mechanism m, int organisation, Relations const& relations, double day, std::span<double> dose) const {
  std::size_t const nations = atlas_->nations.size();
  std::copy_n(&tables(relations).organisation[((as_index(m) * atlas_->organisations.size() + as_index(organisation)) * as_index(quarters_) + quarter(day)) * nations], nations, dose.begin());
  if (Withdrawn const* const left = withdrawn(relations); left != nullptr && left->organisation == organisation)
    dose[as_index(left->nation)] = static_cast<double>(tabulated(m, left->nation, organisation, relations, quarter(day)));
  for (Relation const& slot : relations.slots)
    if (slot.nation >= 0 && slot.organisation == organisation) dose[as_index(slot.nation)] = relation(m, organisation, slot.flags, day);
}

int Doses::pool_of(int nation, Relations const& relations, double day) const {
  Withdrawn const* const left = withdrawn(relations);
  int best = left != nullptr && left->nation == nation ? left->pool_of[quarter(day)] : tables(relations).pool_of[quarter(day) * atlas_->nations.size() + as_index(nation)];
  double largest = best < 0 ? 0 : at_organisation(Mechanism::pooling, nation, best, relations, day);
  for (Relation const& slot : relations.slots) {
    if (slot.nation != nation) continue;
    double const dose = relation(Mechanism::pooling, slot.organisation, slot.flags, day);
    if (dose > largest) best = slot.organisation, largest = dose;
  }
  return largest > 0 ? best : -1;
}

// Largest dose of another nation at the organisation.
double Doses::partners_largest(Mechanism m, int nation, int organisation, Relations const& relations, double day) const {
  double largest = 0;
  for (int n = 0; n < static_cast<int>(atlas_->nations.size()); ++n)
    if (n != nation) largest = std::max(largest, at_organisation(m, n, organisation, relations, day));
  return largest;
}

// D5 of naming: the table holds the uncontrolled record, to which the controlled relations of the nation and of its partners are added.
double Doses::joint(int nation, Relations const& relations, double day) const {
  constexpr Mechanism m = Mechanism::attribution;
  Relations uncontrolled;
  uncontrolled.ending = relations.ending;
  double rest = 1 - static_cast<double>(tabulated(m, nation, relations, quarter(day)));
  for (Relation const& slot : relations.slots) {
    if (slot.nation < 0) continue;
    int const o = slot.organisation;
    if (slot.nation == nation) {
      if (double const own = relation(m, o, slot.flags, day); own > 0) rest *= 1 - std::min(own, partners_largest(m, nation, o, relations, day));
      continue;
    }
    double const own = at_organisation(m, nation, o, uncontrolled, day), newcomer = relation(m, o, slot.flags, day);
    if (own <= 0 || newcomer <= 0) continue;
    // Where nobody else of the record has as much, the newcomer makes the nation's own dose count.
    double const before = std::min(own, partners_largest(m, nation, o, uncontrolled, day)), after = std::min(own, std::max(before, newcomer));
    rest *= (1 - after) / (1 - before);
  }
  return 1 - rest;
}

double Doses::nation(Mechanism m, int nation, Relations const& relations, double day) const {
  if (m == Mechanism::attribution) return joint(nation, relations, day);
  double rest = 1 - static_cast<double>(tabulated(m, nation, relations, quarter(day)));
  for (Relation const& slot : relations.slots)
    if (slot.nation == nation) rest *= 1 - relation(m, slot.organisation, slot.flags, day);
  return 1 - rest;
}

double Doses::pair(Mechanism m, int nation, int partner, Relations const& relations, double day) const {
  double rest = 1 - recorded_pair(m, nation, partner, relations, day);
  for (Relation const& slot : relations.slots)
    if (slot.nation >= 0 && (slot.nation == nation || slot.nation == partner)) rest *= 1 - controlled_pair(m, slot, nation, partner, relations, day);
  return 1 - rest;
}

void Doses::all_pairs(Mechanism m, int nation, Relations const& relations, double day, std::span<double> dose) const {
  std::size_t const nations = atlas_->nations.size();
  PairRow const row = pair_row(m, nation, relations, quarter(day));
  for (std::size_t n = 0; n < nations; ++n) dose[n] = 1 - (1 - static_cast<double>(row.doses[n]));  // as pair() rounds
  if (row.other >= 0) dose[as_index(row.other)] = 1 - (1 - static_cast<double>(row.with_other));
  bool const is_controlled = std::any_of(std::begin(relations.slots), std::end(relations.slots), [nation](Relation const& slot) { return slot.nation == nation; });
  for (int n = 0; is_controlled && n < static_cast<int>(nations); ++n) dose[as_index(n)] = pair(m, nation, n, relations, day);
  for (Relation const& slot : relations.slots)
    if (slot.nation >= 0) dose[as_index(slot.nation)] = pair(m, nation, slot.nation, relations, day);
  dose[as_index(nation)] = 0;
}

// What a controlled relation adds to the pair: the smaller dose at its organisation.
double Doses::controlled_pair(Mechanism m, Relation const& slot, int nation, int partner, Relations const& relations, double day) const {
  int const other = slot.nation == nation ? partner : nation;
  // Two controlled nations of one organisation meet in both slots: count the pair once.
  if (slot.nation == partner)
    for (Relation const& r : relations.slots)
      if (r.nation == nation && r.organisation == slot.organisation) return 0;
  double const theirs = at_organisation(m, other, slot.organisation, relations, day);
  return theirs <= 0 ? 0 : std::min(relation(m, slot.organisation, slot.flags, day), theirs);
}

double Doses::recorded_pair(Mechanism m, int nation, int partner, Relations const& relations, double day) const {
  return static_cast<double>(pair_row(m, nation, relations, quarter(day)).with(partner));
}

double Doses::known_by(Mechanism m, int nation, std::array<std::uint64_t, 2> known, Relations const& relations, double day) const {
  PairRow const row = pair_row(m, nation, relations, quarter(day));
  known[nation < 64 ? 0 : 1] &= ~(1ULL << (nation % 64));
  double unknown = 1;
  auto const for_each_known = [&known](auto visit) {
    for (std::size_t word = 0; word < 2; ++word)
      for (std::uint64_t bits = known[word]; bits != 0; bits &= bits - 1) visit(static_cast<int>(word * 64) + std::countr_zero(bits));
  };
  for_each_known([&](int partner) { unknown *= 1 - static_cast<double>(row.with(partner)); });
  for (Relation const& slot : relations.slots) {
    if (slot.nation < 0) continue;
    if (slot.nation == nation) {
      for_each_known([&](int partner) { unknown *= 1 - controlled_pair(m, slot, nation, partner, relations, day); });
    } else if ((known[slot.nation < 64 ? 0 : 1] >> (slot.nation % 64) & 1) != 0) {
      unknown *= 1 - controlled_pair(m, slot, nation, slot.nation, relations, day);
    }
  }
  return 1 - unknown;
}

void Doses::all_nations(Mechanism m, Relations const& relations, double day, std::span<double> dose) const {
  std::size_t const nations = atlas_->nations.size();
  float const* const row = &tables(relations).nation[(as_index(m) * as_index(quarters_) + quarter(day)) * nations];
  std::copy_n(row, nations, dose.begin());
  if (Withdrawn const* const left = withdrawn(relations); left != nullptr) {
    if (m == Mechanism::attribution) std::copy_n(&left->joint[quarter(day) * nations], nations, dose.begin());
    else dose[as_index(left->nation)] = static_cast<double>(tabulated(m, left->nation, relations, quarter(day)));
  }
  for (Relation const& slot : relations.slots)
    if (slot.nation >= 0) dose[as_index(slot.nation)] = nation(m, slot.nation, relations, day);
}

}  // namespace world
