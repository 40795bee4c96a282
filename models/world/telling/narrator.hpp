// Puts what happens in a world into words: each kind of event and row, the incident it belongs to, and a sentence.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/world/data/atlas.hpp"
#include "sim/kernel/agent_type.hpp"
#include "sim/kernel/world.hpp"

namespace world {

/// What a kind of event is for whoever compares histories.
enum class TellingRole : std::uint8_t {
  ordinary,
  calendar,  // an agent's own calendar: sends the next of its kind to itself
  news,      // an intervention of the study, or the news of one
};

/// A kind of event or row of one agent type.
struct TellingKind {
  void const* tag = nullptr;  // of the agent type
  std::string agent, name;    // e.g. "nation", "Discovered"; a row's name is followed by " row"
  bool is_row = false;
  std::uint16_t kind = 0;     // position in the agent's Events or Rows
  TellingRole role = TellingRole::ordinary;
  std::function<std::uint64_t(std::byte const*)> incident;  // of what it says; empty where it says none
  std::function<std::string(std::byte const*)> words;       // empty where nothing but the meaning of its kind can be said
  std::string meaning;        // of the kind, as in `describe`
};

/// Observes only: what is told changes nothing. Not to be used by two threads while kinds are added.
class Narrator {
 public:
  /// Knows all agents of the world; `start` is day 0 of times that agents keep.
  Narrator(Atlas atlas, sim::Time start);
  Narrator(Narrator const&) = delete;
  Narrator& operator=(Narrator const&) = delete;

  Atlas const& atlas() const { return atlas_; }
  std::vector<TellingKind> const& kinds() const { return kinds_; }
  /// Position of a kind in kinds(); throws Error for an agent type that the world does not have.
  std::uint16_t of_event(sim::AgentType const& type, std::uint16_t kind) const { return find(type.tag, false, kind); }
  std::uint16_t of_row(sim::AgentType const& type, std::uint16_t kind) const { return find(type.tag, true, kind); }
  template <class A, class P>
  std::uint16_t event() const { return find(&sim::agent_detail::tag<A>, false, sim::event_kind<A, P>()); }
  template <class A, class R>
  std::uint16_t row() const { return find(&sim::agent_detail::tag<A>, true, sim::row_kind<A, R>()); }

  /// Incident that the bytes name, 0 if they name none.
  std::uint64_t incident(std::uint16_t kind, std::byte const* bytes) const { return kinds_[kind].incident ? kinds_[kind].incident(bytes) : 0; }
  /// One sentence without a date.
  std::string words(std::uint16_t kind, std::byte const* bytes) const;
  /// Of a campaign that has just looked for a tool for a known flaw: the day of the flaw's patch, counted from the start; of others
  /// nothing. Reads the state of the agent right after it has handled `event`, so a sequential executor must run the world.
  std::optional<double> patch_day(sim::World const& world, sim::EventHeader const& event) const;
  /// The day of a moment, and back.
  double day(sim::Time at) const { return sim::in_days(at - start_); }
  sim::Time at(double day) const { return start_ + sim::from_days(day); }
  /// Weight of each sector's service in the nation's: its value added (equations 14.4).
  std::vector<double> service_weights() const;

  /// Gives a kind its words; for the files that tell.
  template <class A, class P, class F>
  void tell_event(F words) {
    tell<P>(event<A, P>(), words);
  }
  template <class A, class R, class F>
  void tell_row(F words) {
    tell<R>(row<A, R>(), words);
  }

 private:
  std::uint16_t find(void const* tag, bool is_row, std::uint16_t kind) const;
  template <class P, class F>
  void tell(std::uint16_t kind, F words) {
    kinds_[kind].words = [words](std::byte const* bytes) {
      P said;
      std::memcpy(static_cast<void*>(&said), bytes, sim::payload_size<P>);
      return words(said);
    };
  }

  Atlas atlas_;
  sim::Time start_;
  std::vector<TellingKind> kinds_;
};

/// The words of actors, of nations and organisations, and of infrastructure.
void tell_actors(Narrator& narrator);
void tell_nations(Narrator& narrator);
void tell_infrastructure(Narrator& narrator);

}  // namespace world
