#include "sim/app/bench/precision_adjust.hpp"

#include "analysis/estimators/control.hpp"
#include "analysis/estimators/student.hpp"

namespace app {

void adjust(PrecisionSample& sample, std::vector<double> const& differences, std::vector<std::vector<double>> const& controls) {
  sample.values = differences;
  sample.error_factor = 1;
  sample.fitted = 0;
  std::size_t const units = differences.size();
  if (controls.empty() || units < 3) return;
  std::vector<double> const zeros(units, 0.0);
  analysis::Arm const none{zeros, units, 1};
  std::vector<analysis::ControlArms> arms;
  for (auto const& control : controls) arms.push_back({"", {control, units, 1}, none});
  auto const found = analysis::controlled_difference({differences, units, 1}, none, arms);
  for (std::size_t c = 0; c < controls.size(); ++c) {
    sample.fitted += found.weights[c] != 0;
    for (std::size_t i = 0; i < units; ++i) sample.values[i] -= found.weights[c] * controls[c][i];
  }
  double const variance = analysis::moments(sample.values).variance;
  if (sample.fitted == 0 || !(variance > 0)) return;
  double const t = analysis::student_quantile((1 + analysis::interval_level) / 2, units - 1 - sample.fitted);
  double const error = (found.adjusted.hi - found.adjusted.lo) / 2 / t;
  sample.error_factor = error * error * static_cast<double>(units) / variance;
}

}  // namespace app
