"""From a design of futures to its sensitivity analysis, end to end, on the fictional world: run, analyze, report."""
import json
import pathlib

import h5py
import numpy as np
import program
from program import ProgramTest

SMOKE = pathlib.Path("configs/smoke/berylia.toml").resolve()
FACTORS = ["M1.detection_ratio", "M3.exercise_ratio", "M8.targeting_ratio"]


class Sensitivity(ProgramTest):
    def results(self, name, sampling, *arguments, expect=0):
        """Results of the smoke study with two treatments, its futures by `sampling`."""
        text = SMOKE.read_text(encoding="utf-8").replace("futures = 4 ", "# futures by the design ")
        head, rest = text.split('[[treatments]]\nname = "exercises"')
        study, out = self.folder / f"{name}.toml", self.folder / f"{name}.h5"
        names = ", ".join(f'"{f}"' for f in FACTORS)
        study.write_text(f"{head}{rest[rest.index('# What is measured'):]}\n[sampling]\n{sampling}\nfactors = [{names}]\n", encoding="utf-8")
        self.berylia("run", study, "-o", out, "--progress", "none", *arguments, expect=expect)
        return out

    def sensitivity(self, out, *arguments):
        return json.loads(self.berylia("analyze", out, "--json", *arguments)[0])["sensitivity"]

    def test_a_saltelli_layout_gives_indices_that_are_those_of_the_file(self):
        out = self.results("saltelli", 'type = "saltelli"\nbase = 8\nsecond_order = true')
        s = self.sensitivity(out, "--response", "effects")
        self.assertEqual((s["design"], s["futures"], s["used"], s["left_out"]), ("saltelli", 64, 64, 0))
        self.assertEqual([f["name"] for f in s["factors"]], FACTORS)
        self.assertEqual(len(s["second_order"]), 3)
        with h5py.File(out) as f:
            values = f["responses/effects"][:, [n.decode() for n in f["nations/iso3"][:]].index("XBE")]
            point, future = f["replications/point"][:], f["replications/future"][:]
        d = np.array([values[(point == 1) & (future == k)].mean() - values[(point == 0) & (future == k)].mean() for k in range(64)]).reshape(8, 8)
        a, b = d[:, 0], d[:, 1]
        mean, variance = np.r_[a, b].mean(), np.r_[a, b].var(ddof=1)
        for j, factor in enumerate(s["factors"]):
            self.assertAlmostEqual(factor["sobol"]["first"], np.mean((b - mean) * (d[:, 2 + j] - a)) / variance, 9)
        self.assertIn("Sensitivity of the headline difference to the 3 factors that vary", self.berylia("analyze", out)[0])

    def test_morris_and_one_at_a_time_say_what_they_do_not_give(self):
        screened = self.sensitivity(self.results("morris", 'type = "morris"\ntrajectories = 4\nlevels = 4'))
        self.assertTrue(all(f["morris"]["mu_star"] >= abs(f["morris"]["mu"]) for f in screened["factors"]))
        self.assertTrue(all(f["delta"] is None and f["sobol"] is None for f in screened["factors"]))
        self.assertTrue(any("no independent draws" in note for note in screened["notes"]))
        self.assertEqual(sorted(screened["by_ignorance"]), sorted(FACTORS))
        tornado = self.sensitivity(self.results("tornado", 'type = "one_at_a_time"'))
        self.assertEqual(sorted(tornado["by_leverage"]), sorted(FACTORS))
        self.assertEqual(tornado["by_ignorance"], [])

    def test_the_report_holds_the_same_numbers_and_the_same_bytes_come_twice(self):
        out = self.results("random", 'type = "random"', "--futures", 60, "--replications", 1)
        s = self.sensitivity(out)
        self.assertTrue(all(f["delta"] and f["shapley"] is None for f in s["factors"]))
        self.assertIsNone(s["noise_share"]["value"])
        pages = []
        for name in ("a.html", "b.html"):
            self.berylia("report", out, "-o", self.folder / name)
            pages.append((self.folder / name).read_bytes())
        self.assertEqual(pages[0], pages[1])
        self.assertIn(b'"by_ignorance"', pages[0])


if __name__ == "__main__":
    program.main()
