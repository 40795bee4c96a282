#include "sim/exec/rollback_check.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/exec/event_loop.hpp"

namespace sim {

namespace {

using Bytes = std::vector<std::byte>;

bool equal(ByteBuffer const& a, ByteBuffer const& b) {
  return a.size() == b.size() && (a.size() == 0 || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

/// Compares records; what lies behind a payload shorter than the longest is never read.
bool equal_events(ByteBuffer const& a, ByteBuffer const& b, RecordLayout const& layout) {
  if (a.size() != b.size()) return false;
  for (std::size_t at = 0; at < a.size(); at += layout.stride) {
    auto const& event = *reinterpret_cast<EventHeader const*>(a.data() + at);
    if (std::memcmp(a.data() + at, b.data() + at, layout.payload_offset + event.size) != 0) return false;
  }
  return true;
}

void copy(std::byte const* from, std::size_t count, Bytes& to) { to.assign(from, from + count); }

[[noreturn]] void refuse(char const* what) {
  throw std::logic_error(std::string("handler executed twice from the same state differs in ") + what +
                         " (it keeps something outside its state: a mutable member, a static, a clock) move that into "
                         "State");
}

class CheckedStep {
 public:
  void init(World const& world, LpId lp, Time start, HandlerOutput& output) {
    twice(world.table(), lp, output, [&](HandlerOutput& to) { run_init(world.table(), lp, start, to); });
  }
  void handle(World const& world, EventHeader const& event, HandlerOutput& output) {
    twice(world.table(), event.to, output, [&](HandlerOutput& to) { run_handler(world.table(), event, to); });
  }

 private:
  template <class Run>
  void twice(WorldTable const& table, LpId lp, HandlerOutput& output, Run run) {
    auto const index = static_cast<std::uint32_t>(lp);
    LpBlock& block = table.block(index);
    AgentType const& type = table.type(index);
    std::byte* const state = block.at(type.state_offset);
    std::byte* const revertible = block.at(lp_constant_bytes);
    std::size_t const size = type.state_offset + type.state_size - lp_constant_bytes;
    auto const* const agent = static_cast<std::byte const*>(block.agent);

    type.clear_padding(state);
    copy(revertible, size, before_);
    copy(agent, type.agent_size, agent_before_);
    first_.clear();
    std::string const first_error = attempt(run, first_);
    type.clear_padding(state);
    copy(revertible, size, after_);

    std::memcpy(revertible, before_.data(), size);
    std::string const second_error = attempt(run, output);
    type.clear_padding(state);

    if (first_error != second_error) refuse("its error");
    if (!std::equal(agent_before_.begin(), agent_before_.end(), agent)) refuse("the agent's parameters");
    if (!first_error.empty()) throw std::runtime_error(first_error.substr(1));
    if (std::memcmp(revertible, after_.data(), size) != 0) refuse("the state it leaves");
    if (!equal_events(first_.events, output.events, table.layout)) refuse("the events it sends");
    if (!equal(first_.rows, output.rows)) refuse("the rows it records");
  }

  /// Empty if `run` succeeds, else a mark and the text of what it threw.
  template <class Run>
  static std::string attempt(Run& run, HandlerOutput& output) {
    try {
      run(output);
      return {};
    } catch (std::bad_alloc const&) {
      throw;
    } catch (std::exception const& cause) {
      return std::string("!") + cause.what();
    } catch (...) {
      return "!exception of unknown type";
    }
  }

  Bytes before_, after_, agent_before_;
  HandlerOutput first_;
};

}  // namespace

std::unique_ptr<Executor> make_rollback_check() { return std::make_unique<EventLoop<CheckedStep>>(); }

}  // namespace sim
