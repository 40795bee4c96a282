#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/world/telling/names.hpp"
#include "sim/app/explain/story.hpp"

namespace app {

namespace {

constexpr double date_width = 120, margin = 24, lane_gap = 14, line_height = 15, head_height = 78, letter = 6.15;  // [px], of 11 px text

struct Lane {
  char const* name;
  char const* fill;
  char const* line;
  std::vector<char const*> agents;
};

// From those who act to those who suffer and answer.
std::vector<Lane> const& lanes() {
  static std::vector<Lane> const all{
      {"Actor", "#fdeede", "#b35806", {"threat_actor", "hacktivists"}},       {"Tools", "#fdf6d8", "#8a6d00", {"arsenal"}},
      {"Intrusion", "#fbe3e4", "#a11d33", {"intrusion_set"}},                 {"Sector", "#e4eefb", "#1f5fa8", {"sector", "asset", "economy", "repair_crews"}},
      {"Response team", "#e2f4ea", "#1b7a44", {"response_team"}},             {"Government and public", "#efe8f7", "#6a3d9a", {"nation", "information_environment", "budget"}},
      {"Organisations", "#e8f3f5", "#26727f", {"organisation"}},
  };
  return all;
}

std::size_t lane_of(std::string const& agent) {
  std::string const type = agent.substr(0, agent.find('/'));
  for (std::size_t lane = 0; lane < lanes().size(); ++lane)
    for (char const* const one : lanes()[lane].agents)
      if (type == one) return lane;
  return lanes().size() - 1;
}

std::string escaped(std::string const& text) {
  std::string out;
  for (char const c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return out;
}

std::vector<std::string> lines_of(std::string const& text, double width) {
  auto const most = static_cast<std::size_t>(std::max(12.0, width / letter));
  std::vector<std::string> lines(1);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = std::min(text.find(' ', at), text.size());
    std::string const word = text.substr(at, end - at);
    if (!lines.back().empty() && lines.back().size() + 1 + word.size() > most) lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
    at = end + 1;
  }
  return lines;
}

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
  std::size_t lane = 0;
  std::vector<std::string> head, lines;  // who, and what they do
};

/// Where everything stands: a column per lane, a row per step, so that nothing overlaps.
struct Drawing {
  std::vector<std::size_t> columns;  // lanes in use
  std::vector<Box> boxes;
  double width = 1200, height = 0, lane_width = 0, top = 0;
  std::vector<std::string> title;

  explicit Drawing(Story const& story) {
    for (std::size_t lane = 0; lane < lanes().size(); ++lane)
      if (std::any_of(story.chain.begin(), story.chain.end(), [&](StoryStep const& s) { return lane_of(s.agent) == lane; })) columns.push_back(lane);
    double const n = std::max<double>(1, static_cast<double>(columns.size()));
    lane_width = std::max(190.0, (width - 2 * margin - date_width) / n - lane_gap);
    width = 2 * margin + date_width + n * (lane_width + lane_gap);
    for (std::size_t i = 0; i < std::min<std::size_t>(3, story.sentences.size()); ++i)
      for (auto& line : lines_of(story.sentences[i], width - 2 * margin)) title.push_back(std::move(line));
    top = head_height + line_height * static_cast<double>(title.size());
    double y = top;
    for (auto const& step : story.chain) {
      Box box;
      box.lane = lane_of(step.agent);
      auto const column = static_cast<double>(std::find(columns.begin(), columns.end(), box.lane) - columns.begin());
      box.head = lines_of(step.who, lane_width - 16);
      box.lines = lines_of(step.words, lane_width - 16);
      y += 16 + (std::isnan(step.delay_d) || step.delay_d < 1 ? 0 : std::min(30.0, 3 * std::sqrt(std::sqrt(step.delay_d)) * 2));
      box.x = margin + date_width + column * (lane_width + lane_gap);
      box.y = y;
      box.width = lane_width;
      box.height = line_height * static_cast<double>(box.head.size() + box.lines.size()) + 12;
      y += box.height;
      boxes.push_back(std::move(box));
    }
    height = y + margin;
  }
};

std::string arrow(Box const& from, Box const& to) {
  double const x0 = from.x + from.width / 2, y0 = from.y + from.height, x1 = to.x + to.width / 2, y1 = to.y - 3;
  double const bend = std::max(10.0, (y1 - y0) / 2);
  return fmt::format("<path d=\"M{:.1f} {:.1f} C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}\" fill=\"none\" stroke=\"#8a8f98\" stroke-width=\"1.3\" marker-end=\"url(#tip)\"/>\n", x0, y0, x0,
                     y0 + bend, x1, y1 - bend, x1, y1);
}

}  // namespace

std::string story_svg(Story const& story, sim::ResultSchema const&) {
  Drawing const d(story);
  std::string out = fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\" font-family=\"sans-serif\" font-size=\"11\" "
                                "fill=\"#1d2129\" role=\"img\" aria-labelledby=\"title\">\n<title id=\"title\">{2}</title>\n",
                                d.width, d.height, escaped(story.outcome));
  out += "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#8a8f98\"/></marker></defs>\n";
  out += fmt::format("<rect width=\"{:.0f}\" height=\"{:.0f}\" fill=\"#ffffff\"/>\n", d.width, d.height);
  std::string const name = story.incidents.empty() ? "no incident to tell of" : "the chain of " + story.incidents.front().name;
  out += fmt::format("<text x=\"{:.0f}\" y=\"32\" font-size=\"17\" font-weight=\"bold\">Why: {}</text>\n", margin, escaped(name));
  for (std::size_t i = 0; i < d.title.size(); ++i)
    out += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n", margin, 52 + line_height * static_cast<double>(i), escaped(d.title[i]));
  for (std::size_t c = 0; c < d.columns.size(); ++c) {
    Lane const& lane = lanes()[d.columns[c]];
    double const x = margin + date_width + static_cast<double>(c) * (d.lane_width + lane_gap);
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-weight=\"bold\" fill=\"{}\" text-anchor=\"middle\">{}</text>\n", x + d.lane_width / 2, d.top - 4, lane.line, lane.name);
    out += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\" stroke=\"#e3e6ea\"/>\n", x + d.lane_width / 2, d.top + 4, d.height - margin / 2);
  }
  for (std::size_t i = 0; i < d.boxes.size(); ++i)
    if (auto const cause = story.chain[i].cause; cause && *cause < i) out += arrow(d.boxes[*cause], d.boxes[i]);
  for (std::size_t i = 0; i < d.boxes.size(); ++i) {
    Box const& box = d.boxes[i];
    StoryStep const& step = story.chain[i];
    Lane const& lane = lanes()[box.lane];
    out += fmt::format("<text x=\"{:.0f}\" y=\"{:.1f}\" font-weight=\"bold\">{}</text>\n", margin, box.y + 18, sim::to_string(sim::to_date(step.at)));
    if (!std::isnan(step.delay_d) && step.delay_d >= 1. / 1440)
      out += fmt::format("<text x=\"{:.0f}\" y=\"{:.1f}\" fill=\"#5b626d\">+{}</text>\n", margin, box.y + 18 + line_height, world::days_words(step.delay_d));
    out += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"4\" fill=\"{}\" stroke=\"{}\"{}/>\n", box.x, box.y, box.width, box.height, lane.fill, lane.line,
                       step.origin == analysis::Origin::event ? "" : " stroke-width=\"2.5\"");
    double y = box.y + 15;
    for (auto const& line : box.head) {
      out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"10\" fill=\"{}\">{}</text>\n", box.x + 8, y, lane.line, escaped(line));
      y += line_height;
    }
    for (auto const& line : box.lines) {
      out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", box.x + 8, y, escaped(line));
      y += line_height;
    }
  }
  return out + "</svg>\n";
}

}  // namespace app
