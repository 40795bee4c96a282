"""Designs over the uncertain factors, end to end: results say how futures were sampled, replays need no table, older files stay readable."""
import json
import pathlib
import shutil

import h5py
import numpy as np
import program
from program import ProgramTest

STUDY = pathlib.Path("configs/smoke/berylia.toml").resolve()
FOUR = 'factors = ["M1.detection_ratio", "M2.share_probability", "M3.exercise_ratio", "M4.pool_share"]\n'


class Sampling(ProgramTest):
    def study(self, sampling, name="s.toml", futures=""):
        path = self.folder / name
        text = STUDY.read_text().replace("futures = 4 ", f"{futures} ", 1)
        path.write_text(text + "\n[sampling]\n" + sampling)
        return path

    def run_study(self, study, name="a.h5", *arguments, expect=0):
        out = self.folder / name
        self.berylia("run", study, "-o", out, "--replications", 1, "--progress", "none", *arguments, expect=expect)
        return out

    def test_the_default_is_said_to_be_random(self):
        with h5py.File(self.run_study(STUDY)) as f:
            self.assertEqual(f["futures/sampling"].attrs["type"], b"random")
            self.assertEqual(f["futures/sampling/factors"].shape, (91,))

    def test_elementary_effects_can_be_told_from_the_results(self):
        out = self.run_study(self.study('type = "morris"\ntrajectories = 3\n' + FOUR))
        with h5py.File(out) as f:
            group, values = f["futures/sampling"], f["futures/values"][:]
            self.assertEqual((group.attrs["type"], group.attrs["trajectories"], group.attrs["levels"]), (b"morris", 3, 4))
            columns = [list(f["futures/factors/name"][:]).index(name) for name in group["factors"][:]]
            moved, direction = group["moved"][:], group["direction"][:]
        self.assertEqual(len(values), 15)
        caveats = json.loads(self.berylia("analyze", out, "--json")[0])["headline"]["caveats"]
        self.assertEqual(sum("the trajectories of a Morris design, 3 units of 15 futures" in text and "Only 4 factors vary of 91" in text for text in caveats), 1)
        for i in range(15):
            if i % 5 == 0:
                self.assertEqual((moved[i], direction[i]), (-1, 0))
                continue
            change = np.sign(values[i] - values[i - 1])
            expected = np.zeros(values.shape[1])
            expected[columns[moved[i]]] = direction[i]
            np.testing.assert_array_equal(change, expected)

    def test_saltellis_blocks_can_be_told_from_the_results(self):
        out = self.run_study(self.study('type = "saltelli"\nbase = 2\nsecond_order = true\n' + FOUR))
        with h5py.File(out) as f:
            group, values = f["futures/sampling"], f["futures/values"][:]
            self.assertEqual((group.attrs["base"], group.attrs["second_order"]), (2, 1))
            columns = [list(f["futures/factors/name"][:]).index(name) for name in group["factors"][:]]
        for row in range(2):
            a, b = values[10 * row], values[10 * row + 1]
            for j, column in enumerate(columns):
                for block, base, other in ((2 + j, a, b), (6 + j, b, a)):
                    mixed = base.copy()
                    mixed[column] = other[column]
                    np.testing.assert_array_equal(values[10 * row + block], mixed)

    def test_a_table_is_kept_and_a_replay_needs_no_file(self):
        folder = self.folder / "study"
        folder.mkdir()
        (folder / "points.csv").write_text("M1.detection_ratio,displacement\n1.05,0\n1.30,0.5\n")
        study = self.study('type = "table"\nfile = "points.csv"\n', "study/s.toml")
        out = self.run_study(study)
        with h5py.File(out) as f:
            names = list(f["futures/factors/name"][:])
            np.testing.assert_array_equal(f["futures/values"][:, names.index(b"displacement")], [0, 0.5])
        shutil.rmtree(folder)
        self.assertIn("to the bit", self.berylia("replay", out, "--point", 1, "--future", 1, "--replication", 0)[0])
        self.berylia("verify", out)
        self.berylia("check", study, expect=2)

    def test_the_same_bytes_whatever_the_jobs(self):
        study = self.study('type = "sobol"\n[[sampling.correlations]]\nbetween = ["displacement", "access_slope"]\nrank = -0.5\n', futures="futures = 4")
        self.assert_same_bytes(self.run_study(study, "a.h5", "--jobs", 1), self.run_study(study, "b.h5", "--jobs", 2))

    def test_conditions_and_correlations_are_said(self):
        study = self.study('type = "random"\nwhere = ["displacement < 0.8", "access_slope > 0"]\n[[sampling.correlations]]\nbetween = ["displacement", "access_slope"]\nrank = -0.5\n',
                           futures="futures = 4")
        out = self.run_study(study)
        said = ["The futures meet the conditions displacement < 0.8, access_slope > 0 of the study", "rank correlations of the study (displacement and access_slope -0.5)"]
        with h5py.File(out) as f:
            group = f["futures/sampling"]
            self.assertEqual(list(group["where"][:]), [b"displacement < 0.8", b"access_slope > 0"])
            self.assertEqual(list(group["correlations"][:]), [b"displacement and access_slope -0.5"])
        caveats = " ".join(json.loads(self.berylia("analyze", out, "--json")[0])["headline"]["caveats"])
        for text in said:
            self.assertIn(text, caveats)
        page = self.folder / "a.html"
        self.berylia("report", out, "-o", page)
        self.assertIn("displacement and access_slope -0.5", page.read_text())
        with h5py.File(out, "a") as f:
            del f["futures/sampling/where"], f["futures/sampling/correlations"]
        self.assertNotIn("meet the conditions", " ".join(json.loads(self.berylia("analyze", out, "--json")[0])["headline"]["caveats"]))

    def test_futures_that_do_not_fit_the_design_are_refused(self):
        study = self.study('type = "morris"\ntrajectories = 3\n' + FOUR)
        _, err = self.berylia("run", study, "-o", self.folder / "a.h5", "--futures", 20, expect=2)
        self.assertIn('--futures 20: 20 futures do not fit the sampling (type "morris" makes 15)', err)

    def test_files_of_older_builds_are_read_as_random(self):
        out = self.run_study(STUDY)
        before = self.berylia("analyze", out, "--json")[0]
        with h5py.File(out, "a") as f:
            del f["futures/sampling"]
        self.assertEqual(self.berylia("analyze", out, "--json")[0], before)

    def test_priors_of_every_family_are_read_back(self):
        """The sceptical set, and a discrete prior."""
        study = self.study('type = "random"\n\n[factors.displacement]\ndistribution = "discrete"\nvalues = [0, 1]\nunit = "1"\nsource = "assumed: none or all"\ngrade = "D"\n', futures="futures = 2")
        out = self.run_study(study, "a.h5", "--set", 'priors.set="sceptical"')
        self.berylia("analyze", out, "--json")
        page = self.folder / "a.html"
        self.berylia("report", out, "-o", page)
        self.assertIn("discrete(0 weight 1, 1 weight 1)", page.read_text())


if __name__ == "__main__":
    program.main()
