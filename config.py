"""Settings from the environment; every default is safe in production and fine to publish."""

import os
import secrets
from datetime import timedelta
from pathlib import Path


def _flag(name: str, default: str) -> bool:
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


def _secret_key(instance: Path) -> str:
    """Return SECRET_KEY from the environment, else a random one kept in a file of its owner."""
    given = os.environ.get("SECRET_KEY") or os.environ.get("ENGAGE_SECRET_KEY")
    if given:
        return given
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


class Config:
    """One place for every setting; each is documented in docs/deploy.md."""

    def __init__(self) -> None:
        root = Path(__file__).resolve().parent
        self.ROOT_FOLDER = root
        self.INSTANCE_FOLDER = Path(os.environ.get("ENGAGE_INSTANCE", root / "instance")).resolve()
        self.SECRET_KEY = _secret_key(self.INSTANCE_FOLDER)
        database = self.INSTANCE_FOLDER / "engage.sqlite"
        self.SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL", f"sqlite:///{database}")
        self.REDIS_URL = os.environ.get("REDIS_URL", "")
        self.BASE_URL = os.environ.get("ENGAGE_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
        self.TRUSTED_PROXIES = int(os.environ.get("ENGAGE_TRUSTED_PROXIES", "0"))
        #: Offered on the instance's own pages, in this order; each round has its own list.
        self.LANGUAGES = os.environ.get("ENGAGE_LANGUAGES", "sv,en,da,fi,ar,so,fa").split(",")
        self.DEFAULT_LANGUAGE = os.environ.get("ENGAGE_DEFAULT_LANGUAGE", self.LANGUAGES[0])
        self.TIME_ZONE = os.environ.get("ENGAGE_TIME_ZONE", "Europe/Stockholm")
        #: Ends the title of every page.
        self.SITE_NAME = os.environ.get("ENGAGE_SITE_NAME", "Engage")
        self.GALLERY = _flag("ENGAGE_GALLERY", "0")

        self.MAX_CONTENT_LENGTH = 16 * 1024 * 1024
        self.MAX_FORM_MEMORY_SIZE = 4 * 1024 * 1024
        self.MAX_FORM_PARTS = 20_000
        secure = self.BASE_URL.startswith("https://")
        self.SESSION_COOKIE_NAME = "__Host-session" if secure else "session"
        self.SESSION_COOKIE_SECURE = secure
        self.SESSION_COOKIE_HTTPONLY = True
        self.SESSION_COOKIE_SAMESITE = "Lax"
        self.PERMANENT_SESSION_LIFETIME = timedelta(hours=12)
        self.WTF_CSRF_TIME_LIMIT = None
        self.BABEL_DEFAULT_LOCALE = "en"
        self.BABEL_TRANSLATION_DIRECTORIES = str(root / "translations")
