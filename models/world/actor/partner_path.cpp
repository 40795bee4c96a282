#include "models/world/actor/partner_path.hpp"

#include "sim/base/math.hpp"

namespace world {

int partner_path(Setting const& setting, PartnerSearch const& search, Relations const& relations, double open_mark, double choice_mark) {
  auto const nations = static_cast<int>(setting.atlas->nations.size());
  std::array<double, max_nations> weight{};
  std::array<double, max_nations> doses{};
  setting.doses.all_pairs(Mechanism::sharing, search.target, relations, search.day, doses);
  double closed = 1, sum = 0;
  for (int n = 0; n < nations; ++n) {
    if (n == search.target || n == search.home) continue;
    double const dose = doses[static_cast<std::size_t>(n)];
    if (dose <= 0) continue;
    closed *= 1 - dose;
    double const pull = search.weakest ? sim::math::exp(-setting.capability(n, Capability::prevent, search.day) / 0.5) : 1;
    weight[static_cast<std::size_t>(n)] = dose * pull;
    sum += dose * pull;
  }
  if (open_mark < closed) return -1;
  double left = choice_mark * sum;
  int chosen = -1;
  for (int n = 0; n < nations; ++n) {
    if (weight[static_cast<std::size_t>(n)] <= 0) continue;
    chosen = n;
    left -= weight[static_cast<std::size_t>(n)];
    if (left < 0) break;
  }
  return chosen;
}

}  // namespace world
