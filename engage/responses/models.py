"""Tables of what was answered: rounds, responses, receipts, used keys, counts per day.

What a table would tell someone who got it whole decides its columns: a response has a random key,
no person, no device, no moment finer than the day, and nothing that joins it to a key or a contact.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.columns import UtcDateTime
from engage.communities.models import Community
from engage.extensions import Model
from engage.i18n.text import Text
from engage.questionnaires.models import Questionnaire, QuestionnaireVersion

#: Rows lie in the order of their random keys, so that nothing shows who answered after whom.
_IN_KEY_ORDER = {"sqlite_with_rowid": False}
#: A send that began before closing is still taken this long after it.
GRACE = timedelta(minutes=15)
#: A round that was closed by mistake can be opened again this long afterwards.
UNDO_CLOSING = timedelta(days=7)


class Round(Model):
    """One time a questionnaire is put to residents; mode, k and profile are fixed at opening.

    `mode` is `anonymous` or `code`; `profile` is `standard`, `sensitive` or `minors`; `basis` is
    `public_task` or `consent`. Whether it is open follows from its dates.
    """

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), index=True
    )
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaires.id", ondelete="RESTRICT"), index=True
    )
    version_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire_versions.id", ondelete="RESTRICT")
    )
    #: Stands in the address on posters, unique on the instance.
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[Text] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    mode: Mapped[str] = mapped_column(String(12))
    profile: Mapped[str] = mapped_column(String(12), default="standard")
    basis: Mapped[str] = mapped_column(String(12), default="public_task")
    #: The smallest number of people shown; never below 5, 10 for minors and sensitive rounds.
    k: Mapped[int] = mapped_column(default=5)
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Set when staff opened it for good; before that it is being prepared.
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    results_on: Mapped[date | None]
    #: Why, until when and by which decision answers are kept.
    retention: Mapped[str] = mapped_column(String(300), default="")
    #: The last day of that; the desk of staff reminds of it.
    kept_until: Mapped[date | None]
    #: Keys of the questions whose results everybody may read once it has closed; at first none.
    public_questions: Mapped[list[str]] = mapped_column(JSON, default=list)

    community: Mapped[Community] = relationship()
    questionnaire: Mapped[Questionnaire] = relationship()
    version: Mapped[QuestionnaireVersion] = relationship()

    def state(self, now: datetime) -> str:
        """Return `preparing`, `waiting` (not yet open), `open` or `closed`, from the dates."""
        if self.opened_at is None:
            return "preparing"
        if now < self.opens_at:
            return "waiting"
        return "closed" if self.closes_at is not None and now >= self.closes_at else "open"

    def is_open(self, now: datetime) -> bool:
        """Say whether one may start answering."""
        return self.state(now) == "open"

    def takes_answers(self, now: datetime) -> bool:
        """Say whether a send is taken: also a little after closing, for those who had begun."""
        return self.is_open(now) or (
            self.state(now) == "closed"
            and self.closes_at is not None
            and now < self.closes_at + GRACE
        )

    def is_closed_for_good(self, now: datetime) -> bool:
        """Say whether the round has closed and cannot be opened again."""
        return (
            self.state(now) == "closed"
            and self.closes_at is not None
            and now > self.closes_at + UNDO_CLOSING
        )


class Response(Model):
    """One set of answers: a validated document and what results need to group by, no more."""

    __tablename__ = "responses"
    __table_args__ = (Index("ix_responses_round_id_day", "round_id", "day"), _IN_KEY_ORDER)

    #: 128 random bits.
    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="RESTRICT"))
    version_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire_versions.id", ondelete="RESTRICT")
    )
    language: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    document: Mapped[str] = mapped_column(LongText)


class Receipt(Model):
    """In code mode only: the keyed hash of a receipt code, and the response it opens."""

    __tablename__ = "receipts"
    __table_args__ = (_IN_KEY_ORDER,)

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    response_id: Mapped[bytes] = mapped_column(
        ForeignKey("responses.id", ondelete="CASCADE"), unique=True
    )


class Submission(Model):
    """A key that was used to send, kept up to 72 hours so that no send counts twice.

    It joins to no response: the hash is of the key, and `content_mac` is keyed with the key itself,
    which is not stored, so that it cannot be worked out from a response either.
    """

    __tablename__ = "submissions"
    __table_args__ = (_IN_KEY_ORDER,)

    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    content_mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: Without an index: every send would pay for what tidying looks up once in a while.
    day: Mapped[date]


class CollectionDay(Model):
    """How many answers a day brought in one language by one channel, and how often they changed.

    `changes` grows with every answer sent, corrected or deleted: caches of the day compare it.
    """

    __tablename__ = "collection_days"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    answers: Mapped[int] = mapped_column(default=0)
    changes: Mapped[int] = mapped_column(default=0)


class AnsweringTime(Model):
    """How many answers of a round took about so many minutes: in steps, without day or order."""

    __tablename__ = "answering_times"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True
    )
    minutes: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    answers: Mapped[int] = mapped_column(default=0)


class YesCount(Model):
    """How often residents said yes to taking part: to which text, in which language, no more.

    Counted where a round rests on consent; joined to no answer, with no day and no order.
    """

    __tablename__ = "yes_counts"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True
    )
    #: The version of the questionnaire, which holds the text that was read.
    version_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire_versions.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    given: Mapped[int] = mapped_column(default=0)
