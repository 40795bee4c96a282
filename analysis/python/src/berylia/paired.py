"""All numbers of a paired difference: what the program's `paired_differences` say, to the last digits."""
from __future__ import annotations

import math
from typing import Dict, Tuple

import numpy as np

from . import student
from .estimators import (LEVEL, Moments, Number, _all, _sum, clustered_mean, cvar95_difference, future_moments,
                         pair_differences, quantiles, units_of)
from .hdf5 import Floats

_NUMBERS = ("mean", "lo", "hi", "n", "futures", "dropped", "sd", "monte_carlo_se", "future_sd", "predictive_lo", "predictive_hi", "reference_mean",
            "relative", "relative_lo", "relative_hi", "share_better", "share_equal", "share_worse", "variance_reduction",
            "cvar95_difference", "cvar95_difference_lo", "cvar95_difference_hi")


def _error_variances(futures: Moments) -> Floats:
    """Error variance of each future's mean; a single pair takes the pooled variance; empty if no future has two."""
    n, variance = futures.n[futures.n > 0], futures.variance[futures.n > 0]
    many = n > 1
    degrees = float((n[many] - 1).sum())
    if degrees == 0:
        return np.empty(0)
    pooled = float(np.cumsum(variance[many] * (n[many] - 1))[-1]) / degrees
    errors: Floats = np.where(many, variance, pooled) / n
    return errors


def _noise(futures: Moments) -> Tuple[float, float]:
    """Monte Carlo standard error with the futures held, and the spread of the true mean over futures without it."""
    errors = _error_variances(futures)
    if not len(errors):
        return math.nan, math.nan
    total = float(np.cumsum(errors)[-1])
    spread = math.nan
    if len(errors) > 1:
        spread = math.sqrt(max(0.0, _all(futures.mean)[2] - total / len(errors)))
    return math.sqrt(total) / len(errors), spread


def _relative(mean: float, change: Moments, reference: Moments) -> Tuple[float, float, float, float]:
    """Reference mean; mean over its size, with Fieller's bounds over units (1954)."""
    base = clustered_mean(reference).mean
    if not abs(base) > 0:
        return base, math.nan, math.nan, math.nan
    relative = mean / abs(base)
    there = change.n > 0
    d, x = change.mean[there], reference.mean[there]
    k = len(d)
    if k < 2:
        return base, relative, math.nan, math.nan
    covariance = float(np.cumsum((d - mean) * (x - base))[-1])
    scale = student.quantile((1 + LEVEL) / 2, k - 1) ** 2 / k
    a = base * base - scale * _all(x)[2]
    b = mean * base - scale * covariance / (k - 1)
    c = mean * mean - scale * _all(d)[2]
    if not a > 0:  # the reference's own interval contains zero: every ratio is possible
        return base, relative, math.nan, math.nan
    root = math.sqrt(max(0.0, b * b - a * c))
    sign = 1.0 if base > 0 else -1.0
    return base, relative, sign * (b - sign * root) / a, sign * (b + sign * root) / a


def _antithetic_factor(difference: Floats) -> float:
    """Variance of a mean of independent pairs over that of the means of antithetic halves."""
    halves = difference.reshape(-1, 2)
    first, second = _all(halves[:, 0])[2], _all(halves[:, 1])[2]
    of_means = _all(_sum(halves) / 2)[2]
    return (first + second) / 4 / of_means if of_means > 0 else math.nan


def _noise_of_units(difference: Floats, unit: int, unit_futures: int) -> float:
    """Monte Carlo standard error where the futures of a unit share the draws of their replications: that of their means."""
    futures, replications = difference.shape
    first = np.arange(0, futures, unit_futures)
    means = np.array([_sum(difference[f:f + unit_futures].T) / len(difference[f:f + unit_futures]) for f in first])
    return _noise(future_moments(means.reshape(len(first), replications), unit))[0]


def paired_difference(treatment: Floats, reference: Floats, unit: int, higher_is_worse: bool, unit_futures: int = 1) -> Dict[str, Number]:
    """Treatment minus reference; `dropped` counts the places [futures x replications] without a pair."""
    difference = pair_differences(treatment, reference, unit)
    pairs, _, variance = _all(difference)
    row: Dict[str, Number] = {name: math.nan for name in _NUMBERS}
    row.update(n=pairs, futures=0, dropped=difference.size - pairs, exactly_zero=False)
    if unit == 2:
        row["antithetic_factor"] = math.nan
    if unit_futures > 1:
        row["units"] = 0
    if pairs == 0:
        return row
    futures = future_moments(difference, unit)
    units = units_of(futures, unit_futures)
    estimate = clustered_mean(units)
    if unit_futures > 1:
        row["units"] = estimate.n
    row.update(mean=estimate.mean, lo=estimate.lo, hi=estimate.hi, sd=math.sqrt(variance))
    row["monte_carlo_se"], row["future_sd"] = _noise(futures)
    if unit_futures > 1:
        row["monte_carlo_se"] = _noise_of_units(difference, unit, unit_futures)
    means = futures.mean[futures.n > 0]
    row["futures"] = len(means)
    row["predictive_lo"], row["predictive_hi"] = (float(q) for q in quantiles(means, (0.025, 0.975)))
    better = means < 0 if higher_is_worse else means > 0
    row.update(share_better=float(better.mean()), share_equal=float((means == 0).mean()),
               share_worse=float((~better & (means != 0)).mean()))
    there = ~np.isnan(difference)
    base, arm = np.where(there, reference, np.nan), np.where(there, treatment, np.nan)
    row["reference_mean"], row["relative"], row["relative_lo"], row["relative_hi"] = \
        _relative(estimate.mean, units, units_of(future_moments(base, unit), unit_futures))
    if variance > 0:
        row["variance_reduction"] = (_all(base)[2] + _all(arm)[2]) / variance
    if unit == 2:
        row["antithetic_factor"] = _antithetic_factor(difference)
    tail = cvar95_difference(treatment, reference, unit, higher_is_worse, unit_futures)
    row.update(cvar95_difference=tail.mean, cvar95_difference_lo=tail.lo, cvar95_difference_hi=tail.hi)
    row["exactly_zero"] = bool(((difference == 0) | ~there).all())
    return row


def future_differences(treatment: Floats, reference: Floats, unit: int = 1) -> Floats:
    """Mean difference of each future, NaN for a future without pairs. [futures]"""
    return future_moments(pair_differences(treatment, reference, unit), unit).mean
