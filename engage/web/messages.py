"""One line told to a person on the next page: “Saved”."""

from flask import flash


def tell(text: str) -> None:
    """Show `text` once, on top of the next staff or public page."""
    flash(str(text))
