"""What a world costs is said before it is built, is about right, and is refused where it cannot be had."""
import json
import re
import resource

import program
from program import SMOKE, ProgramTest

STUDY = """study_format = 1
name = "size"
[scenario]
assets_per_sector = {assets}
asset_dependencies = 2.0
asset_faults_per_year = {faults}
[time]
start = 2020-01-01
record_from = 2020-01-02
end = 2020-02-01
[campaign]
seed = 1
event_limit = {limit}
[design]
type = "explicit"
reference = "never"
[[treatments]]
name = "never"
levers = []
"""


def said(text):
    """(agents, events, bytes) of a line that says what a world costs."""
    agents, events, megabytes = re.search(r"world: (\d+) agents; a history has about (\S+) events .* up to (\d+) MB", text).groups()
    return int(agents), float(events), 1e6 * int(megabytes)


class WorldSize(ProgramTest):
    def study(self, assets, faults, limit=10**9):
        path = self.folder / "size.toml"
        path.write_text(STUDY.format(assets=assets, faults=faults, limit=limit))
        return path

    def test_agents_events_and_memory_are_about_what_was_said(self):
        for assets, faults in [(100, 5.0), (200, 0.0), (200, 20.0)]:
            with self.subTest(assets=assets, faults=faults):
                study = self.study(assets, faults)
                agents, events, memory = said(self.berylia("check", study)[0])
                out, _ = self.berylia("bench", "world", study, "--futures", 1, "--json", "--executor", "sequential")
                bench = json.loads(out)
                self.assertLess(abs(bench["lps"] / agents - 1), 0.02)
                if faults > 0:  # campaigns alone are few events and uneven
                    self.assertLess(abs(bench["events"] / events - 1), 0.35)
                self.assertLess(abs(bench["execution"]["peak_memory_bytes"] / memory - 1), 0.2)

    def test_events_of_campaigns_are_about_what_was_said_in_every_world(self):
        futures = 40
        for study in ["configs/studies/japan_ccdcoe.toml", "configs/studies/berylia.toml"]:
            with self.subTest(study=study):
                agents, events, _ = said(self.berylia("check", study)[0])
                bench = json.loads(self.berylia("bench", "world", study, "--futures", futures, "--json", "--executor", "sequential")[0])
                self.assertLess(abs(bench["lps"] / agents - 1), 0.1)  # shards, and so agents, differ between futures
                self.assertLess(abs(bench["events"] / futures / events - 1), 0.35)

    def test_run_says_it_before_it_begins(self):
        _, err = self.berylia("run", SMOKE, "-o", self.folder / "a.h5", "--futures", 1, "--replications", 1)
        self.assertTrue(err.startswith("world: "), err)
        said(err)

    def test_ten_million_assets_are_refused_where_there_is_no_memory_for_them(self):
        def little_memory():
            resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
        study = self.study(8802, 5.0)
        for command in [["check", study], ["run", study, "-o", self.folder / "a.h5"], ["bench", "world", study]]:
            with self.subTest(command[0]):
                _, err = self.berylia(*command, expect=2, preexec_fn=little_memory)
                self.assertRegex(err, r"may need \d+ MB of memory")
                self.assertIn("(1500 MB can be had)", err)
                self.assertIn("lower scenario.assets_per_sector", err)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["size.toml"])

    def test_a_graph_that_cannot_be_built_is_refused_with_what_will_do(self):
        study = self.study(10, 5.0)
        for command in [["check", study], ["run", study, "-o", self.folder / "a.h5"], ["bench", "world", study]]:
            with self.subTest(command[0]):
                _, err = self.berylia(*command, expect=2)
                self.assertIn("asset_dependencies = 2 cannot be reached with assets_per_sector = 10", err)
                self.assertIn("the mean would be 1.956", err)
                self.assertIn("raise assets_per_sector to 11 or more", err)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["size.toml"])
        self.berylia("check", self.study(11, 5.0))

    def test_jobs_that_do_not_fit_together_are_refused_with_the_number_that_does(self):
        def some_memory():
            resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
        study = self.study(880, 5.0)
        _, err = self.berylia("run", study, "-o", self.folder / "a.h5", "--jobs", 50, expect=2, preexec_fn=some_memory)
        jobs = int(re.search(r"for 50 histories at a time \(1500 MB can be had\) run it with --jobs (\d+)", err).group(1))
        self.assertTrue(1 <= jobs <= 5, err)

    def test_more_events_than_the_limit_are_announced(self):
        warning = "cut off at 1000000 events (campaign.event_limit) raise it"
        self.assertIn(warning, self.berylia("check", self.study(100, 300.0, limit=1_000_000))[0])
        self.assertNotIn("cut off", self.berylia("check", self.study(100, 300.0))[0])


if __name__ == "__main__":
    program.main()
