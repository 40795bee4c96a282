#include "analysis/report/headline.hpp"

#include <algorithm>
#include <iterator>

#include "analysis/report/rare_event.hpp"
#include "analysis/report/sentences.hpp"
#include "sim/base/error.hpp"

namespace analysis {

std::size_t headline_response(sim::ResultSchema const& schema, std::string const& wanted, std::vector<std::size_t> among) {
  if (!wanted.empty()) return response_index(schema, wanted);
  bool const all = among.empty();
  for (std::size_t r = 0; all && r < schema.responses.size(); ++r)
    if (!schema.responses[r].is_control) among.push_back(r);
  if (among.empty()) return 0;
  std::size_t const levels = schema.rare_event.levels.size();
  for (std::size_t const r : among)
    if (levels > 0 && r + 1 == levels) return r;  // the rare event itself
  return among.front();
}

std::size_t headline_treatment(sim::ResultSchema const& schema, std::string const& wanted) {
  auto const& all = schema.treatments;
  std::size_t const reference = treatment_index(schema, schema.reference);
  if (!wanted.empty()) {
    std::size_t const chosen = treatment_index(schema, wanted);
    if (chosen == reference && all.size() > 1) {
      throw sim::Error("treatment '" + wanted + "' (it is the reference, which the others are compared with) choose another treatment");
    }
    return chosen;
  }
  std::size_t first = reference;
  for (std::size_t t = 0; t < all.size(); ++t) {
    if (t == reference) continue;
    if (first == reference) first = t;
    auto const& levels = all[t].levels;
    bool const full = !levels.empty() && levels.size() == schema.levers.size();
    if (full && std::all_of(levels.begin(), levels.end(), [](int l) { return l != 0; })) return t;
  }
  return first;
}

bool is_improvement(Analysis const& a, Subject const& subject, double change) {
  return (change < 0) == a.schema.responses[subject.response].higher_is_worse;
}

Difference const* find_difference(Analysis const& a, Subject const& s) {
  for (auto const& d : a.differences) {
    if (d.subject.response == s.response && d.subject.nation == s.nation && d.subject.treatment == s.treatment) return &d;
  }
  return nullptr;
}

std::optional<Subject> headline_subject(Analysis const& a, Options const& options) {
  if (a.responses.empty()) return {};
  Subject s{headline_response(a.schema, options.headline_response, a.responses), std::nullopt, headline_treatment(a.schema, options.headline_treatment)};
  if (a.schema.responses[s.response].per_nation && !a.nations.empty()) s.nation = a.nations.front();
  return find_difference(a, s) == nullptr ? std::nullopt : std::optional(s);
}

Headline headline(Analysis const& a, Options const& options) {
  Headline h;
  auto const subject = headline_subject(a, options);
  if (!subject) {
    for (auto const& event : a.rare_events) h.sentences.push_back(rare_event_sentence(a.schema, event));
    if (h.sentences.empty()) h.sentences = {"There is nothing to compare: the analysis has no treatment beside the reference, or no response."};
    h.sentences.push_back(count_sentence(a.counts));
    h.caveats = caveats(a, nullptr);
    return h;
  }
  Subject const s = *subject;
  Difference const& difference = *find_difference(a, s);
  PairedDifference const& p = difference.value;
  h.subject = s;
  for (auto const& event : a.rare_events) h.sentences.push_back(rare_event_sentence(a.schema, event));
  for (auto const& sentence :
       {league_sentence(a), mean_sentence(a, s, p), design_sentence(a, p), smallest_effect_sentence(a, s, difference), prior_sets_sentence(a, s), futures_sentence(a, s, p), factorial_sentence(a, s),
        spillover_sentence(a, s), tail_sentence(a, s, p), control_sentence(a), placebo_sentence(a.placebo),
        count_sentence(a.counts)}) {
    if (!sentence.empty()) h.sentences.push_back(sentence);
  }
  h.caveats = caveats(a, &s);
  return h;
}

void add_before_count(Headline& headline, std::vector<std::string> const& sentences) {
  auto& all = headline.sentences;
  std::copy_if(sentences.begin(), sentences.end(), std::inserter(all, all.end() - 1), [](auto const& sentence) { return !sentence.empty(); });
}

void add_robustness(Analysis& a) {
  auto added = discovery_headline(a);
  if (a.robustness.subject) added.push_back(robustness_sentences(a).front());
  add_before_count(a.headline, added);
}

}  // namespace analysis
