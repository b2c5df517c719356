"""The form that makes a token for a program."""

from collections.abc import Iterable

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from engage.accounts.fields import LineField, options
from engage.api.actions import DAYS
from engage.api.models import ANSWERS_TOO, TABLES_ALONE
from engage.communities.models import Community, Membership
from engage.communities.naming import plain_text
from engage.i18n.gettext import s_lazy, sn_
from engage.web.forms import Form

SCOPES = {
    TABLES_ALONE: s_lazy("Tables of figures, small numbers hidden"),
    ANSWERS_TOO: s_lazy("Also each person's answers, without what they wrote"),
}


def name_of(community: Community) -> str:
    """Return the name of a community in the reader's language."""
    return plain_text(community.name, community.languages)


class TokenForm(Form):
    """What it is for, where, what it may take, how long it lasts."""

    name = LineField(
        s_lazy("Name"),
        longest=80,
        description=s_lazy("Which program uses it, and on which machine."),
    )
    community = SelectField(s_lazy("Community"))
    scope = RadioField(
        s_lazy("What may it take?"),
        [InputRequired()],
        choices=options(SCOPES.items()),
        default=TABLES_ALONE,
    )
    days = RadioField(s_lazy("How long does it work?"), [InputRequired()], default="90")

    def offer(self, memberships: Iterable[Membership]) -> None:
        """Offer the communities whose data one may take away, and the days in words."""
        self.community.choices = options(
            (one.community.slug, name_of(one.community)) for one in memberships
        )
        words = {str(days): sn_("%(num)s day", "%(num)s days", days) for days in DAYS}
        self.days.choices = options(words.items())
