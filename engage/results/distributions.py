"""Tails and quantiles of the distributions that tests and intervals need, without a library."""

import math

_ENOUGH = 500
_TINY = 1e-300
_EXACT = 1e-15


def chi_square_tail(value: float, freedom: int) -> float:
    """Return how likely chance alone gives at least this value of chi-square.

    The regularised upper incomplete gamma function Q(freedom / 2, value / 2), by series and by
    continued fraction: Press, W. H. et al. (2007), “Numerical Recipes”, 3rd ed., section 6.2.
    """
    if value <= 0:
        return 1.0
    a, x = freedom / 2, value / 2
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        return 1.0 - front * _gamma_series(a, x)
    return front * _gamma_fraction(a, x)


def _gamma_series(a: float, x: float) -> float:
    term = total = 1 / a
    for step in range(1, _ENOUGH):
        term *= x / (a + step)
        total += term
        if term < total * _EXACT:
            break
    return total


def _gamma_fraction(a: float, x: float) -> float:
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / b
    found = d
    for step in range(1, _ENOUGH):
        part = -step * (step - a)
        b += 2
        d = 1 / _not_zero(part * d + b)
        c = _not_zero(b + part / c)
        found *= d * c
        if abs(d * c - 1) < _EXACT:
            break
    return found


def t_quantile(probability: float, freedom: float) -> float:
    """Return the quantile of Student's t, by halving what is known of where it lies."""
    if probability < 0.5:
        return -t_quantile(1 - probability, freedom)
    low, high = 0.0, 1.0
    while _t_below(high, freedom) < probability:
        low, high = high, high * 2
    for _step in range(100):
        middle = (low + high) / 2
        if _t_below(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _t_below(value: float, freedom: float) -> float:
    """Return the share of Student's t below a positive value."""
    outside = beta_below(freedom / 2, 0.5, freedom / (freedom + value * value))
    return 1 - outside / 2


def beta_below(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function.

    By continued fraction: Press, W. H. et al. (2007), “Numerical Recipes”, 3rd ed., section 6.4.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    logarithm = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(logarithm + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1 - front * _beta_fraction(b, a, 1 - x) / b


def _beta_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    found = d
    for step in range(1, _ENOUGH):
        twice = 2 * step
        even = step * (b - step) * x / ((a + twice - 1) * (a + twice))
        odd = -(a + step) * (a + b + step) * x / ((a + twice) * (a + twice + 1))
        for part in (even, odd):
            d = 1 / _not_zero(1 + part * d)
            c = _not_zero(1 + part / c)
            found *= d * c
        if abs(d * c - 1) < _EXACT:
            break
    return found


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
