"""A campaign that ends when enough is known: the same file however it is run, stopped, shared out and continued."""
import json
import random
import re
import shutil
import subprocess
import sys
import time

import program
from program import ProgramTest

MPIRUN = sys.argv.pop(2)
STUDY = "configs/smoke/enough.toml"
QUIET = ["--progress", "none"]
UNREACHABLE = ["--set", "stopping.targets=[{response=\"accesses\", half_width=0.001}]"]


class Stopping(ProgramTest):
    whole = None  # bytes of the file that one job writes

    def setUp(self):
        super().setUp()
        self.out = self.folder / "a.h5"
        if Stopping.whole is None:
            _, Stopping.said = self.berylia("run", STUDY, "-o", self.folder / "whole.h5", "--jobs", 1, *QUIET)
            Stopping.whole = (self.folder / "whole.h5").read_bytes()

    def run_study(self, *more, **options):
        return self.berylia("run", STUDY, "-o", self.out, *QUIET, *more, **options)

    def assert_as_one_job(self):
        self.assertTrue(self.out.read_bytes() == Stopping.whole, "another file than that of one job")

    def analysis(self):
        return json.loads(self.berylia("analyze", self.out, "--json")[0])

    def test_treatments_stop_at_different_looks_and_the_file_says_so(self):
        out, err = self.run_study()
        self.assert_as_one_job()
        self.assertRegex(err, r"look at 30 futures: \d of 2 comparisons are narrow enough")
        self.assertRegex(out, r"stopping:  30 to \d+ of at most 80 futures; every target is reached")
        a = self.analysis()
        taken = {t["treatment"]: t["count"] for t in a["stopping"]["taken"]}
        self.assertEqual(taken["all"], 30)
        self.assertTrue(30 < taken["membership"] < 80)
        self.assertEqual(taken["none"], taken["membership"])
        self.assertEqual(a["counts"]["planned"], sum(taken.values()))
        self.assertEqual(a["counts"]["missing"], 0)
        for d in a["paired_differences"]:
            self.assertEqual((d["n"], d["dropped"]), (taken[d["treatment"]], 0))
        last = {(look["target"], look["treatment"]): look for look in a["stopping"]["looks"]}
        self.assertEqual({look["state"] for look in last.values()}, {"reached"})
        for look in last.values():
            self.assertLessEqual((look["hi"] - look["lo"]) / 2, look["wanted_half_width"])
        # The rule's intervals are wider than those of a fixed count, and about the same estimate.
        d = next(d for d in a["paired_differences"] if d["response"] == "accesses" and d["treatment"] == "all")
        look = last[("change of the mean in accesses of JPN", "all")]
        self.assertEqual(look["estimate"], d["mean"])
        self.assertTrue(look["lo"] < d["lo"] and d["hi"] < look["hi"])
        self.assertIn("Targets of the stopping rule", self.berylia("analyze", self.out)[0])
        self.assertIn("stopping rule, last looks:", self.berylia("status", self.out)[0])
        self.assertIn("0 differ", self.berylia("verify", self.out, "--replications", 5)[0])

    def test_killed_at_random_and_continued_it_is_the_same_file(self):
        chance = random.Random(7)
        kills = 0
        for _ in range(100):
            process = self.start("run", STUDY, "-o", self.out, *QUIET, "--jobs", chance.choice([1, 2]))
            self.wait_for_journal(process)
            time.sleep(chance.uniform(0, 0.7))
            process.kill()
            process.communicate()
            kills += process.returncode != 0
            if self.out.exists():
                break
        self.assertGreater(kills, 2)
        if not self.out.exists():
            self.run_study()
        self.assert_as_one_job()

    def test_shards_and_ranks_decide_the_same(self):
        workers = [self.start("run", STUDY, "-o", self.out, *QUIET, "--jobs", 1, "--shard", f"{i}/3") for i in range(3)]
        for worker in workers:
            self.assertEqual(worker.wait(timeout=240), 0, worker.communicate())
            worker.communicate()
        status = json.loads(self.berylia("status", self.out, "--json", expect=5)[0])
        self.assertEqual((status["state"], status["left"]), ("unmerged", 0))
        self.assertEqual({row["state"] for row in status["stopping"]["last_looks"]}, {1})
        self.assertIn("every target is reached", self.berylia("merge", self.out)[0])
        self.assert_as_one_job()
        if MPIRUN == "none":
            return
        self.out.unlink()
        ranks = subprocess.run([MPIRUN, "-q", "--allow-run-as-root", "--oversubscribe", "-n", "3", program.BERYLIA, "run", STUDY, "-o", self.out, *QUIET],
                               capture_output=True, text=True, timeout=240)
        self.assertEqual(ranks.returncode, 0, ranks.stdout + ranks.stderr)
        self.assertIn("every target is reached", ranks.stdout)
        self.assert_as_one_job()

    def test_one_share_after_the_other_goes_ahead_and_what_is_too_much_is_left_out(self):
        for share in ["1/2", "0/2"]:
            self.run_study("--shard", share)
        self.assertEqual(json.loads(self.berylia("status", self.out, "--json", expect=5)[0])["state"], "unmerged")
        self.berylia("merge", self.out)
        self.assert_as_one_job()

    def test_a_target_out_of_reach_is_said_at_the_first_look_and_at_the_end(self):
        out, err = self.run_study(*UNREACHABLE)
        first = err.index("look at 30 futures")
        self.assertRegex(err[first:err.index("\n", first)], r"about [\d.e+]+ futures would do, the study allows 80: out of reach as it looks")
        self.assertRegex(out, r"stopping:  80 of at most 80 futures; NOT reached: 2 of the targets")
        self.assertEqual({t["count"] for t in self.analysis()["stopping"]["taken"]}, {80})
        self.assertIn("2 targets were not reached within the maximum", " ".join(self.analysis()["headline"]["caveats"]))

    def test_a_part_of_a_campaign_says_that_the_rule_has_not_decided(self):
        self.run_study("--shard", "0/4", *UNREACHABLE)
        part = self.folder / "part.h5"
        self.berylia("merge", self.out, "--partial", part, expect=5)
        a = json.loads(self.berylia("analyze", part, "--json")[0])
        self.assertEqual((a["stopping"]["settled"], a["stopping"]["looks"]), (False, []))
        self.assertIn("the rule has not decided yet", " ".join(a["headline"]["caveats"]))
        self.assertEqual(json.loads(self.berylia("status", part, "--json", expect=5)[0])["state"], "partial")

    def test_ranks_of_one_replication_cannot_look(self):
        _, err = self.run_study("--executor", "distributed", expect=2)
        self.assertIn("a stopping rule with the distributed executor", err)


if __name__ == "__main__":
    program.main()
