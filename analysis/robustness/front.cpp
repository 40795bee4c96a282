#include "analysis/robustness/front.hpp"

#include "sim/base/contracts.hpp"

namespace analysis {
namespace {

// 1: a is clearly better than b, -1: clearly worse, 0: a tie.
int clearly(Outcomes2d const& outcomes, std::size_t a, std::size_t b, Worse worse) {
  Estimate const e = mean_change(outcomes, a, b);
  int const sign = e.lo > 0 ? 1 : e.hi < 0 ? -1 : 0;
  return worse == Worse::higher ? -sign : sign;
}

}  // namespace

Estimate mean_change(Outcomes2d const& outcomes, std::size_t a, std::size_t b) {
  std::vector<double> differences(outcomes.futures);
  for (std::size_t f = 0; f < outcomes.futures; ++f) differences[f] = outcomes.row(a)[f] - outcomes.row(b)[f];
  return clustered_mean(UnitArm(outcomes, differences).arm());
}

std::vector<std::optional<std::size_t>> dominated_by(Outcomes2d const& response, Worse worse_response, Outcomes2d const& cost, Worse worse_cost) {
  SIM_CHECK(response.treatments == cost.treatments);
  std::vector<std::optional<std::size_t>> result(response.treatments);
  for (std::size_t b = 0; b < response.treatments; ++b) {
    for (std::size_t a = 0; a < response.treatments && !result[b]; ++a) {
      if (a == b) continue;
      int const first = clearly(response, a, b, worse_response), second = clearly(cost, a, b, worse_cost);
      if (first + second > 0 && first >= 0 && second >= 0) result[b] = a;
    }
  }
  return result;
}

}  // namespace analysis
