"""A study with [rare_event], end to end: the table, the results file, the same bytes after kills and in shards, verify, replay, refusals."""
import json
import pathlib
import signal
import time

import h5py
import numpy as np
import program
from program import ProgramTest

SMOKE = pathlib.Path("configs/smoke/rare_cascade.toml").resolve()
SMALL = ["--set", 'scenario.world="berylia"', "--set", 'campaign.focal=["XSA"]', "--set", 'rare_event.nation="XSA"', "--set", 'rare_event.level="service_lost"',
         "--set", "rare_event.levels=[0.001, 0.01, 0.05, 0.2]", "--progress", "none"]


class RareEvent(ProgramTest):
    def run_small(self, name, *arguments, expect=0):
        out = self.folder / name
        return out, *self.berylia("run", SMOKE, "-o", out, *SMALL, *arguments, expect=expect)

    def analysis(self, out):
        return json.loads(self.berylia("analyze", out, "--json")[0])

    def test_a_run_ends_with_the_probabilities_and_the_work(self):
        out, text, _ = self.run_small("a.h5")
        self.assertIn("Rare event: service lost of XSA reaches 0.2 share, by splitting (12 histories from each level), 95 % intervals", text)
        with h5py.File(out) as f:
            self.assertEqual(f["rare_event"].attrs["level"], b"service_lost")
            self.assertEqual(f["rare_event"].attrs["effort"], 12)
            np.testing.assert_array_equal(f["rare_event/levels"][:], [0.001, 0.01, 0.05, 0.2])
            reach = [f[f"responses/reach_{k}"][:] for k in (1, 2, 3, 4)]
            crude, events = f["responses/crude_events"][:], f["responses/splitting_events"][:]
        self.assertTrue(all((a >= b).all() for a, b in zip(reach, reach[1:])))
        self.assertTrue((events >= crude).all())
        rare = self.analysis(out)["rare_event"]
        self.assertEqual((rare["level"], rare["nation"], rare["effort"], rare["window"]), ("service_lost", "XSA", 12, ["2021-07-01", "2022-07-01"]))
        of_all = rare["treatments"][0]
        for level, estimates in zip(of_all["levels"], reach):
            self.assertAlmostEqual(level["probability"], estimates.mean(), 12)
            self.assertEqual(level["n"], 4)
            self.assertTrue(level["never_seen"] or level["lo"] <= level["probability"] <= level["hi"])
        self.assertEqual(of_all["events"], events.sum())
        self.assertIn("0.2", self.berylia("analyze", out)[0])
        self.assertNotIn("rare_event", self.analysis(self.run_smoke("plain.h5")))

    def test_the_same_bytes_for_any_jobs_executor_shards_and_after_a_kill(self):
        a, _, _ = self.run_small("a.h5", "--jobs", 1, "--executor", "sequential")
        b, _, _ = self.run_small("b.h5", "--jobs", 3, "--executor", "rollback-check", "--threads", 1)
        self.assert_same_bytes(a, b)
        for shard in ("0/2", "1/2"):
            c, _, _ = self.run_small("c.h5", "--shard", shard)
        self.berylia("merge", c)
        self.assert_same_bytes(a, c)
        d = self.folder / "d.h5"
        process = self.start("run", SMOKE, "-o", d, *SMALL, "--jobs", 1)
        self.wait_for_journal(process)
        time.sleep(0.3)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        self.run_small("d.h5")
        self.assert_same_bytes(a, d)
        self.berylia("verify", a, "--all")
        self.berylia("replay", a, "--point", 0, "--future", 0, "--replication", 2)

    def test_treatments_are_compared(self):
        study = self.folder / "two.toml"
        study.write_text(SMOKE.read_text().split("[design]")[0] + '[[levers]]\nname = "membership"\nnation = "JPN"\norganisation = "CCDCOE"\naction = "membership"\nfrom = 2021-07-01\n'
                         '[design]\ntype = "full_factorial"\n')
        out = self.folder / "two.h5"
        self.berylia("run", study, "-o", out, "--replications", 2, "--set", "rare_event.levels=[1, 2]", "--progress", "none")
        found = self.analysis(out)
        self.assertEqual(len(found["rare_event"]["treatments"]), 2)
        self.assertEqual(found["headline"]["response"], "reach_2")
        self.assertEqual({d["response"] for d in found["paired_differences"]}, {"reach_1", "reach_2", "crude_events", "splitting_events"})
        self.assertEqual(found["placebo"]["pairs"], found["placebo"]["equal_before"])

    def test_a_level_that_nobody_reaches_has_a_bound_and_advice(self):
        out, text, _ = self.run_small("never.h5", "--set", "rare_event.levels=[0.999, 1.0]", "--replications", 2)
        self.assertIn("never seen", text)
        self.assertIn("lower the first level", text)
        first, last = self.analysis(out)["rare_event"]["treatments"][0]["levels"]
        self.assertEqual((first["probability"], first["lo"], first["never_seen"]), (0, 0, True))
        self.assertAlmostEqual(first["hi"], 1 - 0.05 ** (1 / 24), 12)  # 2 runs of 12 histories
        self.assertAlmostEqual(last["hi"], first["hi"], 12)
        self.assertIsNone(last["share"])

    def test_what_cannot_be_split_is_refused(self):
        for arguments, words in ((["--executor", "conservative"], "one after the other"),
                                 (["--set", "rare_event.levels=[0.2, 0.1]"], "the levels rise to the rare event"),
                                 (["--set", "rare_event.levels=[0.5, 1.5]"], "is out of the range of"),
                                 (["--set", "rare_event.effort=1"], "effort"),
                                 (["--set", 'rare_event.level="service_loss"'], 'did you mean "service_lost"?'),
                                 (["--set", "series.focal_step_days=7"], "[series] with [rare_event]")):
            with self.subTest(words):
                _, _, err = self.run_small("refused.h5", *arguments, expect=2)
                self.assertIn(words, err)
        _, err = self.berylia("check", SMOKE, "--set", "rare_event.effort=1000000", expect=2)
        self.assertIn("lower rare_event.effort", err)


if __name__ == "__main__":
    program.main()
