"""`berylia slurm` without a cluster: what it writes, what it refuses, and that nothing it was given reaches a shell."""
import os
import pathlib
import resource
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "app"))
import program  # noqa: E402
from program import SMOKE, ProgramTest  # noqa: E402

HOSTILE = "it's; $(touch caught) `touch caught` \"q\" & <b> #SBATCH --wrap=x"


class Scripts(ProgramTest):
    def slurm(self, out, *arguments, study=SMOKE, **options):
        """(stdout, stderr) of a call with 4 tasks of 10 minutes unless `arguments` say otherwise."""
        given = [str(argument) for argument in arguments]
        defaults = [word for name, value in (("--tasks", "4"), ("--time", "10")) if name not in given for word in (name, value)]
        return self.berylia("slurm", study, "-o", out, *defaults, *given, **options)

    def refused(self, *arguments, says, out=None, **options):
        """Exit code 2, the reason, and no folder."""
        folder = self.folder / "campaign" if out is None else out
        _, err = self.slurm(folder, *arguments, expect=2, **options)
        self.assertIn(says, err)
        if out is None:
            self.assertFalse(folder.exists())

    def script(self, *arguments):
        """campaign.sbatch of a new folder."""
        folder = self.folder / f"campaign_{len(list(self.folder.iterdir()))}"
        self.slurm(folder, *arguments)
        return (folder / "campaign.sbatch").read_text(encoding="utf-8")

    def test_the_scripts_say_what_was_asked_for(self):
        text = self.script("--tasks", 7, "--time", "1-02", "--cpus-per-task", 3, "--mem", "4G", "--partition", "long", "--account", "a.b",
                           "--qos", "q_1", "--job-name", "my-job", "--max-array-running", 5, "--notice", 300, "--max-requeues", 9)
        for line in ("--array=0-6%5", "--time=1-02:00:00", "--cpus-per-task=3", "--mem=4G", "--partition=long", "--account=a.b", "--qos=q_1",
                     "--job-name=my-job", "--signal=B:USR1@300", "--requeue", "--open-mode=append", "--export=HOME", "--propagate=NONE"):
            self.assertEqual(text.count(f"\n#SBATCH {line}\n"), 1, line)
        self.assertIn("\nrequeues_max=9\n", text)
        # The worker begins to stop at the notice, and has half of it for that.
        self.assertIn(f"--max-wallclock {26 * 3600 - 300 + 150}s --grace 150s\n", text)

    def test_bash_reads_the_scripts(self):
        folder = self.folder / HOSTILE
        self.slurm(folder, "--report", "--set", "title=\"it's $(touch caught)\"")
        for name in ("campaign.sbatch", "merge.sbatch"):
            subprocess.run(["bash", "-n", folder / name], check=True)

    def test_the_times_that_slurm_knows(self):
        for text, written in {"90": "0-01:30:00", "90:30": "0-01:31:00", "2:00:00": "0-02:00:00", "100:00:00": "4-04:00:00",
                              "1-00": "1-00:00:00", "1-12:30": "1-12:30:00", "1-23:59:59": "2-00:00:00", "3:0": "0-00:03:00"}.items():
            self.assertIn(f"\n#SBATCH --time={written}\n", self.script("--time", text), text)
        for text in ("0", "0:00:00", "0-00", "", "-1", "1h", "1:60:00", "1-24", "1-00:60", "1:2:3:4", "1-2-3", "1:", ":1", "UNLIMITED",
                     "9999-00", "99999999999999999999", "1e3", "nan", "1\n2"):
            self.refused("--time", text, says="--time")

    def test_numbers_out_of_range_are_refused_all_at_once(self):
        self.refused("--tasks", 0, "--cpus-per-task", 0, "--notice", 0, "--max-requeues", -1, says="--tasks 0 (not in 1 to 65535)")
        _, err = self.slurm(self.folder / "x", "--tasks", 10**6, "--cpus-per-task", 0, "--time", 0, "--mem", "lots", expect=2)
        for option in ("--tasks 1000000", "--cpus-per-task 0", "--time", "--mem"):
            self.assertIn(option, err)
        self.refused("--tasks", "1e3", says="--tasks")
        self.refused("--tasks", 10**30, says="--tasks")
        self.refused("--tasks", 9, says="the study has 8")
        self.refused("--notice", 600, says="--notice 600")

    def test_names_that_could_be_commands_are_refused(self):
        for option in ("--job-name", "--partition", "--account", "--qos"):
            for name in ("$(touch caught)", "a b", "a;b", "a'b", 'a"b', "a\n#SBATCH --nodes=99", "-x", "ä", "x" * 65, "a,b", "a%j"):
                self.refused(option, name, says=option)
        for size in ("4 G", "4GB", "-1", "$(x)", "1\n2"):
            self.refused("--mem", size, says="--mem")

    def test_paths_and_changes_that_cannot_stand_in_a_script_are_refused(self):
        for name in ("a\nb", "a\tb", "a%jb", "a\\b"):
            folder = self.folder / name
            self.refused(out=folder, says="-o")
            self.assertFalse(folder.exists())
        self.refused("--set", "title=\"a\"\nname=\"b\"", says="line break")

    def test_nothing_of_a_hostile_name_is_run(self):
        study = self.folder / (HOSTILE + "\n.toml")  # copied, so any name will do
        study.write_bytes(SMOKE.read_bytes())
        out = self.folder / HOSTILE
        place = self.folder / "place"
        place.mkdir()
        text, _ = self.slurm(out, study=study, cwd=place)
        self.assertEqual((out / "study.toml").read_bytes(), SMOKE.read_bytes())
        self.assertEqual(list(place.iterdir()), [])
        # The values as bash reads them, and the commands as they are printed, with an sbatch that shows its arguments.
        values = (out / "campaign.sbatch").read_text(encoding="utf-8").partition("set -u")[0]
        shown = subprocess.run(["bash", "-c", values + 'printf %s "$folder"'], capture_output=True, text=True, check=True, cwd=place).stdout
        self.assertEqual(shown, str(out))
        commands = text.partition("to submit:\n")[2].partition("or give")[0]
        fake = 'sbatch() { printf "%s|" "$PWD" "$@" >&2; echo 12; }\n'
        done = subprocess.run(["bash", "-c", fake + commands], capture_output=True, text=True, check=True, cwd=place)
        self.assertEqual(done.stderr, f"{out}|--parsable|campaign.sbatch|{out}|--dependency=afterany:12|merge.sbatch|")
        self.assertEqual(list(place.iterdir()), [])

    def test_the_same_command_again_changes_nothing(self):
        folder = self.folder / "campaign"
        self.slurm(folder)
        before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        text, _ = self.slurm(folder)
        self.assertEqual(text.count(": as it was"), 3)
        self.assertEqual({path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}, before)

    def test_another_campaign_is_never_overwritten(self):
        folder = self.folder / "campaign"
        self.slurm(folder, "--futures", 3)
        before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        other = self.folder / "other.toml"
        other.write_text(SMOKE.read_text(encoding="utf-8") + "# another\n", encoding="utf-8")
        self.refused(out=folder, study=other, says="another study")
        self.refused("--futures", 4, out=folder, says="other changes")
        self.refused("--futures", 3, "--seed", 4, out=folder, says="other changes")
        self.assertEqual({path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}, before)
        mine = self.folder / "mine"
        mine.mkdir()
        (mine / "letter.txt").write_text("dear", encoding="utf-8")
        self.refused(out=mine, says="holds other files")
        self.assertEqual([path.name for path in mine.iterdir()], ["letter.txt"])
        (mine / "campaign.sbatch").write_text("#!/bin/bash\n", encoding="utf-8")
        self.refused(out=mine, says="campaign.sbatch")

    def test_other_resources_are_taken_and_changes_by_hand_are_kept(self):
        folder = self.folder / "campaign"
        self.slurm(folder)
        text, _ = self.slurm(folder, "--time", 20)
        self.assertEqual(text.count(": written anew"), 2)
        path = folder / "campaign.sbatch"
        mine = path.read_text(encoding="utf-8").replace("set -u", "module load gcc\nset -u", 1)
        path.write_text(mine, encoding="utf-8")
        text, _ = self.slurm(folder, "--time", 30)
        self.assertIn("kept, it was changed by hand", text)
        self.assertEqual(path.read_text(encoding="utf-8"), mine)

    def test_places_that_cannot_be_used(self):
        place = self.folder / "file"
        place.write_text("", encoding="utf-8")
        self.refused(out=place, says="it is a file")
        self.refused(out=place / "below", says="file")
        self.refused(out=self.folder / "no" / "where", says="mkdir -p")
        self.refused(out="/proc/campaign", says="/proc/campaign")
        self.refused(out="", says="-o")
        self.refused(study=self.folder / "none.toml", says="none.toml")
        bad = self.folder / "bad.toml"
        bad.write_text("study_format = 1\nfuturs = 3\n", encoding="utf-8")
        self.refused(study=bad, says="futurs")

    def test_a_writing_that_was_cut_off_goes_on(self):
        folder = self.folder / "campaign"
        folder.mkdir()
        (folder / ".study.toml.berylia-tmp").write_text("study_for", encoding="utf-8")
        self.slurm(folder)
        for left in ("merge.sbatch", "campaign.sbatch"):
            whole = (folder / left).read_bytes()
            (folder / left).unlink()
            self.slurm(folder)
            self.assertEqual((folder / left).read_bytes(), whole)

    def test_a_file_that_cannot_grow_is_an_error_and_the_same_command_continues(self):
        folder = self.folder / "campaign"
        limit = {"expect": 2, "preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2500, 2500))}
        for name in ("study.toml", "campaign.sbatch"):
            _, err = self.slurm(folder, **limit)
            self.assertIn(f"{name}.berylia-tmp (File too large)", err)
            self.assertFalse((folder / name).exists())
            (folder / "study.toml").write_bytes(SMOKE.read_bytes())
        self.slurm(folder)

    def test_without_sbatch_the_scripts_are_there_and_said(self):
        folder = self.folder / "campaign"
        _, err = self.slurm(folder, "--submit", expect=2, env={"PATH": str(self.folder)})
        self.assertIn("there is no sbatch in PATH", err)
        self.assertTrue((folder / "campaign.sbatch").exists())

    def test_an_sbatch_that_fails_is_quoted(self):
        commands = self.folder / "bin"
        commands.mkdir()
        (commands / "sbatch").write_text("#!/bin/sh\necho 'invalid partition' >&2\nexit 3\n", encoding="utf-8")
        (commands / "sbatch").chmod(0o755)
        folder = self.folder / "campaign"
        _, err = self.slurm(folder, "--submit", expect=2, env={"PATH": f"{commands}:{os.environ['PATH']}"})
        self.assertIn("exit code 3: invalid partition", err)
        self.assertFalse((folder / "jobs.txt").exists())
        # Only the merge is refused.
        (commands / "sbatch").write_text('#!/bin/sh\ncase "$*" in *merge*) exit 4;; esac\necho "7;cluster"\n', encoding="utf-8")
        _, err = self.slurm(folder, "--submit", expect=2, env={"PATH": f"{commands}:{os.environ['PATH']}"})
        self.assertIn("sbatch --dependency=afterany:7 merge.sbatch", err)
        self.assertEqual((folder / "jobs.txt").read_text(encoding="utf-8"), "workers 7\n")


if __name__ == "__main__":
    program.main()
