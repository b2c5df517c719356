"""Pages of the editor: one file for each thing that is done."""

from engage.questionnaires.routes import (
    choices,
    conditions,
    importing,
    items,
    media,
    overview,
    publishing,
    translating,
    whole,
)
from engage.questionnaires.routes.pages import blueprint

__all__ = [
    "blueprint",
    "choices",
    "conditions",
    "importing",
    "items",
    "media",
    "overview",
    "publishing",
    "translating",
    "whole",
]
