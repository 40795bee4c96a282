"""The statistics behind every number (docs/methods/estimators.md), in the order of operations of `berylia analyze`.

An arm is one response of one nation in one treatment: float64 [futures x replications], NaN where a history failed, was
censored, is missing, or the response is not defined. `unit` is 2 where neighbouring replications are antithetic halves;
`unit_futures` is the number of neighbouring futures that share draws and count as one independent unit.
"""
from __future__ import annotations

import math
from typing import Dict, NamedTuple, Sequence, Tuple, Union

import numpy as np

from . import student
from .hdf5 import Floats, Ints

LEVEL = 0.95        # of every interval
TAIL_SHARE = 0.05   # of CVaR95
Number = Union[int, float, bool]


class Moments(NamedTuple):
    """Count, mean and variance (n - 1) of each row; NaN where undefined."""

    n: Ints
    mean: Floats
    variance: Floats


class Estimate(NamedTuple):
    """An estimate with its 95 % interval; n independent units stand behind it."""

    n: int
    mean: float
    lo: float
    hi: float


def _sum(values: Floats) -> Floats:
    """Sum of each row from left to right, so that rounding is the program's."""
    return np.cumsum(values, axis=1)[:, -1] if values.shape[1] else np.zeros(values.shape[0])


def moments(rows: Floats) -> Moments:
    """Moments of each row [rows x values], NaN left out. Equal values keep their mean to the bit and have variance 0."""
    there = ~np.isnan(rows)
    n = there.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        first = rows[np.arange(len(rows)), there.argmax(axis=1)] if rows.shape[1] else np.full(len(rows), np.nan)
        mean = first + _sum(np.where(there, rows - first[:, None], 0.0)) / n
        deviation = np.where(there, rows - mean[:, None], 0.0)
        rest = _sum(deviation)
        squares = np.fmax(0.0, _sum(deviation * deviation) - rest * rest / n)  # Chan, Golub and LeVeque 1983, eq. 1.7
        variance = np.where(n > 1, squares / (n - 1), np.nan)
    return Moments(n, np.where(n > 0, mean, np.nan), variance)


def _all(values: Floats) -> Tuple[int, float, float]:
    m = moments(values.reshape(1, -1))
    return int(m.n[0]), float(m.mean[0]), float(m.variance[0])


def mean_interval(n: int, mean: float, variance: float) -> Estimate:
    """t-interval of a mean of n independent values; none for a single one."""
    if n < 2:
        return Estimate(n, mean, math.nan, math.nan)
    error = math.sqrt(variance / n)
    half = 0.0 if error == 0 else error * student.quantile(0.5 + LEVEL / 2, n - 1)
    return Estimate(n, mean, mean - half, mean + half)


def future_moments(arm: Floats, unit: int = 1) -> Moments:
    """Moments within each future of its replications, or of the means of its units; a unit that is not whole is left out."""
    if unit > 1:
        arm = np.cumsum(arm.reshape(arm.shape[0], -1, unit), axis=2)[:, :, -1] / unit
    return moments(arm)


def units_of(futures: Moments, unit_futures: int) -> Moments:
    """The independent units: the futures or, where several share draws, one value for each such set, the mean of its futures' means."""
    if unit_futures == 1:
        return futures
    rows = -(-len(futures.mean) // unit_futures)
    padded = np.full(rows * unit_futures, np.nan)
    padded[:len(futures.mean)] = futures.mean
    units = moments(padded.reshape(rows, unit_futures))
    return Moments(np.minimum(units.n, 1), units.mean, np.full(rows, np.nan))


def clustered_mean(units: Moments) -> Estimate:
    """Unweighted mean over the units' means with its t-interval over units; of a single future, over its replications."""
    there = np.flatnonzero(units.n)
    if len(there) == 1:
        u = there[0]
        return mean_interval(int(units.n[u]), float(units.mean[u]), float(units.variance[u]))
    return mean_interval(*_all(units.mean))


def pair_differences(treatment: Floats, reference: Floats, unit: int = 1) -> Floats:
    """Differences of all pairs, NaN where there is none or where the other half of an antithetic pair has none."""
    difference = treatment - reference
    if unit > 1:
        halves = difference.reshape(difference.shape[0], -1, unit)
        difference = np.where(np.isnan(halves).any(axis=2, keepdims=True), np.nan, halves).reshape(difference.shape)
    return difference


def quantiles(values: Floats, probabilities: Sequence[float]) -> Floats:
    """Linear interpolation between order statistics (Hyndman and Fan's type 7), NaN left out; NaN of nothing."""
    x = np.sort(values[~np.isnan(values)], axis=None)
    if not len(x):
        return np.full(len(probabilities), np.nan)
    place = np.asarray(probabilities, dtype=float) * (len(x) - 1)
    below = place.astype(np.int64)
    low, high = x[below], x[np.minimum(below + 1, len(x) - 1)]
    with np.errstate(invalid="ignore"):
        return np.where(low == high, low, low + (place - below) * (high - low))


def _upper_tail(x: Floats) -> Tuple[float, float]:
    """Mean of the worst 5 %, the boundary history counted in part (Acerbi and Tasche 2002), and the boundary."""
    if not len(x):
        return math.nan, math.nan
    weight = max(1.0, TAIL_SHARE * len(x))
    whole = int(weight + 1e-9)
    first = len(x) - min(whole + 1, len(x))
    tail = np.sort(np.partition(x, first)[first:])
    worst = tail[-1]
    total = float(np.cumsum(tail[::-1][:whole] - worst)[-1])
    part = max(0.0, weight - whole)
    return float(worst + (total + part * (tail[0] - worst)) / weight), float(tail[0])


def _tail_influence(values: Floats) -> Tuple[float, Floats]:
    cvar, boundary = _upper_tail(values[~np.isnan(values)])
    return cvar, np.where(np.isnan(values), np.nan, boundary + np.fmax(values - boundary, 0.0) / TAIL_SHARE)


def _around(value: float, interval: Estimate, sign: float) -> Estimate:
    half = (interval.hi - interval.lo) / 2
    return Estimate(interval.n, sign * value, sign * value - half, sign * value + half)


def cvar95(arm: Floats, unit: int, higher_is_worse: bool, unit_futures: int = 1) -> Estimate:
    """Mean of the worst 5 % of histories; interval of its influence over units (Manistre and Hancock 2005)."""
    sign = 1.0 if higher_is_worse else -1.0
    value, influence = _tail_influence(sign * arm)
    return _around(value, clustered_mean(units_of(future_moments(influence, unit), unit_futures)), sign)


def cvar95_difference(treatment: Floats, reference: Floats, unit: int, higher_is_worse: bool, unit_futures: int = 1) -> Estimate:
    """Change of CVaR95 over the pairs that both arms have; a half of an antithetic pair counts with the other one only."""
    sign = 1.0 if higher_is_worse else -1.0
    there = ~np.isnan(pair_differences(treatment, reference, unit))
    a, of_a = _tail_influence(np.where(there, sign * treatment, np.nan))
    b, of_b = _tail_influence(np.where(there, sign * reference, np.nan))
    return _around(a - b, clustered_mean(units_of(future_moments(of_a - of_b, unit), unit_futures)), sign)


def summary(arm: Floats, unit: int, higher_is_worse: bool, unit_futures: int = 1) -> Dict[str, Number]:
    """Distribution of one response over the histories of one treatment: the keys of `summaries` in the analysis."""
    n, _, variance = _all(arm)
    mean = clustered_mean(units_of(future_moments(arm, unit), unit_futures))
    q = quantiles(arm, (0.05, 0.25, 0.5, 0.75, 0.95))
    tail = cvar95(arm, unit, higher_is_worse, unit_futures)
    return {"n": n, **({"units": mean.n} if unit_futures > 1 else {}), "mean": mean.mean, "lo": mean.lo, "hi": mean.hi, "sd": math.sqrt(variance),
            **{name: float(v) for name, v in zip(("q05", "q25", "q50", "q75", "q95"), q)},
            "cvar95": tail.mean, "cvar95_lo": tail.lo, "cvar95_hi": tail.hi}
