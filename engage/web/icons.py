"""Our own small icons on a 24 px grid; always beside a word, so hidden from screen readers."""

from markupsafe import Markup

#: Name → shapes drawn with a 2 px line and round ends.
SHAPES = {
    "back": '<path d="M20 12H4m7-7-7 7 7 7"/>',
    "forward": '<path d="M4 12h16m-7-7 7 7-7 7"/>',
    "chevron": '<path d="m9 5 7 7-7 7"/>',
    "down": '<path d="m5 9 7 7 7-7"/>',
    "up": '<path d="m5 15 7-7 7 7"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c5 5 5 13 0 18-5-5-5-13 0-18"/>',
    "check": '<path d="m4 13 5 5L20 6"/>',
    "cross": '<path d="M6 6l12 12M18 6 6 18"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 3"/>',
    "lock": '<rect x="4" y="11" width="16" height="10" rx="2"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/>',
    "unlock": '<rect x="4" y="11" width="16" height="10" rx="2"/><path d="M8 11V7a4 4 0 0 1 7-2"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 4-7 8-7s8 2 8 7"/>',
    "people": '<circle cx="9" cy="8" r="4"/><path d="M2 21c0-5 3-7 7-7s7 2 7 7M16 4a4 4 0 0 1 0 8'
    'm2 2c3 1 4 3 4 7"/>',
    "listen": '<path d="M4 9v6h4l6 5V4L8 9zM17 9c2 2 2 4 0 6m3-9c4 4 4 8 0 12"/>',
    "help": '<circle cx="12" cy="12" r="9"/><path d="M9 10a3 3 0 1 1 4 3c-1 .5-1 1-1 2m0 3v.1"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6m0-10v.1"/>',
    "warning": '<path d="M12 3 2 20h20zM12 10v4m0 3v.1"/>',
    "eye": '<path d="M2 12c5-9 15-9 20 0-5 9-15 9-20 0"/><circle cx="12" cy="12" r="3"/>',
    "hand": '<path d="M8 12V5a1.5 1.5 0 0 1 3 0v6V3.5a1.5 1.5 0 0 1 3 0V11V5a1.5 1.5 0 0'
    ' 1 3 0v9c0 5-2 7-6 7s-5-2-8-8c1-2 3-1 4 1"/>',
    "chat": '<path d="M4 4h16v12h-9l-5 5v-5H4z"/>',
    "calendar": '<rect x="3" y="5" width="18" height="16" rx="2"/><path d="M3 10h18M8 2v5m8-5v5"/>',
    "pin": '<path d="M12 22c-5-6-7-9-7-12a7 7 0 0 1 14 0c0 3-2 6-7 12"/>'
    '<circle cx="12" cy="10" r="2"/>',
    "map": '<path d="m3 6 6-3 6 3 6-3v15l-6 3-6-3-6 3zM9 3v15m6-12v15"/>',
    "print": '<path d="M7 8V3h10v5M7 17H4V9h16v8h-3"/><path d="M7 14h10v7H7z"/>',
    "copy": '<rect x="8" y="8" width="13" height="13" rx="2"/><path d="M16 4H5a1 1 0 0 0-1 1v11"/>',
    "download": '<path d="M12 3v12m-5-5 5 5 5-5M4 20h16"/>',
    "upload": '<path d="M12 16V4M7 9l5-5 5 5M4 20h16"/>',
    "edit": '<path d="M4 20h4L20 8l-4-4L4 16zM13 7l4 4"/>',
    "trash": '<path d="M4 7h16M9 7V4h6v3m3 0-1 14H7L6 7"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "search": '<circle cx="11" cy="11" r="7"/><path d="m16 16 5 5"/>',
    "list": '<path d="M9 6h12M9 12h12M9 18h12M4 6v.1M4 12v.1M4 18v.1"/>',
    "chart": '<path d="M4 4v16h16M9 16v-5m5 5V7m5 9v-3"/>',
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m3 7 9 7 9-7"/>',
    "phone": '<path d="M5 3h4l2 5-3 2a12 12 0 0 0 6 6l2-3 5 2v4c0 1-1 2-2 2C11 21 3 13 3 5'
    'c0-1 1-2 2-2"/>',
    "home": '<path d="m3 11 9-8 9 8M6 9v11h12V9"/>',
    "key": '<circle cx="8" cy="15" r="5"/><path d="m12 11 8-8m-4 4 3 3"/>',
    "qr": '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2m4-2v2m-6 4h2m4 0v-.1"/>',
    "file": '<path d="M6 2h8l5 5v15H6zM14 2v6h5"/>',
    "flag": '<path d="M5 22V3h13l-3 5 3 5H5"/>',
    "leave": '<path d="M10 3H4v18h6M9 12h12m-5-5 5 5-5 5"/>',
    "large": '<path d="M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 2v2m0 16v2M2 12h2m16 0h2M5 5l1 1m12 12 1 1'
    'M19 5l-1 1M6 18l-1 1"/>',
    "moon": '<path d="M20 14A8.5 8.5 0 0 1 10 4a8.5 8.5 0 1 0 10 10"/>',
}
#: Icons that point along the line of reading and so turn round in right-to-left pages.
_DIRECTED = {"back", "forward", "chevron", "leave"}


def icon(name: str) -> Markup:
    """Return an icon as inline SVG."""
    turns = " flip" if name in _DIRECTED else ""
    svg = f'<svg class="icon{turns}" viewBox="0 0 24 24" aria-hidden="true">{SHAPES[name]}</svg>'
    return Markup(svg)  # noqa: S704 - made of this file's own shapes only
