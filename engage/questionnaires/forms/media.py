"""Forms to upload a picture or a recording, or to take it away again."""

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from wtforms import SelectField

from engage.accounts.fields import language_options
from engage.i18n.gettext import s_lazy
from engage.i18n.languages import Language
from engage.web.forms import Form


def content_of(file: FileStorage) -> bytes:
    """Return what was uploaded, and let go of the file it was kept in meanwhile."""
    with closing(file):
        content: bytes = file.read()
    return content


class PictureForm(Form):
    """A picture."""

    picture = FileField(
        s_lazy("Picture"),
        [FileRequired(s_lazy("Choose a file."))],
        description=s_lazy("JPEG, PNG or WebP, at most 8 MB. It is made small for phones."),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )


class RecordingForm(Form):
    """A question read aloud in one language."""

    language = SelectField(s_lazy("Language"))
    recording = FileField(
        s_lazy("Recording"),
        [FileRequired(s_lazy("Choose a file."))],
        description=s_lazy("Opus, Ogg, AAC (m4a) or MP3, at most 500 kB."),
        render_kw={"accept": "audio/*"},
    )

    def __init__(self, *, languages: Sequence[Language], **more: Any) -> None:
        """Offer the languages of the questionnaire."""
        super().__init__(**more)
        self.language.choices = language_options(languages)
