"""Compares designs with OpenTURNS and SciPy: oracle_test.py PRINT_POINTS."""
import subprocess
import sys
import unittest

import numpy as np
import openturns as ot
import scipy.stats as st
from scipy.stats import qmc

PROGRAM = None


def points(design, seed, count, width):
    out = subprocess.run([PROGRAM, design, str(seed), str(count), str(width)], check=True, capture_output=True, text=True).stdout
    found = np.array([[float(x) for x in line.split(",")] for line in out.splitlines()])
    assert found.shape == (count, width), found.shape
    return found


class Sobol(unittest.TestCase):
    def test_all_dimensions_are_those_of_scipy(self):
        expected = qmc.Sobol(400, scramble=False, bits=32).random(4096)
        np.testing.assert_array_equal(points("unscrambled", 0, 4096, 400), expected)

    def test_projections_are_those_of_openturns(self):
        """OpenTURNS skips the point 0 and has other direction numbers (Joe and Kuo 2003) from the third dimension on."""
        theirs = np.array(ot.SobolSequence(40).generate(1023))
        ours = points("unscrambled", 0, 1024, 40)[1:]
        np.testing.assert_array_equal(ours[:, :2], theirs[:, :2])
        np.testing.assert_array_equal(np.sort(ours, axis=0), np.sort(theirs, axis=0))

    def test_discrepancy_is_that_of_scipys_scrambling_and_below_random(self):
        ours = np.mean([qmc.discrepancy(points("sobol", seed, 512, 5)) for seed in range(10)])
        scipys = np.mean([qmc.discrepancy(qmc.Sobol(5, seed=seed).random(512)) for seed in range(10)])
        random = np.mean([qmc.discrepancy(np.random.default_rng(seed).random((512, 5))) for seed in range(10)])
        self.assertLess(ours, 1.3 * scipys)
        self.assertLess(ours, random / 5)

    def test_integral_as_good_as_openturns(self):
        """Ishigami's function, whose mean is 3.5."""
        model = ot.SymbolicFunction(["x", "y", "z"], ["sin(x) + 7 * sin(y)^2 + 0.1 * z^4 * sin(x)"])
        error = lambda u: abs(np.mean(np.array(model(-np.pi + 2 * np.pi * u))) - 3.5)
        ours = np.mean([error(points("sobol", seed, 1024, 3)) for seed in range(10)])
        theirs = error(np.array(ot.SobolSequence(3).generate(1024)))
        self.assertLess(ours, max(theirs, 0.02))


class LatinHypercube(unittest.TestCase):
    def test_strata_as_openturns_checks_them(self):
        for pairing in ("random", "maximin", "nearly_orthogonal"):
            u = points(pairing, 3, 200, 4)
            for column in u.T:
                self.assertEqual(sorted(np.floor(column * 200).astype(int)), list(range(200)))

    def test_space_filling_as_openturns(self):
        """Its simulated annealing of phi_p, against ours: minimum distance and phi_p."""
        ot.RandomGenerator.SetSeed(1)
        experiment = ot.LHSExperiment(ot.ComposedDistribution([ot.Uniform(0, 1)] * 3), 40, False, True)
        annealed = np.array(ot.SimulatedAnnealingLHS(experiment, ot.SpaceFillingPhiP(16), ot.GeometricProfile()).generate())
        plain = np.array(experiment.generate())
        phi = ot.SpaceFillingPhiP(16)
        ours = np.mean([phi.evaluate(points("maximin", seed, 40, 3)) for seed in range(5)])
        self.assertLess(ours, 1.15 * phi.evaluate(annealed))
        self.assertLess(ours, 0.7 * phi.evaluate(plain))

    def test_discrepancy_below_random(self):
        c2 = ot.SpaceFillingC2()
        ours = np.mean([c2.evaluate(points("nearly_orthogonal", seed, 100, 5)) for seed in range(5)])
        random = np.mean([c2.evaluate(np.random.default_rng(seed).random((100, 5))) for seed in range(5)])
        self.assertLess(ours, 0.8 * random)


class Correlated(unittest.TestCase):
    def expected(self):
        """The same joint distribution by OpenTURNS: a normal copula with Spearman's correlations."""
        spearman = ot.CorrelationMatrix(4)
        spearman[0, 1], spearman[1, 2] = 0.7, -0.4
        copula = ot.NormalCopula(ot.NormalCopula.GetCorrelationFromSpearmanCorrelation(spearman))
        margins = [ot.LogNormal(np.log(2), 0.5), ot.Triangular(0, 1, 4), ot.Beta(2, 5, 0, 1), ot.LogUniform(0, np.log(100))]
        return ot.ComposedDistribution(margins, copula)

    def test_quantiles_and_joint_probabilities_are_those_of_openturns(self):
        joint = self.expected()
        levels = [0.05, 0.25, 0.5, 0.75, 0.95]
        for design, count in (("correlated_random", 20000), ("correlated_sobol", 4096), ("correlated_hypercube", 4000)):
            with self.subTest(design):
                x = points(design, 5, count, 4)
                bound = 6.1 / np.sqrt(count)  # a share has a standard error of at most half of it
                for d in range(4):
                    for p in levels:
                        self.assertLess(abs(np.mean(x[:, d] <= joint.getMarginal(d).computeQuantile(p)[0]) - p), bound / 2)
                for i, j, rank in ((0, 1, 0.7), (1, 2, -0.4), (0, 2, 0), (0, 3, 0)):
                    self.assertLess(abs(st.spearmanr(x[:, i], x[:, j])[0] - rank), bound)
                    for p in levels:
                        at = [joint.getMarginal(i).computeQuantile(p)[0], joint.getMarginal(j).computeQuantile(p)[0]]
                        share = np.mean((x[:, i] <= at[0]) & (x[:, j] <= at[1]))
                        self.assertLess(abs(share - joint.getMarginal([i, j]).computeCDF(at)), bound / 2)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
