// Robustness of the headline response over treatments x futures, with its trade-off against the cost of partnership.
#pragma once

#include <optional>
#include <string>

#include "analysis/report/histories.hpp"
#include "analysis/report/subject.hpp"
#include "analysis/robustness/front.hpp"

namespace analysis {

struct Analysis;
struct Options;

/// Empty subject: there is nothing to choose from, `note` says why.
struct RobustnessTable {
  std::optional<Subject> subject;          // treatment unused
  std::string note;
  std::optional<std::size_t> cost;         // response that is the cost
  double threshold = undefined;            // level that is good enough, in the response's unit
  std::string threshold_words;
  std::size_t futures = 0;                 // that all treatments have
  std::size_t left_out = 0;
  std::vector<Robust> numbers;             // [treatments]
  std::vector<Estimate> changes;           // [treatments] against the reference, over the same futures
  std::vector<Estimate> costs;             // [treatments]; empty without a cost
  std::vector<std::optional<std::size_t>> dominated_by;  // [treatments]; empty without a cost
  std::vector<Choice> choices;
};

/// Robustness of the headline's response; needs the headline of `analysis`.
RobustnessTable headline_robustness(ResultsSource const& source, Histories const& histories, Analysis const& analysis, Options const& options);

/// The sentences for a policy reader; the first one is for the headline.
std::vector<std::string> robustness_sentences(Analysis const& analysis);
/// What the criterion asks for, in words.
std::string words_of(Criterion criterion);
/// Tables for a terminal; empty where there is nothing to show.
std::string robustness_text(Analysis const& analysis);

}  // namespace analysis
