#include <fmt/format.h>

#include "sim/app/explain/story.hpp"

#include <cmath>

#include "analysis/report/sentences.hpp"
#include "analysis/report/words.hpp"
#include "models/world/telling/names.hpp"

namespace app {

namespace {

std::string wrapped(std::string const& text, std::size_t indent, std::size_t width) {
  std::string out, line(indent, ' ');
  std::size_t at = 0;
  bool is_first = true;
  while (at < text.size()) {
    std::size_t const end = std::min(text.find(' ', at), text.size());
    std::string const word = text.substr(at, end - at);
    if (line.size() + 1 + word.size() > width && line.size() > indent) {
      out += line + "\n";
      line = std::string(indent, ' ');
      is_first = true;
    }
    if (!is_first) line += ' ';
    line += word;
    is_first = false;
    at = end + 1;
  }
  return out + line + "\n";
}

// Who does what; whoever the words name is not named twice.
std::string said(StoryStep const& step) { return step.words.find(step.who) != std::string::npos ? step.words : step.who + ": " + step.words; }

std::string step_text(StoryStep const& step) {
  std::string const delay = std::isnan(step.delay_d) || step.delay_d < 1. / 1440 ? "" : "+" + world::days_words(step.delay_d);
  std::string const head = fmt::format("{}  {:<12}", sim::to_string(sim::to_date(step.at)), delay);
  std::string const body = wrapped(said(step), head.size(), 120);
  return head + body.substr(head.size());
}

}  // namespace

std::string story_text(Story const& story, sim::ResultSchema const& schema) {
  std::string out;
  for (auto const& sentence : story.sentences) out += wrapped(sentence, 0, 120);
  if (!story.chain.empty()) {
    Question const& q = story.question;
    std::string const treatment = analysis::label_of(schema.treatments[story.chain_is_here || !q.against ? q.key.point : q.against->point]);
    out += "\n" + wrapped(fmt::format("The chain of {} with {}, first cause first; + is the delay since its cause", story.incidents.front().name, treatment), 0, 120);
    for (auto const& step : story.chain) out += step_text(step);
  }
  if (story.incidents.size() > 1) {
    out += fmt::format("\nWhat weighs most, in {}{}\n", story.measure, story.ranks_differences ? ": more (+) or less (-) than in the other history" : "");
    for (auto const& one : story.incidents) out += fmt::format("  {:>10}  {}\n", story.ranks_differences ? analysis::signed_number(one.share) : analysis::number(one.share), one.name);
    if (story.incidents_in_all > story.incidents.size()) out += fmt::format("  and {} more\n", story.incidents_in_all - story.incidents.size());
  }
  return out;
}

}  // namespace app
