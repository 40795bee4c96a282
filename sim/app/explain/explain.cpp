#include "sim/app/explain/explain.hpp"

#include <fmt/format.h>

#include "sim/app/console.hpp"
#include "sim/app/results/comparison.hpp"

namespace app {

namespace {

struct Replayed {
  std::optional<ObservedHistory> history;
  std::vector<std::string> differences;
};

Replayed replay_and_compare(RecordedCampaign& campaign, sim::ReplicationKey key, world::Narrator const& narrator, Followed followed) {
  sim::ReplicationRecord const recorded = campaign.read(key);
  Replayed result{observe(campaign.study(), key, narrator, followed), {}};
  if (!result.history) return result;
  keep_columns(campaign.schema(), campaign.study().scenario->schema(), result.history->record);
  for (std::string const& difference : differences(campaign.schema(), recorded, result.history->record))
    result.differences.push_back(fmt::format("point {}: {}", key.point, difference));
  return result;
}

}  // namespace

Explanation explain_outcome(RecordedCampaign& campaign, ExplainOptions const& options) {
  Question const q = question(campaign, options);
  sim::ResultSchema const& schema = campaign.schema();
  auto const& info = schema.responses[q.response];
  Followed const followed{q.nation, sim::to_time(info.window_from), sim::to_time(info.window_to)};
  world::Narrator const narrator(world::load_atlas(campaign.study().study.world), campaign.study().scenario->start());
  Replayed const here = replay_and_compare(campaign, q.key, narrator, followed);
  Explanation result{{}, here.differences};
  Replayed there;
  if (q.against) {
    there = replay_and_compare(campaign, *q.against, narrator, followed);
    result.differences.insert(result.differences.end(), there.differences.begin(), there.differences.end());
  }
  if (!result.differences.empty() || !here.history || (q.against && !there.history)) return result;
  result.story = tell_story(q, schema, narrator, *here.history, there.history ? &*there.history : nullptr);
  return result;
}

Exit explain(ExplainOptions const& options) {
  if (!options.svg.empty()) {
    require_writable_folder(options.svg);
    require_absent(options.svg);
  }
  RecordedCampaign campaign(options.results);
  Explanation const explanation = explain_outcome(campaign, options);
  if (!explanation.differences.empty()) {
    complain_of(explanation.differences);
    complain("this program makes another history than the file records (it is another build, or has other data): an explanation would be of something else\n");
    return Exit::verification_differs;
  }
  if (!explanation.story) return Exit::stopped_early;
  print(options.json ? story_json(*explanation.story, campaign.schema()) : story_text(*explanation.story, campaign.schema()));
  if (!options.svg.empty()) write_new_file(options.svg, story_svg(*explanation.story, campaign.schema()));
  return Exit::done;
}

}  // namespace app
