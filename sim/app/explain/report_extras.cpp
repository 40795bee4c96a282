#include "sim/app/explain/report_extras.hpp"

#include "sim/app/explain/explain.hpp"
#include "sim/base/error.hpp"
#include "sim/base/shell_quoted.hpp"

namespace app {

namespace {

analysis::ReportExtras left_out(std::string const& why) { return {"", {"Why the worst pair came out as it did is left out: " + why + "."}}; }

std::string command_of(std::string const& results, Question const& q, sim::ResultSchema const& schema) {
  return "berylia explain " + sim::shell_quoted(results) + " --point " + std::to_string(q.key.point) + " --future " + std::to_string(q.key.future) + " --replication " +
         std::to_string(q.key.replication) + " --nation " + schema.nations[q.nation] + " --response " + schema.responses[q.response].name;
}

}  // namespace

analysis::ReportExtras extras_of(std::string const& results, std::optional<analysis::Subject> const& headline) {
  try {
    RecordedCampaign campaign(results);
    sim::ResultSchema const& schema = campaign.schema();
    if (schema.rare_event.is_set()) return left_out("a replication of this campaign is a whole run of splitting, no history");
    if (schema.treatments.size() < 2) return left_out("there is one treatment, so there are no pairs");
    if (!headline) return left_out("the headline compares nothing");
    ExplainOptions wanted;
    wanted.point = std::to_string(headline->treatment);
    wanted.response = schema.responses[headline->response].name;
    if (headline->nation) wanted.nation = schema.nations[*headline->nation];
    Explanation const explanation = explain_outcome(campaign, wanted);
    if (!explanation.differences.empty()) return left_out("the program that wrote this page makes another history than the file records (another build, or other data)");
    if (!explanation.story) return left_out("the replay of its histories was stopped");
    return {why_json(*explanation.story, schema, command_of(results, explanation.story->question, schema)), {}};
  } catch (sim::Error const& error) {
    return left_out(error.what());
  }
}

}  // namespace app
