"""A campaign on a private Slurm, and the mishaps that befall its workers."""
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from slurm_cluster import ClusterError, descendants  # noqa: E402


def arguments_of(pid):
    """Command line of a process; empty if it is gone or a zombie."""
    try:
        return pathlib.Path("/proc", str(pid), "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


class Campaign:
    """`berylia slurm` in a folder, submitted to `cluster`."""

    def __init__(self, cluster, berylia, study, folder, tasks, changes):
        self.cluster = cluster
        self.folder = folder
        self.berylia = berylia
        self.command = ["slurm", study, "-o", folder, "--tasks", tasks, "--time", 30, *changes]
        self.job = self.merge_job = None

    @property
    def results(self):
        return self.folder / "results.h5"

    def submit(self):
        """Gives the command with --submit; the merge is held, so that the journals can be looked at before it."""
        self.cluster.run(self.berylia, *self.command, "--submit")
        _, self.job, _, self.merge_job = (self.folder / "jobs.txt").read_text(encoding="utf-8").split()
        self.cluster.run("scontrol", "hold", self.merge_job)

    def merge(self, seconds=120):
        """Lets the merge go, after the workers; what `berylia status --json` said of the journals before."""
        status = json.loads(self.cluster.run(self.berylia, "status", self.results, "--json", check=False))
        self.cluster.run("scontrol", "release", self.merge_job)
        self.cluster.wait_for_end(seconds)
        return status

    def workers(self):
        """Process of every shard that runs now: {index: pid}."""
        found = {}
        for pid in descendants():
            words = arguments_of(pid)
            if "--shard" in words and words[1] == "run":
                found[int(words[words.index("--shard") + 1].split("/")[0])] = pid
        return found

    def logs(self):
        """All that the jobs have said."""
        return "".join(f"\n--- {path.name}\n{path.read_text(encoding='utf-8', errors='replace')}"
                       for path in sorted((self.folder / "logs").glob("*.log")))

    def attempts(self, shard):
        """How often an element has begun."""
        log = self.folder / "logs" / f"shard_{shard}.log"
        return log.read_text(encoding="utf-8").count(" element ") if log.exists() else 0

    def disturb(self, fate, seconds=300):
        """Until no worker waits or runs, does to every worker what `fate(shard, attempt)` says when it first runs: None, or
        (seconds to wait, mishap), a mishap being "kill", "notice", "cancel" or
        "preempt" (for a short job of all cores). Returns the mishaps that befell a living
        worker as (shard, mishap)."""
        end = time.monotonic() + seconds
        plans, done = {}, []
        while set(self.cluster.jobs()) - {self.merge_job}:
            if time.monotonic() > end:
                raise ClusterError(f"the campaign has not ended within {seconds} s: {self.cluster.jobs()}{self.logs()}{self.cluster.logs()}")
            for shard, pid in self.workers().items():
                if pid not in plans:
                    plan = fate(shard, self.attempts(shard))
                    plans[pid] = (time.monotonic() + plan[0], plan[1]) if plan else None
                if plans[pid] and time.monotonic() >= plans[pid][0] and self._befall(shard, pid, plans[pid][1]):
                    done.append((shard, plans[pid][1]))
                    plans[pid] = None
            time.sleep(0.02)
        return done

    def _befall(self, shard, pid, mishap):
        """False if the worker was gone already."""
        if mishap == "kill":
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                return True
            return False
        element = f"{self.job}_{shard}"
        commands = {"notice": ["scancel", "--batch", "--signal=USR1", element], "cancel": ["scancel", element],
                    "preempt": ["sbatch", "--partition=urgent", f"--ntasks={self.cluster.cpus}", "--output=/dev/null", "--wrap=sleep 1"]}
        return subprocess.run(commands[mishap], env=self.cluster.environment, capture_output=True, check=False).returncode == 0
