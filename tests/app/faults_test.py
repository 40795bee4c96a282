"""Disks, clocks and memory that fail: an error that says so, and afterwards the same command gives the same bytes."""
import json
import os
import pathlib
import random
import re
import resource
import shutil
import struct
import subprocess
import sys
import time

import program
from program import SMOKE, ProgramTest

SHIM, CRASH_DIRECTORY = sys.argv.pop(2), sys.argv.pop(2)
TEN_YEARS_S = 315_576_000
# 32 histories that are cut off early: what is written counts here, not what is computed. They are censored: exit code 3.
QUICK = ["--replications", 2, "--set", "campaign.event_limit=2000", "--progress", "none"]
FINISHED = 3


def mount(*arguments):
    return subprocess.run(["mount", *map(str, arguments)], capture_output=True).returncode == 0


class Faults(ProgramTest):
    whole = None  # bytes of the undisturbed quick campaign's file
    real = None  # the same of 32 histories that run to their end

    def setUp(self):
        super().setUp()
        self.mounted = []
        if Faults.whole is None:
            out = self.folder / "whole" / "a.h5"
            out.parent.mkdir()
            self.berylia(*self.quick(out), expect=FINISHED)
            Faults.whole = out.read_bytes()
            shutil.rmtree(out.parent)

    def assert_real(self, out):
        """Compares with the undisturbed file of the campaign of real_arguments."""
        if Faults.real is None:
            Faults.real = self.run_smoke("undisturbed.h5", futures=1, replications=2).read_bytes()
        self.assertTrue(out.read_bytes() == Faults.real, "another file than undisturbed")

    def real_arguments(self, out):
        return ["run", SMOKE, "-o", out, "--futures", 1, "--replications", 2, "--progress", "none", "--jobs", 2]

    def tearDown(self):
        for place in reversed(self.mounted):
            subprocess.run(["umount", place], check=True)
        super().tearDown()

    def quick(self, out, *more, futures=1):
        return ["run", SMOKE, "-o", out, "--futures", futures, *QUICK, *more]

    def small_disk(self, size):
        """A disk of that size at a new folder, or the test is left out."""
        place = self.folder / f"disk{len(self.mounted)}"
        place.mkdir()
        if not mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", place):
            self.skipTest("no right to mount a small disk here")
        self.mounted.append(place)
        return place

    def shim(self, root, **plans):
        """Environment of a program whose calls in `root` are watched."""
        plans = {f"SHIM_{name.upper()}": str(value) for name, value in plans.items()}
        return {"env": os.environ | {"LD_PRELOAD": SHIM, "SHIM_ROOT": str(root)} | plans}

    def assert_finishes(self, out, *more):
        """The same command again gives the undisturbed file."""
        if not out.exists():
            self.berylia(*self.quick(out, *more), expect=FINISHED)
        self.assertTrue(out.read_bytes() == Faults.whole, "another file than undisturbed")

    def test_a_disk_that_is_too_small_is_refused_before_anything_runs(self):
        place = self.small_disk("1m")
        _, err = self.berylia(*self.quick(place / "a.h5"), expect=2)
        self.assertIn("not enough space", err)
        self.assertEqual(list(place.iterdir()), [])

    def test_a_disk_that_fills_up_ends_the_run_and_keeps_what_is_finished(self):
        place = self.small_disk("64m")
        out = place / "a.h5"
        process = self.start(*self.real_arguments(out))
        while process.poll() is None and not any(p.stat().st_size > 20_000 for p in place.glob("*.parts/*.journal")):
            time.sleep(0.002)
        with open(place / "filler", "wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                pass
        _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 2, err)
        self.assertIn("free some space", err)
        self.assertIn("to continue: ", err)
        (place / "filler").unlink()
        _, err = self.berylia(*self.real_arguments(out))
        self.assertGreater(int(re.search(r"continuing: (\d+) ", err)[1]), 0)
        self.assert_real(out)

    def test_a_read_only_place_is_refused_before_anything_runs(self):
        place = self.small_disk("64m")
        process = self.start(*self.quick(place / "begun.h5", futures=200))
        while process.poll() is None and not list(place.glob("*.parts/*.journal")):
            time.sleep(0.002)
        process.kill()
        process.communicate()
        self.assertTrue(mount("-o", "remount,ro", place))
        for name, futures in [("new.h5", 1), ("begun.h5", 200)]:
            _, err = self.berylia(*self.quick(place / name, futures=futures), expect=2)
            self.assertIn("Read-only file system", err)
        self.assertFalse((place / "new.h5.parts").exists())

    def test_two_workers_do_not_share_a_journal(self):
        arguments = ["run", SMOKE, "-o", self.folder / "a.h5", "--futures", 500, "--progress", "none"]
        first = self.start(*arguments, "--shard", "0/2")
        self.wait_for_journal(first)
        for share in ["0/2", "0/3", "none"]:
            _, err = self.berylia(*arguments, "--shard", share, expect=2)
            self.assertIn("another process is working on this campaign", err)
        other = self.start(*arguments, "--shard", "1/2")
        while other.poll() is None and not (self.folder / "a.h5.parts" / "1-of-2.journal").exists():
            time.sleep(0.002)
        self.assertIsNone(other.poll(), "the other share may run beside")
        for process in [first, other]:
            process.kill()
            process.communicate()

    def test_journals_of_another_format_or_study_are_named(self):
        out = self.folder / "a.h5"
        process = self.start(*self.quick(out, futures=200))
        journal = self.folder / "a.h5.parts" / "0-of-1.journal"
        while process.poll() is None and not (journal.exists() and journal.stat().st_size > 5000):
            time.sleep(0.002)
        process.kill()
        process.communicate()
        whole, manifest = journal.read_bytes(), journal.with_name("manifest.toml").read_text()
        # The first frame again: of a format to come, and of another study.
        head = bytearray(whole[:40])
        for place, value, words in [(8, 77, "format 77"), (16, head[16] ^ 1, "another study")]:
            other = bytearray(head)
            other[place] = value
            other[36:] = struct.pack("<I", crc32c(bytes(other[:36])))
            journal.write_bytes(bytes(other) + whole[40:])
            _, err = self.berylia(*self.quick(out, futures=200), expect=2)
            self.assertIn(words, err)
            self.assertIn("0-of-1.journal", err)
        journal.write_bytes(whole)
        journal.with_name("manifest.toml").write_text(re.sub("format_version = [0-9]+", "format_version = 77", manifest))
        _, err = self.berylia(*self.quick(out, futures=200), expect=2)
        self.assertIn("its format is 77", err)
        journal.with_name("manifest.toml").write_text(manifest)
        _, err = self.berylia(*self.quick(out, futures=201), expect=2)
        self.assertIn("choose another output", err)

    def test_calls_that_fail_are_said_and_the_same_command_finishes(self):
        for call, error, numbers in [("write", 28, [1, 5, 40]), ("fdatasync", 5, [1, 2]), ("rename", 28, [1]), ("open", 24, [4]),
                                     ("fsync", 5, [2, 4])]:
            for number in numbers:
                with self.subTest(f"{call} {number}"):
                    place = self.folder / f"{call}{number}"
                    place.mkdir()
                    process = self.start(*self.quick(place / "a.h5"), **self.shim(place, fail=f"{call},{number},{error},0"))
                    _, err = process.communicate(timeout=120)
                    # A note beside the results that cannot be written need not end the campaign.
                    self.assertIn(process.returncode, [2, FINISHED], err)
                    if process.returncode == 2:
                        self.assertRegex(err, r"berylia: .+ \(.+\) .+")
                    self.assert_finishes(place / "a.h5")
                    shutil.rmtree(place)

    def test_a_clock_that_jumps_changes_no_result_and_no_duration(self):
        for shift in [TEN_YEARS_S, -TEN_YEARS_S]:
            for look in [2, 4]:
                with self.subTest((shift, look)):
                    out = self.folder / f"{shift}_{look}.h5"
                    begun = time.monotonic()
                    self.berylia(*self.quick(out, "--max-wallclock", "60s"), expect=FINISHED,
                                 **self.shim(self.folder, clock=f"{look},{shift}"))
                    elapsed = time.monotonic() - begun
                    self.assertTrue(out.read_bytes() == Faults.whole)
                    notes = json.loads(pathlib.Path(f"{out}.run.json").read_text())
                    self.assertEqual(len(notes["sessions"]), 1)
                    self.assertTrue(0 <= notes["sessions"][0]["wall_s"] <= elapsed, notes["sessions"])
                    self.assertEqual(notes["sessions"][0]["ended_by"], "finished")

    def test_a_limit_on_memory_is_not_done_yet(self):
        out = self.folder / "a.h5"
        codes = set()
        for mib in [60, 70, 80, 90, 100, 120, 140, 160, 200, 300, 500]:
            limit = mib << 20
            process = self.start(*self.real_arguments(out),
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
            _, err = process.communicate(timeout=120)
            with self.subTest(mib):
                # Without room to start at all: 2; out of memory while computing: 5; enough of it: 0.
                self.assertIn(process.returncode, [0, 2, 5, 127], err)
                if process.returncode == 5:
                    self.assertIn("not done yet", err)
                    self.assertIn("to continue: ", err)
            codes.add(process.returncode)
            if 5 in codes and process.returncode in [0, 5]:
                break
        self.assertIn(5, codes, "no limit hit a replication")
        if not out.exists():
            self.berylia(*self.real_arguments(out))
        self.assert_real(out)

    def test_a_merge_without_memory_keeps_the_journals(self):
        out = self.folder / "a.h5"
        for share in ["0/2", "1/2"]:
            self.berylia(*self.quick(out, "--shard", share), expect=FINISHED)
        codes = []
        for mib in [*range(42, 56, 2), 100, 1000]:
            limit = mib << 20
            process = self.start("merge", out, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
            _, err = process.communicate(timeout=60)
            codes.append(process.returncode)
            with self.subTest(mib):
                self.assertIn(process.returncode, [2, FINISHED, 127], err)
            if out.exists():
                break
            self.assertTrue((self.folder / "a.h5.parts" / "manifest.toml").exists())
        self.assertIn(2, codes)
        self.assertTrue(out.read_bytes() == Faults.whole)

    def test_kills_of_workers_and_of_the_merge_change_nothing(self):
        chance = random.Random(3)
        out = self.folder / "a.h5"
        for wait_s in [0.1, 0.2, 0.3, 0.5, 0.8]:
            workers = [self.start(*self.quick(out, "--shard", f"{i}/2")) for i in range(2)]
            time.sleep(wait_s * chance.random())
            for worker in workers:
                worker.kill()
                worker.communicate()
        for i in range(2):
            self.berylia(*self.quick(out, "--shard", f"{i}/2"), expect=FINISHED)
        attempts = 0
        while not out.exists():
            attempts += 1
            merge = self.start("merge", out)
            time.sleep(0.1 * attempts * chance.random())
            merge.kill()
            merge.communicate()
        self.assertTrue(out.read_bytes() == Faults.whole)
        self.berylia("merge", out, expect=FINISHED)
        self.berylia(*self.quick(out), expect=FINISHED)
        self.assertEqual([p.name for p in self.folder.glob("*.parts")], [])

    def test_a_loss_of_power_at_any_moment_leaves_a_campaign_that_continues(self):
        """Two workers and a merge, traced; then directories as the loss may leave them, and the same commands again."""
        life, trace = self.folder / "life", self.folder / "trace"
        life.mkdir()
        self.work_and_merge(life / "a.h5", **self.shim(life, trace=trace))
        self.assertTrue((life / "a.h5").read_bytes() == Faults.whole)
        states = int(os.environ.get("BERYLIA_PROGRAM_POWER_LOSSES", "6"))
        for seed in range(states):
            with self.subTest(seed):
                crashed = self.folder / "crashed"
                moment = (seed + 0.5) / states
                subprocess.run([CRASH_DIRECTORY, trace, life, str(moment), str(seed), crashed], check=True,
                               stdout=subprocess.DEVNULL)
                if (crashed / "a.h5").exists():
                    self.assertTrue((crashed / "a.h5").read_bytes() == Faults.whole)
                self.work_and_merge(crashed / "a.h5")
                self.assertTrue((crashed / "a.h5").read_bytes() == Faults.whole)

    def work_and_merge(self, out, **options):
        """Two shares of the quick campaign at once, then the results file; a finished campaign says so each time."""
        workers = [self.start(*self.quick(out, "--shard", f"{i}/2"), **options) for i in range(2)]
        for worker in workers:
            _, err = worker.communicate(timeout=120)
            self.assertIn(worker.returncode, [0, FINISHED], err)
        merge = self.start("merge", out, **options)
        _, err = merge.communicate(timeout=120)
        self.assertIn(merge.returncode, [0, FINISHED], err)


def crc32c(data):
    """Castagnoli's, bit by bit."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


if __name__ == "__main__":
    program.main()
