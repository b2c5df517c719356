"""Changes of rounds: made, prepared, opened, moved to a newer version, closed."""

from engage.responses.rounds.actions.life import (
    MAY_WAIT,
    NotCleared,
    close_round,
    move_closing,
    move_to_version,
    note_preview,
    open_round,
)
from engage.responses.rounds.actions.preparing import (
    BASES,
    MODES,
    PROFILES,
    change_round,
    create_round,
    delete_round,
)

__all__ = [
    "BASES",
    "MAY_WAIT",
    "MODES",
    "PROFILES",
    "NotCleared",
    "change_round",
    "close_round",
    "create_round",
    "delete_round",
    "move_closing",
    "move_to_version",
    "note_preview",
    "open_round",
]
