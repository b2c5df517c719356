"""The app, for a web server: `gunicorn wsgi:app`."""

from engage import create_app

app = create_app()
