"""`berylia theory`: list, JSON, parameters from the command line, refusals."""
import json

import program
from program import ProgramTest

NAMES = ["axelrod-iliev", "blame", "baliga", "buldyrev", "motter-lai", "inoperability", "sir", "sis-threshold", "worm", "gordon-loeb", "flipit",
         "erlang-c", "little", "resilience-triangle", "public-goods", "patching", "dwell", "splitting"]
SLOW = {"buldyrev": ["--sites", "2000"], "splitting": ["--effort", "50"]}
AGENTS_ONLY = {"splitting_events"}  # work, of which no law speaks


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
                    self.assertTrue(quantity in result["closed_form"] or quantity in AGENTS_ONLY, quantity)
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

    def test_attribution_has_its_cut_offs_and_misidentified_detection_backfires(self):
        # Options that differ from the standard ones -> cut-off; the first at gamma 1, the others at gamma .5.
        half = ["--opportunity", 0.5]
        vectors = {"standard": ([], 0.431718), "half": (half, 0.365948),
                   "detection": ([*half, "--right", 0.6 * 0.9 / 0.7, "--wrong", 0.1 * 0.9 / 0.7], 0.478711),
                   "alarms": ([*half, "--false-alarm", 0.01], 0.479610), "misses": ([*half, "--wrong", 0], 0.396833),
                   "misidentified": ([*half, "--right", 0.6, "--wrong", 0.3], 0.363486)}
        cutoffs = {}
        for name, (options, cutoff) in vectors.items():
            with self.subTest(name):
                result = self.theory("baliga", *options)
                self.assertAlmostEqual(result["closed_form"]["cutoff"], cutoff, 6)
                simulated = cutoffs[name] = result["simulated"]["cutoff"]
                self.assertTrue(simulated["lo"] <= cutoff <= simulated["hi"], simulated)
        self.assertLess(cutoffs["misidentified"]["hi"], cutoffs["half"]["lo"])
        self.assertGreater(cutoffs["detection"]["lo"], cutoffs["half"]["hi"])

    def test_any_network_may_be_overloaded(self):
        shares = {}
        for network in ["cycle", "complete", "star", "regular", "erdos-renyi", "scale-free"]:
            with self.subTest(network):
                arguments = ["motter-lai", "--network", network, "--nodes", 100, "--tolerance", 0.2, "--exponent", 2.5]
                result, text = self.theory(*arguments), self.berylia("theory", *arguments)[0]
                shares[network] = result["simulated"]["giant_share"]
                is_known = network in ["cycle", "complete", "star"]
                self.assertEqual("giant_share" in result["closed_form"], is_known)
                self.assertEqual("not known" in text, not is_known)
        self.assertLess(shares["scale-free"]["hi"], shares["regular"]["lo"])
        self.assertEqual(self.theory("motter-lai", "--attack", "random", "--nodes", 6, "--tolerance", 0.2)["parameters"]["attack"], "random")

    def test_without_a_number_replications_are_doubled_until_two_percent(self):
        late = ["patching", "--age", 2000]
        result = self.theory(*late)
        self.assertEqual(list(result), ["name", "parameters", "closed_form", "simulated"])
        share, closed = result["simulated"]["unpatched_share"], result["closed_form"]["unpatched_share"]
        self.assertLessEqual(share["hi"] - share["lo"], 0.04 * share["mean"])
        self.assertTrue(share["lo"] <= closed <= share["hi"], share)
        self.assertIn(share["replications"], [2 ** k for k in range(6, 12)])
        few = self.theory(*late, "--replications", 32)["simulated"]["unpatched_share"]
        self.assertEqual(few["replications"], 32)
        self.assertGreater(few["hi"] - few["lo"], 0.04 * few["mean"])

    def test_a_run_whose_work_does_not_suffice_says_so(self):
        # Its first replications take more than half of the work of a run.
        arguments = ["erlang-c", "--arrival-rate", 0.99]
        self.assertIn("some --replications", self.theory(*arguments)["note"])
        self.assertIn("\nnote: the work of a run ended", self.berylia("theory", *arguments)[0])

    def test_service_is_back_at_ninety_percent_of_all(self):
        for arguments, expected in [([], 25 / 3), (["--recovery", "exponential", "--time", 3], 5.375278), (["--drop", 10], 0)]:
            with self.subTest(arguments):
                result = self.theory("resilience-triangle", *arguments)
                simulated = result["simulated"]["rapidity"]
                self.assertAlmostEqual(result["closed_form"]["rapidity"], expected, 6)
                self.assertTrue(simulated["lo"] <= expected <= simulated["hi"], simulated)

    def test_what_nobody_was_there_to_show_only_the_law_says(self):
        result, text = self.theory("blame", "--vulnerable", 0), self.berylia("theory", "blame", "--vulnerable", 0)[0]
        self.assertNotIn("attack_probability", result["simulated"])
        self.assertEqual(result["closed_form"]["attack_probability"], 1)
        self.assertIn("attack_probability", text)

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
                                    (["motter-lai", "--network", "regular", "--nodes", 5, "--degree", 5], "degree <= nodes - 1 = 4"),
                                    (["motter-lai", "--network", "erdos-renyi", "--nodes", 5, "--degree", 3], "even whole number"),
                                    (["motter-lai", "--network", "scale-free", "--exponent", 2], "exponent > 2"),
                                    (["buldyrev", "--networks", 9], "holds where: large random networks"),
                                    (["public-goods", "--sharing", "best", "--benefits", "2,2", "--costs", "1,1"], "one that is best"),
                                    (["sir", "--r0", 1.05], "threshold 1"),
                                    (["erlang-c", "--arrival-rate", 0.01, "--servers", 4], "hardly a simulated customer waits"),
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
