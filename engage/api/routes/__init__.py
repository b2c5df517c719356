"""Addresses for programs, and the page where people make tokens for them."""

from engage.api.routes import described, exports, rounds, tokens
from engage.api.routes.blueprints import api, pages

__all__ = ["api", "described", "exports", "pages", "rounds", "tokens"]
