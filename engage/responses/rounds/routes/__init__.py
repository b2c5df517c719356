"""Pages of rounds for staff: prepared, opened, closed, previewed, put on paper."""

from engage.responses.rounds import log_words
from engage.responses.rounds.routes import life, paper, preparing, preview
from engage.responses.rounds.routes.pages import blueprint

__all__ = ["blueprint", "life", "log_words", "paper", "preparing", "preview"]
