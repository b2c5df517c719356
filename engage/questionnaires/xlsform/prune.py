"""Takes out what reads nothing, too early or in a circle, until the rest can be walked."""

from collections.abc import Iterator
from typing import Any

from engage.i18n.gettext import s_lazy
from engage.questionnaires.checking.order import Order
from engage.questionnaires.checking.reads import reads_of
from engage.questionnaires.expressions import Expression
from engage.questionnaires.piping import GAP, PIPE
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.xlsform.build import Builder
from engage.questionnaires.xlsform.conditions import all_of, demands_of
from engage.questionnaires.xlsform.fill import Filler
from engage.questionnaires.xlsform.names import Draft, walk_drafts

_COLUMNS = {"times": "repeat_count"}
#: Shown after the answer was given, so they may repeat it.
_AFTER_ANSWERING = {"required_message", "constraint_message"}
_TEXTS = ("label", "title", "hint", "easy", "why", *_AFTER_ANSWERING)


def prune(builder: Builder, filler: Filler) -> None:
    """Take out of conditions what reads what it cannot; calculations may go as a whole."""
    while True:
        order = Order(builder.document())
        drafts = walk_drafts(builder.tree.drafts)
        changed = [_conditions(draft, order, filler) for draft in drafts]
        gone = [draft for draft in drafts if _has_no_value(draft)]
        if not any(changed) and not gone:
            return
        _take_out_with_readers(gone, drafts, order, builder, filler)


def _take_out_with_readers(
    gone: list[Draft], drafts: list[Draft], order: Order, builder: Builder, filler: Filler
) -> None:
    """Leave out calculations without a value, and those that have none without them."""
    readers: dict[str, list[Draft]] = {}
    for draft in drafts:
        for name in {node.name for one in draft.expressions.values() for node in reads_of(one)}:
            readers.setdefault(name, []).append(draft)
    for draft in gone:
        _take_out(draft, builder, filler)
    left = set(map(id, gone))
    for draft in gone:  # It grows on the way.
        for reader in readers.get(draft.key, ()):
            if id(reader) in left or not _conditions(reader, order, filler):
                continue
            if _has_no_value(reader):
                left.add(id(reader))
                gone.append(reader)
                _take_out(reader, builder, filler)


def prune_texts(builder: Builder) -> None:
    """Put gaps where texts repeat what is not known there."""
    order = Order(builder.document())
    for draft in walk_drafts(builder.tree.drafts):
        _pipes(draft, order, builder)


def _conditions(draft: Draft, order: Order, filler: Filler) -> bool:
    """Take out the demands, or the whole value, that cannot be worked out where they stand."""
    changed = False
    for field, expression in list(draft.expressions.items()):
        is_condition = field in {"relevant", "constraint", "choice_filter"}
        demands = demands_of(expression) if is_condition else [expression]
        kept = []
        for demand in demands:
            reason = next(_complaints(draft, order, demand, filler), None)
            if reason is None:
                kept.append(demand)
                continue
            changed = True
            column = _column(draft, field)
            filler.lose(draft, field, column, draft.row.cells.get(column, ""), reason)
        left = all_of(kept)
        if left is None:
            del draft.expressions[field]
        elif len(kept) < len(demands):
            draft.expressions[field] = left
    return changed


def _complaints(draft: Draft, order: Order, demand: Expression, filler: Filler) -> Iterator[Any]:
    for node in reads_of(demand):
        complaint = filler.names.gone_keys.get(node.name) or order.complaint(draft.key, node)
        if complaint is not None:
            yield complaint


def _column(draft: Draft, field: str) -> str:
    if field == "calculation" and not draft.row.cells.get("calculation"):
        return "default"
    return _COLUMNS.get(field, field)


def _has_no_value(draft: Draft) -> bool:
    kind = QUESTION_TYPES.get(draft.type)
    is_calculated = kind is not None and kind.is_calculated
    return draft.shape == "question" and is_calculated and "calculation" not in draft.expressions


def _take_out(draft: Draft, builder: Builder, filler: Filler) -> None:
    """Leave out a calculation without a value; parts that become empty stay, they do no harm."""
    siblings = draft.parent.children if draft.parent else builder.tree.drafts
    siblings.remove(draft)
    filler.names.forget(draft)
    cells = draft.row.cells
    if not cells.get("calculation") and not cells.get("default"):
        reason = s_lazy("It has no calculation, so it has no value.")
        filler.report.note(draft.row.spot("calculation"), draft.name, reason)


def _pipes(draft: Draft, order: Order, builder: Builder) -> None:
    """Put a gap where a text repeats an answer that is not known there."""
    fields = builder.item_fields[draft.key]
    for name in _TEXTS:
        for language, words in fields.get(name, {}).items():
            spot = draft.row.spot("label" if name == "title" else name, language)
            for key in dict.fromkeys(PIPE.findall(words)):
                if key == draft.key and name in _AFTER_ANSWERING:
                    continue
                complaint = order.complaint(draft.key, Expression(op="answer", name=key))
                if complaint is not None:
                    builder.report.loss(spot, f"${{{key}}}", complaint)
                    words = words.replace(f"${{{key}}}", GAP)
            fields[name][language] = words
