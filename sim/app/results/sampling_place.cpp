#include "sim/app/results/sampling_place.hpp"

namespace app {
namespace {

SamplingPlace saltelli_place(sim::SamplingInfo const& sampling, std::size_t future) {
  std::size_t const width = sampling.factors.size();
  std::size_t const blocks = (sampling.second_order ? 2 : 1) * width + 2;
  std::size_t const block = future % blocks;
  SamplingPlace place{static_cast<std::int64_t>(future / blocks), block == 0 ? "A" : "B", {}, {}};
  if (block < 2) return place;
  place.block = block < 2 + width ? "AB" : "BA";
  place.moved = sampling.factors[(block - 2) % width];
  return place;
}

SamplingPlace morris_place(sim::SamplingInfo const& sampling, std::size_t future) {
  SamplingPlace place{static_cast<std::int64_t>(future / (sampling.factors.size() + 1)), "start", {}, {}};
  if (sampling.moved[future] < 0) return place;
  place.block = "step";
  place.moved = sampling.factors[static_cast<std::size_t>(sampling.moved[future])];
  place.direction = sampling.direction[future];
  return place;
}

SamplingPlace one_at_a_time_place(sim::SamplingInfo const& sampling, std::size_t future) {
  if (future == 0) return {{}, "base", {}, {}};
  bool const low = future % 2 == 1;
  return {{}, low ? "low" : "high", sampling.factors[(future - 1) / 2], low ? -1 : 1};
}

}  // namespace

SamplingPlace sampling_place(sim::ResultSchema const& schema, std::size_t future) {
  auto const& sampling = schema.sampling;
  std::size_t const width = sampling.factors.size();
  if (width == 0) return {};
  if (sampling.type == "saltelli") return saltelli_place(sampling, future);
  if (sampling.type == "morris" && sampling.moved.size() == schema.futures) return morris_place(sampling, future);
  // Older builds let conditions drop points of it.
  if (sampling.type == "one_at_a_time" && schema.futures == 2 * width + 1) return one_at_a_time_place(sampling, future);
  return {};
}

}  // namespace app
