#include "models/world/telling/narrator.hpp"

#include <cstring>
#include <type_traits>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/hacktivists.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/infrastructure/asset.hpp"
#include "models/world/infrastructure/economy.hpp"
#include "models/world/infrastructure/repair_crews.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "models/world/nation/budget.hpp"
#include "models/world/nation/information_environment.hpp"
#include "models/world/nation/nation.hpp"
#include "models/world/nation/response_team.hpp"
#include "models/world/organisation/organisation.hpp"
#include "models/world/state_variables.hpp"

namespace world {
namespace {

template <class P, class... Any>
constexpr bool is_one_of = (std::is_same_v<P, Any> || ...);

template <class P>
constexpr TellingRole role_of() {
  if (is_one_of<P, Nation::Lever, Nation::LeverMoved, RelationChange, Organisation::Dissolved, ThreatActor::Doctrine>) return TellingRole::news;
  if (is_one_of<P, ThreatActor::Candidate, ThreatActor::Bulletin, Arsenal::Acquisition, Organisation::ExerciseDay, Hacktivists::Rising, Asset::Step>)
    return TellingRole::calendar;
  return TellingRole::ordinary;
}

template <class P>
P read(std::byte const* bytes) {
  P said;
  std::memcpy(static_cast<void*>(&said), bytes, sim::payload_size<P>);
  return said;
}

template <class P>
std::function<std::uint64_t(std::byte const*)> incident_reader() {
  if constexpr (requires(P p) { p.incident; }) return [](std::byte const* bytes) { return std::uint64_t{read<P>(bytes).incident}; };
  else if constexpr (requires(P p) { p.operation.incident; }) return [](std::byte const* bytes) { return read<P>(bytes).operation.incident; };
  else return {};
}

template <class A, class P>
TellingKind kind_of_payload(bool is_row, std::uint16_t kind, std::string name) {
  return {&sim::agent_detail::tag<A>, std::string(A::name), std::move(name), is_row, kind, role_of<P>(), incident_reader<P>(), {}, {}};
}

template <class A, class... E>
void add_events(std::vector<TellingKind>& kinds, std::type_identity<sim::EventList<E...>>) {
  (kinds.push_back(kind_of_payload<A, E>(false, sim::event_kind<A, E>(), std::string(sim::type_name<E>()))), ...);
}

template <class A, class... R>
void add_rows(std::vector<TellingKind>& kinds, std::type_identity<sim::RowList<R...>>) {
  (kinds.push_back(kind_of_payload<A, R>(true, sim::row_kind<A, R>(), std::string(sim::type_name<R>()) + " row")), ...);
}

template <class... A>
void add_agents(std::vector<TellingKind>& kinds) {
  ((add_events<A>(kinds, std::type_identity<typename A::Events>{}), add_rows<A>(kinds, std::type_identity<typename A::Rows>{})), ...);
}

}  // namespace

Narrator::Narrator(Atlas atlas, sim::Time start) : atlas_(std::move(atlas)), start_(start) {
  add_agents<Nation, ResponseTeam, Budget, Economy, InformationEnvironment, Organisation, ThreatActor, Arsenal, IntrusionSet, Sector, Asset, RepairCrews,
             Hacktivists>(kinds_);
  for (sim::AgentEvents const& agent : event_meanings())
    for (auto const& [name, meaning] : agent.meanings)
      for (TellingKind& kind : kinds_)
        if (!kind.is_row && kind.agent == agent.agent && kind.name == name) kind.meaning = meaning;
  tell_actors(*this);
  tell_nations(*this);
  tell_infrastructure(*this);
}

std::uint16_t Narrator::find(void const* tag, bool is_row, std::uint16_t kind) const {
  for (std::size_t i = 0; i < kinds_.size(); ++i)
    if (kinds_[i].tag == tag && kinds_[i].is_row == is_row && kinds_[i].kind == kind) return static_cast<std::uint16_t>(i);
  SIM_CHECK(!"a world has no such agents");
  return 0;
}

std::string Narrator::words(std::uint16_t kind, std::byte const* bytes) const {
  TellingKind const& k = kinds_[kind];
  if (k.words) return k.words(bytes);
  return k.meaning.empty() ? k.name : k.meaning;
}

std::optional<double> Narrator::patch_day(sim::World const& world, sim::EventHeader const& event) const {
  sim::AgentType const& type = world.type(event.to);
  if (type.tag != &sim::agent_detail::tag<Arsenal> || event.kind != sim::event_kind<Arsenal, Arsenal::Request>()) return {};
  return static_cast<double>(world.state(sim::LpRef<Arsenal>{event.to}).known_patch_day);
}

std::vector<double> Narrator::service_weights() const {
  std::size_t const n = atlas_.sectors.size();
  std::vector<double> weights;
  double sum = 0;
  for (std::size_t k = 0; k < n; ++k) {
    double bought = 0;
    for (std::size_t l = 0; l < n; ++l) bought += atlas_.coefficients[l * n + k];
    weights.push_back(atlas_.sectors[k].output * (1 - bought));
    sum += weights.back();
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

}  // namespace world
