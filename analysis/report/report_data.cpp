#include "analysis/report/report_data.hpp"

#include <charconv>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "analysis/report/json/timeline.hpp"
#include "analysis/report/report_parts.hpp"
#include "sim/base/shell_quoted.hpp"

namespace analysis {
namespace {

// Six significant digits: what a picture can show.
double rounded(double value) {
  char text[32];
  auto const end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, 5).ptr;
  std::from_chars(text, end, value);
  return value + 0.0;
}

Json short_num(double value) { return std::isfinite(value) ? Json(rounded(value)) : Json(nullptr); }

Json nums(std::vector<double> const& values) {
  Json list = Json::array();
  for (double const x : values) list.push_back(short_num(x));
  return list;
}

void round_all(Json& j) {
  if (j.is_number_float()) {
    j = short_num(j.get<double>());
  } else if (j.is_structured()) {
    for (auto& child : j) round_all(child);
  }
}

Json nations_of(sim::ResultSchema const& s) {
  Json list = Json::array();
  for (std::size_t n = 0; n < s.nations.size(); ++n) {
    list.push_back({{"iso3", s.nations[n]},
                    {"name", n < s.nation_names.size() ? s.nation_names[n] : s.nations[n]},
                    {"member", n < s.nation_is_member.size() && s.nation_is_member[n] != 0}});
  }
  return list;
}

Json map_of(sim::ResultSchema const& s, std::vector<MapLayer> const& layers) {
  Json list = Json::array();
  for (auto const& m : layers) {
    list.push_back({{"response", s.responses[m.response].name},
                    {"treatment", s.treatments[m.treatment].name},
                    {"mean", nums(m.mean)},
                    {"lo", nums(m.lo)},
                    {"hi", nums(m.hi)},
                    {"relative", nums(m.relative)}});
  }
  return list;
}

Json quantiles_of(sim::ResultSchema const& s, std::vector<QuantileCurve> const& curves) {
  Json list = Json::array();
  auto const probabilities = nums(distribution_probabilities());
  for (auto const& c : curves) {
    list.push_back({{"response", s.responses[c.subject.response].name},
                    {"nation", c.subject.nation ? Json(s.nations[*c.subject.nation]) : Json(nullptr)},
                    {"treatment", s.treatments[c.subject.treatment].name},
                    {"probabilities", probabilities},
                    {"quantiles", nums(c.quantiles)}});
    if (!c.values.empty()) list.back()["values"] = nums(c.values);
  }
  return list;
}

Json curves_of(sim::ResultSchema const& s, TimeCurves const& curves) {
  Json list = Json::array();
  for (auto const& c : curves.curves) {
    list.push_back({{"series", s.series[c.series].name},
                    {"unit", s.series[c.series].unit},
                    {"nation", s.nations[c.nation]},
                    {"treatment", s.treatments[c.treatment].name},
                    {"dates", curves.dates},
                    {"mean", nums(c.mean)},
                    {"q05", nums(c.q05)},
                    {"q25", nums(c.q25)},
                    {"q50", nums(c.q50)},
                    {"q75", nums(c.q75)},
                    {"q95", nums(c.q95)}});
  }
  return list;
}

Json interventions_of(sim::ResultSchema const& s) {
  Json list = Json::array();
  for (auto const& t : s.treatments) {
    for (auto const& i : t.interventions) {
      list.push_back({{"treatment", t.name},
                      {"lever", i.lever},
                      {"date", sim::to_string(i.from)},
                      {"to", i.to.year >= 9999 ? Json(nullptr) : Json(sim::to_string(i.to))},
                      {"nation", i.nation},
                      {"organisation", i.organisation},
                      {"action", i.action},
                      {"status", i.status}});
    }
  }
  return list;
}

Json factors_of(sim::ResultSchema const& s, std::vector<double> const& correlations) {
  Json list = Json::array();
  for (std::size_t k = 0; k < s.factors.size(); ++k) {
    auto const& f = s.factors[k];
    list.push_back({{"name", f.name},
                    {"unit", f.unit},
                    {"prior", sim::to_string(f.prior)},
                    {"meaning", f.meaning},
                    {"source", f.source},
                    {"grade", std::string(1, static_cast<char>(f.grade))},
                    {"correlation", short_num(correlations[k])}});
  }
  return list;
}

// The resolved study in the file holds every setting, also those given on the command line.
Json commands_of(ResultsSource const& source, Options const& options) {
  std::map<std::string, std::string> build;
  for (auto const& [key, value] : source.provenance()) build[key] = value;
  std::string const out = sim::shell_quoted(options.results_path), berylia = "build/release/berylia ";
  Json list = Json::array();
  list.push_back("git checkout " + build["commit"] +
                 (build["dirty"] == "yes" ? "  # the program had been changed since: its own source is needed" : ""));
  list.push_back("./bootstrap.sh build");
  std::string study = options.study_path;
  if (study.empty()) {
    study = "study.toml";
    list.push_back("h5dump -d /provenance/resolved_study -b FILE -o " + study + " " + out);
  }
  list.push_back(berylia + "run " + sim::shell_quoted(study) + " -o again.h5");
  list.push_back("h5diff " + out + " again.h5  # differs in /provenance/study_text alone, the study as it was first written");
  list.push_back(berylia + "verify " + out + " --replications 10");
  std::string const treatment = options.headline_treatment.empty() ? "" : " --treatment " + sim::shell_quoted(options.headline_treatment);
  list.push_back(berylia + "analyze " + out + treatment + " --json" + (options.headline_response.empty() && options.headline_nation.empty() ? "" : "  # of the focal nations; its headline is of the first response and nation"));
  if (!options.report_command.empty()) list.push_back(options.report_command);
  return list;
}

Json provenance_of(ResultsSource const& source) {
  Json list = Json::array();
  for (auto const& [key, value] : source.provenance()) list.push_back({{"key", key}, {"value", value}});
  return list;
}

}  // namespace

std::string report_data(ResultsSource const& source, Options const& options, FindExtras const& extras_of) {
  Analysis a = analyze(source, options);
  ReportExtras const extras = extras_of ? extras_of(a.headline.subject) : ReportExtras();
  a.headline.caveats.insert(a.headline.caveats.end(), extras.notes.begin(), extras.notes.end());
  Histories const histories(a.schema, source.replications());
  auto const spread = distributions(source, histories, a);
  Json analysis = Json::parse(to_json(a));
  round_all(analysis);
  Json j{{"format", 1}};
  j["headline"] = analysis["headline"];
  j["nations"] = nations_of(a.schema);
  j["map"] = map_of(a.schema, map_layers(source, histories, a));
  j["distributions"] = quantiles_of(a.schema, spread.values);
  j["difference_distributions"] = quantiles_of(a.schema, spread.differences);
  j["curves"] = curves_of(a.schema, time_curves(source, histories, a));
  Json incidents = timeline_json(a, timeline(source, histories, a));
  round_all(incidents);
  j["timeline"] = std::move(incidents);
  j["why"] = extras.why.empty() ? Json(nullptr) : Json::parse(extras.why);
  j["interventions"] = interventions_of(a.schema);
  j["factors"] = factors_of(a.schema, factor_correlations(source, histories, a));
  j["provenance"] = provenance_of(source);
  j["commands"] = commands_of(source, options);
  j["analysis"] = std::move(analysis);
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace analysis
