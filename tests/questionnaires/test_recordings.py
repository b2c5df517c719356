"""Recordings are known by their first bytes, whatever they are called."""

import struct

import pytest

from engage.questionnaires.recordings import LARGEST, RecordingError, recording


def page(content: bytes, position: int) -> bytes:
    return b"OggS\x00\x02" + struct.pack("<q", position) + b"\x00" * 12 + b"\x01\x13" + content


OPUS = page(b"OpusHead" + b"\x00" * 11, 0) + page(b"sound", 48_000 * 7)


def test_opus_says_how_long_it_is():
    made = recording(OPUS)
    assert (made.media_type, made.seconds) == ("audio/ogg", 7)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (page(b"\x01vorbis", 0), "audio/ogg"),
        (b"\x00\x00\x00\x20ftypM4A " + b"\x00" * 20, "audio/mp4"),
        (b"ID3\x03" + b"\x00" * 20, "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + b"\x00" * 20, "audio/mpeg"),
        (b"\xff\xf1\x50\x80" + b"\x00" * 20, "audio/aac"),
    ],
)
def test_a_recording_is_known_by_its_first_bytes(content, media_type):
    assert recording(content).media_type == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"OggS",
        b"<html>",
        b"RIFF0000WAVE",
        b"\x00\x00\x00\x20ftypqt  ",
        b"\xff\xe6xxxx",
    ],
)
def test_anything_else_is_refused(content):
    with pytest.raises(RecordingError):
        recording(content)


def test_a_recording_is_small():
    with pytest.raises(RecordingError):
        recording(OPUS + b"x" * LARGEST)
