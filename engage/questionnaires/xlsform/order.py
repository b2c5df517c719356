"""Puts calculations behind what they read: forms may have them anywhere, a path has an order."""

from collections.abc import Iterator

from engage.i18n.gettext import s_lazy
from engage.questionnaires.checking.reads import reads_of
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.xlsform.conditions import all_of, demands_of
from engage.questionnaires.xlsform.names import Draft, walk_drafts
from engage.questionnaires.xlsform.report import Report


def is_calculated(draft: Draft) -> bool:
    """Say whether nobody answers this, but a value is worked out."""
    kind = QUESTION_TYPES.get(draft.type)
    return kind is not None and kind.is_calculated


class _Mover:
    def __init__(self, drafts: list[Draft], report: Report) -> None:
        self.drafts, self.report = drafts, report
        self.by_key = {draft.key: draft for draft in walk_drafts(drafts)}
        self.done: set[str] = set()
        self.places: dict[str, int] = {}
        self.count()

    def count(self) -> None:
        self.places = {draft.key: number for number, draft in enumerate(walk_drafts(self.drafts))}

    def settle(self, draft: Draft) -> None:
        """Move one calculation behind what it reads, after moving what it reads.

        A walk of its own, not a recursion: forms have chains of hundreds of calculations.
        """
        way = [(draft, self._read_calculations(draft))]
        self.done.add(draft.key)
        while way:
            current, ahead = way[-1]
            following = next((one for one in ahead if one.key not in self.done), None)
            if following is not None:
                self.done.add(following.key)
                way.append((following, self._read_calculations(following)))
                continue
            way.pop()
            read = _reads(current) & self.by_key.keys()
            last = max(read, key=lambda key: self.places[key], default=current.key)
            if self.places[last] > self.places[current.key]:
                self._move(current, self.by_key[last])

    def _read_calculations(self, draft: Draft) -> Iterator[Draft]:
        read = [self.by_key[key] for key in sorted(_reads(draft) & self.by_key.keys())]
        return iter([one for one in read if is_calculated(one)])

    def _move(self, draft: Draft, last: Draft) -> None:
        """Put it behind `last`, or behind the outermost part around `last` that it is not in."""
        inside = {id(one) for one in draft.around()}
        behind = last
        while behind.parent is not None and id(behind.parent) not in inside:
            behind = behind.parent
        around = draft.around()
        left = around[: around.index(behind.parent)] if behind.parent in around else around
        if behind is draft or any(one.shape == "repeat" for one in left):
            return
        conditions = [one.expressions.get("relevant") for one in (*reversed(left), draft)]
        demands = [demand for condition in conditions for demand in demands_of(condition)]
        together = all_of(demands)
        if together is not None:
            draft.expressions["relevant"] = together
        _siblings(draft, self.drafts).remove(draft)
        draft.parent = behind.parent
        to = _siblings(behind, self.drafts)
        to.insert(to.index(behind) + 1, draft)
        self.count()
        reason = s_lazy("It is worked out after “%(key)s”, which it reads.", key=last.key)
        self.report.note(draft.row.spot("calculation"), draft.name, reason)


def _siblings(draft: Draft, top: list[Draft]) -> list[Draft]:
    return draft.parent.children if draft.parent is not None else top


def _reads(draft: Draft) -> set[str]:
    return {node.name for made in draft.expressions.values() for node in reads_of(made)}


def put_in_order(drafts: list[Draft], report: Report) -> None:
    """Move every calculation that reads what is asked later behind it, as far as that goes."""
    mover = _Mover(drafts, report)
    for draft in walk_drafts(drafts):
        if is_calculated(draft) and draft.key not in mover.done:
            mover.settle(draft)
