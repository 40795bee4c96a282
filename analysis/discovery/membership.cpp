#include "analysis/discovery/membership.hpp"

namespace analysis {
namespace {

void add(Tally& tally, std::uint8_t counts) {
  ++tally.n;
  tally.cases += counts >> 1;
}

void take_away(Tally& tally, std::uint8_t counts) {
  --tally.n;
  tally.cases -= counts >> 1;
}

}  // namespace

Membership::Membership(Outcomes const& outcomes, std::size_t factors)
    : counts_(outcomes.size()), violated_(outcomes.size(), 0), whose_(outcomes.size(), 0), alone_(factors), inside_(tally(outcomes)) {
  for (std::size_t row = 0; row < outcomes.size(); ++row)
    counts_[row] = outcomes[row] == Outcome::left_out ? 0 : outcomes[row] == Outcome::other ? 1 : 3;
  adds_ = counts_;
}

void Membership::shut_out(std::uint32_t row, std::size_t factor) {
  std::uint8_t const counts = counts_[row];
  if (counts == 0) return;
  if (violated_[row] == 0) {
    take_away(inside_, counts);
    add(alone_[factor], counts);
    adds_[row] = 0;
  } else if (violated_[row] == 1) {
    take_away(alone_[whose_[row]], counts);
  }
  ++violated_[row];
  whose_[row] += factor;
}

void Membership::let_in(std::uint32_t row, std::size_t factor) {
  std::uint8_t const counts = counts_[row];
  if (counts == 0) return;
  --violated_[row];
  whose_[row] -= factor;
  if (violated_[row] == 0) {
    take_away(alone_[factor], counts);
    add(inside_, counts);
    adds_[row] = counts;
  } else if (violated_[row] == 1) {
    add(alone_[whose_[row]], counts);
  }
}

}  // namespace analysis
