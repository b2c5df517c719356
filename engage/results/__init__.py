"""What it says: the response table, statistics, disclosure, charts and the pages of results."""

from flask import Flask

from engage.accounts.audit_words import describe_actions
from engage.i18n.gettext import s_lazy
from engage.results import finding_routes, jobs, name_routes, over_time_routes, public_routes
from engage.results.reach import commands
from engage.results.reach import routes as reach
from engage.results.routes import blueprint

__all__ = ["commands", "init_app", "jobs"]


def init_app(app: Flask) -> None:
    """Bind this room to the app."""
    describe_actions(
        {
            "finding_written": s_lazy("Sentence about results written"),
            "names_to_mask_changed": s_lazy("Names to mask changed"),
            "population_replaced": s_lazy("Population figures put in"),
            "results_shown": s_lazy("Results for everybody chosen"),
            "text_released": s_lazy("Text released"),
            "text_withheld": s_lazy("Text withheld"),
        }
    )
    app.register_blueprint(blueprint)
    app.register_blueprint(finding_routes.blueprint)
    app.register_blueprint(name_routes.blueprint)
    app.register_blueprint(over_time_routes.blueprint)
    app.register_blueprint(public_routes.blueprint)
    app.register_blueprint(reach.blueprint)
