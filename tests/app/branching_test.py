"""Where the treatments of a history part: the same bytes for every date, with the work that it saves."""
import json
import re
import signal
import time

import program
from program import SMOKE, ProgramTest

FIRST = "2019-03-01"  # on which treatments of the smoke study first differ
SMALL = ["--set", "time.end=2020-06-01", "--replications", 1, "--progress", "none"]


class Branching(ProgramTest):
    def branched(self, name, *arguments):
        """Runs the study; (its file, what it said of branching, the session's note)."""
        out = self.folder / name
        said, err = self.berylia("run", SMOKE, "-o", out, "--futures", 2, *SMALL, *arguments)
        note = json.loads((self.folder / f"{name}.run.json").read_text())["sessions"][-1]
        return out, re.search(r"^branching: (.*)$", said, re.M)[1], note, err

    def test_the_date_changes_no_byte_and_the_gain_is_told(self):
        whole, said, note, _ = self.branched("none.h5", "--branch-at", "none", "--jobs", 1)
        self.assertEqual(said, "none, every treatment was simulated from the start")
        self.assertEqual((note["branch_at"], note["branching_gain"]), ("none", 1))
        self.assertEqual(note["events_in_all"], note["execution"]["events"])
        gains = [1]
        for date in ["2019-01-01", "2019-02-01", None]:
            arguments = ["--branch-at", date] if date else []
            out, said, note, err = self.branched(f"at-{date}.h5", "--jobs", 1, *arguments)
            self.assert_same_bytes(out, whole)
            self.assertEqual(note["branch_at"], date or FIRST)
            self.assertIn(f"on {note['branch_at']}; ", said)
            self.assertAlmostEqual(note["branching_gain"], note["events_in_all"] / note["execution"]["events"])
            gains.append(note["branching_gain"])
            self.assertEqual(f"branching: {date} (the treatments first differ on {FIRST})" in err, date is not None)
        self.assertEqual(sorted(set(gains)), gains)
        self.assertGreater(gains[-1], 1.1)
        for extra in [["--jobs", 2], ["--executor", "rollback-check"], ["--executor", "conservative", "--threads", 2]]:
            self.assert_same_bytes(self.branched(f"{extra[1]}.h5", "--branch-at", "2019-01-20", *extra)[0], whole)

    def test_the_key_of_the_study_is_taken_and_the_option_comes_first(self):
        study = self.folder / "study.toml"
        study.write_text(SMOKE.read_text().replace("seed = 20221104", "seed = 20221104\nbranch_at = 2019-01-15"))
        self.assertIn("branching: 2019-01-15", self.berylia("check", study)[0])
        for arguments, date in [([], "2019-01-15"), (["--branch-at", "2019-02-15"], "2019-02-15")]:
            out = self.folder / f"{date}.h5"
            said, _ = self.berylia("run", study, "-o", out, "--futures", 1, *SMALL, *arguments)
            self.assertIn(f"branching: on {date}; ", said)
        self.assert_same_bytes(self.folder / "2019-01-15.h5", self.folder / "2019-02-15.h5")

    def test_a_killed_campaign_goes_on_from_another_date(self):
        """A key in the file too: it is not part of what makes two campaigns one."""
        whole = self.branched("whole.h5", "--branch-at", "none")[0]
        out = self.folder / "killed.h5"
        study = self.folder / "study.toml"
        study.write_text(SMOKE.read_text())
        command = ["run", study, "-o", out, "--futures", 2, *SMALL]
        for date, size in [("2019-01-01", 100_000), ("none", 300_000)]:
            process = self.start(*command, "--branch-at", date)
            self.wait_for_journal(process)
            while process.poll() is None and sum(path.stat().st_size for path in self.folder.glob("killed.h5.parts/*.journal")) < size:
                time.sleep(0.002)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            self.assertFalse(out.exists())
        study.write_text(SMOKE.read_text().replace("seed = 20221104", "seed = 20221104\nbranch_at = 2019-02-02"))
        self.berylia(*command)
        self.assert_same_bytes(out, whole)

    def test_shards_of_different_dates_make_the_same_file(self):
        whole = self.branched("whole.h5")[0]
        out = self.folder / "shards.h5"
        for shard, date in [("0/2", "none"), ("1/2", "2019-01-01")]:
            self.berylia("run", SMOKE, "-o", out, "--futures", 2, *SMALL, "--shard", shard, "--branch-at", date)
        self.berylia("merge", out)
        self.assert_same_bytes(out, whole)

    def test_dates_that_cannot_be_are_refused_with_the_range(self):
        for date, reason in [("2018-12-31", "the warm-up lasts until 2019-01-01"), ("2019-03-02", f"two of them differ from {FIRST} on"),
                             ("yesterday", 'neither a date nor "none"'), ("2019-02-30", "neither a date"), ("", "empty value")]:
            out = self.folder / "a.h5"
            _, err = self.berylia("run", SMOKE, "-o", out, "--branch-at", date, "--progress", "none", expect=2)
            self.assertIn(reason, err)
            if reason.startswith("t"):
                self.assertIn(f"--branch-at {date}: ", err)
                self.assertIn(f"choose a date from 2019-01-01 to {FIRST}", err)
            self.assertEqual(list(self.folder.glob("a.h5*")), [])
        _, err = self.berylia("check", SMOKE, "--set", "campaign.branch_at=2020-01-01", expect=2)
        self.assertIn("--set campaign.branch_at=2020-01-01: ", err)

    def test_a_single_treatment_shares_nothing_and_says_so(self):
        study = self.folder / "study.toml"
        text = SMOKE.read_text()
        head, levers = text[:text.index("[[levers]]")], text[text.index("[[responses]]"):]
        study.write_text(f'{head}[design]\ntype = "explicit"\nreference = "a"\n[[treatments]]\nname = "a"\nlevers = []\n{levers}')
        said, err = self.berylia("run", study, "-o", self.folder / "a.h5", "--futures", 1, *SMALL,
                                 "--branch-at", "2020-01-01")
        self.assertIn("branching: nothing is shared (the study has a single treatment)", err)
        self.assertIn("branching: none, ", said)


if __name__ == "__main__":
    program.main()
