"""A campaign in shares: begun, watched, stopped, continued with other shares, merged; with what is said on the way."""
import json
import os
import re
import signal
import time
import tomllib

import journal_frames
import program
from program import SMOKE, ProgramTest

# 64 histories that are cut off early: censored, so exit code 3.
QUICK = ["--futures", 2, "--replications", 2, "--progress", "none", "--set", "campaign.event_limit=1000"]
FINISHED = 3
# Histories that take minutes.
GIANT = ["--progress", "none", "--jobs", 1, "--set", "time.end=2040-01-01", "--set", "scenario.assets_per_sector=100",
         "--set", "scenario.asset_faults_per_year=20", "--set", "campaign.event_limit=1000000000"]


class Campaigns(ProgramTest):
    whole = None  # bytes of the quick campaign's file, run by one worker

    def setUp(self):
        super().setUp()
        self.out = self.folder / "a.h5"
        self.parts = self.folder / "a.h5.parts"
        if Campaigns.whole is None:
            self.berylia("run", SMOKE, "-o", self.folder / "whole.h5", *QUICK, expect=FINISHED)
            Campaigns.whole = (self.folder / "whole.h5").read_bytes()

    def quick(self, *more, expect=FINISHED, **options):
        return self.berylia("run", SMOKE, "-o", self.out, *QUICK, *more, expect=expect, **options)

    def status(self, expect, out=None):
        return json.loads(self.berylia("status", out or self.out, "--json", expect=expect)[0])

    def fingerprint(self):
        return tomllib.loads((self.parts / "manifest.toml").read_text())["fingerprint"]

    def assert_as_one_run(self):
        self.assertTrue(self.out.read_bytes() == Campaigns.whole, "another file than that of one worker")
        self.assertFalse(self.parts.exists())

    def start_long(self, shard):
        """A worker that has kept some replications."""
        process = self.start("run", SMOKE, "-o", self.out, "--futures", 500, "--progress", "none", "--jobs", 1, "--shard", shard)
        journal = self.parts / f"{shard.replace('/', '-of-')}.journal"
        while process.poll() is None and not (journal.exists() and journal.stat().st_size > 100_000):
            time.sleep(0.005)
        return process

    def test_shares_merged_give_the_file_of_one_run(self):
        for shard in ["2/3", "0/3", "1/3"]:
            said, _ = self.quick("--shard", shard)
            self.assertIn(f"shard {shard[0]} of 3 (from --shard): planned ", said)
            self.assertIn("berylia merge", said)
            self.assertFalse(self.out.exists())
        said, _ = self.berylia("status", self.out, expect=5)
        self.assertIn("planned 64, done 0, failed 0, censored 64, left 0", said)
        self.assertEqual(self.status(5)["state"], "unmerged")
        said, _ = self.berylia("merge", self.out, expect=FINISHED)
        self.assertIn("planned 64, done 0, failed 0, censored 64", said)
        self.assert_as_one_run()
        # Once more: the same exit code.
        for command in [["merge", self.out], ["run", SMOKE, "-o", self.out, *QUICK]]:
            self.assertIn("already complete", self.berylia(*command, expect=FINISHED)[0])

    def test_another_number_of_shares_continues(self):
        self.quick("--shard", "0/3")
        kept = self.status(5)["censored"]
        _, err = self.quick("--shard", "0/2")
        self.assertRegex(err, r"continuing: [1-9]\d* are finished")
        self.assertGreater(self.status(5)["censored"], kept)
        self.quick("--shard", "none")
        self.assert_as_one_run()

    def test_what_is_no_share_is_refused_before_anything_runs(self):
        for share in ["3/3", "1/0", "x/2", "-1/3", "1", "0/", "/3", "", "0/999999", "99999999999/3", "0/3 ", "none "]:
            with self.subTest(share):
                _, err = self.quick("--shard", share, expect=2)
                self.assertIn("--shard", err)
                self.assertFalse(self.parts.exists())

    def test_the_share_is_what_slurm_says(self):
        task = {"SLURM_PROCID": "1", "SLURM_STEP_NUM_TASKS": "2"}
        array = {"SLURM_ARRAY_TASK_ID": "14", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "10", "SLURM_ARRAY_TASK_STEP": "2"}
        for told, expected in [(task, "shard 1 of 2 (from SLURM_PROCID)"), (array, "shard 2 of 3 (from SLURM_ARRAY_TASK_ID)"),
                               (array | task, "shard 5 of 6 (from SLURM_ARRAY_TASK_ID, SLURM_PROCID)")]:
            with self.subTest(expected):
                self.assertIn(expected, self.quick(env=os.environ | told)[1])
        _, err = self.quick("--shard", "0/4", env=os.environ | array)
        self.assertIn("shard 0 of 4 (from --shard)", err)
        for wrong in [{"SLURM_ARRAY_TASK_ID": "3"}, array | {"SLURM_ARRAY_TASK_ID": "13"}, array | {"SLURM_ARRAY_TASK_ID": "x"},
                      array | {"SLURM_ARRAY_TASK_ID": "99"}, task | {"SLURM_PROCID": "2"}]:
            with self.subTest(wrong):
                self.assertIn("give --shard i/n", self.quick(expect=2, env=os.environ | wrong)[1])
        self.quick("--shard", "none", env=os.environ | array)
        self.assert_as_one_run()

    def test_only_one_worker_has_a_share(self):
        first = self.start_long("0/2")
        _, err = self.berylia("run", SMOKE, "-o", self.out, "--futures", 500, "--shard", "0/2", expect=2)
        self.assertIn("another process is working on this campaign, with the same journal 0-of-2.journal", err)
        _, err = self.berylia("run", SMOKE, "-o", self.out, "--futures", 500, "--shard", "0/3", expect=2)
        self.assertIn("which shares the work out differently", err)
        _, err = self.berylia("merge", self.out, expect=2)
        first.kill()
        first.communicate()

    def test_status_says_how_far_it_is_while_workers_run(self):
        self.assertIn("no campaign at", self.berylia("status", self.out, expect=2)[1])
        workers = [self.start_long(f"{i}/2") for i in range(2)]
        files = len(list(self.folder.rglob("*")))
        now = self.status(5)
        self.assertEqual((now["format_version"], now["state"], now["planned"]), (1, "running", 16_000))
        self.assertEqual(now["done"] + now["failed"] + now["censored"] + now["left"], now["planned"])
        self.assertGreater(now["done"], 0)
        self.assertEqual([(w["journal"], w["at_work"], w["sessions"]) for w in now["workers"]],
                         [("0-of-2.journal", True, 1), ("1-of-2.journal", True, 1)])
        self.assertIn("2 at work; 0 interruptions", self.berylia("status", self.out, expect=5)[0])
        self.assertLessEqual(files, len(workers) + 3)  # the directory among them
        workers[0].send_signal(signal.SIGUSR1)
        workers[1].kill()
        _, err = workers[0].communicate(timeout=60)
        self.assertEqual(workers[0].returncode, 5, err)
        workers[1].communicate()
        now = self.status(5)
        self.assertEqual((now["state"], now["interruptions"], now["wall_seconds_left"]), ("stopped", 2, None))
        self.assertGreater(now["worker_seconds_per_replication"], 0)
        self.assertFalse(any(worker["at_work"] for worker in now["workers"]))

    def test_merge_and_parts_of_a_campaign(self):
        self.quick("--shard", "0/3")
        _, err = self.berylia("merge", self.out, expect=5)
        self.assertRegex(err, r"not finished: \d+ of 64 replications are there")
        part = self.folder / "part.h5"
        for _ in range(2):  # a part may be written again
            self.assertRegex(self.berylia("merge", self.out, "--partial", part, expect=5)[0], r"planned 64, done 0, failed 0, censored [1-9]")
        self.assertEqual(self.status(5, part)["state"], "partial")
        for command in [["verify", part, "--replications", 2], ["export", part, "-o", self.folder / "part.csv"],
                        ["report", part, "-o", self.folder / "part.html"]]:
            self.berylia(*command)
        foreign = self.folder / "mine.h5"
        foreign.write_text("mine")
        for name in [foreign, self.folder / "whole.h5"]:
            before = name.read_bytes() if name.exists() else b""
            name.write_bytes(before or Campaigns.whole)
            before = name.read_bytes()
            self.assertIn("will not overwrite", self.berylia("merge", self.out, "--partial", name, expect=2)[1])
            self.assertTrue(name.read_bytes() == before)
        self.quick("--shard", "1/3")
        self.quick("--shard", "2/3")
        self.berylia("merge", self.out, expect=FINISHED)
        self.assert_as_one_run()

    def test_a_part_is_never_taken_for_the_whole(self):
        """Once a part under the campaign's own name counted as complete, and the journals were removed."""
        self.quick("--shard", "0/3")
        _, err = self.berylia("merge", self.out, "--partial", self.folder / "." / "a.h5", expect=2)
        self.assertIn("is the campaign's own results file", err)
        part = self.folder / "part.h5"
        self.berylia("merge", self.out, "--partial", part, expect=5)
        os.rename(part, self.out)
        _, err = self.quick(expect=2)
        self.assertRegex(err, r"it holds \d+ of 64 replications")
        self.berylia("merge", self.out, expect=2)
        self.assertTrue(list(self.parts.glob("*.journal")))
        self.out.unlink()
        self.quick("--shard", "none")
        self.assert_as_one_run()

    def test_journals_from_elsewhere_are_merged_if_they_are_of_the_campaign(self):
        there = self.folder / "there.h5"
        self.quick("--shard", "0/2")
        self.berylia("run", SMOKE, "-o", there, *QUICK, "--shard", "1/2", expect=FINISHED)
        other = self.folder / "other.h5"
        self.berylia("run", SMOKE, "-o", other, *QUICK, "--seed", 1, "--shard", "1/2", expect=FINISHED)
        _, err = self.berylia("merge", self.out, f"{other}.parts", expect=2)
        self.assertIn("of another study text, seed, data or build", err)
        self.berylia("merge", self.out, self.folder / "nowhere", expect=2)
        self.berylia("merge", self.out, f"{there}.parts", expect=FINISHED)
        self.assert_as_one_run()
        self.assertTrue((self.folder / "there.h5.parts" / "1-of-2.journal").exists())

    def test_a_limit_on_time_ends_the_run_and_drops_what_does_not_end(self):
        command = ["run", SMOKE, "-o", self.out, *GIANT, "--max-wallclock", "3s", "--grace", "1s"]
        _, err = self.berylia(*command, expect=5)
        for said in ["--max-wallclock is nearly over", "the grace is over: what still runs is dropped", "stopped early: 0 of", "to continue: "]:
            self.assertIn(said, err)
        _, err = self.berylia("run", SMOKE, "-o", self.folder / "b.h5", "--futures", 500, "--progress", "none", "--max-wallclock", "00:00:05",
                              "--grace", "4s", expect=5)
        self.assertNotIn("dropped", err)
        self.assertGreater(int(re.search(r"stopped early: (\d+) of", err)[1]), 0)

    def test_what_is_no_duration_is_refused(self):
        for option, wrong in [("--max-wallclock", text) for text in ["3", "0s", "-1h", "1x", "", "1:30", "99999999999h", "11y", "nan", "30s"]] + [
                ("--grace", "5"), ("--grace", "-1s"), ("--grace", "")]:
            with self.subTest(option=option, wrong=wrong):
                self.assertIn(option, self.quick(option, wrong, expect=2)[1])
        self.assertFalse(self.parts.exists())

    def test_failed_replications_are_counted_limited_and_told(self):
        self.quick("--shard", "0/3")
        message = 'a rule, "broken",\nby hand'
        keys = [(point, 0, 1) for point in range(3)]
        self.assertIn("not in the journals", self.berylia("replay", self.out, *self.place(keys[0]), expect=2)[1])
        (self.parts / "hand.journal").write_bytes(b"".join(journal_frames.failed(self.fingerprint(), *key, message) for key in keys))
        now = self.status(5)
        self.assertEqual((now["failed"], now["duplicates"], now["damaged_bytes"]), (3, 0, 0))
        _, err = self.quick("--max-failures", 2, expect=3)
        self.assertIn("stopped: 3 failed replications are more than --max-failures 2", err)
        self.assertFalse(self.out.exists())
        said, _ = self.quick("--max-failures", 3, expect=3)
        self.assertIn("planned 64, done 0, failed 3, censored 61", said)
        # What was written by hand is not what the program computes.
        self.assertIn("3 differ", self.berylia("verify", self.out, "--all", expect=4)[0])
        self.berylia("replay", self.out, *self.place(keys[0]), expect=4)
        rows = self.berylia("export", self.out, "--table", "replications")[0]
        self.assertEqual(rows.count(',failed,0,"a rule, ""broken"",\nby hand"'), 3)
        self.assertIn("3 failed", self.quick()[0])

    def test_what_is_no_number_of_failures_is_refused(self):
        for wrong in ["-1", "x", "1.5", "99999999999999999999999", ""]:
            with self.subTest(wrong):
                self.assertIn("--max-failures", self.quick("--max-failures", wrong, expect=2)[1])
        self.assertFalse(self.out.exists())

    def place(self, key):
        return ["--point", key[0], "--future", key[1], "--replication", key[2]]

    def test_journals_are_verified_and_replayed_before_the_campaign_is_finished(self):
        self.quick("--shard", "0/2")
        count = self.status(5)["censored"]
        said, _ = self.berylia("verify", self.out)
        self.assertIn(f"every byte of the 1 journals of {self.out} belongs to an intact frame ({count} replications, 0 twice)", said)
        self.assertIn(f"recomputed: {count} of {count} replications, 0 differ", self.berylia("verify", self.out, "--all")[0])
        self.assertIn(f"recomputed: 3 of {count} replications, 0 differ", self.berylia("verify", self.out, "--replications", 3)[0])
        said, _ = self.berylia("replay", self.out, *self.place((3, 0, 0)))
        self.assertIn("the same as in the file, to the bit", said)
        self.assertIn("--partial", self.berylia("export", self.out, expect=2)[1])
        journal = self.parts / "0-of-2.journal"
        content = bytearray(journal.read_bytes())
        content[len(content) // 2] ^= 1
        journal.write_bytes(content)
        self.assertIn("damaged", self.berylia("verify", self.out, expect=2)[1])
        self.quick("--shard", "none")
        self.assert_as_one_run()


if __name__ == "__main__":
    program.main()
