"""Shipped studies in small: each runs, is analysed and reported; what the world may be asked for besides."""
import json
import math
import pathlib

import program
from program import SMOKE, ProgramTest

FOLDER = pathlib.Path("configs/smoke").resolve()
CRISIS = '\n[[crises]]\nactor = "CHN"\nnation = "JPN"\nfrom = 2021-01-01\njump = 2.5\n'


class Studies(ProgramTest):
    def run_study(self, study, name, *arguments):
        out = self.folder / name
        text = pathlib.Path(study).read_text()
        makes_futures = any(f'type = "{name}"' in text for name in ("morris", "saltelli"))
        size = [] if "[stopping]" in text else ["--replications", 1] + ([] if makes_futures else ["--futures", 1])
        self.berylia("run", study, "-o", out, *size, "--progress", "none", *arguments)
        return out

    def analysis(self, results):
        return json.loads(self.berylia("analyze", results, "--json")[0])

    def test_every_smoke_study_runs_and_is_reported(self):
        studies = sorted(FOLDER.glob("*.toml"))
        self.assertEqual({path.name for path in studies}, {path.name for path in (FOLDER.parent / "studies").glob("*.toml")})
        for path in studies:
            if path.stem == "large_world":
                continue  # its size has a suite of its own
            with self.subTest(path.stem):
                out = self.run_study(path, f"{path.stem}.h5")
                found = self.analysis(out)
                self.assertEqual(found["placebo"]["equal_before"], found["placebo"]["pairs"])
                for row in found["paired_differences"]:
                    self.assertTrue(row["mean"] is None or math.isfinite(row["mean"]))
                self.assertTrue(found["headline"]["sentences"])
                page = self.folder / f"{path.stem}.html"
                self.berylia("report", out, "-o", page)
                self.assertGreater(page.stat().st_size, 100000)

    def test_placebos_change_no_bit_and_the_centre_some(self):
        out = self.folder / "placebos.h5"
        self.berylia("run", FOLDER / "placebos.toml", "-o", out, "--progress", "none")
        zero = {}
        for row in self.analysis(out)["paired_differences"]:
            zero.setdefault(row["treatment"], []).append(row["exactly_zero"])
        self.assertEqual(set(zero), {"weight_zero", "joins_after_horizon", "joins"})
        self.assertTrue(all(zero["weight_zero"]) and all(zero["joins_after_horizon"]))
        self.assertGreater(len(zero["weight_zero"]), 25)
        self.assertFalse(all(zero["joins"]))

    def test_groups_add_up_to_the_total(self):
        found = self.analysis(self.run_study(SMOKE, "a.h5"))
        of = {(row["response"], row["treatment"], row["group"]): row for row in found["spillover"]}
        direct = {(row["response"], row["treatment"]): row["mean"] for row in found["paired_differences"]}
        checked = 0
        for (response, treatment, group), row in of.items():
            if group != "total":
                continue
            parts = [of[response, treatment, part]["mean"] for part in ("members", "adversaries", "non_members")]
            world = of[response, treatment, "world"]["mean"]
            self.assertAlmostEqual(sum(parts), world, delta=1e-6 * (1 + abs(world)))
            self.assertAlmostEqual(world + direct[response, treatment], row["mean"], delta=1e-6 * (1 + abs(row["mean"])))
            checked += 1
        self.assertGreater(checked, 10)

    def test_every_behaviour_can_be_switched(self):
        behaviours = json.loads(self.berylia("describe", "--format", "json")[0])["behaviour"]
        self.assertGreaterEqual(len(behaviours), 8)
        before = self.analysis(self.run_study(SMOKE, "standard.h5"))["summaries"]
        alternatives = ["total_effort", "weakest_link", "best_shot"]  # one at most
        for chosen in alternatives:
            turned = [f"behaviour.{row['name']}={'false' if row['standard'] == 'on' else 'true'}" for row in behaviours
                      if row["name"] == chosen or row["name"] not in alternatives]
            sets = [word for assignment in turned for word in ("--set", assignment)]
            with self.subTest(chosen):
                after = self.run_study(SMOKE, f"{chosen}.h5", *sets, "--set", 'priors.set="wide"')
                self.assertNotEqual(before, self.analysis(after)["summaries"])
        _, err = self.berylia("check", SMOKE, *[word for name in alternatives for word in ("--set", f"behaviour.{name}=true")], expect=2)
        self.assertIn("both total_effort and weakest_link are on", err)

    def test_a_crisis_of_the_study_brings_more_campaigns(self):
        study = self.folder / "crisis.toml"
        study.write_text(SMOKE.read_text() + CRISIS)
        self.assertIn("good", self.berylia("check", study)[0])
        attempts = []
        for path, name in ((SMOKE, "calm.h5"), (study, "crisis.h5")):
            found = self.analysis(self.run_study(path, name))
            attempts.append(next(row["mean"] for row in found["summaries"]
                                 if row["response"] == "campaigns_attempted" and row["treatment"] == "none" and row["nation"] == "JPN"))
        self.assertGreater(attempts[1], attempts[0])


if __name__ == "__main__":
    program.main()
