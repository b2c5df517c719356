"""Statements worked out once and run on the driver itself: for what every send has to do.

SQLAlchemy writes the SQL, once for each kind of database; going through all of its machinery for
every execution costs several times what the database itself needs.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Engine
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError


@dataclass(frozen=True)
class Link:
    """A cursor of the driver, in a transaction that somebody else ends."""

    dialect: Dialect
    cursor: Any


@contextmanager
def writing(engine: Engine) -> Iterator[Link]:
    """Yield a link in a transaction of its own: stored at the end, or nothing of it.

    Raises DBAPIError where the database refuses or is away.
    """
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        with _told_as_ours(engine.dialect):
            if engine.dialect.name == "sqlite":
                cursor.execute("BEGIN IMMEDIATE")
            yield Link(engine.dialect, cursor)
            raw.commit()
        cursor.close()
    finally:
        # What was not stored is taken back as the connection returns to its pool.
        raw.close()


@contextmanager
def joining(connection: Connection) -> Iterator[Link]:
    """Yield a link in the transaction of a connection."""
    cursor = connection.connection.cursor()
    try:
        with _told_as_ours(connection.dialect):
            yield Link(connection.dialect, cursor)
    finally:
        cursor.close()


@contextmanager
def _told_as_ours(dialect: Dialect) -> Iterator[None]:
    errors = dialect.loaded_dbapi.Error
    try:
        yield
    except errors as error:
        # Without the statement: its values are somebody's answers.
        raise DBAPIError.instance(
            None, None, error, errors, hide_parameters=True, dialect=dialect
        ) from error


@dataclass(frozen=True)
class _Compiled:
    text: str
    #: What stands in the place of each value, where the driver counts them instead of naming them.
    order: tuple[str, ...] | None
    #: Every value by name, with what it is where nobody says otherwise.
    defaults: dict[str, Any]
    #: Values that the driver takes in another form than Python's.
    turned: tuple[tuple[str, Callable[[Any], Any]], ...]


class Prepared:
    """A statement by what it inserts with: `make` gets the `insert` of the database at hand."""

    def __init__(self, make: Callable[[Any], Any], names: tuple[str, ...] = ()) -> None:
        """Take what makes the statement, and the columns an insert fills."""
        self._make, self._names = make, names
        self._known: dict[str, _Compiled] = {}

    def run(self, link: Link, values: Mapping[str, Any]) -> Any:
        """Execute it with values by name; return the cursor."""
        known = self._known.get(link.dialect.name) or self._compile(link.dialect)
        row = {name: values.get(name, default) for name, default in known.defaults.items()}
        for name, turn in known.turned:
            row[name] = turn(row[name])
        given = row if known.order is None else [row[name] for name in known.order]
        link.cursor.execute(known.text, given)
        return link.cursor

    def _compile(self, dialect: Dialect) -> _Compiled:
        insert: Any = sqlite_insert if dialect.name == "sqlite" else postgresql_insert
        compiled = self._make(insert).compile(dialect=dialect, column_keys=list(self._names))
        found = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect)
            for name, bind in compiled.binds.items()
        }
        known = self._known[dialect.name] = _Compiled(
            str(compiled),
            tuple(compiled.positiontup) if compiled.positiontup is not None else None,
            dict(compiled.params),
            tuple((name, turn) for name, turn in found.items() if turn is not None),
        )
        return known
