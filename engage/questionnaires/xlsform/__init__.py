"""Questionnaires from and to XLSForm, the workbooks of ODK and KoboToolbox."""

from engage.questionnaires.xlsform.exporting import write_xlsform
from engage.questionnaires.xlsform.reading import read_xlsform
from engage.questionnaires.xlsform.report import Imported, Loss

__all__ = ["Imported", "Loss", "read_xlsform", "write_xlsform"]
