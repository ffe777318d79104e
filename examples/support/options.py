"""The quickstart's arguments."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from radarr_core import Movie, TmdbId


@dataclass(frozen=True, kw_only=True)
class Services:
    """The user's own indexer and, where given, webhook receiver."""

    indexer_url: str
    api_key: str
    webhook_url: str | None

    def count_told(self) -> None:
        """Unknown: the receiver is somebody else's."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was asked for; None leaves it to the stage."""

    services: Services | None
    download_client: dict[str, Any] | None
    movie: Movie | None
    folder: str | None
    json: bool


def read(arguments: list[str] | None = None) -> Options:
    """Read the command line; a mistake in it ends the program with a word on what is accepted."""
    parser = argparse.ArgumentParser(description="Get a film into a library, and see every decision on the way.")
    parser.add_argument(
        "--indexer-url", help="a Torznab address, as http://127.0.0.1:9117/api/v2.0/indexers/all/results/torznab/api"
    )
    parser.add_argument("--api-key", help="its key; better given as RADARR_CORE_API_KEY in the environment")
    parser.add_argument("--webhook-url", help="told of everything that happens")
    parser.add_argument(
        "--download-client", metavar="URL", help="qbittorrent://user:pass@host:port/; embedded otherwise"
    )
    parser.add_argument("--title", help="the film, with --year; needed with --indexer-url")
    parser.add_argument("--year", type=int)
    parser.add_argument("--tmdb", type=int, help="its TMDb number")
    parser.add_argument("--runtime", type=int, help="its runtime in minutes")
    parser.add_argument("--folder", help="where everything goes; a new temporary folder otherwise")
    parser.add_argument("--json", action="store_true", help="print the same as data")
    given = parser.parse_args(arguments)
    if given.indexer_url and not (given.title and given.year):
        parser.error("--indexer-url needs --title and --year: which film shall it be?")
    try:
        client = read_client(given.download_client) if given.download_client else None
        movie = read_movie(given) if given.title else None
    except ValueError as error:
        parser.error(str(error))
    key = given.api_key or os.environ.get("RADARR_CORE_API_KEY", "")
    services = None
    if given.indexer_url:
        services = Services(indexer_url=given.indexer_url, api_key=key, webhook_url=given.webhook_url)
    return Options(
        services=services,
        download_client=client,
        movie=movie,
        folder=given.folder,
        json=given.json,
    )


def read_movie(given: argparse.Namespace) -> Movie:
    """The film asked for.

    Raises:
        ValueError: title, year, number or runtime is none of a film's.
    """
    tmdb_id = TmdbId(given.tmdb) if given.tmdb else None
    return Movie(title=given.title, year=given.year or 0, tmdb_id=tmdb_id, runtime_minutes=given.runtime)


def read_client(url: str) -> dict[str, Any]:
    """The table of configuration for a download client's address.

    Raises:
        ValueError: the address is of no form that is known; the password is not repeated.
    """
    parts = urlsplit(url)
    if parts.scheme != "qbittorrent" or not parts.hostname:
        raise ValueError("--download-client takes qbittorrent://user:pass@host:port/")
    table: dict[str, Any] = {"adapter": "qbittorrent", "url": f"http://{parts.hostname}:{parts.port or 8080}"}
    if parts.username:
        table |= {"username": unquote(parts.username), "password": unquote(parts.password or "")}
    return table


def tell(webhook_url: str | None) -> dict[str, Any]:
    """The tables of configuration for whoever is to be told."""
    return {"hook": {"adapter": "webhook", "url": webhook_url}} if webhook_url else {}


def embedded_client(folder: Path) -> dict[str, Any]:
    """The table of configuration for the embedded client, on loopback alone."""
    return {"adapter": "libtorrent", "folder": str(folder), "listen": "127.0.0.1:0", "enable_dht": False}
