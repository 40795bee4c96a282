#include "sim/app/campaign/stopping_watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/app/console.hpp"

namespace app {

namespace {

double half_width(sim::LookRow const& row) { return (row.hi - row.lo) / 2; }

/// "membership: change of the mean of resilience_loss of JPN -0.05 +- 0.31, wanted +-0.05"
std::string text_of(sim::ResultSchema const& schema, sim::LookRow const& row) {
  auto const& target = schema.stopping.targets[row.target];
  std::string const found = std::isfinite(half_width(row)) ? fmt::format("{:.4g} +- {:.3g}", row.estimate, half_width(row)) : "no interval";
  return fmt::format("{}: {} {}, wanted +-{:.3g}{}", schema.treatments[row.point].name, sim::name_of(target), found, row.wanted,
                     row.doubt != 0 ? fmt::format(" (no reason to stop: {})", analysis::words_of(static_cast<analysis::Doubt>(row.doubt))) : "");
}

/// How far from its target; the farthest first.
double distance(sim::LookRow const& row) {
  double const ratio = half_width(row) / row.wanted;
  return std::isfinite(ratio) ? ratio : HUGE_VAL;
}

}  // namespace

void observe_all(sim::Stopping& rule, sim::JournalIndex const& index) {
  sim::ReplicationRecord record;
  for (std::size_t i = 0; i < index.size(); ++i) {
    index.read(i, record);
    rule.observe(record);
  }
}

std::unique_ptr<sim::Stopping> rule_after(sim::ResultSchema const& schema, sim::JournalIndex const& index) {
  if (!schema.stopping.is_rule()) return nullptr;
  auto rule = std::make_unique<sim::Stopping>(schema);
  observe_all(*rule, index);
  rule->look();
  return rule;
}

StoppingWatch::StoppingWatch(sim::ResultSchema const& schema, std::filesystem::path parts, sim::Manifest const& manifest)
    : schema_(schema), parts_(std::move(parts)), manifest_(manifest) {
  if (!schema.stopping.is_rule()) return;
  rule_ = std::make_unique<sim::Stopping>(schema);
  read_journals();
  rule_->on_look = [this](auto const& rows) { complain(text_of_look(schema_, rows)); };
}

void StoppingWatch::read_journals() {
  if (rule_) observe_all(*rule_, sim::JournalIndex::scan(parts_, manifest_));
}

void StoppingWatch::read_journals_now_and_then() {
  auto const begun = std::chrono::steady_clock::now();
  if (begun < not_before_) return;
  read_journals();
  auto const ended = std::chrono::steady_clock::now();
  not_before_ = ended + std::max<std::chrono::steady_clock::duration>(20 * (ended - begun), std::chrono::milliseconds(500));
}

sim::ResultSchema StoppingWatch::with_outcome(sim::ResultSchema schema) const {
  if (rule_) schema.stopping = rule_->info();
  return schema;
}

std::string text_of_look(sim::ResultSchema const& schema, std::vector<sim::LookRow> const& rows) {
  if (rows.empty()) return "";
  auto const& rule = schema.stopping;
  auto const reached = std::count_if(rows.begin(), rows.end(), [](auto const& row) { return row.state == sim::LookState::reached; });
  std::string text = fmt::format("look at {} {}: {} of {} comparisons are narrow enough", rule.counts[rows.front().look], rule.unit, reached, rows.size());
  auto const is_nearer = [](auto const& a, auto const& b) {
    bool const is_open_a = a.state != sim::LookState::reached, is_open_b = b.state != sim::LookState::reached;
    return is_open_a != is_open_b ? is_open_b : distance(a) < distance(b);
  };
  auto const widest = std::max_element(rows.begin(), rows.end(), is_nearer);
  if (widest->state == sim::LookState::reached) return text + "\n";
  text += "; farthest off: " + text_of(schema, *widest);
  if (!std::isfinite(widest->needed) || widest->doubt != 0) return text + "\n";
  bool const is_out_of_reach = widest->needed > rule.counts.back();
  return text + fmt::format("; about {:.3g} {} would do{}\n", widest->needed, rule.unit,
                            is_out_of_reach ? fmt::format(", the study allows {}: out of reach as it looks", rule.counts.back()) : "");
}

std::string text_of_outcome(sim::ResultSchema const& schema) {
  auto const& rule = schema.stopping;
  if (!rule.is_settled()) return "";
  auto const [fewest, most] = std::minmax_element(rule.taken.begin(), rule.taken.end());
  std::string text = fmt::format("stopping:  {} of at most {} {}", *fewest == *most ? std::to_string(*most) : fmt::format("{} to {}", *fewest, *most),
                                 rule.counts.back(), rule.unit);
  std::vector<sim::LookRow> missed;
  std::copy_if(rule.looks.begin(), rule.looks.end(), std::back_inserter(missed), [](auto const& row) { return row.state == sim::LookState::exhausted; });
  if (missed.empty()) return text + "; every target is reached\n";
  text += fmt::format("; NOT reached: {} of the targets\n", missed.size());
  std::sort(missed.begin(), missed.end(), [](auto const& a, auto const& b) { return distance(a) > distance(b); });
  constexpr std::size_t shown = 3;
  for (std::size_t i = 0; i < missed.size() && i < shown; ++i) {
    text += "           " + text_of(schema, missed[i]);
    if (std::isfinite(missed[i].needed) && missed[i].doubt == 0) text += fmt::format("; about {:.3g} {} would do", missed[i].needed, rule.unit);
    text += "\n";
  }
  return text;
}

}  // namespace app
