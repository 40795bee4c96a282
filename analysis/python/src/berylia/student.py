"""Quantiles of Student's t distribution, operation by operation as the program computes them, to the same bits (SciPy 1.10's have nine digits)."""
from __future__ import annotations

import functools
import math
import statistics

_SERIES_LIMIT = 2000


def _arc_tangent(x: float) -> float:
    """atan(x) for x >= 0 from square roots alone: the argument halved four times, then Taylor's series."""
    if x > 1:
        return math.pi / 2 - _arc_tangent(1 / x)
    for _ in range(4):
        x = x / (1 + math.sqrt(1 + x * x))
    square, total = x * x, 0.0
    for k in range(12, -1, -1):
        total = 1.0 / (2 * k + 1) - square * total
    return 16 * x * total


def _whole_power(base: float, exponent: int) -> float:
    result = 1.0
    while exponent:
        if exponent % 2:
            result *= base
        base, exponent = base * base, exponent // 2
    return result


def _gamma_ratio(n: int) -> float:
    """Gamma((n + 1)/2) / Gamma(n/2)."""
    g = 1 / math.sqrt(math.pi) if n % 2 else math.sqrt(math.pi) / 2
    for k in range(1 if n % 2 else 2, n, 2):
        g *= (k + 1) / k
    return g


def central(t: float, degrees: int) -> float:
    """P(|T| <= t) for t >= 0: the finite series of Abramowitz and Stegun, 26.7.3 and 26.7.4."""
    sine = t / math.sqrt(degrees + t * t)
    cosine = math.sqrt(degrees / (degrees + t * t))
    odd = degrees % 2 != 0
    term = cosine if odd else 1.0
    total = 0.0 if degrees == 1 else term
    for k in range(3 if odd else 2, degrees - 1, 2):
        term *= cosine * cosine * (k - 1) / k
        total += term
    return 2 / math.pi * (_arc_tangent(t / math.sqrt(degrees)) + sine * total) if odd else sine * total


def _cornish_fisher(z: float, n: float) -> float:
    """Abramowitz and Stegun 26.7.5."""
    s = z * z
    g1 = z * (s + 1) / 4
    g2 = z * ((5 * s + 16) * s + 3) / 96
    g3 = z * (((3 * s + 19) * s + 17) * s - 15) / 384
    g4 = z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160
    return z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n


@functools.lru_cache(maxsize=None)
def quantile(probability: float, degrees: int) -> float:
    """The t with P(T <= t) = probability, for 0.5 < probability < 1 and at least one degree of freedom."""
    z = statistics.NormalDist().inv_cdf(probability)
    if degrees > _SERIES_LIMIT:
        return _cornish_fisher(z, degrees)
    wanted = 2 * probability - 1
    scale = 2 * _gamma_ratio(degrees) / math.sqrt(degrees * math.pi)
    low, high = 0.0, z + 0.01
    while central(high, degrees) < wanted:
        low, high = high, 2 * high
    start = z + 0.01
    t = start if low < start < high else (low + high) / 2
    for _ in range(200):  # Newton's method kept inside a bracket
        excess = central(t, degrees) - wanted
        low, high = (low, t) if excess > 0 else (t, high)
        step = t - excess / (scale * _whole_power(math.sqrt(degrees / (degrees + t * t)), degrees + 1))
        step = step if low < step < high else (low + high) / 2
        if abs(step - t) <= 2e-16 * t:
            return step
        t = step
    return t
