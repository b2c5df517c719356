"""Records what scipy, statsmodels and samplics say, for tests that run without them.

    python3 -m venv /tmp/oracles && /tmp/oracles/bin/pip install scipy statsmodels samplics
    /tmp/oracles/bin/python tests/results/oracles/record.py

They live in an environment of their own because the app needs none of them.
"""

import json
import random
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

warnings.simplefilter("ignore")
from samplics.weighting import SampleWeight  # noqa: E402 - warns that it is no longer looked after

HERE = Path(__file__).parent
chance = random.Random(3)


def wilson():
    for base in (1, 7, 20, 96, 412, 100_000):
        for count in sorted({0, 1, base // 3, base // 2, base}):
            low, high = proportion_confint(count, base, alpha=0.05, method="wilson")
            yield {"count": count, "base": base, "low": float(low), "high": float(high)}


def shares():
    for first, second in (
        ((56, 70), (48, 80)),
        ((9, 10), (3, 10)),
        ((0, 20), (5, 25)),
        ((10, 10), (0, 20)),
        ((200, 412), (51, 96)),
    ):
        low, high = confint_proportions_2indep(*second, *first, method="newcomb", compare="diff")
        yield {"first": first, "second": second, "low": float(low), "high": float(high)}


def tables():
    made = [[[20, 30], [30, 20]], [[1, 2, 3], [9, 4, 1]], [[5, 0], [0, 7]], [[10, 20], [20, 40]]]
    for rows, columns, most in ((3, 4, 40), (6, 5, 12), (2, 7, 300)):
        made.append([[chance.randint(0, most) for _ in range(columns)] for _ in range(rows)])
    for counts in made:
        found = stats.chi2_contingency(counts, correction=False)
        seen = numpy.array(counts)
        persons, (rows, columns) = seen.sum(), seen.shape
        phi = stats.contingency.association(seen, method="cramer") ** 2 * (min(rows, columns) - 1)
        # Bergsma (2013), (6) and (7): neither library has the correction, only V as it is.
        phi = max(0, phi - (rows - 1) * (columns - 1) / (persons - 1))
        least = min(side - (side - 1) ** 2 / (persons - 1) for side in (rows, columns))
        yield {
            "counts": counts,
            "chi_square": float(found.statistic),
            "freedom": int(found.dof),
            "p": float(found.pvalue),
            "strength": float(numpy.sqrt(phi / (least - 1))),
            "least_expected": float(found.expected_freq.min()),
        }


def means():
    for counts in ((3, 5, 9, 20, 4), (1, 0, 0, 0, 1), (0, 12, 30, 7, 1), (40, 80, 120, 90, 82)):
        values = list(range(1, 1 + len(counts)))
        told = DescrStatsW(values, weights=counts)
        low, high = told.tconfint_mean()
        yield {
            "values": values,
            "counts": counts,
            "mean": float(told.mean),
            "low": float(low),
            "high": float(high),
        }


def medians():
    for persons in (6, 7, 20, 33, 97):
        values = sorted(round(chance.gauss(40, 15), 3) for _ in range(persons))
        found = stats.quantile_test(values, q=0, p=0.5).confidence_interval(0.95)
        yield {"values": values, "low": float(found.low), "high": float(found.high)}


def welch():
    for one, other in (((30, 10), (50, 14)), ((5, 3), (400, 30)), ((12, 1), (12, 20))):
        first = [round(chance.gauss(3, one[1] / 10), 3) for _ in range(one[0])]
        second = [round(chance.gauss(3.4, other[1] / 10), 3) for _ in range(other[0])]
        found = stats.ttest_ind(second, first, equal_var=False)
        low, high = found.confidence_interval(0.95)
        yield {"first": first, "second": second, "low": float(low), "high": float(high)}


def gaps():
    for persons in (5, 30, 200):
        importance = [chance.randint(2, 5) for _ in range(persons)]
        met = [chance.randint(1, 4) for _ in range(persons)]
        low, high = stats.ttest_rel(importance, met).confidence_interval(0.95)
        yield {"importance": importance, "met": met, "low": float(low), "high": float(high)}


def tails():
    for value, freedom in ((0.01, 1), (3.84, 1), (5, 4), (40, 12), (300, 200), (90, 3)):
        yield {"value": value, "freedom": freedom, "tail": float(stats.chi2.sf(value, freedom))}


def quantiles():
    for freedom in (1, 2, 3.7, 10, 29, 95.5, 411, 100_000):
        yield {"freedom": freedom, "quantile": float(stats.t.ppf(0.975, freedom))}


def raking():
    areas, ages = ("norra", "sodra", "skalby"), ("young", "middle", "old")
    for size, people in (
        (
            60,
            (
                {"norra": 500, "sodra": 300, "skalby": 200},
                {"young": 300, "middle": 500, "old": 200},
            ),
        ),
        (
            400,
            (
                {"norra": 9000, "sodra": 600, "skalby": 400},
                {"young": 4500, "middle": 3300, "old": 2200},
            ),
        ),
    ):
        rows = [(chance.choice(areas), chance.choice(ages)) for _ in range(size)]
        weight = SampleWeight()
        names = ("area", "age")
        raked = weight.rake(
            samp_weight=numpy.ones(size),
            margins={name: numpy.array([r[at] for r in rows]) for at, name in enumerate(names)},
            control=dict(zip(names, people, strict=True)),
            tol=1e-12,
            ctrl_tol=1e-12,
            max_iter=1000,
        )
        raked = numpy.asarray(raked) / numpy.mean(raked)
        by_cell = {"|".join(row): float(w) for row, w in zip(rows, raked, strict=True)}
        effect = weight.calculate_deff_weight(raked)
        yield {
            "rows": rows,
            "people": people,
            "weights": by_cell,
            "design_effect": float(effect),
        }


RECORDED = (wilson, shares, tables, means, medians, welch, gaps, tails, quantiles, raking)

if __name__ == "__main__":
    told = {each.__name__: list(each()) for each in RECORDED}
    told["made_with"] = {name: version(name) for name in ("scipy", "statsmodels", "samplics")}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    (HERE / "expected.json").write_text(text.replace("},{", "},\n{") + "\n", encoding="utf-8")
