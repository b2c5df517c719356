"""How tightly a reader who can add and subtract could pin a hidden count down.

A table of counts with its totals is a flow: from everybody to the rows, to the cells, to the
columns and to everybody again. What flows into a sum equals what flows out, and nothing is
negative; that is all a reader knows of hidden counts. The bounds that linear programming would
find are then the largest flows by which a hidden count can grow or shrink (Cox, L. H. (1995),
“Network models for complementary cell suppression”, J. Am. Stat. Assoc. 90, 1453–1462).
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

#: Capacity of a hidden count to grow: nothing a reader knows stops it by itself.
UNLIMITED = 1 << 60


@dataclass
class Arc:
    """One count on its way from one sum to another; `is_hidden` says a reader does not see it."""

    start: int
    end: int
    value: int
    is_hidden: bool = False
    #: By how much it can grow, where something a reader knows limits that.
    room: int = UNLIMITED


class Flow:
    """The counts of one table family as arcs between sums."""

    def __init__(self, nodes: int, arcs: Sequence[Arc]) -> None:
        self.arcs = arcs
        self._at: list[list[int]] = [[] for _ in range(nodes)]
        for index, arc in enumerate(arcs):
            self._at[arc.start].append(index)
            self._at[arc.end].append(index)

    def width(self, index: int, enough: int) -> int:
        """Return how wide the interval of a hidden count is, at most `enough`."""
        arc = self.arcs[index]
        shrinks = self._flow(arc.start, arc.end, index, min(arc.value, enough))
        return shrinks + self.rise(index, enough - shrinks)

    def rise(self, index: int, enough: int) -> int:
        """Return by how much a hidden count can be larger than it is, at most `enough`."""
        arc = self.arcs[index]
        return self._flow(arc.end, arc.start, index, min(arc.room, enough))

    def _flow(self, source: int, sink: int, without: int, enough: int) -> int:
        """Return the largest flow from source to sink through the other hidden counts."""
        moved: dict[int, int] = {without: 0}
        total = 0
        while total < enough:
            path = self._path(source, sink, moved, without)
            if path is None:
                break
            room = min(
                [enough - total, *(self._room(i, grows, moved) for i, grows in path)],
            )
            for index, grows in path:
                moved[index] = moved.get(index, 0) + (room if grows else -room)
            total += room
        return total

    def _room(self, index: int, grows: bool, moved: dict[int, int]) -> int:
        arc, already = self.arcs[index], moved.get(index, 0)
        return arc.room - already if grows else arc.value + already

    def _path(
        self, source: int, sink: int, moved: dict[int, int], without: int
    ) -> list[tuple[int, bool]] | None:
        """Return the shortest way to pass something on, as (count, whether it grows), or None."""
        came: dict[int, tuple[int, int, bool]] = {source: (-1, -1, True)}
        waiting = deque([source])
        while waiting and sink not in came:
            node = waiting.popleft()
            for index in self._at[node]:
                arc = self.arcs[index]
                if not arc.is_hidden or index == without:
                    continue
                grows = arc.start == node
                onward = arc.end if grows else arc.start
                if onward not in came and self._room(index, grows, moved) > 0:
                    came[onward] = (node, index, grows)
                    waiting.append(onward)
        if sink not in came:
            return None
        path, node = [], sink
        while node != source:
            node, index, grows = came[node]
            path.append((index, grows))
        return path
