"""DDI-Codebook 2.5: CSV files with codes, and the XML that data archives describe studies in."""

from engage.exports.contents import Contents
from engage.exports.ddi import codebook_xml
from engage.exports.formats.described import DescribedFormat
from engage.i18n.gettext import s_lazy


class Ddi(DescribedFormat):
    """What a data archive takes in: who asked what of whom, and every variable in all languages."""

    name = "ddi"
    label = s_lazy("DDI-Codebook")
    help = s_lazy("CSV files with codes, and their description as data archives want it (DDI 2.5).")
    description = "ddi.xml"

    def described(self, contents: Contents) -> bytes:
        """Return the XML."""
        return codebook_xml(contents)
