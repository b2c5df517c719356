"""What all pages share: layout, macros, base form, error pages, headers, formats, static files."""

from flask import Flask

from engage.web.access import init_access
from engage.web.assets import init_assets
from engage.web.compression import init_compression
from engage.web.errors import init_errors
from engage.web.gallery import init_gallery
from engage.web.headers import init_headers
from engage.web.hosts import init_hosts
from engage.web.languages import init_languages
from engage.web.logs import init_logs
from engage.web.origins import init_origins
from engage.web.pages import init_pages
from engage.web.preferences import init_preferences
from engage.web.rendering import init_rendering
from engage.web.requests import init_requests
from engage.web.routes import blueprint
from engage.web.sessions import init_sessions


def init_app(app: Flask) -> None:
    """Bind this room to the app."""
    init_logs(app)
    init_sessions(app)
    init_languages(app)
    init_pages(app)
    init_origins(app)
    init_access(app)
    init_rendering(app)
    init_assets(app)
    init_errors(app)
    init_requests(app)
    init_compression(app)
    init_preferences(app)
    init_headers(app)
    init_hosts(app)
    app.register_blueprint(blueprint)
    init_gallery(app)
