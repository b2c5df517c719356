"""Charts drawn on the server as SVG, from figures that came through `disclose()` only."""
