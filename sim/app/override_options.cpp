#include "sim/app/override_options.hpp"

#include <CLI/CLI.hpp>

namespace app {

void add_override(CLI::App* sub, std::vector<sim::Override>& overrides, std::string const& flag, std::string const& key,
                  std::string const& meaning) {
  sub->add_option_function<std::string>(
         flag,
         [&overrides, flag, key](std::string const& value) {
           overrides.emplace_back(key + "=" + value, flag + " " + value);
         },
         meaning)
      ->type_name("N");
}

void add_set(CLI::App* sub, std::vector<sim::Override>& overrides) {
  sub->add_option_function<std::vector<std::string>>(
         "--set",
         [&overrides](std::vector<std::string> const& given) {
           overrides.insert(overrides.end(), given.begin(), given.end());
         },
         "change one key of the study, e.g. --set 'campaign.futures=20'; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

void add_study_overrides(CLI::App* sub, std::vector<sim::Override>& overrides) {
  add_set(sub, overrides);
  add_override(sub, overrides, "--replications", "campaign.replications", "per treatment and future");
  add_override(sub, overrides, "--futures", "campaign.futures", "draws of the uncertain factors");
  add_override(sub, overrides, "--seed", "campaign.seed", "seed of all random numbers");
}

}  // namespace app
