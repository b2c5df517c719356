"""No page opens a session unless it asks for one: shared pages stay the same for everybody."""

from flask import Flask

from engage.extensions import login


def init_sessions(app: Flask) -> None:
    """Undo what Flask-Login and Flask-WTF do to every request.

    Flask-Login reads the session after each answer (for a “remember me” cookie we do not have)
    and loads the user for each template; either adds `Vary: Cookie`, and so defeats every cache.
    `current_user` and `csrf_token` are globals instead, looked up where a template names them.
    """
    app.after_request_funcs[None].remove(login._update_remember_cookie)
    flask_own, *_others = app.template_context_processors[None]
    app.template_context_processors[None] = [flask_own]
