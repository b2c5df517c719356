"""The languages, which one a reader gets, and text kept in several languages."""
