#include "models/theory/baliga.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/rows.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr std::uint32_t thoughts = 400;

decision::Deterrence rule_of(Values const& values) {
  return {values.whole("attackers"), values.number("opportunity"), values.number("false_alarm"),
          values.number("right"),    values.number("wrong"),       static_cast<decision::Gains>(values.whole("gains"))};
}

void check(Values const& values) {
  auto const rule = rule_of(values);
  if (rule.right + rule.wrong > 1 + 1e-12) {
    throw sim::Error(
        "chances of a right and of a wrong signal that add to more than 1 (each attack gives at most one signal) lower "
        "--right or --wrong");
  }
  if (rule.attackers * rule.false_alarm > 1 + 1e-12) {
    throw sim::Error(
        "chances of a false alarm that add to more than 1 over all attackers (a quiet round gives at most one signal) "
        "lower "
        "--false-alarm or --attackers");
  }
  if (rule.attackers == 1 && rule.wrong > 0) {
    throw sim::Error("a wrong signal with a single attacker (there is nobody else to point at) give --wrong 0");
  }
  if (rule.right <= rule.false_alarm) {
    throw sim::Error(
        "signals that do not point at the guilty (the theory needs right > false alarm, else an attack lowers "
        "suspicion) raise "
        "--right or lower --false-alarm");
  }
}

Quantities closed_form(Values const& values) {
  auto const rule = rule_of(values);
  double const cutoff = rule.best_cutoff();
  return {{"cutoff", cutoff},
          {"attack_rate", rule.opportunity * rule.share_above(cutoff)},
          {"belief", rule.beliefs(cutoff).at_him},
          {"added_retaliation", rule.added_retaliation(cutoff)}};
}

/// The cut-off is what an attack adds to the chance of retaliation: measured by that chance after an attack.
Quantities scales(Values const& values) {
  auto const rule = rule_of(values);
  auto const beliefs = rule.beliefs(rule.best_cutoff());
  double const after_attack = rule.right * beliefs.at_him + rule.wrong * beliefs.at_other;
  return {{"cutoff", after_attack}, {"added_retaliation", after_attack}};
}

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  auto const rule = rule_of(values);
  double const attack_rate = rule.opportunity * rule.share_above(rule.best_cutoff());
  auto const rounds = static_cast<std::uint64_t>(std::clamp(6000 / std::max(attack_rate, 1e-3), 6000.0, 2e5));
  sim::World world({.stream = stream});
  auto const defender = world.add(Defender{rule, thoughts}, "only");
  std::vector<sim::LpRef<Attacker>> attackers;
  for (std::uint32_t i = 0; i < rule.attackers; ++i)
    attackers.push_back(world.add(Attacker{rule, thoughts, i, defender}, std::to_string(i)));
  world.add(Chance{rule, rounds, static_cast<std::uint32_t>(attackers.front().id), defender}, "only");
  Rows rows;
  rows.run(executor, world);
  double refrained = 0, attacked = 1e300;
  for (auto const ref : attackers) {
    refrained = std::max(refrained, world.state(ref).refrained);
    attacked = std::min(attacked, world.state(ref).attacked);
  }
  Defender::State const& seen = world.state(defender);
  auto const ratio = [](double part, double of) { return of > 0 ? part / of : 0; };
  double const quiet = static_cast<double>((seen.rounds - seen.attacks) * rule.attackers);
  return {{"cutoff", refrained > 0 ? (refrained + attacked) / 2 : 0},
          share("attack_rate", static_cast<double>(seen.attacks), static_cast<double>(rounds)),
          share("belief", static_cast<double>(seen.right_signals), static_cast<double>(seen.signals)),
          {"added_retaliation",
           ratio(seen.retaliations, static_cast<double>(seen.attacks)) - ratio(seen.false_retaliations, quiet)}};
}

/// The cut-off after as many damped best replies: half the old one, half the retaliation that an attack would add.
double thought_through(decision::Deterrence const& rule, double cutoff, std::uint32_t thoughts_left) {
  for (; thoughts_left > 0; --thoughts_left) cutoff = std::max(0.0, (cutoff + rule.added_retaliation(cutoff)) / 2);
  return cutoff;
}

}  // namespace

void Defender::init(State& state, sim::Context<Defender>&) const {
  state.cutoff = thought_through(rule, state.cutoff, thoughts);
}

std::uint32_t Defender::signal_of(std::uint32_t attacker, sim::Context<Defender>& context) const {
  double const u = context.rng(Draw::signal).uniform();
  auto other = context.rng(Draw::other);
  if (attacker == nobody) return u < rule.attackers * rule.false_alarm ? other.below(rule.attackers) : nobody;
  if (u < rule.right) return attacker;
  if (u >= rule.right + rule.wrong || rule.attackers == 1) return nobody;
  std::uint32_t const skipped = other.below(rule.attackers - 1);
  return skipped < attacker ? skipped : skipped + 1;
}

void Defender::on(RoundEnd const& round, State& state, sim::Context<Defender>& context) const {
  ++state.rounds;
  bool const attacked = round.attacker != nobody;
  state.attacks += attacked;
  std::uint32_t const signal = signal_of(round.attacker, context);
  if (signal == nobody) return;
  ++state.signals;
  state.right_signals += signal == round.attacker;
  auto const beliefs = rule.beliefs(state.cutoff);
  double const first = context.rng(Draw::liking).uniform();  // likings are (first + 0, 1, 2, ...) / likings
  auto const who_retaliate = [first](double belief) { return std::floor(likings * belief + first) / likings; };
  double const against_him = who_retaliate(beliefs.at_him), against_others = who_retaliate(beliefs.at_other);
  if (attacked) {
    state.retaliations += signal == round.attacker ? against_him : against_others;
  } else {
    state.false_retaliations += against_him + against_others * (rule.attackers - 1);
  }
}

void Attacker::init(State& state, sim::Context<Attacker>&) const {
  state.cutoff = thought_through(rule, state.cutoff, thoughts);
}

void Attacker::on(Opportunity const&, State& state, sim::Context<Attacker>& context) const {
  double const gain = rule.gain_at(context.rng(Draw::gain).uniform());
  bool const attacks = gain > state.cutoff;
  if (attacks)
    state.attacked = std::min(state.attacked, gain);
  else
    state.refrained = std::max(state.refrained, gain);
  context.send(defender, sim::tick, Defender::RoundEnd{attacks ? index : Defender::nobody});
}

void Chance::init(State&, sim::Context<Chance>& context) const { context.schedule(span(1), Round{}); }

void Chance::on(Round const&, State& state, sim::Context<Chance>& context) const {
  bool const occurs = context.rng(Draw::opportunity).bernoulli(rule.opportunity);
  std::uint32_t const who = context.rng(Draw::who).below(rule.attackers);
  if (occurs)
    context.send(sim::LpRef<Attacker>{sim::LpId{first_attacker + who}}, sim::tick, Attacker::Opportunity{});
  else
    context.send(defender, sim::tick, Defender::RoundEnd{Defender::nobody});
  if (++state.rounds < rounds) context.schedule(span(1), Round{});
}

Theory baliga() {
  std::string const vector = "assumed: first test vector of the law";
  return {
      .name = "baliga",
      .title = "Deterrence when signals may point at the wrong one, or at nobody",
      .law =
          "x* = sum over signals s of (pi_i^s - pi_0^s) beta_i^s; beta_i^s: belief that i attacked after s, when all "
          "attack for gains above x*; the "
          "defender's liking for retaliation is uniform on [0, 1]",
      .agents =
          "attackers improve their cut-off and attack for gains above it; a defender sees signals and retaliates by "
          "its belief; the cut-off lies "
          "between the highest gain forgone and the lowest taken",
      .condition = "right > false alarm, right + wrong <= 1, attackers x false alarm <= 1",
      .source = "Baliga, Bueno de Mesquita and Wolitzky 2020, APSR 114:1155",
      .parameters = {{"attackers", "1", Kind::whole, 1, 50, "2", "attackers, all alike", vector},
                     {"opportunity", "1", Kind::number, 0.001, 1, "1",
                      "gamma: chance that one of them can attack in a round", vector},
                     {"false_alarm", "1", Kind::number, 0, 1, "0.05",
                      "chance that a quiet round points at a given attacker", vector},
                     {"right", "1", Kind::number, 0, 1, "0.6", "chance that an attack points at who did it", vector},
                     {"wrong", "1", Kind::number, 0, 1, "0.1", "chance that an attack points at somebody else", vector},
                     {"gains",
                      "1",
                      Kind::choice,
                      0,
                      0,
                      "uniform",
                      "distribution of the gain of an attack: uniform on [0, 1], or exponential with mean 1",
                      vector,
                      sim::Grade::assumed,
                      {"uniform", "exponential"}}},
      .quantities = {{"cutoff", "retaliations", "x*: gain, in costs of a retaliation, above which all attack",
                      "the chance of retaliation after an attack"},
                     {"attack_rate", "1", "attacks per round"},
                     {"belief", "1", "share of signals that point at who attacked in that round"},
                     {"added_retaliation", "1",
                      "chance of retaliation against one who attacks less that in a quiet round; x* again",
                      "the chance of retaliation after an attack"}},
      .check = check,
      .closed_form = closed_form,
      .simulate = simulate,
      .scales = scales};
}

}  // namespace theory
