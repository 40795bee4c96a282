#include "sim/exec/executors.hpp"

#include <algorithm>
#include <numeric>

#include "sim/base/error.hpp"
#include "sim/exec/conservative.hpp"
#include "sim/exec/rollback_check.hpp"
#include "sim/exec/sequential.hpp"

namespace sim {

namespace {

struct Choice {
  std::string_view name;
  bool has_threads;
  std::unique_ptr<Executor> (*make)(unsigned threads);
};

constexpr Choice choices[] = {{"sequential", false, [](unsigned) { return make_sequential(); }},
                              {"conservative", true, [](unsigned threads) { return make_conservative(threads); }},
                              {"rollback-check", false, [](unsigned) { return make_rollback_check(); }}};

/// Number of letters to insert, delete or replace (Levenshtein 1966).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      std::size_t const replaced = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, replaced});
    }
  }
  return row.back();
}

}  // namespace

std::vector<std::string> executor_names() {
  std::vector<std::string> names;
  for (Choice const& choice : choices) names.emplace_back(choice.name);
  return names;
}

std::unique_ptr<Executor> make_executor(std::string_view name, unsigned threads) {
  std::string list;
  Choice const* nearest = &choices[0];
  for (Choice const& choice : choices) {
    if (choice.name == name) {
      if (threads > 1 && !choice.has_threads) {
        throw Error(std::to_string(threads) + " threads for the " + std::string(name) +
                    " executor (it has one) choose the conservative executor, or one thread");
      }
      return choice.make(threads);
    }
    if (edit_distance(name, choice.name) < edit_distance(name, nearest->name)) nearest = &choice;
    list += (list.empty() ? "" : ", ") + std::string(choice.name);
  }
  throw Error("unknown executor '" + std::string(name) + "' (there are: " + list + ") did you mean '" +
              std::string(nearest->name) + "'?");
}

}  // namespace sim
