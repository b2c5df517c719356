"""What everybody may read of a closed round: each question told once, in every language, and kept.

What is kept stays as it is until so many answers changed that no comparison of two pages tells of
one person (P-30); which questions are shown is chosen from it, so that choosing changes no figure.
"""

import json
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engage.results.disclosure import STRICT_K, Policy
from engage.results.page import asked_questions, summary_of
from engage.results.summaries.base import Asked
from engage.results.table.layout import Layout
from engage.results.table.parts import Days
from engage.results.table.store import table_folder


def outside_policy(k: int) -> Policy:
    """Return the policy for everybody outside: the stricter one, whatever the round is about."""
    return Policy(max(k, STRICT_K), zero_tells=True)


def publishable(layout: Layout) -> list[Asked]:
    """Return the questions that may be shown to everybody: all but what people wrote."""
    return [one for one in asked_questions(layout) if summary_of(one) != "texts"]


def names_any(asked: Asked, areas: frozenset[str]) -> bool:
    """Say whether any of some areas is among the answers of a question."""
    columns = [column for column in asked.own if not column.ordered]
    values = {code.value for column in columns for code in column.codes}
    return bool(areas & (values | {column.part for column in columns}))


@dataclass(frozen=True)
class Kept:
    """The questions of a round as they were told: HTML by language and question."""

    days: Days
    program: str
    tops: dict[str, str]
    blocks: dict[str, dict[str, str]]
    #: The charts as files, by language and question.
    charts: dict[str, dict[str, str]]

    def holds(self, now: Days, program: str, policy: Policy) -> bool:
        """Say whether it is still to be shown, given the counters as they are now."""
        before = {day: (counts[0], counts[1]) for day, counts in self.days.items()}
        moved = sum(_moves(before.get(day), now.get(day)) for day in {*before, *now})
        return moved < policy.k if moved else self.program == program

    def chosen(self, language: str, keys: Sequence[str]) -> tuple[str, list[str]]:
        """Return the top of the page and the questions that are shown, in their own order."""
        blocks = self.blocks.get(language, {})
        return self.tops.get(language, ""), [html for key, html in blocks.items() if key in keys]


def _moves(before: tuple[int, int] | None, after: tuple[int, int] | None) -> int:
    """Return how many answers of a day came, changed or went."""
    then, now = before or (0, 0), after or (0, 0)
    return max(abs(now[1] - then[1]), abs(now[0] - then[0]))


def kept_page(home: Path, round_id: int, now: Days, program: str, policy: Policy) -> Kept | None:
    """Return what was told of a round, if it is still to be shown."""
    try:
        kept = Kept(**json.loads(_path(home, round_id).read_text(encoding="utf-8")))
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        return None
    return kept if kept.holds(now, program, policy) else None


def keep_page(home: Path, round_id: int, kept: Kept) -> None:
    """Keep what is told of a round for all processes."""
    path = _path(home, round_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{secrets.token_hex(6)}.fresh")
    fresh.write_text(json.dumps(kept.__dict__, ensure_ascii=False), encoding="utf-8")
    os.replace(fresh, path)


def made_or_kept(
    home: Path, round_id: int, now: Days, program: str, policy: Policy, make: Callable[[], Kept]
) -> Kept:
    """Return what is told of a round, made only where nothing kept is still to be shown."""
    kept = kept_page(home, round_id, now, program, policy)
    if kept is None:
        kept = make()
        keep_page(home, round_id, kept)
    return kept


def _path(home: Path, round_id: int) -> Path:
    return table_folder(home, round_id) / "public" / "told.json"
