"""What campaign.sbatch does when its worker ends or a signal comes, with stand-ins for Slurm's commands and for the worker."""
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "app"))
import program  # noqa: E402
from program import SMOKE, ProgramTest  # noqa: E402

# The worker ends with what the file `code` says, at once or after a signal; a number above 128 stands for a signal.
WORKER = """#!/usr/bin/python3
import os, signal, sys, time
os.chdir(os.path.dirname(sys.argv[0]))
code = int(open("code").read())
came = []
for number in (signal.SIGUSR1, signal.SIGTERM):
    signal.signal(number, lambda number, frame: came.append(signal.Signals(number).name))
open("calls", "a").write(" ".join(sys.argv[1:]) + "\\n")
open("ready", "w").close()
while os.path.exists("patient") and not came:
    time.sleep(0.001)
open("signals", "w").write(" ".join(came))
if code > 128:
    signal.signal(code - 128, signal.SIG_DFL) if code != 137 else None
    os.kill(os.getpid(), code - 128)
os._exit(code)
"""
SQUEUE = """#!/bin/sh
cd -- "${0%/*}"
if [ -e busy ]; then rm busy; exit 1; fi
cat state
"""
SCONTROL = """#!/bin/sh
cd -- "${0%/*}"
echo "$@" >> requeues
"""
SLEEP = """#!/bin/sh
exec /bin/sleep 0.01
"""


class Decisions(ProgramTest):
    def setUp(self):
        super().setUp()
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        for name, text in {"worker": WORKER, "squeue": SQUEUE, "scontrol": SCONTROL, "sleep": SLEEP}.items():
            (self.bin / name).write_text(text, encoding="utf-8")
            (self.bin / name).chmod(0o755)
        # The folder of scontrol comes first in the jobs' PATH.
        self.berylia("slurm", SMOKE, "-o", self.folder / "campaign", "--tasks", 4, "--time", 10, "--max-requeues", 3,
                     env={"PATH": f"{self.bin}:{os.environ['PATH']}"})
        text = (self.folder / "campaign" / "campaign.sbatch").read_text(encoding="utf-8")
        begun = text.count(f"\nprogram='{program.BERYLIA}'\n")
        self.assertEqual(begun, 1)
        self.script = self.folder / "script"
        self.script.write_text(text.replace(f"program='{program.BERYLIA}'", f"program='{self.bin}/worker'"), encoding="utf-8")

    def said(self, name):
        path = self.bin / name
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def begin(self, code, state="RUNNING,None", restarts=None):
        """The running script, as element 2 of job 40, which Slurm knows as job 43 too."""
        for name in ("calls", "signals", "requeues", "ready"):
            (self.bin / name).unlink(missing_ok=True)
        (self.bin / "code").write_text(str(code), encoding="utf-8")
        (self.bin / "state").write_text(state + "\n", encoding="utf-8")
        environment = {"SLURM_JOB_ID": "43", "SLURM_ARRAY_JOB_ID": "40", "SLURM_ARRAY_TASK_ID": "2"}
        if restarts is not None:
            environment["SLURM_RESTART_COUNT"] = str(restarts)
        return subprocess.Popen(["bash", self.script], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def requeues(self, code, **options):
        """What was asked of scontrol when the worker ended with `code`, which is the script's own exit code too."""
        process = self.begin(code, **options)
        out, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, code, out)
        return self.said("requeues")

    def test_the_worker_gets_its_shard(self):
        self.requeues(0)
        self.assertEqual(len(self.said("calls")), 1)
        self.assertTrue(self.said("calls")[0].startswith("run study.toml -o results.h5 "))
        self.assertTrue(self.said("calls")[0].endswith(" --shard 2/4"))

    def test_final_exit_codes_end_the_element(self):
        for code in (0, 2, 3, 4, 70, 127, 134, 139):
            self.assertEqual(self.requeues(code), [], code)

    def test_stopped_and_killed_workers_go_back_and_only_this_element(self):
        for code in (5, 129, 130, 137, 138, 143):
            self.assertEqual(self.requeues(code), ["requeue 40_2"], code)
        self.assertEqual(self.requeues(5, state="COMPLETING,TimeLimit"), ["requeue 40_2"])

    def test_an_element_that_somebody_ended_stays_so(self):
        for state in ("COMPLETING,None", "CANCELLED,None", "PENDING,BeginTime", "", "FAILED,NonZeroExitCode"):
            self.assertEqual(self.requeues(0 if state == "" else 5, state=state), [], state)

    def test_requeues_are_counted(self):
        for restarts in (1, 2):
            self.assertEqual(self.requeues(5, restarts=restarts), ["requeue 40_2"])
        for restarts in (3, 4):
            self.assertEqual(self.requeues(5, restarts=restarts), [])

    def test_a_slurm_that_does_not_answer_is_asked_again(self):
        (self.bin / "busy").touch()
        self.assertEqual(self.requeues(5), ["requeue 40_2"])

    def test_signals_reach_the_worker_and_its_exit_code_is_kept(self):
        """However many come, and whenever: in `wait`, between two of them, while the worker ends."""
        chance = random.Random(1)
        (self.bin / "patient").touch()
        for trial in range(60):
            code = chance.choice([0, 3, 5, 5, 143])
            process = self.begin(code)
            while not (self.bin / "ready").exists():
                time.sleep(0.002)
            number = chance.choice([signal.SIGUSR1, signal.SIGTERM])
            for _ in range(chance.choice([1, 2, 5])):
                process.send_signal(number)
                time.sleep(chance.choice([0, 0.001, 0.01]))
            out, _ = process.communicate(timeout=60)
            self.assertEqual(process.returncode, code, out)
            self.assertIn(number.name, self.said("signals")[0])
            self.assertEqual(self.said("requeues"), ["requeue 40_2"] if code in (5, 143) else [], trial)

    def test_a_signal_before_the_worker_runs_does_not_end_the_script(self):
        (self.bin / "patient").touch()
        for _ in range(10):
            process = self.begin(5)
            while not pathlib.Path("/proc", str(process.pid), "stat").read_text().split()[2] == "S" and process.poll() is None:
                time.sleep(0.001)
            while not (self.bin / "ready").exists():
                time.sleep(0.002)
            process.send_signal(signal.SIGUSR1)
            self.assertEqual(process.wait(60), 5, process.stdout.read())
            process.stdout.close()


if __name__ == "__main__":
    program.main()
