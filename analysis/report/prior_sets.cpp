#include "analysis/report/prior_sets.hpp"

#include <algorithm>
#include <tuple>

#include "analysis/report/analysis.hpp"
#include "analysis/report/columns.hpp"
#include "sim/base/error.hpp"
#include "sim/base/names.hpp"

namespace analysis {
namespace {

constexpr std::size_t most_named = 6;

[[noreturn]] void refuse(Beside const& beside, std::string const& why) {
  throw sim::Error("cannot set " + beside.path + " beside these results (" + why +
                   ") choose a campaign of the same study that differs in its prior set, name and counts alone");
}

auto parts(sim::Intervention const& i) { return std::tie(i.nation, i.organisation, i.action, i.status, i.from, i.to); }

bool same(sim::Treatment const& a, sim::Treatment const& b) {
  return std::equal(a.interventions.begin(), a.interventions.end(), b.interventions.begin(), b.interventions.end(),
                    [](auto const& x, auto const& y) { return parts(x) == parts(y); });
}

bool same(sim::ResponseInfo const& a, sim::ResponseInfo const& b) {
  return std::tie(a.unit, a.per_nation, a.window_from, a.window_to, a.higher_is_worse) == std::tie(b.unit, b.per_nation, b.window_from, b.window_to, b.higher_is_worse);
}

template <class List>
auto find(List const& list, std::string const& name) {
  return std::find_if(list.begin(), list.end(), [&](auto const& one) { return one.name == name; });
}

void check_same_study(sim::ResultSchema const& a, Beside const& beside) {
  auto const& b = beside.source->schema();
  if (std::tie(a.start, a.record_from, a.end) != std::tie(b.start, b.record_from, b.end))
    refuse(beside, "it runs from " + sim::to_string(b.start) + " to " + sim::to_string(b.end) + ", these from " + sim::to_string(a.start) + " to " + sim::to_string(a.end));
  if (a.reference != b.reference) refuse(beside, "its reference is " + sim::shown(b.reference) + ", here it is " + sim::shown(a.reference));
  if (a.mechanisms_on != b.mechanisms_on) refuse(beside, "other mechanisms are on in it");
  if (a.antithetic != b.antithetic) refuse(beside, "only one of the two has antithetic pairs");
  for (auto const& [file, checksum] : a.data_checksums)
    for (auto const& [other, its] : b.data_checksums)
      if (file == other && checksum != its) refuse(beside, "its data differ in " + file);
  for (auto const& t : a.treatments)
    if (auto const it = find(b.treatments, t.name); it != b.treatments.end() && !same(t, *it)) refuse(beside, "its treatment " + sim::shown(t.name) + " has other interventions");
  for (auto const& r : a.responses)
    if (auto const it = find(b.responses, r.name); it != b.responses.end() && !same(r, *it)) refuse(beside, "its response " + sim::shown(r.name) + " has another unit, window or direction");
}

SetEstimate estimate_of(PairedDifference const& p) { return {p.mean, p.lo, p.hi, p.predictive_lo, p.predictive_hi, p.share_better, p.futures}; }

// What is in the analysis and not in `other`, or null position; `nowhere` where it lacks it.
struct Match {
  std::vector<std::size_t> responses, treatments, nations;  // by position in the analysis
};

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

Match match(sim::ResultSchema const& a, sim::ResultSchema const& b) {
  auto const position = [](auto const& list, auto const& it) { return it == list.end() ? nowhere : static_cast<std::size_t>(it - list.begin()); };
  Match m;
  for (auto const& r : a.responses) m.responses.push_back(position(b.responses, find(b.responses, r.name)));
  for (auto const& t : a.treatments) m.treatments.push_back(position(b.treatments, find(b.treatments, t.name)));
  for (auto const& n : a.nations) m.nations.push_back(position(b.nations, std::find(b.nations.begin(), b.nations.end(), n)));
  return m;
}

// Adds the estimates of one campaign to the rows that still have them in all.
void add(Analysis const& a, PriorSets& sets, Beside const& beside, std::size_t number) {
  auto const& schema = beside.source->schema();
  Match const m = match(a.schema, schema);
  Histories const histories(schema, beside.source->replications());
  auto const& counts = histories.counts();
  if (counts.done < counts.planned) {
    sets.notes.push_back("Of the " + std::to_string(counts.planned) + " planned histories of " + schema.study + " " + std::to_string(counts.done) + " finished (" + std::to_string(counts.failed) +
                         " failed, " + std::to_string(counts.censored) + " censored, " + std::to_string(counts.missing) + " not run): its numbers are of these.");
  }
  if (!has_prior_draws(schema.sampling))
    sets.notes.push_back("The numbers of " + schema.study + " describe the points of a design of type " + schema.sampling.type + ", not its priors.");
  std::size_t const reference = treatment_index(schema, schema.reference);
  for (std::size_t first = 0; first < sets.rows.size();) {
    std::size_t last = first;  // rows of one response and nation lie together
    while (last < sets.rows.size() && sets.rows[last].response == sets.rows[first].response && sets.rows[last].nation == sets.rows[first].nation) ++last;
    std::size_t const response = m.responses[sets.rows[first].response], nation = sets.rows[first].nation ? m.nations[*sets.rows[first].nation] : 0;
    if (response != nowhere && nation != nowhere) {
      auto const cube = std::move(read_columns(*beside.source, histories, {response, {nation}, {}}).nations.front());
      Worse const worse = schema.responses[response].higher_is_worse ? Worse::higher : Worse::lower;
      for (std::size_t i = first; i < last; ++i) {
        std::size_t const t = m.treatments[sets.rows[i].treatment];
        if (t != nowhere && sets.rows[i].by_set.size() == number)
          sets.rows[i].by_set.push_back(estimate_of(paired_difference(histories.arm(cube, t), histories.arm(cube, reference), worse)));
      }
    }
    first = last;
  }
}

// Which of `mine` not all have, in words.
void note(PriorSets& sets, char const* things, std::vector<std::string> const& mine, std::vector<std::vector<std::string>> const& others) {
  std::vector<std::string> some;
  auto all = others;
  all.insert(all.begin(), mine);
  for (auto const& list : all)
    for (auto const& name : list) {
      bool const everywhere = std::all_of(all.begin(), all.end(), [&](auto const& l) { return std::find(l.begin(), l.end(), name) != l.end(); });
      if (!everywhere && std::find(some.begin(), some.end(), name) == some.end()) some.push_back(name);
    }
  if (!some.empty()) sets.notes.push_back(std::string(things) + " that not all campaigns have are left out: " + sim::listed(some, most_named) + ".");
}

template <class List>
std::vector<std::string> names_of(List const& list) {
  std::vector<std::string> names;
  for (auto const& one : list) names.push_back(one.name);
  return names;
}

// Two campaigns of the same set are told apart by their studies.
void tell_apart(std::vector<PriorSet>& sets) {
  auto names = sets;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    bool const shared = std::count_if(names.begin(), names.end(), [&](auto const& s) { return s.name == names[i].name; }) > 1;
    if (shared || names[i].name.empty()) sets[i].name = sets[i].study;
  }
}

}  // namespace

std::string prior_set_of(sim::ResultSchema const& schema) {
  // The resolved study is the program's own text: a table [priors] whose first line is set = "NAME".
  std::string const table = "\n[priors]\nset = \"";
  auto const at = schema.resolved_study.find(table);
  if (at == std::string::npos) return "";
  auto const from = at + table.size();
  return schema.resolved_study.substr(from, schema.resolved_study.find('"', from) - from);
}

PriorSets prior_sets(Analysis const& a, std::vector<Beside> const& others) {
  PriorSets sets;
  auto const add_set = [&](sim::ResultSchema const& s) { sets.sets.push_back({prior_set_of(s), s.study, s.futures, s.replications, s.seed}); };
  add_set(a.schema);
  for (auto const& d : a.differences) sets.rows.push_back({d.subject.response, d.subject.nation, d.subject.treatment, {estimate_of(d.value)}});
  std::vector<std::vector<std::string>> treatments, responses;
  for (auto const& beside : others) {
    check_same_study(a.schema, beside);
    add(a, sets, beside, sets.sets.size());
    add_set(beside.source->schema());
    treatments.push_back(names_of(beside.source->schema().treatments));
    responses.push_back(names_of(beside.source->schema().responses));
  }
  std::erase_if(sets.rows, [&](auto const& row) { return row.by_set.size() != sets.sets.size(); });
  note(sets, "Treatments", names_of(a.schema.treatments), treatments);
  note(sets, "Responses", names_of(a.schema.responses), responses);
  tell_apart(sets.sets);
  return sets;
}

}  // namespace analysis
