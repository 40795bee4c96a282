#include "sim/app/bench/precision_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace app {

namespace {

constexpr double width = 860, left = 210, right = 200, bar_height = 22, bar_step = 34, bars_top = 70;
constexpr double curves_height = 300, gap = 92, foot = 62;
// Okabe and Ito's palette: told apart by everybody.
constexpr char const* colours[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"};

struct Tick {
  double value;
  char const* name;
};
constexpr std::array<Tick, 14> times{{{0.1, "0.1 s"}, {1, "1 s"}, {10, "10 s"}, {60, "1 min"}, {600, "10 min"}, {3600, "1 h"}, {36000, "10 h"},
                                     {259200, "3 d"}, {2592000, "30 d"}, {31557600, "1 yr"}, {315576000, "10 yr"}, {3155760000, "100 yr"},
                                     {31557600000, "1000 yr"}, {315576000000, "10 000 yr"}}};

/// Where a value lies between two others, by its logarithm.
struct Axis {
  double least, greatest, from, to;
  double at(double value) const {
    return from + (to - from) * std::log(std::clamp(value, least, greatest) / least) / std::log(greatest / least);
  }
};

std::string text(double x, double y, std::string const& what, std::string const& more = "") {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text>\n", x, y, more.empty() ? "" : " " + more, what);
}

std::string line(double x1, double y1, double x2, double y2, std::string const& style) {
  return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" {}/>\n", x1, y1, x2, y2, style);
}

std::string time_grid(Axis const& x, double top, double bottom) {
  std::string svg;
  for (Tick const& tick : times) {
    if (tick.value < x.least * .999 || tick.value > x.greatest * 1.001) continue;
    svg += line(x.at(tick.value), top, x.at(tick.value), bottom, "stroke=\"#ddd\"");
    svg += text(x.at(tick.value), bottom + 17, tick.name, "text-anchor=\"middle\"");
  }
  return svg;
}

/// The whole ticks around what is drawn.
Axis time_axis(double least, double greatest) {
  Axis axis{times.front().value, times.back().value, left, width - right};
  for (Tick const& tick : times) {
    if (tick.value <= least) axis.least = tick.value;
    if (tick.value >= greatest) {
      axis.greatest = tick.value;
      break;
    }
  }
  return axis;
}

std::string bars(PrecisionPlot const& plot) {
  auto const& rows = plot.results.rows;
  double least = rows.front().cpu_s_to_target, greatest = least;
  for (PrecisionRow const& row : rows) least = std::min(least, row.cpu_s_to_target), greatest = std::max(greatest, row.cpu_s_to_target);
  Axis const x = time_axis(least / 3, greatest);
  double const bottom = bars_top + bar_step * static_cast<double>(rows.size());
  std::string svg = text(16, 50, fmt::format("Processor time to a half-width of {:.3g} (predicted from the measured variance and time of a pair)",
                                             plot.results.half_width), "font-size=\"13\"");
  svg += time_grid(x, bars_top - 8, bottom);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    PrecisionRow const& row = rows[i];
    double const y = bars_top + bar_step * static_cast<double>(i), end = x.at(row.cpu_s_to_target);
    svg += fmt::format("<rect x=\"{}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{}\" fill=\"{}\"/>\n", left, y, std::max(1.0, end - left), bar_height,
                       colours[i % std::size(colours)]);
    svg += text(left - 10, y + 15, row.name, "text-anchor=\"end\"");
    std::string const gain = i == 0 ? "" : fmt::format(" · {} times less ({} to {})", gain_text(row.factor), gain_text(row.factor_lo), gain_text(row.factor_hi));
    svg += text(end + 8, y + 15, cpu_time_text(row.cpu_s_to_target) + gain, "paint-order=\"stroke\" stroke=\"white\" stroke-width=\"4\"");
  }
  return svg;
}

std::string half_width_grid(Axis const& y) {
  std::string svg;
  for (double decade = std::pow(10, std::floor(std::log10(y.least))); decade <= y.greatest; decade *= 10) {
    for (double const step : {1.0, 3.0}) {
      double const value = decade * step;
      if (value < y.least || value > y.greatest) continue;
      svg += line(left, y.at(value), width - right, y.at(value), "stroke=\"#ddd\"");
      svg += text(left - 10, y.at(value) + 4, fmt::format("{:g}", value), "text-anchor=\"end\"");
    }
  }
  return svg;
}

std::string polyline(std::vector<PrecisionPoint> const& points, Axis const& x, Axis const& y, std::string const& style) {
  std::string places;
  for (PrecisionPoint const& p : points) places += fmt::format("{:.1f},{:.1f} ", x.at(p.cpu_s), y.at(p.half_width));
  return fmt::format("<polyline points=\"{}\" fill=\"none\" {}/>\n", places, style);
}

/// The axes that hold every measured point and every predicted end.
std::pair<Axis, Axis> curve_axes(PrecisionPlot const& plot, double top) {
  double least_x = plot.curves.front().front().cpu_s, greatest_x = least_x, greatest_y = plot.curves.front().front().half_width;
  for (std::size_t i = 0; i < plot.curves.size(); ++i) {
    greatest_x = std::max(greatest_x, plot.results.rows[i].cpu_s_to_target);
    for (PrecisionPoint const& p : plot.curves[i])
      least_x = std::min(least_x, p.cpu_s), greatest_x = std::max(greatest_x, p.cpu_s), greatest_y = std::max(greatest_y, p.half_width);
  }
  return {time_axis(least_x, greatest_x), {plot.results.half_width / 1.6, greatest_y * 1.3, top + curves_height, top}};
}

std::string reached_mark(PrecisionPlot const& plot, Axis const& x, Axis const& y) {
  if (!plot.reached) return "";
  double const cx = x.at(plot.reached->cpu_s), cy = y.at(plot.reached->half_width);
  return fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\" fill=\"white\" stroke=\"#333\" stroke-width=\"2\"/>\n", cx, cy) +
         text(std::max(left + 6, cx - 190), cy + 20, fmt::format("run to a half-width of {:.2g}: {}", plot.reached_target, cpu_time_text(plot.reached->cpu_s)),
              "paint-order=\"stroke\" stroke=\"white\" stroke-width=\"4\"");
}

std::string curves(PrecisionPlot const& plot, double top) {
  auto const [x, y] = curve_axes(plot, top);
  double const bottom = top + curves_height;
  std::string svg = text(16, top - 16, "Half-width of the 95 % interval against processor time: measured (solid), predicted (dashed); colours as above", "font-size=\"13\"");
  svg += time_grid(x, top, bottom) + half_width_grid(y);
  svg += line(left, y.at(plot.results.half_width), width - right, y.at(plot.results.half_width), "stroke=\"#333\" stroke-dasharray=\"2 3\"");
  svg += text(width - right + 8, y.at(plot.results.half_width) + 4, "target");
  for (std::size_t i = 0; i < plot.curves.size(); ++i) {
    std::string const colour = fmt::format("stroke=\"{}\"", colours[i % std::size(colours)]);
    PrecisionPoint const end{plot.results.rows[i].cpu_s_to_target, plot.results.half_width};
    svg += polyline({plot.curves[i].back(), end}, x, y, colour + " stroke-width=\"1.5\" stroke-dasharray=\"6 4\"");
    svg += polyline(plot.curves[i], x, y, colour + " stroke-width=\"2.5\"");
  }
  return svg + reached_mark(plot, x, y) + text((left + width - right) / 2, bottom + 36, "processor time", "text-anchor=\"middle\"");
}

}  // namespace

std::string cpu_time_text(double seconds) {
  struct Unit {
    double seconds;
    char const* name;
  };
  for (Unit const unit : {Unit{31'557'600, "years"}, {86'400, "d"}, {3'600, "h"}, {60, "min"}})
    if (seconds >= 2 * unit.seconds) return fmt::format("{:.3g} {}", seconds / unit.seconds, unit.name);
  return fmt::format("{:.3g} s", seconds);
}

std::string gain_text(double gain) { return gain < 100 ? fmt::format("{:.3g}", gain) : fmt::format("{:.0f}", gain); }

std::string precision_svg(PrecisionPlot const& plot) {
  double const curves_top = bars_top + bar_step * static_cast<double>(plot.results.rows.size()) + gap;
  double const height = curves_top + curves_height + foot;
  std::string svg = fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" font-family=\"sans-serif\" "
                                "font-size=\"12\" fill=\"#333\">\n<rect width=\"{0}\" height=\"{1}\" fill=\"white\"/>\n",
                                width, height);
  svg += text(16, 26, plot.question, "font-size=\"16\"");
  return svg + bars(plot) + curves(plot, curves_top) + "</svg>\n";
}

}  // namespace app
