#include "sim/app/explain/question.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include "analysis/report/headline.hpp"
#include "analysis/report/sentences.hpp"
#include "sim/app/results/comparison.hpp"
#include "sim/base/error.hpp"
#include "sim/base/names.hpp"

namespace app {

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

std::uint32_t point_of(sim::ResultSchema const& schema, std::string const& text) {
  std::size_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool const is_number = error == std::errc() && end == text.data() + text.size();
  if (is_number && number < schema.treatments.size()) return static_cast<std::uint32_t>(number);
  if (is_number)
    throw sim::Error(fmt::format("point {} is not in the study (it has the treatments 0 to {}) choose one of them, or give its name", text, schema.treatments.size() - 1));
  return static_cast<std::uint32_t>(analysis::treatment_index(schema, text));
}

void refuse_splitting(sim::ResultSchema const& schema) {
  if (!schema.rare_event.is_set()) return;
  throw sim::Error("a replication of this campaign is no history (the study has a [rare_event]: each replication is a whole run of splitting, of many histories that "
                   "share beginnings) explain a campaign of the same study without [rare_event]");
}

/// Values of one treatment by future and replication.
using Values = std::map<std::pair<std::uint32_t, std::uint32_t>, double>;

struct Table {
  RecordedCampaign const& campaign;
  std::vector<double> values;

  Values of(std::uint32_t point) const {
    Values result;
    for (std::size_t i = 0; i < values.size(); ++i) {
      sim::ReplicationKey const key = campaign.key(i);
      if (key.point == point && campaign.status(i) == sim::ReplicationStatus::done && !std::isnan(values[i])) result[{key.future, key.replication}] = values[i];
    }
    return result;
  }

  double at(sim::ReplicationKey key) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (campaign.key(i) != key) continue;
      if (campaign.status(i) == sim::ReplicationStatus::done) return values[i];
      throw sim::Error(fmt::format("point {}, future {}, replication {} has {} (there is no outcome to explain) berylia replay runs it again and says why", key.point,
                                   key.future, key.replication, text_of(campaign.status(i))));
    }
    throw sim::Error(fmt::format("point {}, future {}, replication {} is not recorded (the study has {} futures and {} replications, and what is not finished is not there "
                                 "yet) choose another, or leave --future out for the worst",
                                 key.point, key.future, key.replication, campaign.schema().futures, campaign.schema().replications));
  }
};

void choose_worst(Table const& table, Question& q, std::optional<std::uint32_t> against) {
  sim::ResultSchema const& schema = table.campaign.schema();
  auto const& info = schema.responses[q.response];
  double const sign = info.higher_is_worse ? 1 : -1;
  Values const own = table.of(q.key.point), other = against ? table.of(*against) : Values();
  double worst = -std::numeric_limits<double>::infinity();
  std::size_t candidates = 0;
  for (auto const& [place, value] : own) {
    auto const pair = other.find(place);
    if (against && pair == other.end()) continue;
    ++candidates;
    double const badness = sign * (value - (against ? pair->second : 0));
    if (badness <= worst) continue;
    worst = badness;
    q.key.future = place.first;
    q.key.replication = place.second;
  }
  if (candidates == 0)
    throw sim::Error(fmt::format("there is no finished {} of treatment \"{}\" (failed, or not run yet) choose another treatment, or run the campaign on",
                                 against ? "pair of histories" : "history", schema.treatments[q.key.point].name));
  q.chosen = against ? fmt::format("of {} pairs the one in which {} is worst compared with {}", candidates, analysis::label_of(schema.treatments[q.key.point]), analysis::label_of(schema.treatments[*against]))
                     : fmt::format("of {} histories with {} the worst", candidates, analysis::label_of(schema.treatments[q.key.point]));
}

}  // namespace

Question question(RecordedCampaign const& campaign, ExplainOptions const& options) {
  sim::ResultSchema const& schema = campaign.schema();
  refuse_splitting(schema);
  if (options.future.has_value() != options.replication.has_value())
    throw sim::Error("--future and --replication belong together (they are the address of one history) give both, or neither for the worst");
  if (options.worst && options.future) throw sim::Error("--worst chooses future and replication itself (both are given) leave out --worst, or --future and --replication");
  Question q;
  q.response = analysis::headline_response(schema, options.response);
  q.nation = analysis::nation_index(schema, !options.nation.empty() ? options.nation : schema.focal.empty() ? schema.nations.front() : schema.focal.front());
  auto const reference = static_cast<std::uint32_t>(analysis::treatment_index(schema, schema.reference));
  q.key.point = options.point.empty() ? static_cast<std::uint32_t>(analysis::headline_treatment(schema, "")) : point_of(schema, options.point);
  std::optional<std::uint32_t> against;
  if (!options.against.empty()) {
    against = point_of(schema, options.against);
    if (*against == q.key.point) throw sim::Error("a treatment cannot be compared with itself (--point and --against are the same) choose another one for --against");
  } else if (q.key.point != reference) {
    against = reference;
  }
  Table const table{campaign, campaign.response(q.response, q.nation)};
  if (options.future) {
    q.key.future = *options.future;
    q.key.replication = *options.replication;
    q.chosen = "as asked for";
  } else {
    choose_worst(table, q, against);
  }
  q.value = table.at(q.key);
  q.against_value = undefined;
  if (against) {
    q.against = sim::ReplicationKey{*against, q.key.future, q.key.replication};
    q.against_value = table.at(*q.against);
  }
  return q;
}

}  // namespace app
