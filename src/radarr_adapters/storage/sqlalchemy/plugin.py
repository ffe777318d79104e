"""How the storage is registered and configured; imports without the adapter's extra."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.settings import Secret

if TYPE_CHECKING:
    from .client import SqlAlchemyStorage

_INLINE_PASSWORD = re.compile(r"(?<=:)[^:/@]*(?=@)")


def _show_url(url: str) -> str:
    return repr(_INLINE_PASSWORD.sub("***", url))


def _check_positive(instance: object, attribute: object, value: float) -> None:
    if not 0 < value <= 3600:
        raise ValueError(f"busy_timeout is a number of seconds above 0 and up to 3600, not {value!r}")


@frozen(kw_only=True)
class SqlAlchemySettings:
    """Where the database is.

    Attributes:
        url: `sqlite:///path/to/library.db`, `sqlite://` for one that is forgotten when it is closed, or
            `postgresql://user@host:port/name`.
        password: of the PostgreSQL user, so that it need not stand in the URL.
        busy_timeout: seconds to wait for somebody else's transaction before `StorageBusyError`.
    """

    url: str = field(repr=_show_url)
    password: Secret | None = None
    busy_timeout: float = field(default=30.0, validator=_check_positive)


class SqlAlchemyAdapter(Adapter[SqlAlchemySettings, "SqlAlchemyStorage"]):
    """Keeps the library in SQLite or PostgreSQL."""

    name = "sqlalchemy"
    settings = SqlAlchemySettings
    extra = "sqlalchemy"
    summary = "a SQLite file, or a PostgreSQL database"

    @classmethod
    def create(cls, settings: SqlAlchemySettings, context: AdapterContext) -> SqlAlchemyStorage:
        """Build the storage; nothing is opened yet."""
        from .client import SqlAlchemyStorage

        return SqlAlchemyStorage(settings, name=context.name)


@hookimpl
def radarr_register_storages() -> Iterable[type[Adapter[Any, Any]]]:
    """The one storage of this package."""
    return [SqlAlchemyAdapter]
