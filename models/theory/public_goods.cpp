#include "models/theory/public_goods.hpp"

#include <algorithm>

#include "models/theory/rows.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

using decision::Sharing;

constexpr std::uint32_t reviews = 60;  // after the best has moved once all others need two
constexpr double alone_max = 50;       // above ln of the largest benefit / cost within the ranges, 1e12 / 1e-9
constexpr double lead_min = 1e-6;      // of the best: a thousand ticks of waiting, far above the tick that news takes

Sharing sharing_of(Values const& values) { return static_cast<Sharing>(values.whole("sharing")); }

std::vector<double> alone_of(Values const& values) {
  std::vector<double> alone;
  auto const &benefits = values.list("benefits"), &costs = values.list("costs");
  for (std::size_t i = 0; i < benefits.size(); ++i) alone.push_back(decision::effort_alone(benefits[i], costs[i]));
  return alone;
}

void check(Values const& values) {
  std::size_t const members = values.list("benefits").size();
  if (members != values.list("costs").size()) {
    throw sim::Error(std::to_string(members) + " benefits and " + std::to_string(values.list("costs").size()) +
                     " costs (each member has one of both) give --benefits and --costs as many numbers");
  }
  if (members < 2 || members > Member::members_max) {
    throw sim::Error(std::to_string(members) + " members (from 2 to 16 share a defence) change --benefits and --costs");
  }
  auto alone = alone_of(values);
  std::sort(alone.rbegin(), alone.rend());
  if (sharing_of(values) != Sharing::weakest && alone[0] > 0 && alone[0] - alone[1] < lead_min) {
    throw sim::Error(
        "two members with the best ratio of benefit to cost (who of them pays is open, the theory needs one that is "
        "best, by a millionth at least) change --benefits or --costs");
  }
}

std::string effort_name(std::size_t member) { return "effort_" + std::to_string(member + 1); }

Quantities with_total(std::vector<double> const& efforts) {
  Quantities quantities;
  double total = 0;
  for (std::size_t i = 0; i < efforts.size(); ++i) {
    quantities.push_back({effort_name(i), efforts[i]});
    total += efforts[i];
  }
  quantities.push_back({"total_effort", total});
  return quantities;
}

Quantities closed_form(Values const& values) {
  auto const alone = alone_of(values);
  if (sharing_of(values) == Sharing::weakest) {
    return with_total(std::vector<double>(alone.size(), *std::min_element(alone.begin(), alone.end())));
  }
  // Total effort and best shot alike: the best pays as if alone.
  std::vector<double> efforts(alone.size(), 0);
  auto const best = std::max_element(alone.begin(), alone.end());
  efforts[static_cast<std::size_t>(best - alone.begin())] = *best;
  return with_total(efforts);
}

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  auto const alone = alone_of(values);
  Member member{sharing_of(values), {}, static_cast<std::uint32_t>(alone.size())};
  std::copy(alone.begin(), alone.end(), member.alone.begin());
  sim::World world({.stream = stream});
  std::vector<sim::LpRef<Member>> refs;
  for (; member.index < member.members; ++member.index) refs.push_back(world.add(member, std::to_string(member.index)));
  Rows rows;
  rows.run(executor, world);
  std::vector<double> efforts;
  for (std::size_t i = 0; i < refs.size(); ++i) efforts.push_back(world.state(refs[i]).efforts[i]);
  return with_total(efforts);
}

}  // namespace

double Member::patience() const { return alone_max - alone[index]; }

void Member::init(State& state, sim::Context<Member>& context) const {
  // With the weakest link all begin at what they would do alone and come down; from 0 nobody would move.
  if (sharing == Sharing::weakest) state.efforts = alone;
  double const wait = sharing == Sharing::best ? patience() : context.rng(Draw::gap).exponential(1);
  context.schedule(span(wait), Review{});
}

void Member::on(Review const&, State& state, sim::Context<Member>& context) const {
  double sum = 0, smallest = 1e300, largest = 0;
  for (std::uint32_t i = 0; i < members; ++i) {
    if (i == index) continue;
    sum += state.efforts[i];
    smallest = std::min(smallest, state.efforts[i]);
    largest = std::max(largest, state.efforts[i]);
  }
  double const others = sharing == Sharing::total ? sum : sharing == Sharing::weakest ? smallest : largest;
  state.efforts[index] = decision::best_effort(sharing, alone[index], others);
  for (std::uint32_t i = 0; i < members; ++i) {
    if (i != index) context.send(sim::LpRef<Member>{sim::LpId{i}}, sim::tick, Effort{state.efforts[index], index});
  }
  if (++state.reviews < reviews) context.schedule(span(context.rng(Draw::gap).exponential(1)), Review{});
}

void Member::on(Effort const& told, State& state, sim::Context<Member>&) const {
  state.efforts[told.member] = told.effort;
}

Theory public_goods() {
  std::string const example = "assumed: an example";
  return {
      .name = "public-goods",
      .title = "Free riding on a shared defence",
      .law =
          "protection 1 - exp(-X) worth v_i, effort costs c_i: alone x_i = ln(v_i/c_i); total effort: the best v/c "
          "pays max ln(v/c), all others 0; weakest link: all make min ln(v/c); best shot: only the best v/c pays, "
          "max ln(v/c)",
      .agents =
          "members review their efforts at random times, each by its best reply to what it knows of the others; best "
          "shot: first they wait for others to act, those who gain most for the shortest time",
      .condition = "total effort and best shot: one member has the best ratio of benefit to cost",
      .source =
          "Hirshleifer 1983, Public Choice 41:371; Varian 2004, System reliability and free riding; waiting: Bliss and "
          "Nalebuff 1984, J. Public Economics 25:1",
      .parameters = {{"sharing",
                      "1",
                      Kind::choice,
                      0,
                      0,
                      "total",
                      "what protects: the total of all efforts, the weakest or the best of them",
                      example,
                      sim::Grade::assumed,
                      {"total", "weakest", "best"}},
                     {"benefits", "money", Kind::list, 1e-9, 1e12, "8,6,4",
                      "v: worth of full protection to each member", example},
                     {"costs", "money", Kind::list, 1e-9, 1e12, "1,1.5,0.8",
                      "c: cost of a unit of effort to each member", example}},
      .quantities = {{"effort_1 ... effort_n", "1", "effort of each member"},
                     {"total_effort", "1", "sum of all efforts"}},
      .replications = 8,
      .check = check,
      .closed_form = closed_form,
      .simulate = simulate};
}

}  // namespace theory
