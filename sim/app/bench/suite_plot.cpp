#include "sim/app/bench/suite_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace app {

namespace {

constexpr double width = 760, height = 460, left = 70, right = 190, top = 40, bottom = 56;
// Okabe and Ito's palette: told apart by everybody.
constexpr char const* colours[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"};

/// Where a value lies between two powers of ten.
struct LogAxis {
  double least, greatest, from, to;
  double at(double value) const {
    return from + (to - from) * std::log(value / least) / std::log(greatest / least);
  }
};

std::string label(double power) {
  return power < 1000 ? fmt::format("{:.0f}", power) : fmt::format("10<tspan dy=\"-5\" font-size=\"9\">{:.0f}</tspan>", std::log10(power));
}

std::string axes(LogAxis const& x, LogAxis const& y) {
  std::string svg;
  for (double power = x.least; power <= x.greatest * 1.01; power *= 10) {
    svg += fmt::format("<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1}\" y2=\"{2}\" stroke=\"#ddd\"/>"
                       "<text x=\"{0:.1f}\" y=\"{3}\" text-anchor=\"middle\">{4}</text>\n",
                       x.at(power), top, height - bottom, height - bottom + 20, label(power));
  }
  for (double decade = y.least; decade < y.greatest * 1.01; decade *= 10) {
    for (double const step : {1.0, 2.0, 5.0}) {
      double const value = decade * step;
      if (value > y.greatest * 1.01) break;
      svg += fmt::format("<line x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\" stroke=\"#ddd\"/>"
                         "<text x=\"{3}\" y=\"{4:.1f}\" text-anchor=\"end\">{5:g}</text>\n",
                         left, width - right, y.at(value), left - 8, y.at(value) + 4, value);
    }
  }
  return svg;
}

/// One engine's line; its name stands at `name_y`, so that names never cover each other.
std::string curve(std::string const& name, std::vector<std::pair<double, double>> const& points, LogAxis const& x,
                  LogAxis const& y, char const* colour, double name_y) {
  std::string line, dots;
  for (auto const& [lps, ns] : points) {
    line += fmt::format("{:.1f},{:.1f} ", x.at(lps), y.at(ns));
    dots += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.5\" fill=\"{}\"/>", x.at(lps), y.at(ns), colour);
  }
  return fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>{}"
                     "<text x=\"{}\" y=\"{:.1f}\" fill=\"{}\">{}</text>\n",
                     line, colour, dots, width - right + 10, name_y + 4, colour, name);
}

}  // namespace

std::string curves_svg(SuiteCurves const& curves) {
  double least_x = std::numeric_limits<double>::max(), greatest_x = 0, least_y = least_x, greatest_y = 0;
  for (auto const& [name, points] : curves) {
    for (auto const& [lps, ns] : points) {
      least_x = std::min(least_x, lps), greatest_x = std::max(greatest_x, lps);
      least_y = std::min(least_y, ns), greatest_y = std::max(greatest_y, ns);
    }
  }
  LogAxis const x{least_x, std::max(greatest_x, 10 * least_x), left, width - right};
  LogAxis const y{std::pow(10, std::floor(std::log10(least_y))), greatest_y * 1.2, height - bottom, top};
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" font-family=\"sans-serif\" font-size=\"12\" "
      "fill=\"#333\">\n<rect width=\"{0}\" height=\"{1}\" fill=\"white\"/>\n"
      "<text x=\"{2}\" y=\"22\" font-size=\"15\">Wall time of an event [ns]; PHOLD, one event per logical process; executors with threads</text>\n"
      "<text x=\"{3}\" y=\"{4}\" text-anchor=\"middle\">logical processes</text>\n",
      width, height, left, (left + width - right) / 2, height - 14);
  svg += axes(x, y);
  std::vector<std::pair<double, std::string>> by_end;
  for (auto const& [name, points] : curves) by_end.push_back({y.at(points.back().second), name});
  std::sort(by_end.begin(), by_end.end());
  double name_y = top - 16;
  for (std::size_t i = 0; i < by_end.size(); ++i) {
    name_y = std::max(name_y + 16, by_end[i].first);
    svg += curve(by_end[i].second, curves.at(by_end[i].second), x, y, colours[i % std::size(colours)], name_y);
  }
  return svg + "</svg>\n";
}

std::string curves_markdown(SuiteCurves const& curves) {
  std::set<double> sizes;
  for (auto const& [name, points] : curves) for (auto const& point : points) sizes.insert(point.first);
  std::string text = "| ns per event, LPs |", rule = "|---|";
  for (double const lps : sizes) text += fmt::format(" {:.0f} |", lps), rule += "---|";
  text += "\n" + rule + "\n";
  for (auto const& [name, points] : curves) {
    text += fmt::format("| {} |", name);
    for (auto const& point : points) text += fmt::format(" {:.0f} |", point.second);
    text += "\n";
  }
  return text;
}

}  // namespace app
