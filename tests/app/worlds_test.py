"""The fictional world goes the whole way that the default world goes: new, check, run, analyze, report, verify, replay."""
import json
import pathlib

import h5py

import program
from program import SMOKE, ProgramTest

BERYLIA = pathlib.Path("configs/smoke/berylia.toml").resolve()
FICTIONAL = ["XAM", "XBE", "XCE", "XCR", "XIV", "XOC", "XOP", "XSA", "XVE"]
OWN = {f"berylia/{name}.tsv" for name in ("crises", "cross_border", "flags", "memberships", "nations", "openness", "organisation_weights", "organisations", "receivers",
                                          "rival_dyads", "sources", "state_actors")}


class Worlds(ProgramTest):
    def run_berylia(self, name, *arguments):
        out = self.folder / name
        self.berylia("run", BERYLIA, "-o", out, "--progress", "none", *arguments)
        return out

    def test_the_shipped_studies_are_good(self):
        for path in (BERYLIA, BERYLIA.parents[1] / "studies" / "berylia.toml"):
            out, err = self.berylia("check", path)
            self.assertIn("good", out)
            self.assertEqual(err, "")

    def test_its_results_hold_its_nations_and_its_tables_alone(self):
        with h5py.File(self.run_berylia("a.h5")) as file:
            names = []
            file.visit(names.append)
            texts = file["provenance/data_checksums/file"].asstr()[()]
            nations = next(file[name] for name in names if name.endswith("nations/iso3")).asstr()[()]
        self.assertEqual(list(nations), FICTIONAL)
        self.assertLess(OWN, set(texts))
        self.assertEqual({text.split("/")[-1] for text in texts if text not in OWN} & {name.split("/")[1] for name in OWN}, set())
        with h5py.File(self.run_smoke("default.h5")) as file:
            self.assertFalse([text for text in file["provenance/data_checksums/file"].asstr() if "/" in text])

    def test_jobs_and_executor_do_not_matter(self):
        reference = self.run_berylia("reference.h5", "--executor", "sequential", "--jobs", 1)
        for extra in [["--jobs", 3], ["--executor", "rollback-check"], ["--executor", "conservative", "--threads", 2],
                      ["--executor", "optimistic", "--threads", 2], ["--executor", "auto"]]:
            with self.subTest(extra):
                self.assert_same_bytes(self.run_berylia(f"{extra[-1]}{extra[-3:-2]}.h5", *extra), reference)

    def test_verify_and_replay_find_the_same_bits(self):
        out = self.run_berylia("a.h5")
        self.assertIn("0 differ", self.berylia("verify", out, "--replications", 4)[0])
        said, _ = self.berylia("replay", out, "--point", 1, "--future", 2, "--replication", 1, "--trace", self.folder / "t.tsv")
        self.assertIn("the same as in the file", said)
        self.assertIn("XBE", (self.folder / "t.tsv").read_text())

    def test_analysis_and_report_say_that_the_world_is_fictional(self):
        out = self.run_berylia("a.h5")
        text, _ = self.berylia("analyze", out)
        self.assertIn("The nations are fictional", " ".join(text.split()))
        self.assertNotIn("CCDCOE", text)
        result = json.loads(self.berylia("analyze", out, "--json", "--nation", "XVE")[0])
        self.assertEqual({row["nation"] for row in result["paired_differences"]} - {None}, {"XVE"})
        self.berylia("analyze", out, "--nation", "JPN", expect=2)
        self.berylia("report", out, "-o", self.folder / "a.html")
        page = (self.folder / "a.html").read_text()
        self.assertIn("Berylia joins the centre", page)
        self.assertIn('"XBE"', page)
        self.assertNotIn("The nations are fictional", " ".join(self.berylia("analyze", self.run_smoke("j.h5"))[0].split()))

    def test_with_every_mechanism_off_all_differences_are_exactly_zero(self):
        names = [f"M{k}" for k in range(1, 11)] + ["trusted_partners"]
        off = "mechanisms={" + ",".join(f"{name}=false" for name in names) + "}"
        result = json.loads(self.berylia("analyze", self.run_berylia("off.h5", "--set", off), "--json")[0])
        self.assertGreater(len(result["paired_differences"]), 20)
        self.assertEqual({row["mean"] for row in result["paired_differences"]}, {0})
        on = json.loads(self.berylia("analyze", self.run_berylia("on.h5"), "--json")[0])
        self.assertNotEqual({row["mean"] for row in on["paired_differences"]}, {0})

    def test_a_new_study_of_it_runs(self):
        study = self.folder / "opalia.toml"
        self.berylia("new", "study", "--world", "berylia", "--nation", "Opalia", "--join", "2022-01-01", "-o", study)
        self.assertIn('world = "berylia"', study.read_text())
        self.assertIn('organisation = "CYDEC"', study.read_text())
        self.berylia("check", study)
        self.berylia("run", study, "-o", self.folder / "o.h5", "--futures", 2, "--replications", 1, "--progress", "none")
        _, err = self.berylia("new", "study", "--world", "berylia", "--nation", "Verdania", "--join", "2022-01-01")
        self.assertIn("Verdania is a member of CYDEC from 2018-06-14", err)
        _, err = self.berylia("new", "study", "--world", "berylia", "--nation", "XBE", "--join", "2009-06-01", expect=2)
        self.assertIn("founded on 2010-05-12", err)

    def test_describe_lists_the_world_that_it_is_asked_for(self):
        own = json.loads(self.berylia("describe", "--world", "berylia", "--format", "json")[0])
        real = json.loads(self.berylia("describe", "--format", "json")[0])
        self.assertEqual([row["code"] for row in own["nations"]], FICTIONAL)
        self.assertEqual([row["name"] for row in own["organisations"]], ["CYDEC", "PACT", "UNION"])
        self.assertEqual((own["agents"][0]["number"], real["agents"][0]["number"]), (9, 71))
        self.assertEqual(own["parameters"], real["parameters"])
        self.assertEqual([(row["name"], row["nations"]) for row in own["worlds"]], [("world", 71), ("berylia", 9)])

    def test_what_belongs_to_another_world_is_an_error_that_names_it(self):
        text, japan = BERYLIA.read_text(), SMOKE.read_text()
        for name, study, said in [
                ("a", text.replace('world = "berylia" ', 'world = "beryla" '), 'did you mean "berylia"?'),
                ("b", text.replace('nation = "XBE"', 'nation = "JPN"', 1), 'Japan belongs to the world "world"'),
                ("c", text.replace('"CYDEC"\n', '"NATO"\n', 1), 'it belongs to the world "world"'),
                ("d", japan.replace('["JPN"]', '["XBE"]'), 'Berylia belongs to the world "berylia"'),
                ("e", japan.replace('world = "world"', 'world = "berylia"'), 'nation "JPN" is not in the world "berylia"')]:
            with self.subTest(name):
                self.assertNotIn(study, (text, japan))
                path = self.folder / f"{name}.toml"
                path.write_text(study)
                _, err = self.berylia("check", path, expect=2)
                self.assertIn(said, err)
                self.assertIn(f"{name}.toml:", err)
        for command in (["describe"], ["new", "study", "--nation", "XBE", "--join", "2022-01-01"]):
            _, err = self.berylia(*command, "--world", "berlia", expect=2)
            self.assertIn('did you mean "berylia"?', err)
        _, err = self.berylia("new", "study", "--nation", "Crimsonia", "--join", "2022-01-01", expect=2)
        self.assertIn("--world berylia", err)


if __name__ == "__main__":
    program.main()
