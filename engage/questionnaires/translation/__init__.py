"""How far each text is in each language, and what a translation has to keep of its source."""
