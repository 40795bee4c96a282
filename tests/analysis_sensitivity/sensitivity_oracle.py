"""Compares the sensitivity indices with NumPy, SciPy and OpenTURNS to 1e-10 (relative); argument: the probe's path."""
import subprocess
import sys

try:
    import numpy as np
    import openturns as ot
    from scipy import special, stats
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

rng = np.random.default_rng(20221104)
ROWS, FACTORS, NOISE = 150, 4, 0.01


def model(x):
    return np.sin(6 * x[:, 0]) + 2 * x[:, 1] ** 2 + x[:, 2] * x[:, 0] + 5


def exchanged(into, column, source):
    matrix = into.copy()
    matrix[:, column] = source[:, column]
    return matrix


a, b = rng.random((2, ROWS, FACTORS))
ab = [exchanged(a, j, b) for j in range(FACTORS)]
ba = [exchanged(b, j, a) for j in range(FACTORS)]
outputs = np.array([model(m) for m in [a, b, *ab, *ba]])
kept = np.ones(ROWS, bool)
given = outputs.copy()
for row, member in ((3, 0), (77, 5), (149, 9)):  # failed runs
    given[member, row] = np.nan
    kept[row] = False

POINTS, COLUMNS = 300, 3
x = rng.gamma(2, 2, (COLUMNS, POINTS))
x[1] = np.round(x[1])  # ties, and factors of few values
x[2] = x[2] > 3
z = 3 + 2 * x[0] - x[1] + rng.normal(0, 1, POINTS) * x[0]
FUTURES, REPLICATIONS = 40, 5
histories = rng.normal(0, 1, (FUTURES, 1)) + rng.normal(0, 2, (FUTURES, REPLICATIONS))
histories[4, 1:] = np.nan
histories[9, :] = np.nan
histories[11, 0] = np.nan


def text(*arrays):
    return "\n".join(" ".join(repr(float(v)) for v in np.ravel(one)) for one in arrays)


data = "\n".join([f"{ROWS} {FACTORS}", text(given.T, [NOISE]), f"{POINTS} {COLUMNS}", text(x, z), f"{FUTURES} {REPLICATIONS}", text(histories)])
lines = subprocess.run([sys.argv[1]], input=data, capture_output=True, text=True, check=True).stdout.splitlines()
got = {name: float(value) for name, value in (line.split() for line in lines)}
wanted = {}

# Sobol': the formulas again, on the rows that are whole.
y = outputs[:, kept]
n = y.shape[1]
ya, yb = y[0], y[1]
mean = np.r_[ya, yb].mean()
variance = np.r_[ya, yb].var(ddof=1)
wanted["variance"] = variance
for j in range(FACTORS):
    wanted[f"first{j}"] = np.mean((yb - mean) * (y[2 + j] - ya)) / variance
    wanted[f"total{j}"] = (np.mean((ya - y[2 + j]) ** 2) / 2 - NOISE) / variance
pairs = [(i, j) for i in range(FACTORS) for j in range(i + 1, FACTORS)]
for k, (i, j) in enumerate(pairs):
    product = np.mean((y[2 + FACTORS + i] - mean) * (y[2 + j] - mean) - (ya - mean) * (yb - mean))
    wanted[f"second{k}"] = product / variance - wanted[f"first{i}"] - wanted[f"first{j}"]

# OpenTURNS on the same rows. Its Jansen divides by 2n - 1 and by the variance of A alone; its Saltelli is another estimate of the same number.
design = ot.Sample(np.vstack([m[kept] for m in [a, b, *ab]]))
sample = ot.Sample(y[: 2 + FACTORS].reshape(-1, 1))
jansen = np.array(ot.JansenSensitivityAlgorithm(design, sample, n).getTotalOrderIndices())
saltelli = np.array(ot.SaltelliSensitivityAlgorithm(design, sample, n).getFirstOrderIndices())
for j in range(FACTORS):
    mine = (got[f"total{j}"] * got["variance"] + NOISE) * 2 * n / (2 * n - 1) / ya.var(ddof=1)
    got[f"openturns_total{j}"], wanted[f"openturns_total{j}"] = mine, jansen[j]
    assert abs(got[f"first{j}"] - saltelli[j]) < 0.1, (j, got[f"first{j}"], saltelli[j])


def t_quantile(p, degrees):
    """Through the incomplete beta function: stats.t.ppf of SciPy 1.10 has only nine digits."""
    v = special.betaincinv(0.5, degrees / 2, abs(2 * p - 1))
    return np.sqrt(degrees * v / (1 - v))


# Least squares with HC3 errors, by the textbook's matrices.
for name, matrix in (("slope", np.column_stack([np.ones(POINTS), x.T])), ("origin", x.T)):
    inverse = np.linalg.inv(matrix.T @ matrix)
    beta = inverse @ matrix.T @ z
    leverage = np.einsum("ij,jk,ik->i", matrix, inverse, matrix)
    residual = (z - matrix @ beta) / (1 - leverage)
    error = np.sqrt(np.diag(inverse @ (matrix.T * residual**2) @ matrix @ inverse))
    t = t_quantile(0.975, POINTS - matrix.shape[1])
    for j, (value, se) in enumerate(list(zip(beta, error))[matrix.shape[1] - COLUMNS:]):
        wanted[f"{name}{j}"], wanted[f"{name}{j}.lo"], wanted[f"{name}{j}.hi"] = value, value - t * se, value + t * se


def class_count(size):
    return min(int(np.ceil(size ** (2 / (7 + np.tanh((1500 - size) / 500))))), 48)


def classes(values, count):
    distinct, inverse = np.unique(values, return_inverse=True)
    if len(distinct) <= count:
        return inverse
    ends = np.cumsum(np.bincount(inverse))
    starts = np.r_[0, ends[:-1]]
    return ((starts + ends - 1) // 2 * count // len(values))[inverse]


def plain_delta(values, output, cells=200):
    scores = stats.norm.ppf((stats.rankdata(output) - 0.5) / len(output))
    edge = abs(scores).max() + 1.5
    cell = 2 * edge / (cells - 1)
    place = (scores + edge) / cell
    below = np.minimum(place.astype(int), cells - 2)
    part = place - below
    member = classes(values, class_count(len(output)))
    shares, densities = [], []
    for c in np.unique(member):
        inside = member == c
        mass = np.zeros(cells)
        np.add.at(mass, below[inside], 1 - part[inside])
        np.add.at(mass, below[inside] + 1, part[inside])
        width = max(1, 0.7 * place[inside].std() * (4 / (3 * inside.sum())) ** 0.2)
        reach = min(int(3.5 * width) + 1, cells // 2)
        kernel = np.exp(-((np.arange(-reach, reach + 1) / width) ** 2) / 2)
        smooth = np.convolve(mass, kernel / kernel.sum())[reach:reach + cells]
        shares.append(inside.mean())
        densities.append(smooth / inside.sum())
    mixture = np.array(shares) @ np.array(densities)
    return sum(s * abs(d - mixture).sum() / 2 for s, d in zip(shares, densities))


for j in range(COLUMNS):
    wanted[f"delta{j}"] = plain_delta(x[j], z)
for size in (20, 100, 512, 1500, 2000, 100000):
    wanted[f"classes{size}"] = class_count(size)
half = stats.sem(z) * t_quantile(0.975, POINTS - 1)
wanted["mu0"], wanted["mu0.lo"], wanted["mu0.hi"] = z.mean(), z.mean() - half, z.mean() + half
wanted["mu_star0"], wanted["sigma"] = abs(z).mean(), z.std(ddof=1)

count = (~np.isnan(histories)).sum(axis=1)
present = count > 0
means = np.nanmean(histories[present], axis=1)
within = [np.nanvar(h, ddof=1) if c > 1 else np.nan for h, c in zip(histories, count)]
pooled = np.nansum(within * (count - 1)) / (count - 1)[count > 1].sum()
errors = np.where(count > 1, within, pooled)[present] / count[present]
wanted["noise0"] = errors.mean() / means.var(ddof=1)

worst = 0.0
for name, value in wanted.items():
    distance = abs(got[name] - value) / max(abs(value), 1e-3)
    worst = max(worst, distance)
    if not distance < 1e-10:
        print(f"{name}: {got[name]!r}, wanted {value!r}")
print(f"{len(wanted)} numbers, largest relative distance {worst:.1e}")
sys.exit(bool(worst >= 1e-10))
