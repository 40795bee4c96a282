"""`berylia theory`: list, JSON, parameters from the command line, refusals."""
import json

import program
from program import ProgramTest

NAMES = ["axelrod-iliev", "blame", "baliga", "buldyrev", "motter-lai", "inoperability", "sir", "sis-threshold", "worm", "gordon-loeb", "flipit",
         "erlang-c", "little", "resilience-triangle", "public-goods", "patching", "dwell"]
SLOW = {"buldyrev": ["--sites", "2000"]}


class Theory(ProgramTest):
    def theory(self, *arguments):
        return json.loads(self.berylia("theory", *arguments, "--json")[0])

    def test_the_list_describes_every_theory_in_every_format(self):
        theories = self.theory("--list")["theories"]
        text, _ = self.berylia("theory", "--list")
        markdown, _ = self.berylia("theory", "--list", "--markdown")
        self.assertEqual(sorted(theory["name"] for theory in theories), sorted(NAMES))
        for theory in theories:
            self.assertIn(f"## {theory['name']}\n", markdown)
            self.assertTrue(theory["source"] and theory["condition"] and theory["law"] and theory["agents"])
            for parameter in theory["parameters"]:
                self.assertIn(parameter["option"] + " ", text)
                self.assertTrue(parameter["unit"] and parameter["default"] and parameter["source"] and parameter["grade"] in "ABCD")
                self.assertTrue(parameter.get("choices") or parameter["minimum"] < parameter["maximum"])

    def test_every_theory_prints_its_law_and_what_agents_reach(self):
        for name in NAMES:
            with self.subTest(name):
                result = self.theory(name, "--replications", 2, *SLOW.get(name, []))
                self.assertEqual(list(result), ["name", "parameters", "closed_form", "simulated"])
                self.assertEqual(result["name"], name)
                self.assertTrue(result["simulated"])
                for quantity, simulated in result["simulated"].items():
                    self.assertIn(quantity, result["closed_form"])
                    self.assertEqual(list(simulated), ["mean", "lo", "hi", "replications"])
                    self.assertEqual(simulated["replications"], 2)
                    self.assertLessEqual(simulated["lo"], simulated["mean"])
                    self.assertLessEqual(simulated["mean"], simulated["hi"])
                text, _ = self.berylia("theory", name, "--replications", 2, *SLOW.get(name, []))
                for quantity in result["closed_form"]:
                    self.assertIn(quantity, text)

    def test_parameters_reach_law_and_agents(self):
        result = self.theory("axelrod-iliev", "--stakes", "exponential", "--persistence", 0.9, "--stealth", 0.1, "--discount", 0.9)
        self.assertEqual(result["parameters"], {"stakes": "exponential", "persistence": 0.9, "stealth": 0.1, "discount": 0.9})
        for quantity, closed in {"threshold": 1.172818, "value": 1.628914}.items():
            simulated = result["simulated"][quantity]
            self.assertAlmostEqual(result["closed_form"][quantity], closed, 6)
            self.assertTrue(simulated["lo"] <= closed <= simulated["hi"], simulated)
            self.assertLess(simulated["hi"] - simulated["lo"], 0.04 * closed)
        self.assertEqual(self.theory("inoperability", "--shock", "0,0.3")["parameters"]["shock"], [0, 0.3])

    def test_the_seed_decides_the_bits(self):
        first, again, other = (self.theory("blame", "--seed", seed) for seed in (5, 5, 6))
        self.assertEqual(first, again)
        self.assertNotEqual(first["simulated"], other["simulated"])

    def test_what_a_theory_does_not_cover_is_refused_with_its_condition(self):
        for arguments, expected in [(["erlang-c", "--arrival-rate", 1], "arrival rate < servers x service rate"),
                                    (["axelrod-iliev", "--discount", 1, "--persistence", 1], "discount x persistence < 1"),
                                    (["axelrod-iliev", "--stealth", -0.5], "--stealth -0.5: out of range"),
                                    (["axelrod-iliev", "--stakes", "expnential"], 'did you mean "exponential"?'),
                                    (["sir", "--r0", "nan"], "no number"),
                                    (["sir", "--r0", 1.05], "threshold 1"),
                                    (["sir", "--ro", 2], 'did you mean "--r0"?'),
                                    (["erlang-c", "--servers", 1.5], "not a whole number"),
                                    (["erlang"], "erlang-c"),
                                    (["sir", "--replications", 1], "replications"),
                                    ([], "--help")]:
            with self.subTest(arguments):
                out, err = self.berylia("theory", *arguments, expect=2)
                self.assertEqual(out, "")
                self.assertIn(expected, err)


if __name__ == "__main__":
    program.main()
