#include "models/exercise/white.hpp"

#include <algorithm>

#include "models/exercise/desk.hpp"
#include "models/exercise/services.hpp"

namespace exercise {

namespace {

double per_day(Rules const& rules, std::uint32_t question) {
  return std::array{rules.legal_per_day, rules.media_per_day, rules.strategic_per_day, rules.reports_per_day}[question];
}

double deadline_hours(Rules const& rules, std::uint32_t question) {
  return std::array{rules.legal_deadline_hours, rules.media_deadline_hours, rules.strategic_deadline_hours,
                    rules.report_deadline_hours}[question];
}

sim::LpRef<Desk> desk_of(Camp const& camp, Task const& task, Question question) {
  switch (question) {
    case Question::legal:
      return camp.legal;
    case Question::media:
      return camp.media;
    case Question::strategic:
      return task.is_advice != 0 ? camp.legal : camp.strategic;
    default:
      return camp.reporting;
  }
}

}  // namespace

void White::plan(State& state, sim::Context<White>& context, std::uint32_t question) const {
  double const rate = per_day(*rules, question);
  if (rate == 0) return;
  std::uint64_t const key = std::uint64_t{question} << 32 | state.drawn[question]++;
  context.schedule(hours(context.rng(Draw::gap, key).exponential(24 / rate)), Inject{question});
}

void White::init(State& state, sim::Context<White>& context) const {
  for (std::uint32_t question = 0; question < question_count; ++question) plan(state, context, question);
}

void White::on(Inject const& inject, State& state, sim::Context<White>& context) const {
  auto const question = static_cast<Question>(inject.question);
  sim::Time const due = context.now() + delay + hours(deadline_hours(*rules, inject.question));
  if (due >= end) return;  // nor is anything later
  auto const kinds = static_cast<std::uint32_t>(question_count);
  std::uint32_t const number = kinds * state.asked[inject.question]++ + inject.question;
  Task task{due, 0, number, 0};
  if (question == Question::media) {
    task.hit = std::min(0.99, context.rng(Draw::hit, number).exponential(rules->media_hit));
  } else if (question == Question::strategic) {
    task.is_advice = context.rng(Draw::advice, number).bernoulli(rules->advice_share);
  }
  for (Camp const* const camp : camps) context.send(desk_of(*camp, task, question), delay, task);
  plan(state, context, inject.question);
}

void Green::plan_use(sim::Context<Green>& context) const {
  if (rules->visits_per_day == 0) return;
  context.schedule(hours(context.rng(Draw::gap).exponential(24 / rules->visits_per_day)), Use{});
}

void Green::init(State&, sim::Context<Green>& context) const {
  context.schedule(hours(rules->check_minutes / 60), Look{});
  plan_use(context);
}

void Green::on(Look const&, State&, sim::Context<Green>& context) const {
  for (auto const team : services) context.send(team, delay, Check{});
  context.schedule(hours(rules->check_minutes / 60), Look{});
}

void Green::on(Use const&, State&, sim::Context<Green>& context) const {
  sim::RngStream marks = context.rng(Draw::visit);
  Visit const visit{marks.uniform(), marks.uniform()};
  for (auto const team : services) context.send(team, delay, visit);
  plan_use(context);
}

}  // namespace exercise
