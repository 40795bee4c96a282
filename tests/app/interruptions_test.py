"""Interrupted campaigns: the same command continues, and the file is as if nothing had happened."""
import random
import re
import signal
import time

import program
from program import SMOKE, ProgramTest


class Interruptions(ProgramTest):
    whole = None  # bytes of the undisturbed campaign's file

    def arguments(self, name):
        return ["run", SMOKE, "-o", self.folder / name, "--futures", 5, "--replications", 2, "--progress", "none"]

    def assert_as_undisturbed(self, path):
        """Compares with the file of a campaign that nothing interrupted."""
        if Interruptions.whole is None:
            self.berylia(*self.arguments("whole.h5"))
            Interruptions.whole = (self.folder / "whole.h5").read_bytes()
        self.assertTrue(path.read_bytes() == Interruptions.whole, f"{path} differs from the undisturbed campaign's file")

    def interrupt(self, process, *signals):
        """Sends `signals` once the journal has begun; (exit code, stdout, stderr)."""
        self.wait_for_journal(process)
        time.sleep(0.3)
        for number in signals:
            process.send_signal(number)
            time.sleep(0.02)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def test_ctrl_c_keeps_what_is_finished_and_the_same_command_continues(self):
        for number in [signal.SIGINT, signal.SIGTERM, signal.SIGUSR1]:
            with self.subTest(number):
                code, _, err = self.interrupt(self.start(*self.arguments("a.h5")), number)
                self.assertEqual(code, 5, err)
                kept = int(re.search(r"stopped early: (\d+) of", err)[1])
                self.assertGreater(kept, 0)
                self.assertIn("to continue: ", err)
                self.assertFalse((self.folder / "a.h5").exists())
        _, err = self.berylia(*self.arguments("a.h5"))
        self.assertIn(f"continuing: {kept} ", err)
        self.assert_as_undisturbed(self.folder / "a.h5")

    def test_a_second_ctrl_c_drops_what_runs(self):
        code, _, err = self.interrupt(self.start(*self.arguments("a.h5")), signal.SIGINT, signal.SIGINT)
        self.assertEqual(code, 5, err)

    def test_twenty_kills_change_nothing(self):
        chance = random.Random(1)
        kills = 0
        while kills < 20:
            process = self.start(*self.arguments("a.h5"))
            time.sleep(chance.uniform(0.02, 0.2))
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
            process.communicate()
            if (self.folder / "a.h5").exists():
                break
        self.assertEqual(kills, 20, "the campaign is too short for this test")
        self.berylia(*self.arguments("a.h5"))
        self.assert_as_undisturbed(self.folder / "a.h5")

    def test_two_processes_do_not_work_on_the_same_campaign(self):
        first = self.start(*self.arguments("a.h5"))
        self.wait_for_journal(first)
        _, err = self.berylia(*self.arguments("a.h5"), expect=2)
        self.assertIn("a.h5.parts", err)
        first.communicate(timeout=120)
        self.assertEqual(first.returncode, 0)


if __name__ == "__main__":
    program.main()
