"""Which hosts this installation answers to, how many proxies it believes, and the shelf."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from engage.web.shelf import Shelf


def init_hosts(app: Flask) -> None:
    """Answer to our own address and this machine only; believe exactly the proxies named."""
    own = urlsplit(app.config["BASE_URL"]).hostname
    if not app.config.get("TRUSTED_HOSTS"):
        app.config["TRUSTED_HOSTS"] = [own or "localhost", "localhost", "127.0.0.1", "[::1]"]
    shelf = Shelf(app.wsgi_app, app.config["TRUSTED_HOSTS"])
    app.extensions["shelf"] = app.wsgi_app = shelf  # type: ignore[method-assign]
    proxies = app.config["TRUSTED_PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0, x_port=0, x_prefix=0
        )
