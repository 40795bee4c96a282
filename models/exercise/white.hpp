// The white cell, which puts the same questions to every team, and the green team, which looks at every team's services.
#pragma once

#include <array>
#include <vector>

#include "models/exercise/camp.hpp"
#include "sim/kernel/context.hpp"

namespace exercise {

/// What the white cell asks for.
enum class Question : std::uint32_t { legal, media, strategic, report, count_ };
inline constexpr std::size_t question_count = static_cast<std::size_t>(Question::count_);

/// Asks at random times, the same for all teams, as long as the deadline lies within the exercise.
struct White {
  static constexpr std::string_view name = "white";
  struct Inject {
    std::uint32_t question;
  };
  using Events = sim::EventList<Inject>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { gap, advice, hit, count_ };
  struct State {
    std::array<std::uint32_t, question_count> asked{};  // of each team
    std::array<std::uint32_t, question_count> drawn{};  // gaps
  };

  Rules const* rules = nullptr;
  sim::Time end{};
  std::vector<Camp const*> camps;

  void init(State&, sim::Context<White>&) const;
  void on(Inject const&, State&, sim::Context<White>&) const;

 private:
  void plan(State&, sim::Context<White>&, std::uint32_t question) const;
};

/// Looks at all services at fixed times and lets users visit them at random ones, the same for all teams.
struct Green {
  static constexpr std::string_view name = "green";
  struct Look {};
  struct Use {};
  using Events = sim::EventList<Look, Use>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { gap, visit, count_ };
  struct State {};

  Rules const* rules = nullptr;
  std::vector<sim::LpRef<Services>> services;

  void init(State&, sim::Context<Green>&) const;
  void on(Look const&, State&, sim::Context<Green>&) const;
  void on(Use const&, State&, sim::Context<Green>&) const;

 private:
  void plan_use(sim::Context<Green>&) const;
};

}  // namespace exercise
