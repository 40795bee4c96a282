"""Interrupted campaigns: the same command continues, and the file is as if nothing had happened."""
import random
import re
import shutil
import signal
import time

import program
from program import SMOKE, ProgramTest


class Interruptions(ProgramTest):
    whole = None  # bytes of the undisturbed campaign's file
    wall_s = None  # its duration

    def setUp(self):
        super().setUp()
        if Interruptions.whole is None:
            begun = time.monotonic()
            self.berylia(*self.arguments("whole.h5"))
            Interruptions.wall_s = time.monotonic() - begun
            Interruptions.whole = (self.folder / "whole.h5").read_bytes()

    def arguments(self, name):
        return ["run", SMOKE, "-o", self.folder / name, "--futures", 5, "--replications", 2, "--progress", "none"]

    def assert_as_undisturbed(self, path):
        """Compares with the file of a campaign that nothing interrupted."""
        self.assertTrue(path.read_bytes() == Interruptions.whole, f"{path} differs from the undisturbed campaign's file")

    def interrupt(self, process, *signals):
        """Sends `signals` once the journal has begun; (exit code, stdout, stderr)."""
        self.wait_for_journal(process)
        time.sleep(0.2 * self.wall_s)
        for number in signals:
            process.send_signal(number)
            time.sleep(0.02)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def test_ctrl_c_keeps_what_is_finished_and_the_same_command_continues(self):
        for number in [signal.SIGINT, signal.SIGTERM, signal.SIGUSR1]:
            with self.subTest(number):
                name = f"{number.name}.h5"
                code, _, err = self.interrupt(self.start(*self.arguments(name)), number)
                self.assertEqual(code, 5, err)
                kept = int(re.search(r"stopped early: (\d+) of", err)[1])
                self.assertGreater(kept, 0)
                self.assertIn("to continue: ", err)
                self.assertFalse((self.folder / name).exists())
                _, err = self.berylia(*self.arguments(name))
                self.assertIn(f"continuing: {kept} ", err)
                self.assert_as_undisturbed(self.folder / name)

    def test_a_second_ctrl_c_drops_what_runs(self):
        code, _, err = self.interrupt(self.start(*self.arguments("a.h5")), signal.SIGINT, signal.SIGINT)
        self.assertEqual(code, 5, err)

    def test_a_second_ctrl_c_ends_with_exit_code_5_whenever_it_comes(self):
        """Also while the program says goodbye: it once died of the signal in that moment."""
        chance = random.Random(2)
        for _ in range(20):
            # Without an old journal the new one tells that the program is listening.
            shutil.rmtree(self.folder / "a.h5.parts", ignore_errors=True)
            process = self.start(*self.arguments("a.h5"))
            self.wait_for_journal(process)
            time.sleep(chance.uniform(0.02, 0.1))
            process.send_signal(signal.SIGINT)
            time.sleep(chance.uniform(0, 0.06))
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=120)
            if process.returncode == 0:  # the last replications were running: the file is whole
                self.assert_as_undisturbed(self.folder / "a.h5")
                (self.folder / "a.h5").unlink()
            else:
                self.assertEqual(process.returncode, 5, err)

    def test_twenty_kills_change_nothing(self):
        chance = random.Random(1)
        out = self.folder / "a.h5"
        kills = 0
        while kills < 20:
            process = self.start(*self.arguments("a.h5"))
            time.sleep(chance.uniform(0.01, 0.05 + self.wall_s / 15))
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
            process.communicate()
            if out.exists() and kills < 20:  # complete already: once more from the start
                self.assert_as_undisturbed(out)
                out.unlink()
        self.berylia(*self.arguments("a.h5"))
        self.assert_as_undisturbed(out)

    def test_two_processes_do_not_work_on_the_same_campaign(self):
        first = self.start(*self.arguments("a.h5"))
        self.wait_for_journal(first)
        _, err = self.berylia(*self.arguments("a.h5"), expect=2)
        self.assertIn("a.h5.parts", err)
        first.communicate(timeout=120)
        self.assertEqual(first.returncode, 0)


if __name__ == "__main__":
    program.main()
