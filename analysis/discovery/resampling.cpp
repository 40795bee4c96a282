#include "analysis/discovery/resampling.hpp"

#include "sim/rng/stream_id.hpp"

namespace analysis {

sim::RngStream discovery_stream(std::uint64_t seed, Purpose purpose, std::uint64_t index) {
  return {{seed}, sim::stream_id("scenario discovery"), static_cast<std::uint32_t>(purpose), index};
}

std::vector<std::uint32_t> rows_of(Outcomes const& outcomes) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < outcomes.size(); ++row)
    if (outcomes[row] != Outcome::left_out) rows.push_back(row);
  return rows;
}

std::vector<std::pair<Outcomes, Outcomes>> folds_of(Outcomes const& outcomes, std::size_t folds, std::uint64_t seed) {
  auto rows = rows_of(outcomes);
  auto rng = discovery_stream(seed, Purpose::folds, 0);
  shuffle(rows, rng);
  std::vector<std::pair<Outcomes, Outcomes>> all;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    auto& [seen, unseen] = all.emplace_back(outcomes, Outcomes(outcomes.size(), Outcome::left_out));
    for (std::size_t i = fold; i < rows.size(); i += folds) {
      unseen[rows[i]] = outcomes[rows[i]];
      seen[rows[i]] = Outcome::left_out;
    }
  }
  return all;
}

}  // namespace analysis
