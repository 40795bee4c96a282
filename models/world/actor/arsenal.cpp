#include "models/world/actor/arsenal.hpp"

#include "models/decision/use_or_hold.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;
constexpr double life_shape = 0.855, life_scale_years = 6.48;  // RAND 2017 quartiles (equations 4.1)
constexpr double mean_life_years = 7.0;
constexpr double prior_uses = 4, use_half_life_days = 2 * 365.25;  // equations 4.3
constexpr double patch_shape = 0.647, patch_scale_days = 158.6;    // Cyentia, DBIR (equations 5.1)
constexpr double ln2 = 0.69314718055994531;

}  // namespace

double use_threshold(Parameters const& p, double survival) {
  return decision::use_or_hold_at_rates(p.opportunity_rate, 1 / mean_life_years, p.discount_rate, survival).best_threshold();
}

std::uint32_t Arsenal::tool_id(ToolKind kind, std::uint32_t number) const {
  return static_cast<std::uint32_t>(actor + 1) << tool_actor_shift | static_cast<std::uint32_t>(platform) << tool_platform_shift |
         static_cast<std::uint32_t>(kind) << tool_kind_shift | number;
}

std::uint32_t Arsenal::tool_id(ToolKind kind, Line const& line) const { return tool_id(kind, line.variant << tool_variant_shift | line.number); }

// Brings a line of tools up to the day; true if another tool's time has come.
bool Arsenal::follow(Line& line, Draw lives, double median_days, sim::Context<Arsenal>& context) const {
  double const day = directory->day(context.now());
  bool const is_over = static_cast<double>(line.until_day) <= day;
  while (static_cast<double>(line.until_day) <= day) {
    double const life = context.rng(lives, line.number + 1).lognormal(median_days, 0.5);
    line = {line.number + 1, 0, line.until_day, static_cast<float>(static_cast<double>(line.until_day) + life)};
    SIM_CHECK(line.number < 1U << tool_variant_shift);
  }
  return is_over;
}

// First exploitation comes so many days after the patch (equations 5.2).
float Arsenal::patch_day(Line const& line, sim::Context<Arsenal>& context) const {
  auto rng = context.rng(Draw::tool, line.variant << tool_variant_shift | line.number);
  (void)rng.uniform();  // its time
  auto const since = static_cast<double>(line.since_day);
  return static_cast<float>(since - rng.normal(directory->setting->atlas->time_to_exploit_days.at(directory->setting->year(since)), 30));
}

void Arsenal::init(State& state, sim::Context<Arsenal>& context) const {
  // Survivors of thirty years of acquisition (equations 2.3).
  auto rng = context.rng(Draw::initial);
  std::uint32_t const acquired = rng.poisson(30 * acquisition_per_year);
  std::uint32_t number = 1;
  for (std::uint32_t i = 0; i < acquired; ++i) {
    double const age = rng.uniform() * 30;
    double const life = rng.weibull(life_shape, life_scale_years);
    if (life > age) state.held.insert({tool_id(ToolKind::zero_day, number++), static_cast<float>((life - age) * 365.25)});
  }
  context.schedule(sim::from_days(context.rng(Draw::acquisition, number).exponential(365.25 / acquisition_per_year)) + sim::tick, Acquisition{number});
}

void Arsenal::on(Acquisition const& event, State& state, sim::Context<Arsenal>& context) const {
  double const day = directory->day(context.now());
  for (std::size_t slot = 0; slot < state.held.capacity(); ++slot)
    if (state.held.contains(slot) && static_cast<double>(state.held[slot].expires_day) < day) state.held.erase(slot);
  double const life = context.rng(Draw::life, event.number).weibull(life_shape, life_scale_years);
  state.held.insert({tool_id(ToolKind::zero_day, event.number), static_cast<float>(day + life * 365.25)});
  std::uint32_t const next = event.number + 1;
  context.schedule(sim::from_days(context.rng(Draw::acquisition, next).exponential(365.25 / acquisition_per_year)) + sim::tick, Acquisition{next});
}

bool Arsenal::use_zero_day(Operation& operation, State& state, sim::Context<Arsenal>& context) const {
  Parameters const& p = directory->setting->parameters;
  double const day = directory->day(context.now());
  double const fading = math::exp(-ln2 * (day - static_cast<double>(state.decayed_day)) / use_half_life_days);
  bool const adapts = directory->setting->switches[Behaviour::adaptation];
  double const survival = !adapts ? p.survival_prior : (p.survival_prior * prior_uses + state.survived * fading) / (prior_uses + state.used * fading);
  double const threshold = use_threshold(p, survival);
  double const stakes = context.rng(Draw::stakes, operation.incident).exponential(1);
  int slot = -1;
  for (std::size_t i = 0; i < state.held.capacity() && slot < 0; ++i)
    if (state.held.contains(i) && static_cast<double>(state.held[i].expires_day) >= day) slot = static_cast<int>(i);
  // One that will be disclosed soon is not worth holding: persistence 0 makes the threshold 0.
  bool const as_good_as_lost = adapts && state.burned != 0;
  for (std::size_t i = 0; as_good_as_lost && i < state.held.capacity(); ++i)
    if (state.held.contains(i) && state.held[i].tool == state.burned) slot = static_cast<int>(i);
  bool const on_sale = as_good_as_lost && slot >= 0 && state.held[static_cast<std::size_t>(slot)].tool == state.burned;
  bool const used = slot >= 0 && (on_sale || stakes >= threshold);
  if (slot >= 0 && !on_sale) context.observe(Decision{stakes, threshold, actor, used ? 1 : 0});
  if (used) operation.tool = state.held[static_cast<std::size_t>(slot)].tool;
  return used;
}

void Arsenal::use_known_flaw(Operation& operation, double arrival_day, State& state, sim::Context<Arsenal>& context) const {
  Setting const& setting = *directory->setting;
  double const day = directory->day(context.now());
  if (follow(state.known, Draw::tool, setting.parameters.known_tool_life_days, context)) state.known_patch_day = patch_day(state.known, context);
  operation.tool = tool_id(ToolKind::known_flaw, state.known);
  double const start_days = context.rng(Draw::tool, 1ULL << 40 | operation.incident).lognormal(3, 1);
  double const age = arrival_day - static_cast<double>(state.known_patch_day) - start_days;
  if (age <= 0) return;
  double const scale = patch_scale_days * math::exp(-0.3 * setting.capability(operation.target, Capability::prevent, day));
  operation.access_probability *= math::exp(-math::pow(age / scale, patch_shape));
}

void Arsenal::on(Request const& request, State& state, sim::Context<Arsenal>& context) const {
  Operation operation = request.operation;
  double const day = directory->day(context.now());
  auto vector = static_cast<Vector>(operation.vector);
  if (vector == Vector::zero_day && !use_zero_day(operation, state, context)) {
    vector = directory->setting->way_without_partner(context.rng(Draw::fallback, operation.incident).uniform());
    operation.vector = static_cast<std::uint8_t>(vector);
  }
  if (vector == Vector::known_flaw) use_known_flaw(operation, day + request.recon_days, state, context);
  if (vector == Vector::supply_chain && actor != directory->setting->criminals) {
    follow(state.supplier, Draw::supplier, directory->setting->parameters.supplier_life_days, context);
    operation.tool = tool_id(ToolKind::supplier, state.supplier);
  }
  double const open = operation.access_probability / request.operation.access_probability;
  bool const fails = operation.access_mark >= operation.access_probability;
  if (directory->losses != nullptr && open < 1) observe_surprise(operation.target, !fails, open, directory->losses->of_access(operation, day), context);
  if (fails) return;
  auto const& parts = directory->shards_of_dyad[static_cast<std::size_t>(actor) * directory->nation_count() + operation.target];
  // By tool, so that an absorbed indicator concerns one part only.
  int const shard = parts[part_of_tool(operation.tool, operation.incident, parts.size())];
  context.send(directory->shards[static_cast<std::size_t>(shard)], after_days(request.recon_days), IntrusionSet::Attempt{operation});
}

void Arsenal::on(Burned const& burned, State& state, sim::Context<Arsenal>& context) const {
  if (kind_of(burned.tool) == ToolKind::supplier) {
    // Later discoveries would be disclosed too late to matter, and one that is no longer used cannot be lost.
    if (burned.tool == state.found_supplier || burned.tool != tool_id(ToolKind::supplier, state.supplier)) return;
    state.found_supplier = burned.tool;
  } else {
    count_use(burned, state, context);
  }
  double const days = context.rng(Draw::disclosure, burned.tool).lognormal(20, 0.8);
  context.schedule(sim::from_days(days) + sim::tick, Disclosed{burned.tool});
}

void Arsenal::count_use(Burned const& burned, State& state, sim::Context<Arsenal>& context) const {
  double const day = directory->day(context.now());
  double const fading = math::exp(-ln2 * (day - static_cast<double>(state.decayed_day)) / use_half_life_days);
  state.survived = state.survived * fading + (burned.dwell_days > 365 ? 1 : 0);
  state.used = state.used * fading + 1;
  state.decayed_day = static_cast<float>(day);
  state.burned = burned.tool;
}

void Arsenal::lose(std::uint32_t tool, State& state, sim::Context<Arsenal>& context) const {
  ToolKind const kind = kind_of(tool);
  if (kind != ToolKind::zero_day) {
    Line& line = kind == ToolKind::known_flaw ? state.known : state.supplier;
    if (tool != tool_id(kind, line)) return;
    line.variant = (line.variant + 1) % tool_variants;
    line.since_day = static_cast<float>(directory->day(context.now()));
    if (kind == ToolKind::known_flaw) state.known_patch_day = patch_day(line, context);
    return;
  }
  if (state.burned == tool) state.burned = 0;
  for (std::size_t slot = 0; slot < state.held.capacity(); ++slot)
    if (state.held.contains(slot) && state.held[slot].tool == tool) state.held.erase(slot);
}

void Arsenal::on(Disclosed const& disclosed, State& state, sim::Context<Arsenal>& context) const { lose(disclosed.tool, state, context); }

// The tool is given up, and where it is in use its traces are changed (equations 7.4).
void Arsenal::on(Leaked const& leaked, State& state, sim::Context<Arsenal>& context) const {
  context.observe(Leak{actor, leaked.tool});
  lose(leaked.tool, state, context);
  for (int const shard : directory->shards_of_actor[static_cast<std::size_t>(actor)])
    context.send(directory->shards[static_cast<std::size_t>(shard)], world_lookahead, IntrusionSet::Retooled{leaked.tool});
}

}  // namespace world
