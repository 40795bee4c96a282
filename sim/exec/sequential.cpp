#include "sim/exec/sequential.hpp"

#include "sim/exec/event_loop.hpp"

namespace sim {

namespace {

struct DirectStep {
  void init(World const& world, LpId lp, Time start, HandlerOutput& output) {
    run_init(world.table(), lp, start, output);
  }
  void handle(World const& world, EventHeader const& event, HandlerOutput& output) {
    run_handler(world.table(), event, output);
  }
};

}  // namespace

std::unique_ptr<Executor> make_sequential() { return std::make_unique<EventLoop<DirectStep>>(); }

}  // namespace sim
