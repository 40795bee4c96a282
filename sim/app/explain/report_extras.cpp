#include "sim/app/explain/report_extras.hpp"

#include "sim/app/explain/explain.hpp"
#include "sim/base/error.hpp"
#include "sim/base/shell_quoted.hpp"

namespace app {

analysis::ReportExtras extras_of(ReportOptions const& options) {
  ExplainOptions wanted;
  wanted.results = options.results;
  wanted.point = options.treatment.value_or("");
  try {
    RecordedCampaign campaign(options.results);
    if (campaign.schema().rare_event.is_set() || campaign.schema().treatments.size() < 2) return {};
    Explanation const explanation = explain_outcome(campaign, wanted);
    if (!explanation.differences.empty())
      return {"", {"Why the worst pair came out as it did is left out: the program that wrote this page makes another history than the file records (another build, or other data)."}};
    if (!explanation.story) return {};
    Question const& q = explanation.story->question;
    std::string const command = "berylia explain " + sim::shell_quoted(options.results) + " --point " + std::to_string(q.key.point) + " --future " + std::to_string(q.key.future) +
                                " --replication " + std::to_string(q.key.replication) + " --nation " + campaign.schema().nations[q.nation];
    return {why_json(*explanation.story, campaign.schema(), command), {}};
  } catch (sim::Error const& error) {
    return {"", {std::string("Why the worst pair came out as it did is left out: ") + error.what() + "."}};
  }
}

}  // namespace app
