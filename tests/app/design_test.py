"""berylia design: what it lists, what it expects, what it writes, and what it refuses."""
import json
import pathlib
import resource
import signal
import time

import h5py
import pandas

import program
from program import SMOKE, ProgramTest

DATES = pathlib.Path("configs/smoke/join_dates.toml").resolve()


class Design(ProgramTest):
    def study(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def design(self, *arguments, **options):
        return json.loads(self.berylia("design", *arguments, "--json", **options)[0])

    def test_the_text_names_treatments_runs_and_costs(self):
        said, _ = self.berylia("design", DATES, "--pilot", 1, "--jobs", 1, "--tasks", 10)
        self.assertIn("join_dates: 9 treatments x 4 futures x 2 replications = 72 replications", said)
        self.assertIn("joins.2018-11-04", said)
        for word in ("(reference)", "pilot:      1 history of 9 treatments", "core hours:", "on this machine with 1 job", "with 10 tasks", "disk:", "memory:"):
            self.assertIn(word, said)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_without_a_pilot_nothing_is_expected(self):
        said, _ = self.berylia("design", DATES, "--no-pilot")
        self.assertNotIn("core hours", said)
        found = self.design(DATES, "--no-pilot")
        self.assertIsNone(found["pilot"])
        self.assertIsNone(found["expected"])

    def test_json_holds_the_design_and_ranges_that_contain_their_middle(self):
        found = self.design(SMOKE, "--pilot", 3, "--jobs", 1)
        self.assertEqual(found["format"], 1)
        self.assertEqual(found["runs"], 16 * 4 * 2)
        self.assertEqual([t["levels"] for t in found["treatments"]], [[p >> i & 1 for i in range(4)] for p in range(16)])
        self.assertEqual(len(found["pilot"]["histories"]), 3)
        self.assertEqual(found["pilot"]["replications"], 48)
        self.assertEqual(found["pilot"]["failed"], 0)
        for key, value in found["expected"].items():
            if isinstance(value, dict):
                with self.subTest(key):
                    self.assertLessEqual(0, value["low"])
                    self.assertLessEqual(value["low"], value["middle"])
                    self.assertLessEqual(value["middle"], value["high"])
        more = self.design(SMOKE, "--pilot", 3, "--jobs", 1, "--tasks", 4)["expected"]
        self.assertLess(more["wall_seconds_of_tasks"]["middle"], more["wall_seconds"]["middle"])

    def test_disk_is_expected_as_it_turns_out(self):
        expected = self.design(SMOKE, "--pilot", 8)["expected"]
        out = self.folder / "a.h5"
        self.berylia("run", SMOKE, "-o", out, "--progress", "none")
        self.assertLessEqual(expected["disk_bytes_end"]["low"], out.stat().st_size)
        self.assertGreaterEqual(expected["disk_bytes_end"]["high"], out.stat().st_size)

    def test_csv_lists_every_point_with_levels_and_factors(self):
        path = self.folder / "points.csv"
        _, err = self.berylia("design", DATES, "--no-pilot", "--csv", path)
        self.assertIn("36 points", err)
        table = pandas.read_csv(path, float_precision="round_trip")
        self.assertEqual(len(table), 9 * 4)
        self.assertEqual(sorted(table["future"].unique()), [0, 1, 2, 3])
        self.assertEqual(table.groupby("point")["treatment"].nunique().max(), 1)
        self.assertEqual(list(table[table["reference"] == 1]["treatment"].unique()), ["never"])
        row = table[table["treatment"] == "joins.2018-11-04"].iloc[0]
        self.assertEqual((row["membership.level"], row["membership.from"], row["membership.status"]), (4, "2018-11-04", "CP"))
        factors = [name for name in table.columns if name.endswith("]")]
        self.assertGreater(len(factors), 20)
        for name in factors:  # one value per future, whatever the treatment
            self.assertLessEqual(table.groupby("future")[name].nunique().max(), 1)
        results = self.folder / "a.h5"
        self.berylia("run", DATES, "-o", results, "--progress", "none", "--replications", 1)
        with h5py.File(results) as file:
            values = file["futures/values"][:]
        self.assertTrue((table[table["point"] == 0][factors].to_numpy() == values).all())

    def test_csv_replaces_its_own_kind_only(self):
        path = self.folder / "points.csv"
        self.berylia("design", DATES, "--no-pilot", "--csv", path)
        before = path.read_bytes()
        self.berylia("design", DATES, "--no-pilot", "--csv", path)
        self.assertEqual(path.read_bytes(), before)
        path.write_text("mine\n")
        _, err = self.berylia("design", DATES, "--no-pilot", "--csv", path, expect=2)
        self.assertIn("points.csv", err)
        self.assertEqual(path.read_text(), "mine\n")
        self.berylia("design", DATES, "--no-pilot", "--csv", self.folder / "none" / "a.csv", expect=2)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["points.csv"])

    def test_a_full_disk_leaves_no_table(self):
        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        path = self.folder / "points.csv"
        _, err = self.berylia("design", DATES, "--no-pilot", "--csv", path, expect=2, preexec_fn=small_files)
        self.assertIn("points.csv", err)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_bad_input(self):
        _, err = self.berylia("design", DATES, "--set", "design.reference=\"nevr\"", expect=2)
        self.assertIn("did you mean \"never\"?", err)
        for arguments in (["--pilot", 0], ["--pilot", 1, "--no-pilot"], ["--tasks", 0], ["--jobs", -1], ["--tasks", "many"]):
            with self.subTest(arguments):
                self.berylia("design", DATES, *arguments, expect=2)
        self.berylia("design", self.folder / "none.toml", expect=2)

    def test_a_billion_points_are_refused_at_once_in_little_memory(self):
        def little_memory():
            resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
        dates = ", ".join(f"{y}-{m:02}-{d:02}" for y in range(2016, 2022) for m in range(1, 13) for d in range(1, 15))[:12 * 999 - 2]
        levers = "".join(f'[[levers]]\nname = "{n}"\nnation = "{n}"\naction = "attribution_policy"\nfrom = [{dates}]\n' for n in ("JPN", "KOR", "USA"))
        head = 'study_format = 1\nname = "huge"\n[time]\nstart = 2012-01-01\nend = 2024-01-01\n[campaign]\nseed = 1\n'
        begin = time.monotonic()
        _, err = self.berylia("design", self.study("huge.toml", head + levers), expect=2, preexec_fn=little_memory)
        self.assertLess(time.monotonic() - begin, 20)
        self.assertIn("the design has 1000000000 combinations of levels", err)

    def test_an_interrupted_pilot_says_what_it_knows(self):
        process = self.start("design", SMOKE, "--pilot", 100000, "--set", "campaign.futures=20000", "--jobs", 1)
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 5, out + err)
        self.assertIn("stopped by a signal", out)
        process = self.start("design", SMOKE, "--pilot", 100000, "--set", "campaign.futures=20000", "--json")
        time.sleep(2)
        for _ in range(2):
            process.send_signal(signal.SIGTERM)
            time.sleep(0.2)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 5, out + err)
        self.assertTrue(json.loads(out)["pilot"]["interrupted"])

    def test_a_fraction_is_designed_run_and_analysed(self):
        sets = ["--set", "design.type=\"fractional_factorial\"", "--set", "design.resolution=4"]
        said, _ = self.berylia("design", SMOKE, "--no-pilot", *sets)
        self.assertIn("resolution 4: membership = liaison*exercise*attribution", said)
        out = self.run_smoke("a.h5", *sets, futures=2)
        found = json.loads(self.berylia("analyze", out, "--json")[0])
        self.assertIn("resolution 4", found["factorial_note"])
        effects = [row for row in found["factorial"]["effects"] if row["response"] == "incidents"]
        self.assertEqual(len(effects), 7)
        self.assertEqual([row["terms"] for row in effects][:4], [["liaison"], ["exercise"], ["attribution"], ["membership"]])
        pair = next(row for row in effects if row["terms"] == ["liaison", "exercise"])
        self.assertEqual(pair["aliases"], [{"terms": ["attribution", "membership"], "sign": 1}])
        self.assertIn("with + attribution x membership", self.berylia("analyze", out)[0])
        self.berylia("replay", out, "--point", 3, "--future", 1, "--replication", 0)

    def test_several_levels_have_no_single_effect_and_it_is_said(self):
        out = self.run_smoke("a.h5", "--set", "levers.membership.from=[2020-11-04, 2022-11-04]")
        found = json.loads(self.berylia("analyze", out, "--json")[0])
        self.assertIsNone(found["factorial"])
        self.assertIn("levers with several levels (membership) have no single effect", found["factorial_note"])
        said = self.berylia("analyze", out)[0]
        self.assertIn("have no single effect", " ".join(said.split()))
        rows = [line for line in said.splitlines() if line.startswith("  JPN")][:23]
        self.assertEqual(len({line[:54] for line in rows}), 23)  # long names stay apart
        self.berylia("report", out, "-o", self.folder / "a.html")

    def test_treatments_from_a_file_replay_without_it(self):
        (self.folder / "t.csv").write_text("liaison,membership,exercise,attribution\n0,0,1,1\n1,0,1,0\n1,2022-11-04,0,0\n0,0,0,0\n")
        text = SMOKE.read_text().replace('type = "full_factorial"', 'type = "file"\nfile = "t.csv"')
        study = self.study("s.toml", text)
        out = self.folder / "a.h5"
        self.berylia("run", study, "-o", out, "--futures", 1, "--replications", 1, "--progress", "none")
        (self.folder / "t.csv").unlink()
        self.berylia("replay", out, "--point", 2, "--future", 0, "--replication", 0)
        self.berylia("verify", out, "--replications", 2)


if __name__ == "__main__":
    program.main()
