"""The command line: exit codes, suggestions for misspelt words, help."""
import json

import program
from program import SMOKE, ProgramTest


class Arguments(ProgramTest):
    def test_help_of_every_command_shows_an_example(self):
        for command in ["run", "check", "new", "new study", "describe", "analyze", "report", "replay", "verify",
                        "bench", "bench phold", "bench network", "bench world", "bench suite", "theory", "theory axelrod-iliev", "exercise"]:
            with self.subTest(command):
                out, _ = self.berylia(*command.split(), "--help")
                self.assertIn("berylia " + command, out)
                self.assertIn("Example", out)

    def test_a_misspelt_command_or_option_exits_2_with_a_suggestion(self):
        for arguments, suggestion in [(["rnu", "x"], '"run"'),
                                      (["run", "s.toml", "-o", "o.h5", "--jobz", "3"], '"--jobs"'),
                                      (["new", "stdy"], '"study"'),
                                      (["analyze", "o.h5", "--jsn"], '"--json"'),
                                      (["run", SMOKE, "-o", "o.h5", "--executor", "sequental"], "sequential")]:
            with self.subTest(arguments):
                out, err = self.berylia(*arguments, expect=2, cwd=self.folder)
                self.assertEqual(out, "")
                self.assertIn("did you mean", err)
                self.assertIn(suggestion, err)

    def test_values_out_of_range_exit_2(self):
        for arguments in [["--jobs", "0"], ["--jobs", "x"], ["--progress", "loud"], ["--threads", "-1"],
                          ["--futures", "0"], ["--futures", "1.5"], ["--seed", "-3"], ["--replications", "none"]]:
            with self.subTest(arguments):
                self.berylia("run", SMOKE, "-o", self.folder / "o.h5", *arguments, expect=2)
                self.assertEqual(list(self.folder.iterdir()), [])

    def test_threads_belong_to_an_executor_that_has_them(self):
        _, err = self.berylia("bench", "phold", "--threads", 2, expect=2)
        self.assertIn("conservative", err)
        digests = set()
        for extra in [[], ["--executor", "auto", "--threads", 2], ["--executor", "conservative"], ["--executor", "conservative", "--threads", 3]]:
            out, _ = self.berylia("bench", "phold", "--lps", 64, "--events-per-lp", 30, "--end", 20, "--json", *extra)
            result = json.loads(out)
            self.assertEqual(set(result), {"executor", "threads", "lps", "events", "seconds", "events_per_second",
                                           "ratio_to_yardstick", "digest", "execution"})
            self.assertEqual(result["execution"]["handled"], result["events"])
            self.assertEqual(result["execution"]["windows"] > 0, result["executor"] == "conservative")
            digests.add((result["digest"], result["events"]))
            out, _ = self.berylia("bench", "world", SMOKE, "--futures", 1, "--json", *extra)
            digests.add(json.loads(out)["digest"])
        self.assertEqual(len(digests), 2)

    def test_a_value_of_an_option_is_refused_under_the_name_of_the_option_with_its_range(self):
        for arguments, expected in [(["--futures", "99999999999999999999999"], "(1 to 1000000 are accepted)"),
                                    (["--seed", "18446744073709551615"], "(0 to 9223372036854775807 are accepted)"),
                                    (["--futures", "abc"], "a whole number"),
                                    (["--set", "levers.membership.from=2020-02-30"], "February 2020 has 29 days")]:
            with self.subTest(arguments):
                _, err = self.berylia("run", SMOKE, "-o", self.folder / "o.h5", *arguments, expect=2)
                self.assertIn(" ".join(arguments) + ": ", err)
                self.assertIn(expected, err)
                self.assertNotIn("if it is a text", err)

    def test_a_missing_argument_exits_2(self):
        for arguments in [[], ["run"], ["run", SMOKE], ["new", "study"], ["report", "x.h5"], ["replay", "x.h5"]]:
            with self.subTest(arguments):
                _, err = self.berylia(*arguments, expect=2)
                self.assertIn("--help", err)

    def test_a_study_with_mistakes_is_refused_by_check_and_run_with_place_and_suggestion(self):
        study = self.folder / "bad.toml"
        text = SMOKE.read_text()
        study.write_text(text.replace("\nreplications", "\nreplicatons", 1))
        line = 1 + next(i for i, row in enumerate(text.splitlines()) if row.startswith("replications"))
        told = [self.berylia(*arguments, expect=2)[1]
                for arguments in [["check", study], ["run", study, "-o", self.folder / "o.h5"]]]
        self.assertEqual(told[0], told[1])
        self.assertTrue(told[0].startswith(f"{study}:{line}:1: "), told[0])
        self.assertIn('did you mean "replications"?', told[0])
        self.assertTrue(told[0].endswith(f"{study}: 1 problem\n"), told[0])
        self.assertEqual(list(self.folder.iterdir()), [study])

    def test_a_bad_override_is_refused(self):
        _, err = self.berylia("run", SMOKE, "-o", self.folder / "o.h5", "--set", "campaign.futurs=3", expect=2)
        self.assertIn("--set campaign.futurs=3", err)
        self.assertIn("futures", err)

    def test_a_good_study_is_called_good(self):
        out, err = self.berylia("check", SMOKE)
        self.assertIn("good", out)
        self.assertEqual(err, "")

    def test_a_new_study_is_a_good_study_and_is_not_overwritten(self):
        study = self.folder / "new.toml"
        self.berylia("new", "study", "--nation", "JPN", "--join", "2019-04-01", "-o", study)
        self.berylia("check", study)
        _, err = self.berylia("new", "study", "--nation", "JPN", "--join", "2019-04-01", "-o", study, expect=2)
        self.assertIn(str(study), err)
        _, err = self.berylia("new", "study", "--nation", "JPM", "--join", "2019-04-01", expect=2)
        self.assertIn("JPN", err)
        self.berylia("new", "study", "--nation", "JPN", "--join", "2001-04-01", expect=2)

    def test_a_new_study_that_replaces_the_record_says_so_beside_it(self):
        out, err = self.berylia("new", "study", "--nation", "EST", "--join", "2019-04-01")
        self.assertIn("is a member of CCDCOE from 2008-05-14", err)
        self.assertNotIn("note: ", out)
        self.assertIn("stands in for all that the record says", out)
        _, err = self.berylia("new", "study", "--nation", "BRA", "--join", "2019-04-01")
        self.assertEqual(err, "")

    def test_nobody_joins_before_the_founding(self):
        for organisation, early, first in [("AUKUS", "2021-02-01", "2021-09-15"),
                                           ("TALLINN_MECHANISM", "2023-06-01", "2023-12-01")]:
            join = ["new", "study", "--nation", "JPN", "--organisation", organisation, "--join"]
            _, err = self.berylia(*join, early, expect=2)
            self.assertIn(f"choose {first} or later", err)
            self.berylia(*join, first)

    def test_every_agent_of_a_world_is_described_with_its_state(self):
        tables = json.loads(self.berylia("describe", "--format", "json")[0])
        agents = {row["name"]: row["meaning"] for row in tables["agents"]}
        described = {row["agent"] for row in tables["state variables"]}
        self.assertLessEqual(set(agents), described)
        self.assertTrue(all(agents.values()))
        handled = {(row["name"], event) for row in tables["agents"] for event in row["events"].split(", ")}
        self.assertLessEqual(handled, {(row["handled by"], row["event"]) for row in tables["events"]})
        self.assertTrue(all(row["meaning"] for row in tables["events"]))
        self.assertIn({"organisation": "CCDCOE", "flag": "membership", "mechanism": "M5", "weight": 0.3, "grade": "D", "source": "EQ12"}, tables["dose weights"])
        self.assertTrue(all(row["variable"] and row["unit"] and row["meaning"] for row in tables["state variables"]))

    def test_describe_lists_the_same_in_every_format(self):
        tables = json.loads(self.berylia("describe", "--format", "json")[0])
        text = self.berylia("describe")[0]
        markdown = self.berylia("describe", "--format", "md")[0]
        self.assertGreaterEqual(len(tables["parameters"]), 20)
        for table, rows in tables.items():
            self.assertTrue(rows, table)
            for row in rows:
                name = next(iter(row.values()))
                self.assertIn(name, text)
                self.assertIn(f"| {name} |", markdown)
        self.assertEqual(tables["agents"][0]["number"], 71)
        self.assertTrue(all(isinstance(row["maximum"], (int, float)) for row in tables["parameters"]))
        self.assertTrue(all(isinstance(row["unit"], str) for row in tables["parameters"]))


if __name__ == "__main__":
    program.main()
