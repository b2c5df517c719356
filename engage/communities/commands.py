"""People and communities on the command line."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app

from engage.accounts.actions.users import EmailTakenError, create_user
from engage.accounts.commands import user
from engage.accounts.fields import EMAIL
from engage.accounts.passwords import MAXIMUM, MINIMUM, Weakness, weakness_of
from engage.communities.actions.communities import SLUG, SlugTakenError, create_community
from engage.communities.actions.members import add_member
from engage.communities.queries import all_communities, community_by_slug
from engage.communities.roles import Role
from engage.communities.words import KINDS
from engage.extensions import db
from engage.i18n.languages import staff_languages

_WEAK = {
    Weakness.TOO_SHORT: f"A password needs at least {MINIMUM} characters.",
    Weakness.TOO_LONG: f"A password has at most {MAXIMUM} characters.",
    Weakness.COMMON: "Many people use this password.",
    Weakness.PERSONAL: "This password is too close to the name or address.",
}


@click.group("community")
def community_group() -> None:
    """Look after communities."""


@user.command("create")
@click.argument("email")
@click.option("--name", required=True, help="What the person is called.")
@click.option("--community", "slug", help="A community the person becomes a member of.")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), help="What they are there."
)
@click.option(
    "--language",
    type=click.Choice([one.code for one in staff_languages()]),
    help="Language of their pages; the installation's own unless given.",
)
@click.option("--admin", is_flag=True, help="Administrator of this installation.")
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File whose first line is the password; else it is asked for.",
)
def create(
    email: str,
    name: str,
    slug: str | None,
    role: str | None,
    language: str | None,
    admin: bool,
    password_file: Path | None,
) -> None:
    """Make an account, and a membership if --community and --role are given."""
    if not EMAIL.fullmatch(email):
        raise click.UsageError(f"{email} is no e-mail address.")
    if bool(slug) != bool(role):
        raise click.UsageError("--community and --role belong together.")
    community = community_by_slug(slug) if slug else None
    if slug and community is None:
        raise click.ClickException(f"There is no community {slug}.")
    password = _password(password_file)
    weakness = weakness_of(password, email, name)
    if weakness:
        raise click.ClickException(_WEAK[weakness])
    now = datetime.now(UTC)
    spoken = language or current_app.config["DEFAULT_LANGUAGE"]
    try:
        made = create_user(email, name, spoken, password, now=now, is_admin=admin)
    except EmailTakenError as error:
        raise click.ClickException(f"There is an account {email} already.") from error
    if community and role:
        add_member(community, made, Role(role), who=None, now=now)
    db.session.commit()
    place = f" ({role} of {slug})" if slug else ""
    click.echo(f"{made.email} can sign in{place}.")


@community_group.command("create")
@click.argument("slug")
@click.option("--name", required=True)
@click.option("--kind", type=click.Choice(list(KINDS)), default="neighbourhood", show_default=True)
@click.option("--country", default="SE", show_default=True, help="ISO 3166 code.")
@click.option("--municipality", default="")
@click.option("--parent", help="Slug of the community it is part of.")
def create_one(
    slug: str, name: str, kind: str, country: str, municipality: str, parent: str | None
) -> None:
    """Make a community, with the installation's languages and time zone."""
    if not SLUG.fullmatch(slug):
        raise click.UsageError("A slug has only small letters a–z, digits and single hyphens.")
    above = community_by_slug(parent) if parent else None
    if parent and above is None:
        raise click.ClickException(f"There is no community {parent}.")
    config = current_app.config
    try:
        create_community(
            slug,
            {config["DEFAULT_LANGUAGE"]: name},
            kind,
            country=country.upper(),
            languages=list(config["LANGUAGES"]),
            default_language=config["DEFAULT_LANGUAGE"],
            time_zone=config["TIME_ZONE"],
            municipality=municipality,
            parent=above,
            now=datetime.now(UTC),
        )
    except SlugTakenError as error:
        raise click.ClickException(f"There is a community {slug} already.") from error
    db.session.commit()
    click.echo(f"The community {slug} is there.")


@community_group.command("list")
def list_communities() -> None:
    """List every community."""
    for one in all_communities():
        name = one.name.get(one.default_language) or next(iter(one.name.values()), "")
        click.echo(f"{one.slug}\t{one.kind}\t{name}")


def _password(file: Path | None) -> str:
    if file is None:
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
