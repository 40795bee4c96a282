#include "sim/base/contracts.hpp"
#include "sim/base/error.hpp"
#include "sim/campaign/study_parts.hpp"

namespace sim {
namespace {

struct Answers {
  WorldName const& world;
  NationName nation;
  OrganisationName organisation;
  Date join, start, record_from, end;
};

std::string sentence(Objection const& objection) {
  auto const& world = objection.world;
  return objection.problem + " (" + objection.reason + ") " + (world.empty() ? objection.advice : "give --world " + world + ", or name another");
}

NationName const& nation_of(std::string const& text, WorldName const& world, StudyVocabulary const& vocabulary) {
  for (auto const& nation : world.nations)
    if (edit_distance(text, nation.name) == 0 || edit_distance(text, nation.code) == 0) return nation;
  throw Error(sentence(unknown_nation(vocabulary, world, text)));
}

OrganisationName const& organisation_of(std::string const& text, WorldName const& world, StudyVocabulary const& vocabulary) {
  std::vector<std::string> joinable;
  for (auto const& organisation : world.organisations) {
    auto const& offers = organisation.actions;
    bool const can_be_joined = std::find(offers.begin(), offers.end(), "membership") != offers.end();
    if (can_be_joined && organisation.name == text) return organisation;
    if (can_be_joined) joinable.push_back(organisation.name);
  }
  if (auto const foreign = foreign_organisation(vocabulary, world, text)) throw Error(sentence(*foreign));
  throw Error("cannot join " + shown(text) + " (these can be joined: " + listed(joinable) + ") " +
              did_you_mean(text, joinable, "name one of them"));
}

/// Seven years of history with three of warm-up before joining where the data reach, five full years after it.
Answers answers_of(NewStudyOptions const& options, StudyVocabulary const& vocabulary) {
  auto const& world = world_named(vocabulary, options.world);
  auto const& organisation = organisation_of(options.organisation.empty() ? world.centre : options.organisation, world, vocabulary);
  auto const& nation = nation_of(options.nation, world, vocabulary);
  auto const join = parse_date(options.join);
  if (!join)
    throw Error(shown(options.join) +
                " is not a date (a day that exists is needed, year first) write it as in 2022-11-04");
  Answers a{world, nation, organisation, *join, {join->year - 7, 1, 1}, {}, {join->year + 6, 1, 1}};
  a.start = std::max(a.start, vocabulary.data_from);
  a.record_from = {a.start.year + 3, a.start.month, std::min(a.start.day, 28)};
  a.end = std::min(a.end, vocabulary.data_to);
  Date const earliest = std::max(a.record_from, organisation.earliest);
  if (*join < earliest)
    throw Error("joining on " + to_string(*join) + " is too early (of " + organisation.name + ": " +
                founding_of(organisation) + "; recording begins on " + to_string(a.record_from) +
                ") choose " + to_string(earliest) + " or later");
  Date const latest{vocabulary.data_to.year - 1, vocabulary.data_to.month, std::min(vocabulary.data_to.day, 28)};
  if (*join > latest)
    throw Error("joining on " + to_string(*join) + " is too late (the world can be simulated to " +
                to_string(vocabulary.data_to) + ", and a year should follow) choose " + to_string(latest) +
                " or earlier");
  return a;
}

/// Small letters and digits, everything else an underscore: a name that a study may have.
std::string identifier(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    bool const allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!allowed) c = '_';
  }
  return text.substr(0, 40);
}

std::string digits(Date date) {
  auto text = to_string(date);
  std::erase(text, '-');
  return text;
}

/// "code            # comment", the comments below each other.
std::string line(std::string code, std::string const& comment) {
  constexpr std::size_t column = 36;
  if (code.size() < column) code.append(column - code.size(), ' ');
  return code + "# " + comment + "\n";
}

std::string heading_text(Answers const& a) {
  // Without the date, which stands in the lever and may be changed there or by --set.
  auto const question = "What does joining " + a.organisation.name + " change for " + a.nation.name + "?";
  return "# " + question +
         "\n"
         "# Check it with `berylia check FILE`, run it with `berylia run FILE -o OUT.h5`.\n"
         "# Every key is described in docs/formats/study.md.\n"
         "study_format = 1\n"
         "name = \"" +
         identifier(a.nation.code + "_" + a.organisation.name) +
         "\"\n"
         "title = \"" +
         a.nation.name + " joins " + a.organisation.name +
         "\"\n"
         "question = \"" +
         question + "\"\n\n";
}

/// Only where it is not the default.
std::string scenario_text(Answers const& a, StudyVocabulary const& vocabulary) {
  if (a.world.name == vocabulary.worlds.front().name) return {};
  return "[scenario]\n" + line("world = \"" + a.world.name + "\"", a.world.meaning) + "\n";
}

std::string campaign_text(Answers const& a) {
  return line("[time]", "dates are midnights UTC; the end is exclusive") +
         line("start = " + to_string(a.start), "the history begins") +
         line("record_from = " + to_string(a.record_from), "the years before are warm-up") +
         line("end = " + to_string(a.end), "the horizon") + "\n" + line("[campaign]", "the size of the experiment") +
         line("futures = 100", "draws of the uncertain factors, shared by all treatments") +
         line("replications = 5", "histories per treatment and future") +
         line("seed = " + digits(a.join), "the same seed gives the same bytes") +
         line("focal = [\"" + a.nation.code + "\"]", "nations with weekly series and incident rows") + "\n";
}

std::string model_text(StudyVocabulary const& vocabulary) {
  std::string text = line("[mechanisms]", "all that this build has are on unless switched off here");
  for (auto const& mechanism : vocabulary.mechanisms)
    text += line("# " + mechanism.name + " = false",
                 mechanism.meaning + (mechanism.available ? "" : " (not in this build)"));
  text += "\n" + line("[behaviour]", "rules of the agents; each line shows the other choice");
  for (auto const& name : vocabulary.behaviours)
    text += line("# " + name.name + (name.standard ? " = false" : " = true"), name.meaning);
  if (vocabulary.prior_sets.empty()) return text + "\n";
  text += "\n[priors]\nset = \"" + vocabulary.prior_sets.front().name + "\"\n";
  for (auto const& set : vocabulary.prior_sets) text += "# \"" + set.name + "\": " + set.meaning + "\n";
  return text + "\n";
}

std::string lever_text(Answers const& a) {
  auto const& statuses = a.organisation.statuses;
  return "# The lever: what can be switched. It stands in for all that the record says of this nation in this "
         "organisation;\n"
         "# to keep a recorded liaison or exercise, add it as a lever and name it in both treatments.\n"
         "[[levers]]\n"
         "name = \"membership\"\n" +
         line("nation = \"" + a.nation.code + "\"", a.nation.name) + "organisation = \"" + a.organisation.name +
         "\"\n" + "action = \"membership\"\n" +
         (statuses.empty() ? "" : line("status = \"" + statuses.front() + "\"", "known: " + listed(statuses))) +
         line("from = " + to_string(a.join), "as asked for; say here where the date comes from") +
         line("# to = " + to_string(a.end), "leaving again; without it the membership lasts") + "\n";
}

std::string design_text() {
  return "# The treatments are compared with the reference, pair by pair, under the same random numbers.\n"
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
         "levers = [\"membership\"]\n\n"
         "# Without [[responses]] and [series] everything is measured over the whole recording period.\n";
}

}  // namespace

std::string new_study_text(NewStudyOptions const& options, StudyVocabulary const& vocabulary) {
  Answers const a = answers_of(options, vocabulary);
  auto text = heading_text(a) + scenario_text(a, vocabulary) + campaign_text(a) + model_text(vocabulary) + lever_text(a) + design_text();
  SIM_CHECK(check_study({"new study", text}, {}, vocabulary).issues.empty());
  return text;
}

std::string new_study_note(NewStudyOptions const& options, StudyVocabulary const& vocabulary) {
  Answers const a = answers_of(options, vocabulary);
  auto const& memberships = a.world.memberships;
  auto const recorded = std::find_if(memberships.begin(), memberships.end(), [&](RecordedMembership const& one) {
    return one.nation == a.nation.code && one.organisation == a.organisation.name;
  });
  if (recorded == memberships.end()) return {};
  return "note: in the record " + a.nation.name + " is a member of " + a.organisation.name + " from " +
         to_string(recorded->from) + " (both treatments replace that: in one it joins on " + to_string(a.join) +
         ", in the other never) nothing to do if that is the question";
}

}  // namespace sim
