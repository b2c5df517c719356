"""Where groups that stand beside each other differ most, if chance hardly explains it."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from engage.i18n import formats
from engage.i18n.gettext import gettext as _
from engage.results.association import association
from engage.results.disclosure import Shown
from engage.results.summaries.base import View
from engage.results.wording import share_words


@dataclass(frozen=True)
class Apart:
    """Two groups that differ in an answer by more than chance explains: figure and name of each."""

    points: int
    answer: str
    most: tuple[Shown, str]
    least: tuple[Shown, str]


def widest_apart(
    words: Sequence[str], figures: Sequence[tuple[Shown, ...]], view: View
) -> Apart | None:
    """Return where two groups differ most, if chance hardly explains it: intervals do not touch."""
    found: Apart | None = None
    for answer, mine in zip(words, figures, strict=True):
        told = [
            (shown.percent, shown, view.series[at])
            for at, shown in enumerate(mine[:-1])
            if shown.percent is not None
        ]
        if len(told) < 2:
            continue
        least, most = min(told, key=itemgetter(0)), max(told, key=itemgetter(0))
        apart = (most[1].low or 0) > (least[1].high or 0)
        if apart and most[0] - least[0] > (found.points if found else 0):
            found = Apart(most[0] - least[0], answer, most[1:], least[1:])
    return found


def alike_finding() -> str:
    """Return what there is to say where no groups stand out."""
    return _("The groups answered about alike, or there are too few answers to say.")


def compared_finding(words: Sequence[str], figures: Sequence[tuple[Shown, ...]], view: View) -> str:
    """Return where two groups differ most."""
    found = widest_apart(words, figures, view)
    if found is None:
        return alike_finding()
    return _(
        "The groups differ most in “%(answer)s”: %(group)s %(share)s, %(less)s %(other)s.",
        answer=found.answer,
        share=share_words(found.most[0]),
        group=found.most[1],
        other=share_words(found.least[0]),
        less=found.least[1],
    )


#: How likely chance alone is said to be, at most; the first that holds is told.
_LEVELS = (0.001, 0.01, 0.05)


def connection_words(
    figures: Sequence[tuple[Shown, ...]], bases: Sequence[int | None], view: View
) -> str:
    """Return how strongly answers and groups hang together, and whether chance may explain it.

    Chi-square and Cramér's V (see `association`) of nothing but the rounded shares and bases that
    are shown, so that they tell nothing more; "" where anything is hidden or there are too few.
    """
    counts = [
        [
            round(shown.percent * base / 100)
            for shown, base in zip(mine[: len(view.compared)], bases, strict=True)
            if shown.percent is not None and base is not None
        ]
        for mine in figures
    ]
    if any(len(line) < len(view.compared) for line in counts):
        return ""
    found = association(counts)
    if found is None or not found.is_trusted:
        return ""
    strength = formats.number(found.strength, 2)
    level = next((level for level in _LEVELS if found.p < level), None)
    if level is None:
        return _(
            "Chance alone may explain how the groups differ"
            " (Cramér’s V about %(strength)s, chi-square).",
            strength=strength,
        )
    return _(
        "Answers and groups hang together (Cramér’s V about %(strength)s);"
        " chance alone hardly explains it (chi-square, p below %(level)s).",
        strength=strength,
        level=formats.number(level, 3),
    )
