"""berylia explain: chains from first causes, partings, the worst pair, and what cannot be explained."""
import csv
import io
import json
import pathlib
import re
import xml.etree.ElementTree

import h5py
import numpy as np

import program

CONTROL = pathlib.Path("configs/smoke/negative_control.toml").resolve()
RARE = pathlib.Path("configs/smoke/rare_cascade.toml").resolve()


def crc32c(data):
    """Castagnoli's checksum in hex, as the file keeps it."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return f"{crc ^ 0xFFFFFFFF:08x}"


class Explain(program.ProgramTest):
    def explain(self, out, *arguments):
        return json.loads(self.berylia("explain", out, "--json", *arguments)[0])

    def table(self, out, response):
        text = self.berylia("export", out, "--table", "responses", "--response", response, "--nation", "JPN")[0]
        rows = list(csv.DictReader(io.StringIO(text)))
        return {(r["treatment"], int(r["future"]), int(r["replication"])): float(r["value"]) for r in rows}

    def check_words(self, out, story):
        """What is written for people holds no identifiers: no name with an underscore or a stroke, no code of a nation, no name of a treatment in place of its label."""
        with h5py.File(out) as f:
            codes = {code.decode() for code in f["nations/iso3"][...]}
            labels = sorted((label.decode() for label in f["design/points/label"][...]), key=len, reverse=True)
        steps = [*story["chain"], *(s for s in (story["parting"] or {}).values() if isinstance(s, dict))]
        texts = [story["outcome"], story["chosen"], *story["sentences"], *(s["words"] for s in steps), *(s["who"] for s in steps),
                 *(i["name"] for i in story["incidents"]), *(i[side]["words"] for i in story["incidents"] for side in ("in_treatment", "in_reference") if i[side])]
        for text in texts:
            for label in labels:  # the study's own words
                text = text.replace(f"'{label}'", "")
            self.assertNotRegex(text, r"\w_\w|[A-Za-z]/[A-Za-z]|[a-z]\+[a-z]")
            self.assertFalse(codes & set(re.findall(r"\b[A-Z]{3}\b", text)), text)
        for step in steps:
            self.assertRegex(step["agent"], r"^[a-z_]+/")

    def test_what_people_read_names_nations_agents_and_treatments_in_words(self):
        for study in ("japan_ccdcoe", "regime", "league_members"):
            out = self.folder / f"{study}.h5"
            self.berylia("run", pathlib.Path(f"configs/smoke/{study}.toml").resolve(), "-o", out, "--futures", 1, "--replications", 1, "--progress", "none")
            self.check_words(out, self.explain(out))
        story = self.explain(self.folder / "japan_ccdcoe.h5", "--point", "membership")
        self.assertIn("Japan's resilience loss is", story["sentences"][0])
        self.assertIn("with 'membership'", story["sentences"][0])
        with self.assertRaises(AssertionError):
            self.check_words(out, {**story, "outcome": "resilience loss of JPN"})

    def check_chain(self, story):
        chain = story["chain"]
        self.assertIn(chain[0]["origin"], ("beginning", "intervention"))
        self.assertEqual([s["time"] for s in chain], sorted(s["time"] for s in chain))
        for step in chain:
            self.assertTrue(step["words"] and step["agent"] and step["event"])
            self.assertTrue(step["delay_d"] is None or step["delay_d"] >= 0, step)
        self.assertIsNone(chain[0]["delay_d"])

    def test_the_worst_is_the_worst_pair_of_the_table_and_its_chain_has_a_first_cause(self):
        out = self.run_smoke("a.h5", futures=3, replications=2)
        values = self.table(out, "resilience_loss")
        story = self.explain(out, "--nation", "JPN", "--worst")
        treatment, reference = story["treatment"], story["reference"]
        self.assertIsNotNone(reference)
        differences = {(f, r): v - values[reference, f, r] for (t, f, r), v in values.items() if t == treatment}
        worst = max(differences, key=lambda place: (differences[place], -place[0], -place[1]))
        self.assertEqual((story["future"], story["replication"]), worst)
        self.assertAlmostEqual(story["value"] - story["reference_value"], differences[worst], places=12)
        self.check_chain(story)
        self.assertEqual(story["format"], 1)
        for key in ("nation", "response", "outcome", "chosen", "incidents", "parting", "sentences", "measure", "chain_of"):
            self.assertIn(key, story)
        self.assertIs(story["parting"]["in_treatment"], not story["parting"]["in_reference"])

        alone = self.explain(out, "--point", reference, "--worst")
        worst = max((k for k in values if k[0] == reference), key=lambda k: (values[k], -k[1], -k[2]))
        self.assertEqual((alone["future"], alone["replication"]), worst[1:])
        self.assertIsNone(alone["reference"])
        self.assertIsNone(alone["parting"])
        self.check_chain(alone)
        # What incidents took is all that was lost: nothing else takes service in this study.
        self.assertLessEqual(sum(i["share"] for i in alone["incidents"]), alone["value"] * (1 + 1e-9))
        self.assertGreater(alone["incidents"][0]["share"], 0)

        for response in ("incidents", "dwell_time", "thefts", "attribution_share"):
            if any(response in line for line in self.berylia("export", out, "--table", "responses")[0].splitlines()[:1]):
                self.check_chain(self.explain(out, "--response", response))

    def test_two_runs_write_the_same_bytes_and_the_drawing_is_xml(self):
        out = self.run_smoke("a.h5", futures=2)
        one, two = self.folder / "one.svg", self.folder / "two.svg"
        arguments = ["explain", out, "--nation", "JPN", "--future", 1, "--replication", 0]
        first = self.berylia(*arguments, "--svg", one)[0]
        self.assertEqual(first, self.berylia(*arguments, "--svg", two)[0])
        self.assert_same_bytes(one, two)
        root = xml.etree.ElementTree.parse(one).getroot()
        self.assertTrue(root.tag.endswith("svg"))
        boxes = [e for e in root.iter("{http://www.w3.org/2000/svg}rect")]
        story = self.explain(out, "--future", 1, "--replication", 0)
        self.assertEqual(len(boxes), len(story["chain"]) + 1)
        self.assertIn("another name", self.berylia(*arguments, "--svg", one, expect=2)[1])
        self.assertTrue(max(map(len, first.splitlines())) <= 140)

    def test_histories_of_the_negative_control_differ_by_news_alone(self):
        out = self.folder / "control.h5"
        self.berylia("run", CONTROL, "-o", out, "--futures", 1, "--replications", 1, "--progress", "none")
        story = self.explain(out, "--nation", "JPN")
        self.assertEqual(story["value"], story["reference_value"])
        parting = story["parting"]
        if parting is not None:
            self.assertFalse(parting["changes_something"])
            self.assertIsNone(parting["change"])
            self.assertEqual(parting["first"]["origin"], "intervention")
            self.assertIn("changes nothing", " ".join(story["sentences"]))
        for one in story["incidents"]:
            self.assertEqual(one["in_treatment"], one["in_reference"])

    def test_what_cannot_be_explained_is_said(self):
        out = self.run_smoke("a.h5", futures=1)
        for arguments, words in [
                (["--nation", "JPM"], 'did you mean "JPN"'), (["--point", 99], "not in the study"), (["--point", "non"], "did you mean"),
                (["--future", 7, "--replication", 0], "not recorded"), (["--future", 0], "belong together"),
                (["--worst", "--future", 0, "--replication", 0], "--worst"), (["--response", "resilence_loss"], "did you mean"),
                (["--point", 1, "--against", 1], "with itself")]:
            self.assertIn(words, self.berylia("explain", out, *arguments, expect=2)[1])
        self.assertIn("cannot open", self.berylia("explain", self.folder / "none.h5", expect=2)[1])

    def test_a_file_of_another_history_is_not_explained(self):
        out = self.run_smoke("a.h5", futures=1)
        with h5py.File(out, "r+") as f:
            digests = f["replications/digest"]
            digests[...] = [d[::-1] for d in digests[...]]
            digests.attrs.modify("crc32c", np.bytes_(crc32c(digests[...].tobytes())))
        _, words = self.berylia("explain", out, expect=4)
        self.assertIn("another history", words)

    def test_an_older_file_without_attribution_is_explained_and_reported(self):
        out = self.run_smoke("a.h5", futures=1)
        story = self.berylia("explain", out)[0]
        with h5py.File(out, "r+") as f:
            for name in ("attributed", "attribution", "labels/attribution"):
                del f["incidents/" + name]
        self.assertEqual(self.berylia("explain", out)[0], story)
        self.berylia("replay", out, "--point", 1, "--future", 0, "--replication", 0)
        self.berylia("report", out, "-o", self.folder / "r.html")

    def test_a_campaign_that_is_not_finished_is_explained_from_its_journals(self):
        out = self.run_smoke("a.h5", "--shard", "0/2", futures=2, replications=2)
        self.assertFalse(out.exists())
        self.check_chain(self.explain(out))

    def test_a_campaign_of_splitting_is_refused(self):
        out = self.folder / "rare.h5"
        self.berylia("run", RARE, "-o", out, "--futures", 1, "--replications", 1, "--progress", "none")
        self.assertIn("rare_event", self.berylia("explain", out, expect=2)[1])
        self.assertIn("run of splitting", " ".join(self.reported(out)["headline"]["caveats"]))

    def reported(self, out, *arguments):
        """The data of the report."""
        page = self.folder / "r.html"
        self.berylia("report", out, "-o", page, *arguments)
        text = page.read_text()
        return json.JSONDecoder().raw_decode(text[text.index('{"format":1'):])[0]

    def test_the_report_explains_the_response_and_treatment_of_its_headline(self):
        study = self.folder / "study.toml"
        text = program.SMOKE.read_text()
        study.write_text(text.replace('"resilience_loss"', '"?"').replace('"incidents"', '"resilience_loss"').replace('"?"', '"incidents"'))
        out = self.folder / "a.h5"
        self.berylia("run", study, "-o", out, "--futures", 3, "--replications", 2, "--progress", "none")
        study = self.reported(out)["analysis"]["study"]
        for treatment in [t["name"] for t in study["treatments"] if t["name"] != study["reference"]][:2]:
            whole = self.reported(out, "--treatment", treatment)
            headline, why = whole["headline"], whole["why"]
            self.assertEqual(headline["response"], "incidents")
            for key in ("response", "nation", "treatment", "reference"):
                self.assertEqual(why[key], headline[key], key)
            worst = whole["timeline"]["histories"][2]
            self.assertEqual((worst["label"], worst["treatment"]), ("worst", treatment))
            self.assertEqual((worst["future"], worst["replication"]), (why["future"], why["replication"]))
            self.assertIn("--response incidents", why["command"])
        self.assertEqual(self.explain(out)["response"], "incidents")

    def test_the_report_says_why_and_can_leave_it_out(self):
        out = self.run_smoke("a.h5", futures=2)
        whole = self.reported(out)
        story = self.explain(out)
        self.assertEqual(whole["why"]["chain"], story["chain"])
        self.assertIn("berylia explain", whole["why"]["command"])
        timeline = whole["timeline"]
        self.assertEqual([h["label"] for h in timeline["histories"]], ["typical", "typical", "worst", "worst", "best", "best"])
        worst = timeline["histories"][2]
        self.assertEqual((worst["future"], worst["replication"], worst["treatment"]), (story["future"], story["replication"], story["treatment"]))
        self.assertLessEqual(sum(len(h["events"]) for h in timeline["histories"]), 3000)
        incidents = self.berylia("export", out, "--table", "incidents")[0]
        rows = [r for r in csv.DictReader(io.StringIO(incidents)) if r["treatment"] == story["treatment"] and r["nation"] == "JPN"]
        per_history = {}
        for r in rows:
            key = r["future"], r["replication"]
            per_history[key] = per_history.get(key, 0) + 1
        found = [e for e in worst["events"] if e["kind"] != "attribution"]
        self.assertEqual(len(found) + worst["left_out"], per_history.get((str(story["future"]), str(story["replication"])), 0))
        months = [m for m in timeline["aggregated"] if m["kind"] == "incidents" and m["treatment"] == story["treatment"]][0]
        self.assertAlmostEqual(sum(months["mean"]), len(rows) / 2, delta=1e-3 * len(rows))
        named = [r for r in rows if r["attribution"] != "none"]
        self.assertTrue(all((r["attributed"] not in ("", "nan", "NaN")) == (r["attribution"] != "none") for r in rows))
        self.assertTrue(all(float(r["attributed"]) >= float(r["day"]) for r in named))
        self.assertIsNone(self.reported(out, "--no-replay")["why"])


if __name__ == "__main__":
    program.main()
