"""Who supervises the accessibility of public web pages, by country, and where to complain."""

#: Country → (name in its own language, address). As of 2026; check once a year.
AUTHORITIES: dict[str, tuple[str, str]] = {
    "SE": ("Myndigheten för digital förvaltning (Digg)", "https://www.digg.se/tdosanmalan"),
    "DK": ("Digitaliseringsstyrelsen", "https://www.digst.dk/"),
    "FI": ("Traficom", "https://www.saavutettavuusvaatimukset.fi/"),
}
