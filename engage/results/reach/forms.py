"""What staff fill in about the population: a file of figures, its source, and its day."""

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField
from wtforms.validators import InputRequired

from engage.accounts.fields import LineField
from engage.i18n.gettext import s_lazy
from engage.web.forms import Form


class PopulationForm(Form):
    """A file of population figures."""

    file = FileField(
        s_lazy("CSV file"),
        [FileRequired(s_lazy("Choose a file."))],
        description=s_lazy("The filled-in template: question, answer and people in each line."),
        render_kw={"accept": ".csv,text/csv"},
    )
    source = LineField(
        s_lazy("Where the figures are from"),
        longest=200,
        description=s_lazy("As somebody else could look it up: “Statistics Sweden, table BE0101”."),
    )
    as_of = DateField(
        s_lazy("The day the figures are of"), [InputRequired(s_lazy("Write a date."))]
    )
