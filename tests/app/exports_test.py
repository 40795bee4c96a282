"""Every table that `export` writes, read back with pandas and compared with the results file."""
import h5py
import numpy as np
import pandas

import program
from program import SMOKE, ProgramTest

LABELLED = """study_format = 1
name = "labelled"
[time]
start = 2020-01-01
record_from = 2020-01-02
end = 2020-03-01
[campaign]
seed = 1
focal = ["JPN", "FRA"]
[[levers]]
name = "joins"
nation = "JPN"
organisation = "CCDCOE"
action = "membership"
status = "CP"
from = 2020-02-01
[design]
type = "explicit"
reference = "never"
[[treatments]]
name = "never"
label = 'never, "ever"'
levers = []
[[treatments]]
name = "joins"
levers = ["joins"]
[[responses]]
name = "incidents"
[[responses]]
name = "time_to_90"
"""


class Exports(ProgramTest):
    def table(self, results, name, *more):
        """The table as a frame; only an empty field counts as missing."""
        out = self.folder / f"{name}{len(more)}.csv"
        self.berylia("export", results, "--table", name, "-o", out, *more)
        return pandas.read_csv(out, keep_default_na=False, na_values=[""], float_precision="round_trip")

    def test_tables_hold_what_the_file_holds(self):
        out = self.run_smoke("a.h5", futures=2)
        with h5py.File(out) as file:
            rows, nations = len(file["replications/status"]), [n.decode() for n in file["nations/iso3"]]
            points = [n.decode() for n in file["design/points/name"]]
            responses = self.table(out, "responses")
            self.assertEqual(len(responses), rows * len(nations) * len(file["responses"]))
            for name, dataset in file["responses"].items():
                part = responses[responses.response == name]
                np.testing.assert_array_equal(part.value.to_numpy(float), dataset[:].ravel())
                self.assertEqual(set(part.unit), {dataset.attrs["unit"].decode()})
                self.assertEqual(list(part.nation[:len(nations)]), nations)
            one = self.table(out, "responses", "--response", "thefts", "--nation", "JPN")
            np.testing.assert_array_equal(one.value, file["responses/thefts"][:, nations.index("JPN")])
            self.assertEqual(list(one.treatment), [points[p] for p in file["replications/point"]])
            self.assertEqual(list(one.future), list(file["replications/future"]))
            series = self.table(out, "series")
            self.assertEqual(len(series), rows * len(file["series/focal_grid/date"]) * len(file["series/focal"]))
            for name, dataset in file["series/focal"].items():
                np.testing.assert_array_equal(series[series.series == name].value.to_numpy(np.float32), dataset[:].ravel())
            factors = self.table(out, "factors")
            np.testing.assert_array_equal(factors.value, file["futures/values"][:].ravel())
            self.assertEqual(list(factors.unit[:len(file["futures/factors/unit"])]), [u.decode() for u in file["futures/factors/unit"]])
            replications = self.table(out, "replications")
            self.assertEqual((set(replications.status), len(replications)), ({"done"}, rows))
            np.testing.assert_array_equal(replications.events, file["replications/events"])
            self.check_incidents(self.table(out, "incidents"), file)
            treatments = self.table(out, "treatments")
            self.assertEqual(set(treatments.treatment), set(points))
            levers, levels = [n.decode() for n in file["design/levers"]], file["design/points/levels"][:]
            held = treatments[treatments.lever.notna()]
            self.assertEqual(len(held), (levels > 0).sum())
            for row in held.itertuples():
                self.assertEqual(row.level, levels[points.index(row.treatment), levers.index(row.lever)])
            sampling = self.table(out, "sampling")
            self.assertEqual((list(sampling.future), set(sampling.type), sampling.moved.isna().all()), ([0, 1], {"random"}, True))

    def sampled(self, name, text):
        """The tables of factors and of sampling of a small campaign with that [sampling], and the factors that vary."""
        study = self.folder / (name + ".toml")
        study.write_text(LABELLED + '[sampling]\nfactors = ["displacement", "access_slope"]\n' + text)
        out = self.folder / (name + ".h5")
        self.berylia("run", study, "-o", out, "--replications", 1, "--progress", "none")
        values = self.table(out, "factors").pivot(index="future", columns="factor", values="value")
        sampling = self.table(out, "sampling")
        for path in self.folder.glob("*.csv"):
            path.unlink()
        return values[["displacement", "access_slope"]], sampling

    def test_the_place_of_a_future_in_its_design_can_be_read(self):
        values, morris = self.sampled("morris", 'type = "morris"\ntrajectories = 2\n')
        self.assertEqual(list(morris.group), [0, 0, 0, 1, 1, 1])
        self.assertEqual(list(morris.block), ["start", "step", "step"] * 2)
        for row in morris[morris.block == "step"].itertuples():
            change = np.sign(values.loc[row.future] - values.loc[row.future - 1])
            self.assertEqual(change[row.moved], row.direction)
            self.assertEqual((change != 0).sum(), 1)
        values, saltelli = self.sampled("saltelli", 'type = "saltelli"\nbase = 2\nsecond_order = true\n')
        self.assertEqual(list(saltelli.block), ["A", "B", "AB", "AB", "BA", "BA"] * 2)
        for row in saltelli[saltelli.moved.notna()].itertuples():
            same = saltelli[(saltelli.group == row.group) & (saltelli.block == row.block[0])].future.iloc[0]
            other = saltelli[(saltelli.group == row.group) & (saltelli.block == row.block[1])].future.iloc[0]
            self.assertEqual(values.loc[row.future, row.moved], values.loc[other, row.moved])
            self.assertEqual((values.loc[row.future] != values.loc[same]).sum(), 1)
        values, alone = self.sampled("alone", 'type = "one_at_a_time"\n')
        self.assertEqual(list(alone.block), ["base", "low", "high", "low", "high"])
        for row in alone[alone.moved.notna()].itertuples():
            self.assertEqual(np.sign(values.loc[row.future, row.moved] - values.loc[0, row.moved]), row.direction)

    def check_incidents(self, incidents, file):
        columns = [name for name in file["incidents"] if name not in ("replication_row", "labels")]
        self.assertEqual(set(incidents.columns), {"treatment", "future", "replication", *columns})
        for name in columns:
            values = file["incidents"][name][:]
            if name in file["incidents/labels"]:
                labels = [label.decode() for label in file["incidents/labels"][name]]
                expected = [labels[v] if 0 <= v < len(labels) else None for v in values]
                got = [None if isinstance(v, float) else str(v) for v in incidents[name]]
                self.assertEqual([e for e in expected if e], [g for e, g in zip(expected, got) if e])
            else:
                if values.dtype == np.int32:
                    values = np.where(values == -2**31, np.nan, values)
                np.testing.assert_array_equal(incidents[name].to_numpy(float), values)

    def test_what_a_censored_replication_did_not_bring_back_is_empty(self):
        out = self.run_smoke("a.h5", "--set", "campaign.event_limit=1000", expect=3)
        loss = self.table(out, "responses", "--response", "resilience_loss")
        self.assertEqual(set(loss.status), {"censored"})
        self.assertTrue(loss.value.isna().all())
        self.assertTrue(self.table(out, "replications").message.str.contains("event_limit").all())
        self.assertEqual(len(self.table(out, "incidents")), 0)

    def test_commas_and_quotation_marks_survive(self):
        study = self.folder / "study.toml"
        study.write_text(LABELLED)
        out = self.folder / "a.h5"
        self.berylia("run", study, "-o", out, "--futures", 1, "--replications", 1, "--progress", "none")
        treatments = self.table(out, "treatments")
        self.assertEqual(list(treatments.label), ['never, "ever"', "joins"])
        self.assertTrue(treatments.lever.isna()[0])
        self.assertTrue(treatments["to"].isna()[1])  # for ever
        self.assertEqual(set(self.table(out, "series").nation), {"JPN", "FRA"})
        self.assertEqual(set(self.table(out, "series", "--nation", "FRA").nation), {"FRA"})

    def test_what_is_unknown_or_would_be_ignored_is_refused(self):
        out = self.run_smoke("a.h5")
        for wrong, said in [(["--response", "resiliense_loss"], 'did you mean "resilience_loss"?'), (["--nation", "JAP"], "unknown nation 'JAP'"),
                            (["--table", "respones"], "responses,series"), (["--table", "series", "--nation", "FRA"], "unknown focal nation"),
                            (["--table", "factors", "--response", "thefts"], "leave --response away"),
                            (["--table", "incidents", "--nation", "JPN"], "leave --nation away"),
                            (["--nation", ""], "an empty value"), (["-o", ""], "an empty value"), (["-o", out], "File exists"), (["-o", self.folder / "no" / "a.csv"], "mkdir -p")]:
            with self.subTest(wrong):
                self.assertIn(said, self.berylia("export", out, *wrong, expect=2)[1])
        self.assertEqual({p.name for p in self.folder.iterdir()}, {"a.h5", "a.h5.run.json"})
        written, _ = self.berylia("export", out, "--table", "replications")
        self.berylia("export", out, "--table", "replications", "-o", self.folder / "r.csv")
        self.assertEqual((self.folder / "r.csv").read_text(), written)


if __name__ == "__main__":
    program.main()
