"""The report of a round as a PDF: what it tells, in `told.py`; how it looks, in `report.typ`."""
