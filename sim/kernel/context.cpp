#include "sim/kernel/context.hpp"

#include <stdexcept>
#include <string>

namespace sim::refuse {

namespace {

std::string ticks(Duration duration) { return std::to_string(duration.ticks) + " us"; }

}  // namespace

void delay_below_lookahead(Duration delay, Duration lookahead) {
  throw std::logic_error("event sent with a delay of " + ticks(delay) + ", below the world's lookahead of " +
                         ticks(lookahead));
}

void delay_between_regions(WorldTable const& world, LpId from, LpId to, Duration delay) {
  auto const a = static_cast<std::uint32_t>(from), b = static_cast<std::uint32_t>(to);
  throw std::logic_error("event sent with a delay of " + ticks(delay) + " from region " + std::to_string(world.slots[a].region) +
                         " to region " + std::to_string(world.slots[b].region) + ", below the lookahead of " +
                         ticks(world.lookahead_between(a, b)) + " between them");
}

void event_not_in_future(Duration delay) {
  throw std::logic_error("event scheduled with a delay of " + ticks(delay) + ", less than one tick ahead");
}

void time_overflow(Duration delay) {
  throw std::logic_error("event sent with a delay of " + ticks(delay) + ", beyond the end of simulated time");
}

void unknown_receiver(WorldTable const& world, LpId to, std::string_view type) {
  auto const index = static_cast<std::uint32_t>(to);
  std::string const seen = index < world.lp_count ? "is of type " + std::string(world.type(index).name)
                                                  : "does not exist in a world of " + std::to_string(world.lp_count);
  throw std::logic_error("event sent to a reference of type " + std::string(type) + " whose logical process " +
                         std::to_string(index) + " " + seen);
}

void not_finite(std::string_view kind) {
  throw std::logic_error("payload or row of type " + std::string(kind) + " holds a number that is infinite or NaN");
}

void counter_overflow(std::string_view what) {
  throw std::logic_error("more than 4294967294 " + std::string(what) + " by one agent");
}

}  // namespace sim::refuse
