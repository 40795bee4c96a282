"""Outputs: refused before anything runs, never overwritten, complete when they are there."""
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess

import h5py

import program
from program import SMOKE, ProgramTest


class Outputs(ProgramTest):
    def test_a_complete_campaign_is_recognised_and_left_alone(self):
        out = self.run_smoke("a.h5")
        before = out.stat()
        said, _ = self.berylia("run", SMOKE, "-o", out, "--futures", 1, "--replications", 1)
        self.assertIn("already complete", said)
        self.assertEqual(out.stat().st_mtime_ns, before.st_mtime_ns)

    def test_any_other_existing_output_is_refused(self):
        out = self.run_smoke("a.h5")
        content = out.read_bytes()
        for other in [["--seed", 99], ["--futures", 2], ["--set", "campaign.event_limit=40000000"]]:
            with self.subTest(other):
                self.run_smoke("a.h5", *other, expect=2)
                self.assertEqual(out.read_bytes(), content)
        foreign = self.folder / "notes.h5"
        foreign.write_text("mine")
        self.run_smoke("notes.h5", expect=2)
        self.assertEqual(foreign.read_text(), "mine")

    def test_parts_of_another_study_are_refused(self):
        process = self.start("run", SMOKE, "-o", self.folder / "a.h5", "--futures", 500, "--progress", "none")
        self.wait_for_journal(process)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        _, err = self.berylia("run", SMOKE, "-o", self.folder / "a.h5", "--futures", 500, "--seed", 8, expect=2)
        self.assertIn("a.h5.parts", err)

    def test_an_unusable_place_is_refused_before_anything_runs(self):
        _, err = self.berylia("run", SMOKE, "-o", self.folder / "none" / "a.h5", expect=2)
        self.assertIn("mkdir -p", err)
        self.berylia("run", SMOKE, "-o", "/proc/a.h5", expect=2)
        (self.folder / "dir.h5").mkdir()
        self.berylia("run", SMOKE, "-o", self.folder / "dir.h5", expect=2)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["dir.h5"])

    def test_a_full_output_exits_2_and_keeps_what_is_finished(self):
        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        out = self.folder / "a.h5"
        arguments = ["run", SMOKE, "-o", out, "--futures", 3, "--replications", 2, "--progress", "none"]
        _, err = self.berylia(*arguments, expect=2, preexec_fn=small_files)
        self.assertFalse(out.exists())
        self.assertIn("a.h5", err)
        self.berylia(*arguments)
        self.assertTrue(out.exists())

    def test_replications_with_too_many_events_are_censored_and_can_be_replayed(self):
        out = self.folder / "a.h5"
        said, err = self.berylia("run", SMOKE, "-o", out, "--futures", 1, "--replications", 1, "--set",
                                 "campaign.event_limit=1000", expect=3)
        self.assertIn("done 0, failed 0, censored 16", said)
        self.assertIn("berylia replay", err)
        said, _ = self.berylia("replay", out, "--point", 3, "--future", 0, "--replication", 0)
        self.assertIn("censored, 1000 events", said)
        self.berylia("analyze", out, "--json")

    def test_damage_is_found_by_every_command_that_could_show_it(self):
        out = self.run_smoke("a.h5", futures=2)
        self.assertIn("as it was written", self.berylia("verify", out, "--replications", 3)[0])
        for dataset in ["series/focal/incidents", "incidents/day", "responses/resilience_loss"]:
            damaged = self.folder / f"{dataset.rsplit('/', 1)[1]}.h5"
            shutil.copy(out, damaged)
            with h5py.File(damaged, "r+") as file:
                values = file[dataset]
                values[(0,) * values.ndim] = 99
            for command in [["verify"], ["report", "-o", self.folder / "r.html"]]:
                _, err = self.berylia(command[0], damaged, *command[1:], expect=2)
                self.assertIn(dataset.rsplit("/", 1)[1], err)
            # What is read whole is compared with its checksum first (2), the rest number by number (4).
            process = self.start("replay", damaged, "--point", 0, "--future", 0, "--replication", 0)
            _, err = process.communicate(timeout=60)
            self.assertIn((process.returncode, "different" in err, "damaged" in err), [(4, True, False), (2, False, True)])
            self.assertFalse((self.folder / "r.html").exists())
        _, err = self.berylia("run", SMOKE, "-o", damaged, "--futures", 2, "--replications", 1, expect=2)
        self.assertIn("move ", err)

    def test_what_is_not_ours_is_not_overwritten(self):
        for name in ["a.h5.run.json", "a.h5.tmp-consolidate", "r.html.tmp"]:
            (self.folder / name).write_text("mine")
        _, err = self.berylia("run", SMOKE, "-o", self.folder / "a.h5", expect=2)
        self.assertIn("a.h5.run.json", err)
        (self.folder / "a.h5.run.json").unlink()
        out = self.run_smoke("a.h5")
        for _ in range(2):  # the second replaces the first
            self.berylia("report", out, "-o", self.folder / "r.html")
        for name in ["a.h5.tmp-consolidate", "r.html.tmp"]:
            self.assertEqual((self.folder / name).read_text(), "mine")

    def test_a_limit_on_file_sizes_leaves_no_part_of_a_file(self):
        out = self.run_smoke("a.h5")
        small = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))}
        page, trace = self.folder / "r.html", self.folder / "t.tsv"
        self.assertIn("r.html", self.berylia("report", out, "-o", page, expect=2, **small)[1])
        where = ["--point", 0, "--future", 0, "--replication", 0, "--trace", trace]
        self.assertIn("t.tsv", self.berylia("replay", out, *where, expect=2, **small)[1])
        self.assertFalse(page.exists() or trace.exists())

    def test_odd_places_are_refused_without_waiting(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        for command in ["analyze", "verify"]:
            self.assertIn("pipe", self.berylia(command, pipe, expect=2)[1])
        _, err = self.berylia("run", SMOKE, "-o", self.folder / ("x" * 250 + ".h5"), expect=2)
        self.assertIn("choose another name", err)
        process = self.start("run", SMOKE, "-o", self.folder / "b.h5", "--progress", "none")
        self.wait_for_journal(process)
        _, err = self.berylia("analyze", self.folder / "b.h5", expect=2)
        self.assertIn("b.h5.parts", err)
        process.kill()
        process.communicate()

    def test_the_run_notes_lie_beside_the_results(self):
        out = self.run_smoke("a.h5", "--jobs", 2)
        notes = json.loads((self.folder / "a.h5.run.json").read_text())
        self.assertEqual(notes["planned"], notes["done"])
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["a.h5", "a.h5.run.json"])
        self.assertTrue(out.exists())

    def test_the_notes_say_how_it_was_executed_and_the_results_do_not(self):
        files = []
        for name, extra in [("a", []), ("b", ["--executor", "conservative", "--threads", 2, "--jobs", 1])]:
            files.append(self.run_smoke(f"{name}.h5", *extra))
            session = json.loads((self.folder / f"{name}.h5.run.json").read_text())["sessions"][-1]
            execution = session["execution"]
            self.assertEqual(set(execution), {
                "events", "events_per_s", "handled", "windows", "windows_alone", "meetings", "waiting_s", "rollbacks", "rolled_back",
                "anti_messages", "gvt_rounds", "efficiency", "peak_memory_bytes", "ties", "shortest_delay_us"})
            self.assertEqual(execution["handled"], execution["events"])
            self.assertGreater(execution["events"], 10_000)
            self.assertAlmostEqual(execution["events_per_s"] * session["wall_s"] / execution["events"], 1)
            self.assertEqual(execution["efficiency"], 1)
            self.assertGreaterEqual(execution["shortest_delay_us"], 60_000_000)  # the world's lookahead
            self.assertGreater(execution["peak_memory_bytes"], 5_000_000)
            self.assertEqual(execution["windows"] > execution["windows_alone"] > 0, name == "b")
            self.assertEqual(execution["waiting_s"] > 0, name == "b")
            self.assertEqual(execution["meetings"] > 0, name == "b")
            self.assertEqual(session["ranks"], 1)
        self.assert_same_bytes(*files)

    def test_an_automatic_choice_is_said_with_its_reason_and_kept_in_the_notes(self):
        for extra, named in [([], False), (["--executor", "auto"], False), (["--executor", "sequential"], True)]:
            out = self.folder / f"{len(extra)}{named}.h5"
            _, err = self.berylia("run", SMOKE, "-o", out, "--futures", 1, "--replications", 1, *extra)
            session = json.loads(pathlib.Path(f"{out}.run.json").read_text())["sessions"][-1]
            self.assertEqual("executor: " in err, not named)
            self.assertEqual("chosen_because" in session, not named)
            # Windows of a minute hold about one event in this world.
            self.assertEqual((session["executor"], session["threads"]), ("sequential", 1))
            if not named:
                self.assertIn(f"executor: sequential ({session['chosen_because']})", err)
                self.assertIn("threads would only wait", err)
        _, err = self.berylia("replay", out, "--point", 0, "--future", 0, "--replication", 0, "--executor", "auto")
        self.assertIn("executor: sequential (", err)

    def test_progress_goes_to_standard_error_and_results_to_standard_output(self):
        out, err = self.berylia("run", SMOKE, "-o", self.folder / "a.h5", "--futures", 1, "--replications", 1,
                                "--progress", "plain")
        self.assertIn("replications (100.0 %)", err)
        self.assertNotIn("\r", err)
        self.assertIn("berylia analyze", out)
        self.assertIn("berylia report", out)
        _, err = self.berylia("run", SMOKE, "-o", self.folder / "b.h5", "--futures", 1, "--replications", 1,
                              "--progress", "bar")
        self.assertIn("[####", err)
        self.assertIn("\x1b[K", err)

    def test_a_full_standard_output_is_noticed(self):
        with open("/dev/full", "w") as full:
            _, err = self.berylia("describe", expect=2, stdout=full)
        self.assertIn("standard output", err)

    def test_a_reader_that_stops_early_is_no_fault(self):
        reading, writing = os.pipe()
        os.close(reading)
        self.berylia("describe", stdout=writing)
        os.close(writing)

    def test_analysis_and_report_of_a_file_that_is_none_exit_2(self):
        none = self.folder / "none.h5"
        text = self.folder / "text.h5"
        text.write_text("not HDF5")
        for path in [none, text]:
            self.berylia("analyze", path, expect=2)
            self.berylia("report", path, "-o", self.folder / "o.html", expect=2)
            self.berylia("replay", path, "--point", 0, "--future", 0, "--replication", 0, expect=2)
        self.assertFalse((self.folder / "o.html").exists())

    def test_analysis_lists_paired_differences(self):
        out = self.run_smoke("a.h5")
        result = json.loads(self.berylia("analyze", out, "--json")[0])
        self.assertTrue(result["paired_differences"])
        for difference in result["paired_differences"]:
            self.assertLessEqual({"response", "nation", "treatment", "reference", "mean", "lo", "hi", "n"},
                                 set(difference))
        self.assertTrue(self.berylia("analyze", out)[0])
        self.berylia("analyze", out, "--nation", "ZZZ", expect=2)
        self.berylia("analyze", out, "--response", "none", expect=2)

    def test_controls_are_measured_on_request_and_left_aside_on_request(self):
        wanted = ("--set", "variance_reduction.controls=true", "--set", "variance_reduction.antithetic=true")
        out = self.run_smoke("a.h5", *wanted, replications=2)
        self.assertIn("adjusted by control variates", self.berylia("analyze", out)[0])
        result = json.loads(self.berylia("analyze", out, "--json")[0])
        self.assertEqual(result["counts"]["unpaired"], 0)
        self.assertTrue(all(d["controlled"]["too_few"] for d in result["paired_differences"]))
        self.assertNotIn("adjusted", self.berylia("analyze", out, "--no-controls")[0])
        err = self.berylia("run", SMOKE, "-o", self.folder / "b.h5", "--replications", 3, *wanted, expect=2)[1]
        self.assertIn("cannot be antithetic", err)

    def test_the_report_is_one_page_that_replaces_nothing_but_a_report(self):
        out = self.run_smoke("a.h5")
        page = self.folder / "a.html"
        self.berylia("report", out, "-o", page)
        text = page.read_text()
        self.assertTrue(text.lstrip().lower().startswith("<!doctype html"))
        self.assertLess(len(text), 5_000_000)
        self.assertNotRegex(text, r'(src|href)="https?:')
        self.berylia("report", out, "-o", page)
        self.assertEqual(page.read_text(), text)
        page.write_text("<!doctype html>mine")
        self.berylia("report", out, "-o", page, expect=2)
        self.berylia("report", out, "-o", out, expect=2)
        self.assertEqual(page.read_text(), "<!doctype html>mine")


if __name__ == "__main__":
    program.main()
