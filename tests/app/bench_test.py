"""The benchmarks: every load, the suite's files, and a busy process that never outlives the suite. Never a speed."""
import json
import os
import pathlib
import signal
import statistics
import time
import xml.etree.ElementTree

import program
from program import SMOKE, ProgramTest


def children(parent):
    """Process ids whose parent is `parent`."""
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:  # gone meanwhile
            continue
        if int(text.rpartition(")")[2].split()[1]) == parent:
            found.append(int(stat.parent.name))
    return found


def is_running(pid):
    """False also for a process that has ended and was not waited for."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


class Bench(ProgramTest):
    def test_one_bench_has_the_documented_keys(self):
        keys = {"executor", "threads", "lps", "events", "seconds", "events_per_second", "ratio_to_yardstick", "digest"}
        for load in ["phold", "network"]:
            result = json.loads(self.berylia("bench", load, "--lps", 200, "--end", 20, "--json")[0])
            self.assertLessEqual(keys, set(result))
            self.assertGreater(result["events"], 2000)

    def test_each_load_has_one_digest_of_its_own_whatever_runs_it(self):
        seen = set()
        phold = ["phold", "--remote", 0.7, "--load"]
        for load in [[*phold, "uniform"], [*phold, "hot-spot"], [*phold, "bursts"], [*phold, "uneven"],
                     [*phold, "regions"], ["network"]]:
            digests = set()
            for executor in [[], ["--executor", "conservative", "--threads", 2],
                             ["--executor", "optimistic", "--threads", 3], ["--executor", "auto"]]:
                out, _ = self.berylia("bench", *load, "--lps", 200, "--events-per-lp", 3, "--end", 5, "--json", *executor)
                result = json.loads(out)
                self.assertGreater(result["events"], 600)
                self.assertGreater(result["ratio_to_yardstick"], 0)
                digests.add(result["digest"])
            self.assertEqual(len(digests), 1, load)
            seen |= digests
        self.assertEqual(len(seen), 5)  # an uneven load has the uniform one's events

    def test_a_load_that_makes_no_sense_is_refused(self):
        for arguments, words in [(["phold", "--load", "hotspot"], "hot-spot"), (["network", "--lps", 0], "lps"),
                                 (["network", "--lookahead", 0], "lookahead"), (["network", "--end", -1], "end"),
                                 (["suite", "--rounds", 0], "--rounds"), (["suite", "--only", "nought"], "nought")]:
            with self.subTest(arguments):
                _, err = self.berylia("bench", *arguments, expect=2, cwd=self.folder)
                self.assertIn(words, err)
                self.assertEqual(list(self.folder.iterdir()), [])

    def test_the_suite_keeps_every_measurement_and_its_executors_agree(self):
        out = self.folder / "suite"
        table, _ = self.berylia("bench", "suite", "--quick", "--rounds", 3, "--study", SMOKE, "--out", out)
        suite = json.loads((out / "suite.json").read_text())
        self.assertEqual((out / "suite.md").read_text(), table)
        self.assertEqual(set(suite["machine"]), {"processor", "cores", "compiler", "flags", "commit", "dirty"})
        self.assertTrue(suite["quick"] and suite["same_digests"])
        for load in suite["loads"]:
            self.assertEqual(len(load["digests"]), 1, load["load"])
            self.assertLessEqual(set(load["missing"]), {"distributed 2"}, load["missing"])
            for runs in load["runs"].values():
                self.assertEqual(len(runs), 3)
                self.assertTrue(all(run["events"] > 0 and run["seconds"] > 0 for run in runs))
            for row in load["ratios"]:
                self.check_ratio(load, row, table)
        targets = sum("target" in row for load in suite["loads"] for row in load["ratios"])
        self.assertGreaterEqual(targets, 20)
        self.assertEqual([load["lps"] for load in suite["loads"] if "lps" in load], [1000, 10000])
        self.assertEqual(len(suite["memory"]), 4)
        self.assertTrue(all(0 < value < 1000 for engine in suite["memory"].values() for value in engine.values()))
        drawing = xml.etree.ElementTree.parse(out / "suite.svg").getroot()
        self.assertEqual(len([node for node in drawing if node.tag.endswith("polyline")]), 6)

    def check_ratio(self, load, row, table):
        """The ratio is the median of the rounds' ratios, and stands in the table."""
        if {row["engine"], row["over"]} & set(load["missing"]):
            self.assertNotIn("ratio", row)
            return
        pairs = zip(load["runs"][row["engine"]], load["runs"][row["over"]])
        ratios = [a["events"] / a["seconds"] / (b["events"] / b["seconds"]) for a, b in pairs]
        self.assertAlmostEqual(row["ratio"], statistics.median(ratios))
        self.assertAlmostEqual(row["least"], min(ratios))
        self.assertAlmostEqual(row["greatest"], max(ratios))
        if "target" in row:
            self.assertEqual(row["reached"], row["ratio"] >= row["target"])
        line = next(line for line in table.splitlines() if line.startswith(f"| {load['load']} | {row['engine']} |"))
        self.assertIn(f"| {row['over']} | {row['ratio']:.2f} (", line)

    def precision(self, *arguments, expect=0):
        out = self.folder / "precision"
        said, err = self.berylia("bench", "precision", SMOKE, "--futures", 8, "--out", out, *arguments, expect=expect)
        return said, err, out

    def test_every_way_to_precision_is_measured_on_the_same_futures(self):
        said, _, out = self.precision("--treatment", "membership", "--check", 0.3, "--jobs", 2)
        report = json.loads((out / "precision.json").read_text())
        self.assertEqual((out / "precision.md").read_text(), said)
        self.assertEqual((report["nation"], report["treatment"], report["reference"], report["futures"]), ("JPN", "membership", "none", 8))
        methods = report["methods"]
        self.assertEqual(list(methods), ["independent", "common_random_numbers", "branching", "controls", "antithetic", "all"])
        self.assertEqual(methods["branching"]["values"], methods["common_random_numbers"]["values"])
        self.assertNotEqual(methods["branching"]["values"], methods["independent"]["values"])
        self.assertEqual([row["pairs_per_unit"] for row in methods.values()], [1, 1, 1, 1, 2, 2])
        for row in methods.values():
            self.assertEqual((len(row["values"]), len(row["cpu_s"])), (8, 8))
            self.assertTrue(all(seconds > 0 for seconds in row["cpu_s"]))
            self.assertAlmostEqual(row["difference"], statistics.fmean(row["values"]))
            self.assertAlmostEqual(row["pair_variance"], statistics.variance(row["values"]) * row["error_factor"] * row["pairs_per_unit"])
            self.assertLessEqual(row["lo"], row["difference"])
            self.assertIn(f"| {row['method']} ", said)
            work = {key: statistics.variance(m["values"]) * m["error_factor"] * statistics.fmean(m["cpu_s"]) for key, m in methods.items()}
        for key, row in methods.items():
            self.assertAlmostEqual(row["factor"] / (work["independent"] / work[key]), 1)
        self.assertTrue(report["check"]["reached"])
        self.assertGreaterEqual(report["check"]["pairs"], 30)
        drawing = xml.etree.ElementTree.parse(out / "precision.svg").getroot()
        self.assertEqual(len([node for node in drawing if node.tag.endswith("polyline")]), 2 * len(methods))

    def test_the_values_of_a_method_depend_on_nothing_but_the_study(self):
        first = json.loads(self.precision("--json", "--check", 0, "--jobs", 1)[0])
        second = json.loads(self.precision("--json", "--check", 0, "--jobs", 3)[0])
        self.assertEqual([m["values"] for m in first["methods"].values()], [m["values"] for m in second["methods"].values()])
        self.assertEqual(first["treatment"], "liaison+exercise+attribution+membership")
        self.assertIsNone(first["check"])

    def test_a_precision_that_makes_no_sense_is_refused(self):
        single = self.folder / "single.toml"
        text = SMOKE.read_text()
        single.write_text(text[:text.index("[[levers]]")] + '[design]\ntype = "explicit"\nreference = "a"\n[[treatments]]\nname = "a"\nlevers = []\n')
        for arguments, words in [(["--nation", "JPX"], "--nation JPX (not in the study"), (["--nation", ""], "empty value"), (["--futures", 1], "--futures"),
                                 (["--target", 0], "--target"), (["--target", -1], "--target"), (["--check", -1], "--check"),
                                 (["--response", "resilience_los"], 'did you mean "resilience_loss"?'), (["--treatment", "joining"], "--treatment joining"),
                                 (["--treatment", "none"], "--treatment none"), (["--set", "campaign.seed=x"], "--set campaign.seed=x")]:
            with self.subTest(arguments):
                _, err, out = self.precision(*arguments, expect=2)
                self.assertIn(words, err)
                self.assertFalse((out / "precision.json").exists())
        _, err = self.berylia("bench", "precision", single, "--out", self.folder / "p", expect=2)
        self.assertIn("the study has a single treatment", err)
        self.assertFalse((self.folder / "p").exists())

    def test_only_some_loads_are_run_if_asked_for(self):
        out, err = self.berylia("bench", "suite", "--quick", "--rounds", 1, "--only", "hot", "--json", "--out",
                                self.folder / "suite")
        suite = json.loads(out)
        self.assertEqual([load["load"] for load in suite["loads"]], ["hot spot, 16,384 LPs"])
        self.assertEqual(suite["memory"], {})
        self.assertEqual({path.name for path in (self.folder / "suite").iterdir()}, {"suite.json", "suite.md"})

    def test_the_busy_process_ends_with_the_suite_however_that_ends(self):
        for end in [signal.SIGINT, signal.SIGTERM, signal.SIGKILL]:
            with self.subTest(end):
                suite = self.start("bench", "suite", "--quick", "--rounds", 1000, "--only", "busy", "--out",
                                   self.folder / "suite")
                busy = []
                while not busy and suite.poll() is None:
                    busy = children(suite.pid)
                self.assertTrue(busy)
                os.kill(suite.pid, end)
                suite.communicate(timeout=60)
                deadline = time.monotonic() + 60
                while any(is_running(pid) for pid in busy) and time.monotonic() < deadline:
                    time.sleep(0.01)
                self.assertFalse(any(is_running(pid) for pid in busy))


if __name__ == "__main__":
    program.main()
