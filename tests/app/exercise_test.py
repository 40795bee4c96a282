"""`berylia exercise`: table, JSON, list, template, overrides, refusals."""
import json
import pathlib
import re

import program
from program import ProgramTest

SHIPPED = pathlib.Path("configs/exercises/two_weeks.toml").resolve()
GUIDE = pathlib.Path("docs/guide/exercise.md").resolve()
SHORT = ["--set", "exercise.days=2", "--set", "red.attacks=40", "--replications", 3]
STRANDS = ["availability", "thwarted", "compromise", "restoration", "legal", "media", "strategic", "reporting", "forensics"]


class Exercise(ProgramTest):
    def sheet(self, *arguments):
        return json.loads(self.berylia("exercise", *SHORT, *arguments, "--json")[0])

    def test_json_holds_every_team_item_and_rule(self):
        sheet = self.sheet(SHIPPED)
        self.assertEqual(list(sheet), ["exercise_format", "title", "interval_level", "rules", "items", "teams", "sharing_gain", "comparison"])
        self.assertEqual(len(sheet["teams"]), 22)
        self.assertEqual(sum(sheet["items"][strand]["maximum"] for strand in STRANDS), sheet["items"]["total"]["maximum"])
        self.assertEqual(sheet["rules"]["exercise"]["replications"], 3)
        for team in sheet["teams"]:
            self.assertEqual(list(team["items"]), list(sheet["items"]))
            for name, number in team["items"].items():
                self.assertLessEqual(number["lo"], number["mean"])
                self.assertLessEqual(number["mean"], number["hi"])
                if "maximum" in sheet["items"][name]:
                    self.assertTrue(0 <= number["mean"] <= sheet["items"][name]["maximum"], (name, number))
            total = sum(team["items"][strand]["mean"] for strand in STRANDS)
            self.assertAlmostEqual(total, team["items"]["total"]["mean"], 9)
        self.assertAlmostEqual(sum(team["items"]["rank"]["mean"] for team in sheet["teams"]), 22 * 23 / 2, 9)
        self.assertEqual(min(team["place"] for team in sheet["teams"]), 1)

    def test_only_allied_teams_gain_from_sharing(self):
        sheet = self.sheet(SHIPPED)
        gains = sheet["sharing_gain"]["teams"]
        self.assertTrue(any(team["attributes"]["allied"] for team in sheet["teams"]))
        for gain, team in zip(gains, sheet["teams"]):
            self.assertEqual(gain["name"], team["name"])
            if not team["attributes"]["allied"]:
                self.assertEqual(gain["total"], {"mean": 0, "lo": 0, "hi": 0})
        alone = self.sheet(*(f"--set=team.blue-{i:02}.allied=false" for i in range(1, 23)))
        self.assertIsNone(alone["sharing_gain"])
        self.assertIn("nothing to compare", self.berylia("exercise", *SHORT, *(f"--set=team.blue-{i:02}.allied=false" for i in range(1, 23)))[0])

    def test_a_comparison_is_the_difference_of_two_sheets(self):
        change = "team.blue-03.analysts=2"
        sheet = self.sheet("--set", "channel.sharing=false", "--compare", change)
        other = self.sheet("--set", "channel.sharing=false", "--set", change)
        self.assertEqual(sheet["comparison"]["changes"], [change])
        for gain, before, after in zip(sheet["comparison"]["teams"], sheet["teams"], other["teams"]):
            difference = after["items"]["total"]["mean"] - before["items"]["total"]["mean"]
            self.assertAlmostEqual(gain["total"]["mean"], difference, 9)
            self.assertEqual(gain["total"]["mean"] < 0, gain["name"] == "blue-03")
        self.assertIn(change + " minus", self.berylia("exercise", *SHORT, "--compare", change)[0])

    def test_the_standard_scenario_is_the_shipped_one_and_prints_as_template(self):
        self.assertEqual(self.berylia("exercise", "--template")[0], SHIPPED.read_text(encoding="utf-8"))
        self.assertEqual(self.sheet(), self.sheet(SHIPPED))

    def test_the_table_names_every_team_and_strand(self):
        text, _ = self.berylia("exercise", SHIPPED, *SHORT)
        sheet = self.sheet(SHIPPED)
        for name in [*STRANDS, "total", "rank", *(team["name"] for team in sheet["teams"])]:
            self.assertIn(name, text)
        best = min(sheet["teams"], key=lambda team: team["place"])
        first = next(line for line in text.splitlines() if line.split()[:1] == ["1"])
        self.assertEqual(first.split()[1], best["name"])
        self.assertIn(f"{best['items']['total']['mean']:.2f}±", first)

    def test_the_examples_of_the_guide_are_what_the_program_prints(self):
        printed = self.berylia("exercise", SHIPPED, "--compare", "team.blue-01.analysts=28")[0].splitlines()
        blocks = re.findall(r"^```text\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.S | re.M)
        lines = [line for block in blocks for line in block.splitlines() if line.strip() != "..."]
        self.assertGreater(len(lines), 15)
        for line in lines:
            self.assertTrue(any(other.startswith(line) for other in printed), line)

    def test_the_list_describes_every_key_in_every_format(self):
        text, _ = self.berylia("exercise", "--describe")
        markdown, _ = self.berylia("exercise", "--describe", "--markdown")
        tables = json.loads(self.berylia("exercise", "--describe", "--json")[0])
        rows = [row for table in tables.values() for row in table]
        self.assertGreater(len(rows), 90)
        for row in rows:
            name = row.get("key") or row["item"]
            self.assertIn(name + "\n", text)
            self.assertIn(f"| {name} |", markdown)
            self.assertTrue(all(row.values()), row)

    def test_seed_and_keys_decide_the_bits(self):
        first, again, other = (self.sheet(SHIPPED, "--seed", seed) for seed in (5, 5, 6))
        self.assertEqual(first, again)
        self.assertNotEqual(first["teams"], other["teams"])

    def test_a_file_is_written_once(self):
        out = self.folder / "sheet.json"
        self.berylia("exercise", *SHORT, "--json", "-o", out)
        before = out.read_bytes()
        self.assertEqual(json.loads(before), self.sheet())
        _, err = self.berylia("exercise", *SHORT, "--seed", 9, "--json", "-o", out, expect=2)
        self.assertIn(str(out), err)
        self.assertEqual(out.read_bytes(), before)

    def test_bad_scenarios_are_refused_with_every_problem(self):
        bad = self.folder / "bad.toml"
        text = SHIPPED.read_text(encoding="utf-8")
        bad.write_text(text.replace("\nattacks =", "\natacks =").replace("\nwaves = 20", "\nwaves = 1.5"), encoding="utf-8")
        out, err = self.berylia("exercise", bad, expect=2)
        self.assertEqual(out, "")
        for expected in ["did you mean \"attacks\"?", "missing key \"attacks\"", "a whole number is needed", "3 problems"]:
            self.assertIn(expected, err)
        line = next(i for i, line in enumerate(text.splitlines(), 1) if line.startswith("waves ="))
        self.assertIn(f"{bad}:{line}:9: ", err)
        for arguments, expected in [(["--set", "red.atacks=3"], "--set red.atacks=3"),
                                    (["--compare", "exercise.seed=3"], "--seed"),
                                    (["--compare", "red.atacks=3"], "--compare red.atacks=3: "),
                                    (["--replications", "1"], "--replications 1: "),
                                    (["--seed", "x"], "--seed x"),
                                    (["--set", "team.nobody.analysts=3"], "nobody"),
                                    ([self.folder / "none.toml"], "none.toml"),
                                    ([self.folder], str(self.folder)),
                                    (["--markdown"], "--describe"),
                                    (["--describe", "--template"], "--template")]:
            with self.subTest(arguments):
                out, err = self.berylia("exercise", *arguments, expect=2)
                self.assertEqual(out, "")
                self.assertIn(expected, err)


if __name__ == "__main__":
    program.main()
