#include "models/world/actor/crises.hpp"

#include <algorithm>
#include <string>

#include "sim/base/math.hpp"
#include "sim/rng/stream_id.hpp"

namespace world {
namespace {

namespace math = sim::math;
constexpr double step_days = 15;        // steps of the decay, small against its half-life
constexpr double highest_level = 3;      // assumed: twenty times as many campaigns at most
constexpr double least_jump = 1.5 / 64;  // six half-lives after the largest jump: over
constexpr double ln2 = 0.69314718055994531;

}  // namespace

Crises::Crises(Atlas const& atlas, double half_life_days, sim::Time start, sim::ReplicationStream stream)
    : dyad_of_(atlas.actors.size() * atlas.nations.size(), -1), nations_(atlas.nations.size()), half_life_days_(half_life_days) {
  stream.replication = 0xfffffffe;  // one draw for a future
  for (CrisisRecord const& crisis : atlas.crises) {
    // Of its own, so that a crisis more moves no other's.
    std::string const who = atlas.actors[static_cast<std::size_t>(crisis.actor)].code + "/" + atlas.nations[static_cast<std::size_t>(crisis.target)].iso3;
    std::uint64_t const key = sim::stream_id(who + "/" + sim::to_string(sim::to_date(crisis.day)));
    double const drawn = sim::RngStream(stream, sim::stream_id("setting/crises"), 0, key).uniform(0.5, 1.5);
    double const jump = crisis.jump > 0 ? crisis.jump : drawn;
    int& dyad = dyad_of_[static_cast<std::size_t>(crisis.actor) * nations_ + static_cast<std::size_t>(crisis.target)];
    if (dyad < 0) {
      dyad = static_cast<int>(dyads_.size());
      dyads_.push_back({crisis.actor, crisis.target, {}, {}, {}, 1});
    }
    double const day = sim::in_days(crisis.day - start);
    dyads_[static_cast<std::size_t>(dyad)].days.push_back(day);
    dyads_[static_cast<std::size_t>(dyad)].jumps.push_back(jump);
    dyads_[static_cast<std::size_t>(dyad)].of_record.push_back(crisis.of_record);
    outbreaks_.push_back({day, crisis.actor, crisis.target, crisis.of_record});
  }
  // The record's level is the mean of 2007 to 2016, crises included.
  double const from = sim::in_days(sim::to_time({2007, 1, 1}) - start), to = sim::in_days(sim::to_time({2017, 1, 1}) - start);
  for (Dyad& dyad : dyads_) {
    double sum = 0;
    int steps = 0;
    for (double day = from; day < to; day += step_days / 3, ++steps) sum += math::exp(level(dyad, day, true));
    dyad.normal = sum / steps;
  }
}

double Crises::level(Dyad const& dyad, double day, bool record_alone) const {
  double level = 0;
  for (std::size_t i = 0; i < dyad.days.size(); ++i)
    if (dyad.days[i] <= day && (dyad.of_record[i] || !record_alone)) level += dyad.jumps[i] * math::exp(-ln2 * (day - dyad.days[i]) / half_life_days_);
  return std::min(level, highest_level);
}

double Crises::peak(int actor, int target) const {
  double largest = 1;
  for (Outbreak const& outbreak : outbreaks_)
    if (outbreak.actor == actor && outbreak.target == target) largest = std::max(largest, step(actor, target, outbreak.day).factor);
  return largest;
}

Crises::Step Crises::step(int actor, int target, double day) const {
  if (dyad_of_.empty()) return {};
  int const index = dyad_of_[static_cast<std::size_t>(actor) * nations_ + static_cast<std::size_t>(target)];
  if (index < 0) return {};
  Dyad const& dyad = dyads_[static_cast<std::size_t>(index)];
  Step step{1 / dyad.normal, 1e18};
  for (double const begins : dyad.days)
    if (begins > day) step.end = std::min(step.end, begins);
  if (level(dyad, day) < least_jump) return step;
  step.end = std::min(step.end, day + step_days);
  step.factor = math::exp(level(dyad, (day + step.end) / 2)) / dyad.normal;
  return step;
}

}  // namespace world
