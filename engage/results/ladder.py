"""The merging ladder of ordered answers: fixed steps in which neighbours at the ends are joined.

Where few are at the ends of a scale, joined ends tell more than hidden ones. Which answers are
joined is the same for every question with so many of them; only how far down the ladder a table
stands depends on the answers. Whoever reads a table on one rung and the same by groups on a lower
one can add, but not subtract: no rung is above that of everybody.
"""

from collections.abc import Callable, Sequence

from engage.i18n.gettext import gettext as _
from engage.questionnaires.question_types.base import Code
from engage.results.table.asking import Tallied

#: Places of answers that count together, in their order.
Rung = tuple[tuple[int, ...], ...]
#: Joins the keys of answers that count together; no key has it.
JOINED = "|"


def ladder(steps: int) -> list[Rung]:
    """Return the rungs for so many ordered answers, the finest first.

    From both ends answers are joined one by one until a middle one is left, or two halves: a scale
    of five becomes one of three, one of four becomes one of two.
    """
    rungs: list[Rung] = [tuple((at,) for at in range(steps))]
    for ends in range(2, (steps - 1) // 2 + 1 if steps % 2 else steps // 2 + 1):
        middle = ((at,) for at in range(ends, steps - ends))
        rungs.append((tuple(range(ends)), *middle, tuple(range(steps - ends, steps))))
    return rungs


def rung_for(
    rungs: Sequence[Rung],
    is_clear_of_all: Callable[[Rung], bool],
    is_clear: Callable[[Rung], bool] | None = None,
) -> Rung:
    """Return the finest rung on which nothing is hidden, or else the one everybody stands on.

    `is_clear_of_all` says whether nothing is hidden of everybody, `is_clear` whether nothing is
    by groups either.
    """
    first = next((at for at, rung in enumerate(rungs) if is_clear_of_all(rung)), 0)
    if is_clear is None:
        return rungs[first]
    return next((rung for rung in rungs[first:] if is_clear(rung)), rungs[first])


def joined_codes(codes: Sequence[Code], rung: Rung, words: Callable[[Code], str]) -> list[Code]:
    """Return the answers of a rung; `words` says what an answer is called."""
    return [
        codes[part[0]] if len(part) == 1 else _joined([codes[at] for at in part], words)
        for part in rung
    ]


def _joined(codes: Sequence[Code], words: Callable[[Code], str]) -> Code:
    key = JOINED.join(code.value for code in codes)
    first, last = words(codes[0]), words(codes[-1])
    if len(codes) == 2:
        # Translators: two neighbouring answers of a scale that count together
        return Code(key, {}, _("%(first)s or %(second)s", first=first, second=last))
    # Translators: neighbouring answers of a scale that count together, from the one to the other
    return Code(key, {}, _("%(first)s to %(last)s", first=first, last=last))


def joined_counts(codes: Sequence[Code], rung: Rung, tallied: Tallied) -> Tallied:
    """Return the counts of a rung's answers by group."""
    parts = [[codes[at].value for at in part] for part in rung]
    return {
        group: {JOINED.join(part): sum(values.get(one, 0) for one in part) for part in parts}
        for group, values in tallied.items()
    }
