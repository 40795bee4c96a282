#include "sim/app/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "sim/app/console.hpp"
#include "sim/app/subcommands.hpp"
#include "sim/config/issue.hpp"
#include "sim/io/provenance.hpp"

namespace app {

namespace {

/// The innermost sub-command that was recognised.
CLI::App const& recognised(CLI::App const& parser) {
  CLI::App const* at = &parser;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
  return *at;
}

std::vector<std::string> option_names(CLI::App const& parser) {
  std::vector<std::string> names;
  for (CLI::Option const* option : parser.get_options()) {
    for (std::string const& name : option->get_lnames()) names.push_back("--" + name);
    for (std::string const& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

std::vector<std::string> subcommand_names(CLI::App const& parser) {
  std::vector<std::string> names;
  for (CLI::App const* sub : parser.get_subcommands([](CLI::App const*) { return true; })) {
    names.push_back(sub->get_name());
  }
  return names;
}

std::string full_name(CLI::App const& parser) {
  return parser.get_parent() == nullptr ? parser.get_name()
                                        : full_name(*parser.get_parent()) + " " + parser.get_name();
}

/// What is wrong with the first word that nothing expected; empty if there is none.
std::string unexpected_word(CLI::App const& parser) {
  std::vector<std::string> const extras = parser.remaining(true);
  if (extras.empty()) return {};
  CLI::App const& at = recognised(parser);
  std::string const word = extras.front().substr(0, extras.front().find('='));
  std::string const help = "see " + full_name(at) + " --help";
  if (word.starts_with('-')) {
    return fmt::format("unknown option '{}' ({} has no such option) {}", word, full_name(at),
                       sim::did_you_mean(word, option_names(at), help));
  }
  auto const names = subcommand_names(at);
  if (names.empty()) return fmt::format("unexpected argument '{}' ({} takes no more) {}", word, full_name(at), help);
  return fmt::format("unknown command '{}' ({} has: {}) {}", word, full_name(at), sim::listed(names),
                     sim::did_you_mean(word, names, help));
}

Exit complain_about(CLI::App const& parser, std::string const& problem) {
  CLI::App const& at = recognised(parser);
  std::string const unexpected = unexpected_word(parser);
  if (!unexpected.empty()) complain(fmt::format("berylia: {}\n", unexpected));
  else complain(fmt::format("berylia: {} (the command line is not complete or not valid) see {} --help\n", problem,
                            full_name(at)));
  return Exit::bad_input;
}

std::string command_text(int argc, char const* const* argv) {
  std::string text;
  for (int i = 0; i < argc; ++i) text += (i > 0 ? " " : "") + shell_quoted(argv[i]);
  return text;
}

}  // namespace

Exit run_command_line(int argc, char const* const* argv) {
  std::string const command = command_text(argc, argv);
  std::function<Exit()> chosen;
  CLI::App parser("Berylia simulates cyber conflict between states and asks what a partnership changes.", "berylia");
  parser.set_version_flag("--version", [] {
    auto const& build = sim::build_info();
    return fmt::format("berylia {} ({}{}, {})", build.version, build.commit, build.dirty ? ", modified" : "",
                       build.compiler);
  });
  add_subcommands(parser, chosen, command);
  try {
    parser.parse(argc, argv);
  } catch (CLI::CallForHelp const&) {
    CLI::App const& at = recognised(parser);
    print(at.help(at.get_parent() == nullptr ? "" : full_name(*at.get_parent())));
    return Exit::done;
  } catch (CLI::CallForVersion const& version) {
    print(std::string(version.what()) + "\n");
    return Exit::done;
  } catch (CLI::ParseError const& error) {
    return complain_about(parser, error.what());
  }
  if (chosen) return chosen();
  return complain_about(parser, "no command given");
}

}  // namespace app
