"""Free words: only how many wrote something; the words themselves need a person's release."""

from engage.i18n.gettext import ngettext
from engage.results.disclosure import Total, disclose
from engage.results.summaries.base import Asked, Datum, Summary, Told, View
from engage.results.table.asking import Answered, Answers, Request


class Texts(Summary):
    """Tells about how many wrote; released texts are shown beside by the page."""

    kind = "texts"

    def requests(self, asked: Asked) -> list[Request]:
        """Ask how many wrote anything."""
        return [self._answered(asked)] if asked.own else []

    def _answered(self, asked: Asked) -> Answered:
        return Answered(asked.own[0].name, asked.table, asked.reason)

    def tell(self, asked: Asked, answers: Answers, view: View) -> Told:
        """Tell about how many of everybody: with words, groups are too easily guessed at."""
        if not asked.own:
            return Told()
        everybody = answers.tally(self._answered(asked)).get(None, {})
        base: int | None = disclose(Total(everybody.get(True, 0)), view.policy)
        if base is None:
            return Told()
        finding = ngettext("About %(num)s person wrote.", "About %(num)s people wrote.", base)
        return Told(finding, base=base, data=(Datum("", "", "people_about", base),))
