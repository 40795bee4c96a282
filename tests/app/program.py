"""Runs the program under test and checks what it says; shared by the suites of this folder."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

BERYLIA = None
SMOKE = pathlib.Path("configs/smoke/japan_ccdcoe.toml").resolve()


class ProgramTest(unittest.TestCase):
    """A test with a folder of its own, removed afterwards."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="berylia-test-"))

    def tearDown(self):
        for path in self.folder.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(self.folder)

    def start(self, *arguments, **options):
        """The running program."""
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
        return subprocess.Popen([BERYLIA, *map(str, arguments)], **options)

    def berylia(self, *arguments, expect=0, **options):
        """(stdout, stderr) of a call that must end with exit code `expect`."""
        process = self.start(*arguments, **options)
        out, err = process.communicate(timeout=240)
        self.assertEqual(process.returncode, expect, f"{arguments}\nstdout: {out}\nstderr: {err}")
        return out, err

    def wait_for_journal(self, process):
        """Returns when `process` has begun to compute, or has ended."""
        while process.poll() is None and not list(self.folder.glob("*.parts/*.journal")):
            time.sleep(0.002)

    def run_smoke(self, name, *arguments, expect=0, futures=1, replications=1):
        """Runs the smoke study into a file of the test's folder; the path of the file."""
        out = self.folder / name
        self.berylia("run", SMOKE, "-o", out, "--futures", futures, "--replications", replications, "--progress",
                     "none", *arguments, expect=expect)
        return out

    def assert_same_bytes(self, a, b):
        self.assertTrue(a.read_bytes() == b.read_bytes(), f"{a} and {b} differ")


def main():
    """Runs the suite against the program named by the first argument."""
    global BERYLIA
    BERYLIA = os.path.abspath(sys.argv.pop(1))
    sys.modules["program"] = sys.modules[__name__]
    unittest.main(module=sys.modules["__main__"])
