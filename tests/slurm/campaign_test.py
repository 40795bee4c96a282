"""Campaigns on a real Slurm: workers are put back into the queue, killed and cancelled, and the file is as if nothing had happened.

Environment variables for a long form: BERYLIA_SLURM_CAMPAIGNS campaigns with at least BERYLIA_SLURM_KILLS kills in all.
"""
import os
import pathlib
import random
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "app"), str(HERE.parent / "support")]
import program  # noqa: E402
from program import SMOKE, ProgramTest  # noqa: E402
from slurm_campaign import Campaign  # noqa: E402
from slurm_cluster import SlurmCluster  # noqa: E402

CAMPAIGNS = int(os.environ.get("BERYLIA_SLURM_CAMPAIGNS", "0"))
KILLS = int(os.environ.get("BERYLIA_SLURM_KILLS", "100"))
HOSTILE = "it's; $(touch caught) `touch caught` \"q\" & <b>"


class Campaigns(ProgramTest):
    cluster = None
    whole = {}  # changes of the study: bytes of the undisturbed file

    @classmethod
    def setUpClass(cls):
        cls.cluster = SlurmCluster(cpus=4)
        cls.cluster.__enter__()
        cls.addClassCleanup(cls.cluster.__exit__)

    def undisturbed(self, *changes):
        """Bytes of the results file of one run that nothing disturbs."""
        if changes not in Campaigns.whole:
            out = self.folder / "whole.h5"
            self.berylia("run", SMOKE, "-o", out, "--progress", "none", *changes)
            Campaigns.whole[changes] = out.read_bytes()
        return Campaigns.whole[changes]

    def campaign(self, name, tasks, *changes):
        folder = self.folder / name
        return Campaign(self.cluster, program.BERYLIA, SMOKE, folder, tasks, changes)

    def tearDown(self):
        self.cluster.run("scancel", "--partition=test", "--partition=urgent", check=False)
        self.cluster.wait_for_end(60)
        super().tearDown()

    def assert_merged_as_undisturbed(self, campaign, *changes):
        """Every replication is there once; after the merge the same bytes, and nothing left beside the file."""
        status = campaign.merge()
        self.assertEqual((status["done"], status["left"], status["duplicates"]), (status["planned"], 0, 0), f"{status}{campaign.logs()}")
        self.assertTrue(campaign.results.exists(), campaign.logs())
        self.assertTrue(campaign.results.read_bytes() == self.undisturbed(*changes), f"{campaign.folder} differs{campaign.logs()}")
        self.assertFalse((campaign.folder / "results.h5.parts").exists(), campaign.logs())

    def test_a_notice_and_kills_change_no_byte(self):
        """One element gets Slurm's notice, the others lose their workers; the folder's name is hostile."""
        changes = ("--futures", 14, "--replications", 2)
        campaign = self.campaign(HOSTILE, 4, *changes, "--report")
        campaign.submit()
        mishaps = campaign.disturb(lambda shard, attempt: (0.6 + 0.1 * shard, "kill" if shard else "notice") if attempt == 1 else None)
        self.assertEqual(sorted(mishaps), [(0, "notice"), (1, "kill"), (2, "kill"), (3, "kill")])
        self.assert_merged_as_undisturbed(campaign, *changes)
        for shard in range(4):
            job = self.cluster.details(f"{campaign.job}_{shard}")
            self.assertEqual((job["JobState"], job["Restarts"]), ("COMPLETED", "1"), campaign.logs())
        self.assertIn("<html", (campaign.folder / "results.html").read_text(encoding="utf-8"))
        self.assertEqual(list(self.folder.rglob("caught")) + list(self.cluster.folder.rglob("caught")), [])
        out, _ = self.berylia(*campaign.command, "--submit", env=self.cluster.environment)
        self.assertIn("already complete", out)

    def test_a_pre_empted_worker_continues_and_a_cancelled_one_only_with_the_same_command(self):
        changes = ("--futures", 12, "--replications", 1)
        campaign = self.campaign("cancelled", 1, *changes)
        campaign.submit()
        waiting = self.berylia(*campaign.command, "--submit", expect=2, env=self.cluster.environment)
        self.assertIn("already submitted", waiting[1])
        campaign.disturb(lambda shard, attempt: (0.5, "preempt" if attempt == 1 else "cancel"))
        job = self.cluster.details(f"{campaign.job}_0")
        self.assertEqual((job["JobState"], job["Restarts"]), ("CANCELLED", "1"), campaign.logs())
        status = campaign.merge()
        self.assertEqual(status["duplicates"], 0)
        self.assertGreater(status["done"], 0, campaign.logs())
        self.assertFalse(campaign.results.exists())
        self.assertIn("replications are missing", campaign.logs())
        campaign.submit()
        campaign.disturb(lambda shard, attempt: None)
        self.assert_merged_as_undisturbed(campaign, *changes)

    def test_a_worker_is_put_back_no_oftener_than_allowed(self):
        campaign = self.campaign("once", 1, "--futures", 12, "--replications", 1, "--max-requeues", 0)
        campaign.submit()
        campaign.disturb(lambda shard, attempt: (0.5, "kill"))
        job = self.cluster.details(f"{campaign.job}_0")
        self.assertEqual((job["JobState"], job["Restarts"], job["ExitCode"]), ("FAILED", "0", "137:0"), campaign.logs())
        self.assertGreater(campaign.merge()["left"], 0)
        self.assertFalse(campaign.results.exists())

    def test_tasks_of_srun_share_a_campaign(self):
        """The way without arrays, as docs/guide/cluster.md shows it."""
        changes = ("--futures", 3, "--replications", 1)
        place = self.folder / "srun"
        place.mkdir()
        (place / "job.sh").write_text(
            '#!/bin/bash\n#SBATCH --ntasks=3 --output=log\n'
            'srun --mpi=none --kill-on-bad-exit=0 "$BERYLIA" run "$STUDY" -o results.h5 --jobs 1 --futures 3 --replications 1\n'
            '"$BERYLIA" merge results.h5\n', encoding="utf-8")
        self.cluster.run("sbatch", "--chdir", place, place / "job.sh",
                         env=self.cluster.environment | {"BERYLIA": program.BERYLIA, "STUDY": str(SMOKE)})
        self.cluster.wait_for_end(120)
        log = (place / "log").read_text(encoding="utf-8")
        self.assertTrue((place / "results.h5").exists(), log)
        self.assertTrue((place / "results.h5").read_bytes() == self.undisturbed(*changes), log)

    def test_more_tasks_than_the_cluster_takes(self):
        campaign = self.campaign("many", 1002, "--futures", 1000)
        _, err = self.berylia(*campaign.command, expect=2, env=self.cluster.environment)
        self.assertIn("MaxArraySize here is 1001", err)
        self.assertFalse(campaign.folder.exists())

    def test_what_slurm_refuses_is_said_and_the_scripts_stay(self):
        campaign = self.campaign("refused", 2)
        _, err = self.berylia(*campaign.command, "--partition", "none", "--submit", expect=2, env=self.cluster.environment)
        self.assertIn("invalid partition specified: none", err)
        self.assertTrue((campaign.folder / "campaign.sbatch").exists())

    @unittest.skipUnless(CAMPAIGNS, "the long form is asked for by BERYLIA_SLURM_CAMPAIGNS")
    def test_many_campaigns(self):
        chance = random.Random(1)
        changes = ("--futures", 14, "--replications", 2)
        kills = notices = 0
        begun = time.monotonic()
        for number in range(CAMPAIGNS):
            campaign = self.campaign(f"campaign_{number}", 4, *changes)
            campaign.submit()
            befell = [mishap for _, mishap in campaign.disturb(
                lambda shard, attempt: (chance.uniform(0.05, 2), chance.choice(["kill"] * 6 + ["notice"])) if attempt <= 3 else None, 900)]
            kills += befell.count("kill")
            notices += befell.count("notice")
            self.assert_merged_as_undisturbed(campaign, *changes)
            print(f"campaign {number + 1} of {CAMPAIGNS}: {kills} kills, {notices} notices, "
                  f"{time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
        self.assertGreaterEqual(kills, KILLS)


if __name__ == "__main__":
    program.main()
