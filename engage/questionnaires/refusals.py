"""A change that cannot be made, with the words to tell the person who asked for it."""

from typing import Any


class Refused(Exception):  # noqa: N818 - it reads as what happened: "raise Refused(why)"
    """Nothing was changed; `message` is a lazy staff text that says what to do."""

    def __init__(self, message: Any, *, field: str = "") -> None:
        super().__init__()
        self.message = message
        #: The field of the form it belongs to, where there is one.
        self.field = field

    def __str__(self) -> str:
        return str(self.message)
