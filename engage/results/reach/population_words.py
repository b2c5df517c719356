"""Says what is wrong with a file of population figures, and what to do about it."""

from collections.abc import Sequence

from engage.i18n.gettext import LazyText, s_, s_lazy
from engage.results.reach.population_file import Fault, Problem

_WORDS: dict[Fault, LazyText] = {
    Fault.TOO_BIG: s_lazy("The file is too big. Choose one of at most %(value)s MB."),
    Fault.NOT_TEXT: s_lazy(
        "The file is not CSV in UTF-8. Save it as “CSV UTF-8” in your spreadsheet and choose it"
        " again."
    ),
    Fault.EMPTY: s_lazy("There is nothing in the file. Fill in the template and choose it again."),
    Fault.NO_COLUMN: s_lazy(
        "The first line lacks: %(value)s. It has to name the columns question, answer and people."
    ),
    Fault.UNKNOWN_QUESTION: s_lazy(
        "no background question is called “%(value)s”. There are: %(other)s."
    ),
    Fault.UNKNOWN_ANSWER: s_lazy(
        "“%(value)s” is no answer to “%(other)s”. Write it as in the template."
    ),
    Fault.NOT_A_NUMBER: s_lazy("“%(value)s” is not a whole number. Write one such as 1250."),
    Fault.TWICE: s_lazy("“%(value)s” of “%(other)s” stands further up already. Take one away."),
    Fault.ONE_GROUP: s_lazy("“%(value)s” needs people in at least two groups."),
    Fault.SUMS_DIFFER: s_lazy(
        "The questions do not add up to the same number of people (%(value)s)."
        " Count the same people for each."
    ),
    Fault.MORE: s_lazy("%(value)s more lines have something to put right."),
}


def problem_words(problems: Sequence[Problem]) -> list[str]:
    """Return a sentence for each problem, in the order of the file."""
    return [_words(problem) for problem in problems]


def _words(problem: Problem) -> str:
    # A value of a file may be as long as the file.
    values = {"value": _short(problem.value), "other": problem.other}
    words = str(_WORDS[problem.fault]) % values
    if not problem.line:
        return words
    # Translators: what is wrong with one line of a file; the rest begins with a small letter
    return s_("Line %(number)s: %(problem)s", number=problem.line, problem=words)


def _short(value: str) -> str:
    return value if len(value) <= 80 else f"{value[:79]}…"
