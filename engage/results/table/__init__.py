"""The response table: what was answered in a round as typed columns, kept as Parquet by day.

A cache of the database that can always be made anew, and the one source of results and exports.
"""
