#include "sim/app/campaign/worker_place.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <optional>

#include "sim/base/error.hpp"

namespace app {

namespace {

std::optional<std::uint32_t> whole_number(std::string_view text) {
  std::uint32_t value = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

std::optional<std::uint32_t> from_environment(char const* name) {
  char const* const text = std::getenv(name);
  if (text == nullptr || *text == 0) return {};
  auto const number = whole_number(text);
  if (!number) {
    throw sim::Error(fmt::format("cannot tell this worker's share ({} is '{}', no whole number) give --shard i/n, or --shard none",
                                 name, text));
  }
  return number;
}

void require_in_range(sim::Shard const& shard, std::string const& what) {
  if (shard.count >= 1 && shard.count <= sim::shards_max && shard.index < shard.count) return;
  throw sim::Error(fmt::format("{} is out of range (shard {} of {}; shards count from 0, at most {} of them) "
                               "give --shard i/n with 0 <= i < n",
                               what, shard.index, shard.count, sim::shards_max));
}

sim::Shard parsed(std::string const& option) {
  std::size_t const slash = option.find('/');
  auto const index = whole_number(std::string_view(option).substr(0, slash));
  auto const count = slash == std::string::npos ? std::nullopt : whole_number(std::string_view(option).substr(slash + 1));
  if (!index || !count) {
    throw sim::Error(fmt::format("--shard '{}' is no share (two whole numbers with a slash) write for example --shard 0/4, "
                                 "or --shard none",
                                 option));
  }
  sim::Shard const shard{*index, *count};
  require_in_range(shard, "--shard " + option);
  return shard;
}

/// This element among those of its array job.
std::optional<sim::Shard> array_element() {
  auto const id = from_environment("SLURM_ARRAY_TASK_ID");
  if (!id) return {};
  auto const count = from_environment("SLURM_ARRAY_TASK_COUNT");
  std::uint32_t const first = from_environment("SLURM_ARRAY_TASK_MIN").value_or(0);
  std::uint32_t const step = std::max(1U, from_environment("SLURM_ARRAY_TASK_STEP").value_or(1));
  if (!count || *id < first || (*id - first) % step != 0) {
    throw sim::Error(fmt::format("cannot tell this worker's share (SLURM_ARRAY_TASK_ID is {}, without a COUNT, MIN and STEP that "
                                 "fit) give --shard i/n, or --shard none",
                                 *id));
  }
  return sim::Shard{(*id - first) / step, *count};
}

/// This task among those of its srun step; the batch script itself is none.
std::optional<sim::Shard> step_task() {
  auto const count = from_environment("SLURM_STEP_NUM_TASKS");
  auto const id = from_environment("SLURM_PROCID");
  if (!count || !id || *count <= 1) return {};
  return sim::Shard{*id, *count};
}

}  // namespace

WorkerPlace place_of_worker(std::string const& option) {
  if (option == "none") return {};
  if (!option.empty()) return {parsed(option), "--shard"};
  auto const element = array_element();
  auto const task = step_task();
  if (!element && !task) return {};
  sim::Shard const outer = element.value_or(sim::Shard{}), inner = task.value_or(sim::Shard{});
  require_in_range(outer, "SLURM_ARRAY_TASK_ID");
  require_in_range(inner, "SLURM_PROCID");
  if (std::uint64_t{outer.count} * inner.count > sim::shards_max)
    require_in_range({0, 0}, fmt::format("{} array elements with {} tasks each", outer.count, inner.count));
  std::string const source = !task ? "SLURM_ARRAY_TASK_ID" : !element ? "SLURM_PROCID" : "SLURM_ARRAY_TASK_ID, SLURM_PROCID";
  return {{outer.index * inner.count + inner.index, outer.count * inner.count}, source};
}

std::string text_of(WorkerPlace const& place) {
  std::string text = fmt::format("shard {} of {}", place.shard.index, place.shard.count);
  return place.source.empty() ? text : text + " (from " + place.source + ")";
}

}  // namespace app
