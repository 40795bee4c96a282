#include "sim/base/contracts.hpp"
#include "sim/base/error.hpp"
#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

struct Answers {
  NationName nation;
  OrganisationName organisation;
  Date join, start, record_from, end;
};

NationName const& nation_of(std::string const& text, StudyVocabulary const& vocabulary) {
  if (auto const* nation = find_nation(vocabulary, text)) return *nation;
  for (auto const& nation : vocabulary.nations)
    if (edit_distance(text, nation.name) == 0 || edit_distance(text, nation.code) == 0) return nation;
  throw Error("unknown nation " + shown(text) + " (the world has " + std::to_string(vocabulary.nations.size()) +
              " nations) " + suggest_nation(vocabulary, text));
}

OrganisationName const& organisation_of(std::string const& text, StudyVocabulary const& vocabulary) {
  std::vector<std::string> joinable;
  for (auto const& organisation : vocabulary.organisations) {
    auto const& offers = organisation.actions;
    bool const can_be_joined = std::find(offers.begin(), offers.end(), "membership") != offers.end();
    if (can_be_joined && organisation.name == text) return organisation;
    if (can_be_joined) joinable.push_back(organisation.name);
  }
  throw Error("cannot join " + shown(text) + " (these can be joined: " + listed(joinable) + ") " +
              did_you_mean(text, joinable, "name one of them"));
}

/// Seven years of history with three of warm-up before joining where the data reach, five full years after it.
Answers answers_of(NewStudyOptions const& options, StudyVocabulary const& vocabulary) {
  auto const& organisation = organisation_of(options.organisation, vocabulary);
  auto const& nation = nation_of(options.nation, vocabulary);
  auto const join = parse_date(options.join);
  if (!join)
    throw Error(shown(options.join) + " is not a date (a day that exists is needed, year first) write it as in 2022-11-04");
  Answers a{nation, organisation, *join, {join->year - 7, 1, 1}, {}, {join->year + 6, 1, 1}};
  a.start = std::max(a.start, vocabulary.data_from);
  a.record_from = {a.start.year + 3, a.start.month, std::min(a.start.day, 28)};
  a.end = std::min(a.end, vocabulary.data_to);
  Date const earliest = std::max(a.record_from, organisation.founded);
  if (*join < earliest)
    throw Error("joining on " + to_string(*join) + " is too early (" + organisation.name + " was founded on " +
                to_string(organisation.founded) + ", and recording begins on " + to_string(a.record_from) +
                ") choose " + to_string(earliest) + " or later");
  Date const latest{vocabulary.data_to.year - 1, vocabulary.data_to.month, std::min(vocabulary.data_to.day, 28)};
  if (*join > latest)
    throw Error("joining on " + to_string(*join) + " is too late (the world can be simulated to " +
                to_string(vocabulary.data_to) + ", and a year should follow) choose " + to_string(latest) + " or earlier");
  return a;
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == ' ' ? '_' : c;
  return text;
}

std::string digits(Date date) {
  auto text = to_string(date);
  std::erase(text, '-');
  return text;
}

std::string lever_text(Answers const& a) {
  return "# The lever: what can be switched. The record's own dates of the same nation, organisation and action are\n"
         "# replaced by it in every treatment.\n"
         "[[levers]]\n"
         "name = \"membership\"\n"
         "nation = \"" + a.nation.code + "\"                 # " + a.nation.name + "\n"
         "organisation = \"" + a.organisation.name + "\"\n"
         "action = \"membership\"\n" +
         (a.organisation.statuses.empty() ? "" : "status = \"" + a.organisation.statuses.front() + "\"\n") +
         "from = " + to_string(a.join) + "               # the date asked for; say here where it comes from\n"
         "# to = " + to_string(a.end) + "               # leaving again; without it the membership lasts\n\n";
}

std::string design_text() {
  return "# The treatments are compared pair by pair with the reference, under the same random numbers.\n"
         "[design]\n"
         "type = \"explicit\"\n"
         "reference = \"never\"\n\n"
         "[[treatments]]\n"
         "name = \"never\"\n"
         "label = \"never joins\"\n"
         "levers = []\n\n"
         "[[treatments]]\n"
         "name = \"joins\"\n"
         "label = \"joins\"\n"
         "levers = [\"membership\"]\n\n";
}

}  // namespace

std::string new_study_text(NewStudyOptions const& options, StudyVocabulary const& vocabulary) {
  Answers const a = answers_of(options, vocabulary);
  std::string text =
      "# What would joining " + a.organisation.name + " on " + to_string(a.join) + " change for " + a.nation.name + "?\n"
      "# Check it with `berylia check FILE`, run it with `berylia run FILE -o OUT.h5`.\n"
      "# Every key is described in docs/formats/study.md.\n"
      "study_format = 1\n"
      "name = \"" + lower(a.nation.code + "_" + a.organisation.name) + "_" + digits(a.join) + "\"\n"
      "title = \"" + a.nation.name + " joins " + a.organisation.name + "\"\n"
      "question = \"What does joining " + a.organisation.name + " on " + to_string(a.join) + " change for " +
      a.nation.name + "?\"\n\n"
      "[time]                             # dates are midnights UTC; the end is exclusive\n"
      "start = " + to_string(a.start) + "\n"
      "record_from = " + to_string(a.record_from) + "           # the years before it are warm-up\n"
      "end = " + to_string(a.end) + "\n\n"
      "[campaign]\n"
      "futures = 100                      # draws of the uncertain factors, shared by all treatments\n"
      "replications = 5                   # histories per treatment and future\n"
      "seed = " + digits(a.join) + "                    # any number from 0; the same seed gives the same bytes\n"
      "focal = [\"" + a.nation.code + "\"]                    # nations with weekly series and incident rows\n\n"
      "[mechanisms]                       # all that this build has are on unless switched off here\n";
  for (auto const& mechanism : vocabulary.mechanisms)
    text += "# " + mechanism.name + " = false" + std::string(24 - std::min<std::size_t>(24, mechanism.name.size()), ' ') +
            " # " + mechanism.meaning + (mechanism.available ? "" : " (not in this build)") + "\n";
  text += "\n";
  if (!vocabulary.prior_sets.empty()) {
    text += "[priors]\nset = \"" + vocabulary.prior_sets.front().name + "\"\n";
    for (auto const& set : vocabulary.prior_sets) text += "# " + set.name + ": " + set.meaning + "\n";
    text += "\n";
  }
  text += lever_text(a) + design_text() +
          "# Without [[responses]] and [series] everything is measured over the whole recording period.\n";
  SIM_CHECK(check_study({"new study", text}, {}, vocabulary).issues.empty());
  return text;
}

}  // namespace sim
