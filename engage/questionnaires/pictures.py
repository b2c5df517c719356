"""Uploaded pictures made small and safe: whatever came is decoded and encoded anew as WebP.

Nothing of the file itself is kept: no place where it was taken, no owner, nothing hidden in it.
"""

import hashlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from engage.i18n.gettext import s_lazy

LARGEST_FILE = 8 * 1024 * 1024
#: As many pixels as phones take; a small file may claim billions.
_MOST_PIXELS = 40_000_000
#: Width and height that fill a phone's half column at twice its density.
_WIDEST = 480
#: What a picture may weigh on the wire; tried from good to plain, then smaller.
_LARGEST_RESULT = 15 * 1024
_QUALITIES = (80, 65, 50, 40, 30)
_SMALLER = (480, 400, 320, 240)
_SIGNATURES: tuple[tuple[str, bytes, bytes], ...] = (
    ("JPEG", b"\xff\xd8\xff", b""),
    ("PNG", b"\x89PNG\r\n\x1a\n", b""),
    ("WEBP", b"RIFF", b"WEBP"),
)
MEDIA_TYPE = "image/webp"


class PictureError(Exception):
    """A file that cannot be taken; `message` is a lazy staff text that says what to do."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(type(message)))
        self.message = message


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept and shown."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """Return the SHA-256 by which it is known."""
        return hashlib.sha256(self.content).hexdigest()


def small_picture(data: bytes) -> Picture:
    """Return an uploaded picture, small; raises PictureError for what is none or is too large."""
    if len(data) > LARGEST_FILE:
        raise PictureError(s_lazy("The picture is larger than 8 MB. Choose a smaller one."))
    kind = _kind_of(data)
    if kind is None:
        raise PictureError(s_lazy("This is no JPEG, PNG or WebP picture. Choose another file."))
    try:
        with warnings.catch_warnings():
            # Pillow warns of many pixels before it refuses; the limit here is lower than both.
            warnings.simplefilter("ignore")
            return _smallest(_decoded(data, kind))
    except PictureError:
        raise
    except Exception as error:  # Decoders of broken files raise whatever they trip over.
        raise PictureError(
            s_lazy("This picture cannot be read. Save it anew, or choose another file.")
        ) from error


def _kind_of(data: bytes) -> str | None:
    """Return the format that the file begins as, whatever its name says."""
    for kind, start, later in _SIGNATURES:
        if data.startswith(start) and (not later or data[8:12] == later):
            return kind
    return None


def _decoded(data: bytes, kind: str) -> Image.Image:
    """Return the first picture of a file, upright, without gaps, no larger than is shown."""
    with Image.open(BytesIO(data), formats=[kind]) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise PictureError(s_lazy("The picture has too many pixels. Make it smaller first."))
        # JPEG can be decoded at a fraction of its size, which bounds memory and time.
        opened.draft("RGB", (_WIDEST * 2, _WIDEST * 2))
        upright = ImageOps.exif_transpose(opened)
        drawn = upright.convert("RGBA")
        drawn.thumbnail((_WIDEST, _WIDEST))
        # Gaps become white: dark lines on nothing could not be seen on a dark page.
        return Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("RGB")


def _smallest(picture: Image.Image) -> Picture:
    """Return the best picture that is light enough, or the lightest there is."""
    made = Picture(b"", 0, 0)
    for size, quality in _attempts():
        smaller = picture.copy()
        smaller.thumbnail((size, size))
        out = BytesIO()
        # A fresh image has no metadata, and none is handed on: no EXIF, no profile, no comment.
        smaller.save(out, "WEBP", quality=quality, method=4, exif=b"", icc_profile=b"", xmp=b"")
        made = Picture(out.getvalue(), smaller.width, smaller.height)
        if len(made.content) <= _LARGEST_RESULT:
            break
    return made


def _attempts() -> Iterator[tuple[int, int]]:
    for size in _SMALLER:
        for quality in _QUALITIES:
            yield size, quality
