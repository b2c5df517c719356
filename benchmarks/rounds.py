"""Forms to send for measuring, and the app of a scratch installation."""

import os
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from engage import create_app
from engage.questionnaires.document import Document
from engage.questionnaires.path import form_of
from engage.responses.generating import generate_entry


def app_of(instance: Path):
    """Return the app of a scratch installation, to prepare it from here."""
    os.environ["ENGAGE_INSTANCE"] = str(instance)
    return create_app()


def forms(
    instance: Path, document: Document, version_id: int, count: int
) -> tuple[list[bytes], list[str]]:
    """Return bodies of valid sends, and the documents that they are stored as."""
    chance, bodies, documents = Random(7), [], []
    today = datetime.now(UTC).date()
    with app_of(instance).app_context():
        for _ in range(count):
            entry = generate_entry(document, "sv", today, chance)
            fields = [("do", "send"), ("version", str(version_id))]
            fields += [
                (name, one) for name, many in form_of(document, entry).items() for one in many
            ]
            bodies.append(urlencode(fields).encode())
            documents.append(str(entry.to_json()))
    return bodies, documents
