"""One world on several MPI ranks: the same bytes, clear errors, and no rank that hangs, whatever happens to another."""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

import program
from program import SMOKE, ProgramTest

MPIRUN = [sys.argv.pop(2), "-q", "--allow-run-as-root", "--oversubscribe", "-n"]


def processes_below(pid):
    """The process ids of the descendants of a process."""
    found = []
    for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found += [int(child)] + processes_below(child)
    return found


def is_program(pid):
    return os.path.realpath(f"/proc/{pid}/exe") == os.path.realpath(program.BERYLIA)


class Ranks(ProgramTest):
    def start_ranks(self, ranks, *arguments):
        return subprocess.Popen([*MPIRUN, str(ranks), program.BERYLIA, *map(str, arguments)], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def ranks(self, ranks, *arguments, expect=0):
        process = self.start_ranks(ranks, *arguments)
        out, err = process.communicate(timeout=240)
        self.assertEqual(process.returncode, expect, f"{arguments}\nstdout: {out}\nstderr: {err}")
        return out, err

    def arguments(self, name, futures=1):
        return ["run", SMOKE, "-o", self.folder / name, "--futures", futures, "--replications", 1, "--progress", "none",
                "--executor", "distributed"]

    def test_the_file_is_the_same_for_any_number_of_ranks(self):
        reference = self.run_smoke("reference.h5")
        self.berylia(*self.arguments("alone.h5"))
        self.assert_same_bytes(self.folder / "alone.h5", reference)
        for ranks in [1, 2, 3]:
            out, _ = self.ranks(ranks, *self.arguments(f"ranks{ranks}.h5"))
            self.assertEqual(out.count("planned 16, done 16"), 1, out)
            self.assert_same_bytes(self.folder / f"ranks{ranks}.h5", reference)
        for date in ["none", "2019-01-15"]:
            self.ranks(2, *self.arguments(f"{date}.h5"), "--branch-at", date)
            self.assert_same_bytes(self.folder / f"{date}.h5", reference)

    def test_ranks_that_share_a_campaign_branch_where_they_are_told(self):
        reference = self.run_smoke("reference.h5", futures=2)
        out = self.folder / "a.h5"
        self.ranks(2, "run", SMOKE, "-o", out, "--futures", 2, "--replications", 1, "--progress", "none", "--branch-at", "2019-01-15")
        self.assert_same_bytes(out, reference)
        sessions = json.loads((self.folder / "a.h5.run.json").read_text())["sessions"]
        self.assertEqual([session["branch_at"] for session in sessions], 2 * ["2019-01-15"])

    def test_a_replay_on_ranks_agrees_and_writes_the_same_trace(self):
        out = self.run_smoke("a.h5")
        key = ["--point", 1, "--future", 0, "--replication", 0]
        self.berylia("replay", out, *key, "--trace", self.folder / "one.tsv")
        said, _ = self.ranks(2, "replay", out, *key, "--trace", self.folder / "two.tsv", "--executor", "distributed")
        self.assertEqual(said.count("the same"), 1, said)
        self.assert_same_bytes(self.folder / "one.tsv", self.folder / "two.tsv")

    def test_a_bench_gives_the_same_digest(self):
        arguments = ["bench", "phold", "--lps", 2000, "--end", 5, "--json"]
        one, _ = self.berylia(*arguments)
        two, _ = self.ranks(2, *arguments, "--executor", "distributed")
        digest = re.compile('"digest": "([0-9a-f]{16})"')
        self.assertEqual(digest.findall(one), digest.findall(two))

    def test_what_ranks_would_all_do_alike_is_refused_once(self):
        for arguments in [["bench", "phold"], ["describe"]]:
            _, err = self.ranks(2, *arguments, expect=2)
            self.assertEqual(err.count("2 ranks were started (each would do the same work)"), 1, err)

    def test_bad_input_is_said_once_and_nothing_hangs(self):
        begun = time.monotonic()
        _, err = self.ranks(2, *self.arguments("no/such/folder.h5"), expect=2)
        self.assertEqual(err.count("there is no folder"), 1, err)
        _, err = self.ranks(2, *self.arguments("a.h5"), "--jobs", 2, expect=2)
        self.assertEqual(err.count("2 jobs with the distributed executor"), 1, err)
        _, err = self.ranks(2, *self.arguments("a.h5"), "--branch-at", "2020-01-01", expect=2)
        self.assertEqual(err.count("cannot branch on 2020-01-01"), 1, err)
        self.assertLess(time.monotonic() - begun, 120)

    def wait_for_a_record(self, process, name):
        """Returns when the journal has grown, or the campaign has ended."""
        journal = self.folder / f"{name}.parts" / "0-of-1.journal"
        while process.poll() is None and (not journal.exists() or journal.stat().st_size < 5000):
            time.sleep(0.01)

    def interrupt(self, name, act):
        """Lets `act` do something to the processes of a campaign once it has kept a record; (exit code, stderr)."""
        process = self.start_ranks(2, *self.arguments(name, futures=20))
        self.wait_for_a_record(process, name)
        act(process)
        _, err = process.communicate(timeout=120)
        self.assertFalse((self.folder / name).exists())
        return process.returncode, err

    def assert_continues(self, name):
        """The same command goes on with what was kept; it is stopped again, since the whole takes long."""
        process = self.start_ranks(2, *self.arguments(name, futures=20))
        kept = line = process.stderr.readline()
        while line and "continuing: " not in kept:
            kept = line = process.stderr.readline()
        process.send_signal(signal.SIGUSR1)
        _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 5, err)
        self.assertGreater(int(re.search(r"continuing: (\d+) ", kept)[1]), 0)

    def test_a_rank_that_dies_ends_the_run_and_the_same_command_continues(self):
        for victim in [0, 1]:
            with self.subTest(victim):
                def kill(process, victim=victim):
                    pids = sorted(pid for pid in processes_below(process.pid) if is_program(pid))
                    os.kill(pids[victim], signal.SIGKILL)
                code, err = self.interrupt(f"{victim}.h5", kill)
                self.assertNotEqual(code, 0)
                if victim == 1:
                    self.assertIn("another rank has died", err)
                self.assert_continues(f"{victim}.h5")

    def batches(self, name, *more):
        """Arguments of a campaign whose ranks run replications of their own."""
        return ["run", SMOKE, "-o", self.folder / name, "--futures", 3, "--replications", 2, "--progress", "none", *more]

    def test_ranks_share_a_campaign_out_and_the_file_is_that_of_one_process(self):
        self.berylia(*self.batches("one.h5"))
        for ranks in [2, 3]:
            out, _ = self.ranks(ranks, *self.batches(f"ranks{ranks}.h5"))
            self.assertEqual(out.count("planned 96, done 96"), 1, out)
            self.assert_same_bytes(self.folder / f"ranks{ranks}.h5", self.folder / "one.h5")
            sessions = json.loads((self.folder / f"ranks{ranks}.h5.run.json").read_text())["sessions"]
            self.assertEqual(sorted(session["worker"] for session in sessions),
                             [f"rank-{rank}-of-{ranks}.journal" for rank in range(ranks)])
            self.assertEqual(sum(session["computed"] for session in sessions), 96)
            self.assertTrue(all(session["computed"] > 0 for session in sessions), sessions)

    def test_a_killed_rank_loses_nothing_and_other_workers_may_continue(self):
        self.berylia(*self.batches("one.h5", "--set", "campaign.futures=8"))
        name = "killed.h5"
        journals = [self.folder / f"{name}.parts" / f"rank-{rank}-of-2.journal" for rank in range(2)]
        for victim in [0, 1]:
            process = self.start_ranks(2, *self.batches(name, "--set", "campaign.futures=8"))
            before = [path.stat().st_size if path.exists() else 0 for path in journals]
            while process.poll() is None and not all(path.exists() and path.stat().st_size > size + 20000
                                                     for path, size in zip(journals, before)):
                time.sleep(0.005)
            pids = sorted(pid for pid in processes_below(process.pid) if is_program(pid))
            os.kill(pids[victim], signal.SIGKILL)
            process.communicate(timeout=120)
        status = json.loads(self.berylia("status", self.folder / name, "--json", expect=5)[0])
        self.assertGreater(status["done"], 0)
        self.assertEqual((status["duplicates"], status["state"]), (0, "stopped"))
        self.berylia(*self.batches(name, "--set", "campaign.futures=8"))
        self.assert_same_bytes(self.folder / name, self.folder / "one.h5")

    def test_a_signal_stops_all_ranks_of_a_shared_campaign(self):
        process = self.start_ranks(2, *self.batches("usr1.h5", "--set", "campaign.futures=40"))
        journal = self.folder / "usr1.h5.parts" / "rank-1-of-2.journal"
        while process.poll() is None and not (journal.exists() and journal.stat().st_size > 20000):
            time.sleep(0.005)
        process.send_signal(signal.SIGUSR1)
        _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 5, err)
        self.assertIn("to continue: mpirun -n 2 ", err)

    def test_a_shard_given_to_ranks_is_refused(self):
        _, err = self.ranks(2, *self.batches("a.h5", "--shard", "0/2"), expect=2)
        self.assertIn("--shard with several MPI ranks", err)

    def test_a_signal_to_mpirun_stops_all_ranks_and_the_same_command_continues(self):
        code, err = self.interrupt("usr1.h5", lambda process: process.send_signal(signal.SIGUSR1))
        self.assertEqual(code, 5, err)
        self.assertEqual(err.count("stopped early: "), 1, err)
        self.assertIn("to continue: mpirun -n 2 ", err)
        self.assert_continues("usr1.h5")
        code, _ = self.interrupt("int.h5", lambda process: process.send_signal(signal.SIGINT))
        self.assertNotEqual(code, 0)
        self.assert_continues("int.h5")


class NoMpi(ProgramTest):
    """What a build without MPI says."""

    def test_the_distributed_executor_is_refused_with_what_to_install(self):
        _, err = self.berylia("bench", "phold", "--executor", "distributed", expect=2)
        self.assertIn("install libopenmpi-dev and openmpi-bin", err)


if MPIRUN[0] == "none":
    print("no MPI in this build: the tests on several ranks are left out", file=sys.stderr)
    del Ranks
else:
    del NoMpi


if __name__ == "__main__":
    program.main()
