"""Analyses of files that are missing, foreign, damaged, unfinished, partly failed, or empty of what is asked for; files set side by side."""
import json
import shutil
import signal
import subprocess

import h5py
import numpy as np

import program
from program import SMOKE, ProgramTest


def changed(path, copy, change):
    """A copy of a results file, changed by `change`."""
    shutil.copy(path, copy)
    with h5py.File(copy, "r+") as file:
        change(file)
    return copy


def set_values(name, values):
    """A change of a dataset that keeps its checksum true (h5py knows none of ours), by CRC-32C."""
    def change(file):
        dataset = file[name]
        dataset[...] = values(dataset[...])
        dataset.attrs.modify("crc32c", np.bytes_(f"{crc32c(np.ascontiguousarray(dataset[...]).tobytes()):08x}"))
    return change


def crc32c(data):
    table = []
    for i in range(256):
        for _ in range(8):
            i = i >> 1 ^ (0x82F63B78 if i & 1 else 0)
        table.append(i)
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ table[(crc ^ byte) & 255]
    return crc ^ 0xFFFFFFFF


class BadInput(ProgramTest):
    def fails(self, *arguments, words):
        """`analyze` and `report` both refuse in one line on standard error that has all the words."""
        for command in (["analyze", *arguments], ["report", *arguments, "-o", self.folder / "page.html"]):
            out, err = self.berylia(*command, expect=2)
            self.assertEqual(out, "")
            for word in words:
                self.assertIn(word, err)
            self.assertFalse((self.folder / "page.html").exists())

    def test_a_file_that_is_not_there_or_is_something_else(self):
        self.fails(self.folder / "none.h5", words=["none.h5"])
        text = self.folder / "text.h5"
        text.write_text("name,value\n" * 1000)
        self.fails(text, words=["text.h5"])
        (self.folder / "empty.h5").write_text("")
        self.fails(self.folder / "empty.h5", words=["empty.h5"])
        self.fails(self.folder, words=[str(self.folder)])
        with h5py.File(self.folder / "foreign.h5", "w") as file:
            file["table"] = np.arange(5)
        self.fails(self.folder / "foreign.h5", words=["foreign.h5"])

    def test_a_file_cut_short_or_of_a_newer_format(self):
        out = self.run_smoke("a.h5")
        whole = out.read_bytes()
        for part in (0.1, 0.5, 0.99):
            cut = self.folder / "cut.h5"
            cut.write_bytes(whole[:int(len(whole) * part)])
            self.fails(cut, words=["cut.h5"])

        def newer(file):
            file.attrs.modify("format_version", np.int32(99))
        self.fails(changed(out, self.folder / "newer.h5", newer), words=["newer.h5", "99"])

    def test_a_campaign_that_still_runs(self):
        process = self.start("run", SMOKE, "-o", self.folder / "a.h5", "--futures", 500, "--progress", "none")
        self.wait_for_journal(process)
        self.fails(self.folder / "a.h5", words=["a.h5", "running or was interrupted", "berylia run"])
        process.send_signal(signal.SIGKILL)
        process.communicate()

    def test_a_name_that_is_not_there_with_the_nearest_one(self):
        out = self.run_smoke("a.h5", futures=2)
        for option, name, meant in (("--response", "resilience_los", "resilience_loss"), ("--nation", "JPM", "JPN"), ("--nation", "Japn", "JPN"),
                                    ("--treatment", "membershi", "membership")):
            with self.subTest(name):
                _, err = self.berylia("analyze", out, option, name, expect=2)
                self.assertIn(name, err)
                self.assertIn(f'did you mean "{meant}', err)
        _, err = self.berylia("report", out, "-o", self.folder / "p.html", "--treatment", "membershi", expect=2)
        self.assertIn("did you mean", err)

    def test_a_study_of_one_treatment_has_summaries_and_nothing_to_compare(self):
        study = self.folder / "one.toml"
        text = SMOKE.read_text()
        cut = text[:text.index("[[levers]]")] + '[design]\ntype = "explicit"\nreference = "only"\n\n[[treatments]]\nname = "only"\nlabel = "nothing"\nlevers = []\n\n' + \
            text[text.index("[[responses]]"):]
        study.write_text(cut)
        out = self.folder / "one.h5"
        self.berylia("run", study, "-o", out, "--futures", 2, "--replications", 2, "--progress", "none")
        a = json.loads(self.berylia("analyze", out, "--json")[0])
        self.assertEqual((a["paired_differences"], a["league"], a["convergence"], a["regime"]), ([], [], [], None))
        self.assertTrue(a["summaries"])
        self.assertIn("nothing to compare", a["headline"]["sentences"][0])
        self.berylia("report", out, "-o", self.folder / "one.html")


class HolesAndConstants(ProgramTest):
    def analysis(self, path, *arguments):
        out, _ = self.berylia("analyze", path, "--json", *arguments)
        return json.loads(out, parse_constant=lambda name: self.fail(f"{name} in JSON"))

    def loss(self, analysis):
        return [d for d in analysis["paired_differences"] if d["response"] == "resilience_loss"]

    def test_values_that_are_nan_are_left_out_and_counted(self):
        out = self.run_smoke("a.h5", futures=8)
        whole = self.loss(self.analysis(out))

        def spoil(values):
            values[1:4] = np.nan
            return values
        holes = self.analysis(changed(out, self.folder / "holes.h5", set_values("/responses/resilience_loss", spoil)))
        for a, b in zip(whole, self.loss(holes)):
            self.assertEqual((b["n"], b["dropped"]), (a["n"] - 3, 3))
        gone = self.analysis(changed(out, self.folder / "gone.h5", set_values("/responses/resilience_loss", lambda v: v * np.nan)))
        for d in self.loss(gone):
            self.assertEqual((d["n"], d["mean"], d["p"], d["median"], d["sign_p"], d["bca_lo"]), (0, None, None, None, None, None))
        self.assertEqual(gone["league"][0]["family"], 0)
        self.assertEqual(gone["league"][0]["left_out"], len(gone["league"][0]["rows"]))
        self.berylia("analyze", self.folder / "gone.h5")
        self.berylia("report", self.folder / "gone.h5", "-o", self.folder / "gone.html")

    def test_responses_that_are_all_equal_give_exact_zeros(self):
        out = self.run_smoke("a.h5", futures=8)
        equal = self.analysis(changed(out, self.folder / "equal.h5", set_values("/responses/resilience_loss", lambda v: np.full_like(v, 3.0))))
        for d in self.loss(equal):
            self.assertTrue(d["exactly_zero"])
            self.assertEqual([d[k] for k in ("mean", "lo", "hi", "p", "median", "median_lo", "median_hi", "sign_p", "bca_lo", "bca_hi")], [0, 0, 0, 1, 0, 0, 0, 1, 0, 0])
            self.assertEqual(d["equivalence"]["verdict"], "negligible")
            self.assertIsNone(d["variance"]["method"])
        self.berylia("report", self.folder / "equal.h5", "-o", self.folder / "equal.html")

    def test_failed_replications_are_counted_beside_every_statistic(self):
        out = self.folder / "failed.h5"
        self.berylia("run", SMOKE, "-o", out, "--futures", 2, "--replications", 1, "--progress", "none", "--set", "campaign.event_limit=30000", expect=3)
        a = self.analysis(out)
        counts = a["counts"]
        self.assertGreater(counts["failed"] + counts["censored"], 0)
        self.assertEqual(counts["planned"], counts["done"] + counts["failed"] + counts["censored"] + counts["missing"])
        for d in self.loss(a):
            self.assertEqual(d["n"] + d["dropped"], 2)
        said, _ = self.berylia("analyze", out)
        self.assertIn("failed", said)


class SideBySide(ProgramTest):
    def test_prior_sets_of_one_study_stand_side_by_side(self):
        flat = self.run_smoke("flat.h5", futures=3)
        wide = self.run_smoke("wide.h5", "--set", 'priors.set="wide"', futures=4)
        a = json.loads(self.berylia("analyze", flat, "--beside", wide, "--json")[0])
        sets = a["prior_sets"]
        self.assertEqual([s["name"] for s in sets["sets"]], ["flat", "wide"])
        self.assertEqual(len(sets["rows"]), len(a["paired_differences"]))
        alone = json.loads(self.berylia("analyze", wide, "--json")[0])
        for row, d in zip(sets["rows"], alone["paired_differences"]):
            self.assertEqual((row["response"], row["treatment"]), (d["response"], d["treatment"]))
            self.assertEqual([row["by_set"][1][k] for k in ("mean", "lo", "hi", "futures")], [d[k] for k in ("mean", "lo", "hi", "futures")])
        said, _ = self.berylia("analyze", flat, "--beside", wide)
        self.assertIn("Prior sets side by side", said)
        self.assertIn("prior set", " ".join(a["headline"]["sentences"]))
        self.berylia("report", flat, "--beside", wide, "-o", self.folder / "page.html")
        same = json.loads(self.berylia("analyze", flat, "--beside", flat, "--json")[0])["prior_sets"]
        self.assertEqual(same["rows"][0]["by_set"][0]["mean"], same["rows"][0]["by_set"][1]["mean"])

    def test_campaigns_of_another_study_are_refused_with_what_differs(self):
        flat = self.run_smoke("flat.h5", futures=2)
        other = self.folder / "other.h5"
        self.berylia("run", "configs/smoke/regime.toml", "-o", other, "--progress", "none", "--futures", 1, "--replications", 1)
        _, err = self.berylia("analyze", flat, "--beside", other, expect=2)
        self.assertIn("other.h5", err)
        self.assertIn("the same study", err)
        _, err = self.berylia("analyze", flat, "--beside", self.folder / "none.h5", expect=2)
        self.assertIn("none.h5", err)


if __name__ == "__main__":
    program.main()
