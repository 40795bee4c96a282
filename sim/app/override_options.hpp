// Options of the command line that change keys of a study.
#pragma once

#include <string>
#include <vector>

#include "sim/config/issue.hpp"

namespace CLI {
class App;
}

namespace app {

/// "--flag N" as an override of `key`, "campaign.seed=7". `overrides` must outlive the parsing, as for all of these.
void add_override(CLI::App* sub, std::vector<sim::Override>& overrides, std::string const& flag, std::string const& key,
                  std::string const& meaning);

/// "--set KEY=VALUE", any number of times.
void add_set(CLI::App* sub, std::vector<sim::Override>& overrides);

/// --set, --replications, --futures and --seed.
void add_study_overrides(CLI::App* sub, std::vector<sim::Override>& overrides);

}  // namespace app
