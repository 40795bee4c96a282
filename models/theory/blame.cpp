#include "models/theory/blame.hpp"

#include <algorithm>

#include "models/theory/rows.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr std::uint32_t pairs = 100;

decision::BlameGame game_of(Values const& values) {
  return {values.number("vulnerable"), values.number("knowing"), values.number("gain"),    values.number("penalty"),
          values.number("reward"),     values.number("cost"),    values.number("mischief")};
}

/// Attacks in an attacker's name in a round when vulnerable ones attack with chance `attack`.
double attacks_per_round(decision::BlameGame const& game, double attack) {
  return game.vulnerable * attack + 1 - game.vulnerable + game.mischief;
}

/// Share of them that come from vulnerable attackers.
double belief(decision::BlameGame const& game, double attack) {
  double const all = attacks_per_round(game, attack);
  return all > 0 ? game.vulnerable * attack / all : 0;
}

Quantities closed_form(Values const& values) {
  auto const game = game_of(values);
  double const attack = game.attack_probability(), blame = game.blame_probability();
  return {{"attack_probability", attack},
          {"blame_probability", blame},
          {"belief", belief(game, attack)},
          {"blamed_share", game.knowing * blame},
          {"blamed_attacks", game.knowing * blame * attacks_per_round(game, attack)}};
}

void check(Values const& values) {
  auto const game = game_of(values);
  if (game.vulnerable >= 1 && game.mischief <= 0 && game.attack_probability() <= 0) {
    throw sim::Error(
        "all attackers are vulnerable and would be blamed (nobody attacks, so nothing is to be seen) lower "
        "--vulnerable or "
        "--knowing, or raise --cost");
  }
}

/// Rounds of each pair for which the rarest share is known to 2 %.
std::uint32_t rounds_for(decision::BlameGame const& game) {
  double const attack = game.attack_probability(), blame = game.blame_probability();
  double const attacks = attacks_per_round(game, attack);
  auto const needed = [](double share, double of) { return share > 0 && share < 1 ? (1 - share) / (share * of) : 1; };
  double const most =
      std::max({needed(attack, game.vulnerable), needed(blame, attacks * game.knowing),
                needed(belief(game, attack), attacks), needed(game.knowing * blame, game.vulnerable * attack),
                needed(game.knowing * blame * std::min(1.0, attacks), 1)});
  return static_cast<std::uint32_t>(std::clamp(20 * most, 50.0, 5e3));
}

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  auto const game = game_of(values);
  sim::World world({.stream = stream});
  std::vector<sim::LpRef<BlameVictim>> victims;
  std::vector<sim::LpRef<BlameAttacker>> attackers;
  for (std::uint32_t i = 0; i < pairs; ++i) {
    victims.push_back(world.add(BlameVictim{game}, std::to_string(i)));
    attackers.push_back(world.add(BlameAttacker{game, rounds_for(game), victims.back()}, std::to_string(i)));
    world.add(ThirdParty{game.mischief, rounds_for(game), victims.back()}, std::to_string(i));
  }
  Rows rows;
  rows.run(executor, world);
  double vulnerable = 0, attacked = 0, attacks = 0, by_vulnerable = 0, known = 0, blamed = 0, vulnerable_blamed = 0;
  for (std::uint32_t i = 0; i < pairs; ++i) {
    auto const& attacker = world.state(attackers[i]);
    auto const& victim = world.state(victims[i]);
    vulnerable += attacker.vulnerable, attacked += attacker.attacked;
    attacks += victim.attacks, by_vulnerable += victim.by_vulnerable, known += victim.known, blamed += victim.blamed;
    vulnerable_blamed += victim.vulnerable_blamed;
  }
  return {share("attack_probability", attacked, vulnerable), share("blame_probability", blamed, known),
          share("belief", by_vulnerable, attacks), share("blamed_share", vulnerable_blamed, by_vulnerable),
          share("blamed_attacks", blamed, static_cast<double>(pairs) * rounds_for(game))};
}

}  // namespace

void BlameVictim::on(Attack const& attack, State& state, sim::Context<BlameVictim>& context) const {
  ++state.attacks;
  state.by_vulnerable += attack.vulnerable;
  if (!context.rng(Draw::knowledge).bernoulli(game.knowing)) return;
  ++state.known;
  if (!context.rng(Draw::blame).bernoulli(game.blame_probability())) return;
  ++state.blamed;
  state.vulnerable_blamed += attack.vulnerable;
}

void BlameAttacker::init(State&, sim::Context<BlameAttacker>& context) const { context.schedule(span(1), Round{}); }

void BlameAttacker::on(Round const&, State& state, sim::Context<BlameAttacker>& context) const {
  bool const vulnerable = context.rng(Draw::type).bernoulli(game.vulnerable);
  bool const attacks = !vulnerable || context.rng(Draw::attack).bernoulli(game.attack_probability());
  state.vulnerable += vulnerable;
  state.attacked += vulnerable && attacks;
  if (attacks) context.send(victim, sim::tick, BlameVictim::Attack{vulnerable});
  if (++state.rounds < rounds) context.schedule(span(1), Round{});
}

void ThirdParty::init(State&, sim::Context<ThirdParty>& context) const {
  if (mischief > 0) context.schedule(span(1), Round{});
}

void ThirdParty::on(Round const&, State& state, sim::Context<ThirdParty>& context) const {
  // Not vulnerable: blame for it does not stick to the attacker.
  if (context.rng(Draw::attack).bernoulli(mischief)) context.send(victim, sim::tick, BlameVictim::Attack{0});
  if (++state.rounds < rounds) context.schedule(span(1), Round{});
}

Theory blame() {
  std::string const vector = "assumed: test vector; payoffs are the project's own";
  return {
      .name = "blame",
      .title = "Blame an attacker, or tolerate the attack",
      .law =
          "v* = c/(r+c), kappa* = g/(g+l); v/(1+mu) <= v*: tolerated, all attack; else kappa <= kappa*: blamed, all "
          "attack; else vulnerable attackers attack with chance v*(1-v+mu)/(v(1-v*)), knowing victims blame with "
          "chance kappa*/kappa, and kappa*(1-v+mu)/(1-v*) attacks a round are blamed: more with a third party (mu)",
      .agents =
          "attackers, vulnerable or not in each round, attack victims, who know them or not and blame or tolerate; "
          "third "
          "parties attack in the attackers' names",
      .condition =
          "payoffs above 0; at least some attack; what nobody is there to show (no vulnerable attacker, no knowing "
          "victim) "
          "only the law says; a third party raises what is blamed as long as v/(1+mu) > v*",
      .source = "after Edwards, Furnas, Forrest and Axelrod 2017, PNAS 114:2825",
      .parameters =
          {{"vulnerable", "1", Kind::number, 0, 1, "0.8", "v: chance that an attacker is vulnerable to blame", vector},
           {"knowing", "1", Kind::number, 0, 1, "0.7", "kappa: chance that a victim knows who attacked", vector},
           {"gain", "payoff", Kind::number, 1e-6, 1e6, "1", "g: of an attacker who is not blamed", vector},
           {"penalty", "payoff", Kind::number, 1e-6, 1e6, "2", "l: of a vulnerable attacker who is blamed", vector},
           {"reward", "payoff", Kind::number, 1e-6, 1e6, "1", "r: of a victim who blames a vulnerable attacker",
            vector},
           {"cost", "payoff", Kind::number, 1e-6, 1e6, "1", "c: of a victim who blames one that is not vulnerable",
            vector},
           {"mischief", "1", Kind::number, 0, 1, "0",
            "mu: chance in a round of an attack by a third party in the attacker's name; blame for it does not stick",
            "assumed: nobody but the attacker"}},
      .quantities = {{"attack_probability", "1", "share of vulnerable attackers who attack"},
                     {"blame_probability", "1", "share of knowing victims who blame"},
                     {"belief", "1", "share of attacks that come from vulnerable attackers; v* where both sides mix"},
                     {"blamed_share", "1",
                      "share of vulnerable attackers' attacks that are blamed; kappa* where both sides mix"},
                     {"blamed_attacks", "1", "attacks blamed on the attacker in a round, whoever made them"}},
      .check = check,
      .closed_form = closed_form,
      .simulate = simulate};
}

}  // namespace theory
