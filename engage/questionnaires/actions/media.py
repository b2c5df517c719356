"""Pictures and recordings of questionnaires, kept once by their content."""

import hashlib

import structlog

from engage.extensions import db
from engage.questionnaires.models import Media
from engage.questionnaires.pictures import MEDIA_TYPE, small_picture
from engage.questionnaires.queries import media
from engage.questionnaires.recordings import recording

log = structlog.get_logger()


def keep_picture(data: bytes) -> str:
    """Keep an uploaded picture, made small and safe; return its digest, or raise PictureError."""
    made = small_picture(data)
    return _kept(
        Media(
            digest=made.digest,
            media_type=MEDIA_TYPE,
            content=made.content,
            width=made.width,
            height=made.height,
        )
    )


def keep_recording(data: bytes) -> str:
    """Keep an uploaded recording; return its digest, or raise RecordingError."""
    made = recording(data)
    digest = hashlib.sha256(made.content).hexdigest()
    return _kept(
        Media(digest=digest, media_type=made.media_type, content=made.content, seconds=made.seconds)
    )


def _kept(made: Media) -> str:
    if media(made.digest) is None:
        db.session.add(made)
        db.session.flush()
        log.info("media kept", media_type=made.media_type, size=len(made.content))
    return made.digest
