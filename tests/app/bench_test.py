"""The benches: what they print for programs, and that every executor comes to the same digest on every load."""
import json
import unittest

import program


class Bench(program.ProgramTest):
    def test_one_bench_has_the_documented_keys(self):
        keys = {"executor", "threads", "lps", "events", "seconds", "events_per_second", "ratio_to_yardstick", "digest"}
        result = json.loads(self.berylia("bench", "phold", "--lps", "200", "--end", "20", "--json")[0])
        self.assertLessEqual(keys, set(result))
        self.assertGreater(result["events"], 2000)

    def test_every_executor_comes_to_the_same_digest_on_every_load(self):
        digests = set()
        for load in ("uniform", "hot-spot", "bursts", "uneven"):
            seen = set()
            for executor in (["sequential"], ["conservative", "--threads", "2"], ["optimistic", "--threads", "2"]):
                text = self.berylia("bench", "phold", "--lps", "300", "--end", "10", "--load", load, "--json", "--executor",
                                    *executor)[0]
                seen.add(json.loads(text)["digest"])
            self.assertEqual(len(seen), 1, load)
            digests |= seen
        self.assertEqual(len(digests), 3)  # uneven cost changes no event

    def test_an_unknown_load_is_refused(self):
        _, err = self.berylia("bench", "phold", "--load", "heavy", expect=2)
        self.assertIn("heavy", err)

    def test_the_suite_measures_every_line_and_writes_its_files(self):
        out = self.folder / "suite"
        result = json.loads(self.berylia("bench", "suite", "--quick", "--rounds", "1", "--json", "--out", out)[0])
        self.assertTrue(result["same_digests"])
        self.assertGreater(len(result["rows"]), 20)
        for row in result["rows"]:
            self.assertTrue("missing" in row or row["ratio"] > 0, row)
            self.assertTrue("missing" not in row or row["executor"] == "distributed", row)
        for engine in ("yardstick", "sequential", "conservative", "bound"):
            self.assertEqual([point["lps"] for point in result["ns_per_event"][engine]], [1000, 10000])
        self.assertEqual(json.loads((out / "suite.json").read_text()), result)
        self.assertIn("</svg>", (out / "suite.svg").read_text())
        self.assertIn("| conservative 2", (out / "suite.md").read_text())


if __name__ == "__main__":
    program.main()
