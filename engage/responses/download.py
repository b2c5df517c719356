"""One person's answers as a file: in words to read, and as stored for programs."""

import json

from engage.i18n.current import current_language
from engage.responses.meeting import title_in
from engage.responses.models import Response
from engage.responses.offered import Offered
from engage.responses.review import ReviewItem


def as_download(offered: Offered, response: Response, items: list[ReviewItem]) -> str:
    """Return everything that is stored about an answer as JSON."""
    language = current_language().code
    return json.dumps(
        {
            "survey": title_in(offered, language),
            "round": offered.round.slug,
            "day": response.day.isoformat(),
            "language": response.language,
            "channel": response.channel,
            "answers": [
                {
                    "question": item.question,
                    "where": item.where,
                    "answer": " · ".join(
                        filter(None, [item.answer, *(w.text for w in item.written)])
                    ),
                    "note": item.note,
                }
                for item in items
            ],
            "stored": json.loads(response.document),
        },
        ensure_ascii=False,
        indent=2,
    )
