"""Uploaded readings of a question: what their first bytes say they are, small, and how long."""

import struct
from dataclasses import dataclass
from typing import Any

from engage.i18n.gettext import s_lazy

LARGEST = 500 * 1024
#: What Opus counts in, whatever the recording was made with.
_OPUS_RATE = 48_000
_MP4_BRANDS = {b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"dash"}


class RecordingError(Exception):
    """A file that cannot be taken; `message` is a lazy staff text that says what to do."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(type(message)))
        self.message = message


@dataclass(frozen=True)
class Recording:
    """A recording as it came; browsers play it alone, in an audio element."""

    content: bytes
    media_type: str
    seconds: int | None


def recording(data: bytes) -> Recording:
    """Return an uploaded recording; raises RecordingError for what is none or is too large."""
    if len(data) > LARGEST:
        raise RecordingError(
            s_lazy("The recording is larger than 500 kB. Save it as Opus or AAC at 24 kbit/s.")
        )
    media_type = _type_of(data)
    if media_type is None:
        raise RecordingError(s_lazy("Choose a recording in Opus, Ogg, AAC (m4a) or MP3."))
    return Recording(data, media_type, _seconds(data) if media_type == "audio/ogg" else None)


def _type_of(data: bytes) -> str | None:
    """Return the type that the file begins as, whatever its name says."""
    if data.startswith(b"OggS") and (b"OpusHead" in data[:100] or b"vorbis" in data[:100]):
        return "audio/ogg"
    if data[4:8] == b"ftyp" and data[8:12] in _MP4_BRANDS:
        return "audio/mp4"
    if data.startswith(b"ID3"):
        return "audio/mpeg"
    if len(data) > 4 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0:
        layer = data[1] & 0x06
        return "audio/aac" if layer == 0 else "audio/mpeg" if layer == 2 else None
    return None


def _seconds(data: bytes) -> int | None:
    """Return how long an Opus recording is: the last page says how far it goes."""
    last = data.rfind(b"OggS")
    if b"OpusHead" not in data[:100] or len(data) < last + 14:
        return None
    position = struct.unpack_from("<q", data, last + 6)[0]
    return max(1, round(position / _OPUS_RATE)) if 0 < position < _OPUS_RATE * 3600 else None
