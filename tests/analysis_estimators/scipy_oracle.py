"""Compares every estimator with NumPy, SciPy and pandas to 1e-10 (relative); argument: the probe's path."""
import subprocess
import sys

try:
    import numpy as np
    import pandas as pd
    from scipy import optimize, special, stats
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

FUTURES, REPLICATIONS, LEVERS = 23, 6, 3
rng = np.random.default_rng(20221104)
levels = np.array([[i >> j & 1 for j in range(LEVERS)] for i in range(2**LEVERS)])
future = rng.normal(10, 3, FUTURES)[:, None]
history = rng.gamma(2, 2, (FUTURES, REPLICATIONS))
arms = [
    future + history + rng.normal(0, 0.3, (FUTURES, REPLICATIONS)) - 0.5 * x[0] + 0.2 * x[1] * x[2] * future / 10
    for x in levels
]
arms[0][3, 2] = np.nan
arms[1][7, :] = np.nan
arms[1][9, 1:] = np.nan
arms[5][0, 0] = np.nan

text = f"{FUTURES} {REPLICATIONS} {len(arms)}\n" + "\n".join(" ".join(repr(float(v)) for v in a.ravel()) for a in arms)
output = subprocess.run([sys.argv[1]], input=text, capture_output=True, text=True, check=True).stdout
got = {name: float(value) for name, value in (line.split() for line in output.splitlines())}
wanted = {}


def t_quantile(p, n):
    """Through the incomplete beta function: stats.t.ppf of SciPy 1.10 has only nine digits."""
    y = special.betaincinv(0.5, n / 2, abs(2 * p - 1))
    return np.copysign(np.sqrt(n * y / (1 - y)), p - 0.5)


def t_interval(values):
    values = np.asarray(values)
    half = stats.sem(values) * t_quantile(0.975, len(values) - 1)
    return values.mean(), values.mean() - half, values.mean() + half


def fieller(d, x):
    """The ratios r for which the t-interval of the mean of d - r x contains 0, found by bisection."""
    def excess(r):
        rest = d - r * x
        return abs(rest.mean()) - t_quantile(0.975, len(d) - 1) * rest.std(ddof=1) / np.sqrt(len(d))

    ratio = d.mean() / x.mean()
    return [optimize.brentq(excess, ratio, ratio + step, xtol=1e-15, rtol=1e-14) for step in (-2, 2)]


def put(name, triple):
    wanted[name + ".mean"], wanted[name + ".lo"], wanted[name + ".hi"] = triple


def cvar(values, worse):
    v = np.sort(values if worse == "higher" else -values)[::-1]
    weight = 0.05 * len(v)
    whole = int(np.floor(weight + 1e-9))
    total = (v[:whole].sum() + (weight - whole) * v[whole]) / weight
    return total if worse == "higher" else -total


ref, treat = arms[0].ravel(), arms[1].ravel()
table = pd.DataFrame({"future": np.repeat(np.arange(FUTURES), REPLICATIONS), "ref": ref, "treat": treat})
pairs = table.dropna().assign(d=lambda x: x.treat - x.ref)
by = pairs.groupby("future")
means = by.d.mean()
for worse in ("higher", "lower"):
    put(worse, t_interval(means))
    within, n = by.d.var(), by.d.count()
    pooled = (within.fillna(0) * (n - 1)).sum() / (n - 1).sum()
    errors = within.fillna(pooled) / n
    wanted[worse + ".n"] = len(pairs)
    wanted[worse + ".sd"] = pairs.d.std()
    wanted[worse + ".monte_carlo_se"] = np.sqrt(errors.sum()) / len(errors)
    wanted[worse + ".future_sd"] = np.sqrt(max(0, means.var() - errors.mean()))
    wanted[worse + ".predictive_lo"], wanted[worse + ".predictive_hi"] = np.quantile(means, [0.025, 0.975])
    wanted[worse + ".relative"] = means.mean() / by.ref.mean().mean()
    wanted[worse + ".relative_lo"], wanted[worse + ".relative_hi"] = fieller(means.values, by.ref.mean().values)
    wanted[worse + ".share_better"] = (means < 0).mean() if worse == "higher" else (means > 0).mean()
    wanted[worse + ".variance_reduction"] = (pairs.ref.var() + pairs.treat.var()) / pairs.d.var()
    wanted[worse + ".cvar95"] = cvar(pairs.treat.values, worse) - cvar(pairs.ref.values, worse)
clean = ref[~np.isnan(ref)]
put("mean", t_interval(clean))
wanted["cvar.mean"] = cvar(clean, "higher")

# What a stopping rule watches, at 99 %, written out again.
LEVEL, PROBABILITY, THRESHOLD = 0.99, 0.7, 14


def cluster_means(frame, column):
    return frame.groupby("future")[column].mean()


def effect(frame, column):
    """Design effect: variance of the mean between futures over that of independent histories, between 1 and their mean number."""
    means, n = cluster_means(frame, column), len(frame)
    most = n / len(means)
    if frame[column].var() == 0:
        return most
    return min(max(means.var() / len(means) / (frame[column].var() / n), 1), most)


def t_of(frame):
    return t_quantile(0.5 + LEVEL / 2, frame.future.nunique() - 1)


def counted(frame, column):
    """Histories that count as independent, and the t quantile of as many as there are."""
    t = t_quantile(0.5 + LEVEL / 2, len(frame) - 1)
    return len(frame) / effect(frame, column) * (t / t_of(frame)) ** 2, t


def korn_graubard(frame, column):
    p, size = cluster_means(frame, column).mean(), counted(frame, column)[0]
    hits, beyond = p * size, (1 - LEVEL) / 2
    return p, special.betaincinv(hits, size - hits + 1, beyond), special.betaincinv(hits + 1, size - hits, 1 - beyond)


def agresti_min(frame, column):
    d, (size, t) = cluster_means(frame, column).mean(), counted(frame, column)
    squares = cluster_means(frame.assign(square=frame[column] ** 2), "square").mean()
    plus = size * (squares + d) / 2 + t * t / 8  # effective numbers of pairs that differ either way
    minus = size * (squares - d) / 2 + t * t / 8
    n = size + t * t / 2
    half = t * np.sqrt((plus + minus) - (plus - minus) ** 2 / n) / n
    return d, (plus - minus) / n - half, (plus - minus) / n + half


def woodruff(frame, column):
    v = np.sort(frame[column].values)
    q = np.quantile(v, PROBABILITY)
    shares = frame.assign(below=(frame[column] <= q).astype(float))
    margin = t_of(frame) * np.sqrt(effect(shares, "below") * PROBABILITY * (1 - PROBABILITY) * len(v))
    place = len(v) * PROBABILITY
    triple = q, v[int(np.floor(place - margin + 0.5)) - 1], v[int(np.ceil(place + margin + 0.5)) - 1]
    return triple, cluster_means(shares, "below")


def influence(values):
    whole = np.sort(values)[::-1][int(np.floor(0.05 * len(values) + 1e-9))]
    return whole + np.maximum(values - whole, 0) / 0.05


def t_around(value, frame, column):
    means = cluster_means(frame, column)
    half = stats.sem(means) * t_of(frame)
    return value, value - half, value + half


alone = table.dropna(subset=["treat"]).assign(hit=lambda x: (x.treat >= THRESHOLD) * 1.0, tail=lambda x: influence(x.treat.values))
both_arms = pairs.assign(
    hit=lambda x: (x.treat >= THRESHOLD) * 1.0 - (x.ref >= THRESHOLD) * 1.0,
    tail=lambda x: influence(x.treat.values) - influence(x.ref.values),
)
put("watched.mean", t_around(cluster_means(alone, "treat").mean(), alone, "treat"))
put("difference.mean", t_around(means.mean(), pairs, "d"))
put("watched.cvar", t_around(cvar(alone.treat.values, "higher"), alone, "tail"))
put("difference.cvar", t_around(wanted["higher.cvar95"], both_arms, "tail"))
put("watched.proportion", korn_graubard(alone, "hit"))
put("difference.proportion", agresti_min(both_arms, "hit"))
put("watched.quantile", woodruff(alone, "treat")[0])
(x, x_lo, x_hi), x_shares = woodruff(pairs, "treat")
(y, y_lo, y_hi), y_shares = woodruff(pairs, "ref")
t, units = t_of(pairs), len(x_shares)
r = np.corrcoef(x_shares, y_shares)[0, 1] * units / (units + t * t / 2)
half = np.sqrt((x_hi - x_lo) ** 2 + (y_hi - y_lo) ** 2 - 2 * r * (x_hi - x_lo) * (y_hi - y_lo)) / 2
put("difference.quantile", (x - y, x - y - half, x - y + half))


def look_level(counts, level):
    """Bound from one 400-point Gauss-Legendre rule over the whole interval, by Brent's method."""
    def excess(bound):
        z, w = (bound * a for a in np.polynomial.legendre.leggauss(400))
        density = stats.norm.pdf(z)
        for before, now in zip(counts, counts[1:]):
            r = np.sqrt(before / now)
            density = stats.norm.pdf(z[:, None], r * z[None, :], np.sqrt(1 - r * r)) @ (w * density)
        return w @ density - level

    return 1 - 2 * stats.norm.sf(optimize.brentq(excess, 1.9, 4, xtol=1e-14))


wanted["looks.equal"] = look_level([100, 200, 300, 400, 500], 0.95)
wanted["looks.unequal"] = look_level([30, 45, 70, 1000], 0.95)
wanted["looks.99"] = look_level([50, 77, 118, 181], 0.99)

# Factorial effects as regression coefficients (times two) of the complete histories, one regression a future.
cube = np.stack(arms)  # [points, futures, replications]
design = np.array([[np.prod(2 * row[[j for j in range(LEVERS) if term >> j & 1]] - 1) for term in range(2**LEVERS)] for row in levels])
coefficients = []
for f in range(FUTURES):
    complete = cube[:, f, ~np.isnan(cube[:, f]).any(axis=0)]
    if complete.shape[1]:
        coefficients.append(np.linalg.lstsq(design, complete, rcond=None)[0].mean(axis=1) * 2)
coefficients = np.array(coefficients)
for term in range(1, 2**LEVERS):
    put(f"effect{term}", t_interval(coefficients[:, term]))

# Tests and other intervals of the futures' mean differences.
MASK = 2**64 - 1


def philox(counter, key):
    """Philox4x64-10 (Salmon et al. 2011), written out again."""
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2E7470EE14C6C93 * c[0], 0xCA5A826395121157 * c[2]
        c = [(b >> 64) ^ c[1] ^ k[0], b & MASK, (a >> 64) ^ c[3] ^ k[1], a & MASK]
        k = [(k[0] + 0x9E3779B97F4A7C15) & MASK, (k[1] + 0xBB67AE8584CAA73B) & MASK]
    return c


def stream_id(name):
    word = 0xCBF29CE484222325
    for letter in name.encode():
        word = (word ^ letter) * 0x100000001B3 & MASK
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    word = (word ^ (word >> 27)) * 0x94D049BB133111EB & MASK
    return word ^ (word >> 31)


def bca(values, seed, resamples=1999):
    """As boot.ci(type = "bca") of R's boot does, from the resamples that the program draws."""
    n, agent, means = len(values), stream_id("bootstrap"), []
    for r in range(resamples):
        words = [w for block in range(-(-n // 4)) for w in philox((block, agent, r, n), (seed, 0))][:n]
        means.append(np.mean([values[w * n >> 64] for w in words]))
    means, mean = np.sort(means), np.mean(values)
    jackknife = np.array([np.delete(values, i).mean() for i in range(n)])
    deviation = jackknife.mean() - jackknife
    a = (deviation**3).sum() / (6 * (deviation**2).sum() ** 1.5)
    bias = stats.norm.ppf((means < mean).mean())
    ends = []
    for z in stats.norm.ppf([0.025, 0.975]):
        p = stats.norm.cdf(bias + (bias + z) / (1 - a * (bias + z)))
        k = int(p * (resamples + 1))
        low, high, here = stats.norm.ppf([k / (resamples + 1), (k + 1) / (resamples + 1), p])
        ends.append(means[k - 1] + (here - low) / (high - low) * (means[k] - means[k - 1]))
    return mean, *ends


def sign_interval(values, level=0.95):
    v = np.sort(values)
    k = max(k for k in range(len(v)) if k == 0 or stats.binom.cdf(k - 1, len(v), 0.5) <= (1 - level) / 2)
    return np.median(v), v[k - 1], v[len(v) - k]


def shares(frames):
    """Unweighted means of Thomas and Hultquist (1978), jackknife of Arvesen and Schmitz (1970), one future left out at a time."""
    def log_f(groups):
        sizes = np.array([len(g) for g in groups])
        within = sum(((g - g.mean()) ** 2).sum() for g in groups) / (sizes - 1).sum()
        return np.log(len(sizes) / (1 / sizes).sum() * np.var([g.mean() for g in groups], ddof=1) / within)

    n, size = len(frames), len(frames) / sum(1 / len(g) for g in frames)
    pseudo = [n * log_f(frames) - (n - 1) * log_f(frames[:i] + frames[i + 1:]) for i in range(n)]
    f = [np.exp(x) for x in (log_f(frames), *t_interval(pseudo)[1:])]
    point, low, high = [max(0, (x - 1) / (x - 1 + size)) for x in f]
    return point, min(point, low), max(point, high)


d = means.values
wanted["inference.p"] = stats.ttest_1samp(d, 0).pvalue
wanted["inference.tost"] = max(stats.ttest_1samp(d, -0.6, alternative="greater").pvalue, stats.ttest_1samp(d, 0.6, alternative="less").pvalue)
wanted["inference.sign_p"] = stats.binomtest(int((d > 0).sum()), len(d), 0.5).pvalue
put("inference.median", sign_interval(d))
put("inference.bca", bca(d, 7))
put("inference.shares", shares([group.d.values for _, group in by]))
y, x = by.treat.mean(), by.ref.mean()
put("inference.log_ratio", t_interval(np.log(y.mean() / x.mean()) + y / y.mean() - x / x.mean()))
p_values = np.array([0.01, 0.04, 0.03, 0.005, 0.2, 0.04, 0.9])
order = np.argsort(p_values, kind="stable")
for place, value in zip(order, np.maximum.accumulate(np.minimum(1, (len(order) - np.arange(len(order))) * p_values[order]))):
    wanted[f"holm{place}"] = value
columns = np.column_stack([np.ones(2 * len(d)), np.tile(x, 2), np.tile(x**2, 2)])
target = np.concatenate([d, d**2])
rest = target - columns @ np.linalg.lstsq(columns, target, rcond=None)[0]
wanted["inference.regression"] = max(0, 1 - (rest**2).sum() / (len(target) - 3) / target.var(ddof=1))

for n in (1, 2, 7, 99, 5000, 99999):
    for t in (-2.5, 0.0, 0.3, 1.96, 8.0):
        wanted[f"upper{n}@{t:.6f}"] = stats.t.sf(t, n)
for n in (1, 6, 23, 100, 5000, 100000):
    for part in (0.1, 0.45, 0.495, 0.5, 0.6):
        k = int(part * n)
        wanted[f"binomial{n}@{k}"] = stats.binom.cdf(k, n, 0.5)
for p in (0.025, 0.5, 0.975):
    for a, b in ((1, 4), (22, 115), (99, 400), (4999, 20000)):
        wanted[f"f{p:.6f}@{a:.6f}"] = stats.f.ppf(p, a, b)

for p in (0.0, 0.01, 0.05, 0.25, 0.5, 0.77, 0.95, 1.0):
    wanted[f"q0@{p:.6f}"] = np.quantile(clean, p)
both = ~np.isnan(ref) & ~np.isnan(treat)
wanted["spearman"] = stats.spearmanr(ref[both], treat[both])[0]
for n in (1, 2, 3, 4, 5, 9, 10, 29, 99, 100, 499, 1999, 2000, 2001, 5000, 20000):
    for p in (0.001, 0.05, 0.9, 0.975, 0.999):
        wanted[f"t{n}@{p:.6f}"] = t_quantile(p, n)

bad = [
    f"{name}: got {got.get(name)}, SciPy says {value}"
    for name, value in wanted.items()
    if name not in got or not abs(got[name] - value) <= 1e-10 * max(1, abs(value))
]
print(f"{len(wanted)} numbers compared, {len(bad)} differ")
print("\n".join(bad))
sys.exit(1 if bad else 0)
