"""The least a Flask app can do: the peer of the questionnaire page."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
@app.get("/healthz")
def hello() -> str:
    """Answer."""
    return "hello"
