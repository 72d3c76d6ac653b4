"""Student's t distribution, for any real number of degrees of freedom."""

from __future__ import annotations

from math import exp
from math import lgamma
from math import log

# Steps of the continued fraction, of which some ten are used; and of halving, which bring a quantile to all digits of a float.
MOST_STEPS, HALVINGS = 300, 80
NEARLY_NOTHING, PRECISE = 1e-300, 1e-15
FURTHEST = 1e6


def cumulative(t: float, freedom: float) -> float:
    """The probability of at most t: DLMF 8.17, https://dlmf.nist.gov/8.17, with x = freedom / (freedom + t^2)."""
    tail = incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2
    return tail if t < 0 else 1 - tail


def quantile(probability: float, freedom: float) -> float:
    """The t below which so much of the distribution lies."""
    low, high = -FURTHEST, FURTHEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if cumulative(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = exp(a * log(x) + b * log(1 - x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a
    return front * continued_fraction(a, b, x)


def continued_fraction(a: float, b: float, x: float) -> float:
    """The fraction of DLMF 8.17.22, by the method of Lentz as Thompson and Barnett changed it (1986)."""
    c, d, fraction = 1.0, 0.0, 1.0
    for step in range(1, MOST_STEPS):
        m, odd = divmod(step, 2)
        above = -(a + m) * (a + b + m) if odd else m * (b - m)
        term = above * x / ((a + step - 1) * (a + step))
        d = 1 / (1 + term * d or NEARLY_NOTHING)
        c = 1 + term / c or NEARLY_NOTHING
        fraction *= c * d
        if abs(c * d - 1) < PRECISE:
            break
    return 1 / fraction
