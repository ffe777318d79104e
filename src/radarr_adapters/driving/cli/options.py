"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FLAG = ""
"""Shown where other options show what they take: without it `--json` would seem to want a word behind it."""

Json = Annotated[
    bool, typer.Option("--json", metavar=FLAG, help="Answer with one JSON object; 'schema' prints its JSON Schema.")
]
Verbose = Annotated[bool, typer.Option("--verbose", metavar=FLAG, help="Log what is being done to standard error.")]
Debug = Annotated[bool, typer.Option("--debug", metavar=FLAG, help="Log everything, and show tracebacks.")]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="The configuration file; by default $RADARR_CORE_CONFIG, else ./radarr.toml, "
        "else ~/.config/radarr-core/radarr.toml",
        show_default=False,
    ),
]
Profile = Annotated[
    str | None, typer.Option("--profile", metavar="NAME", help="The quality profile to judge by.", show_default=False)
]
ProfileOrFile = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar="NAME|FILE",
        help="The quality profile to judge by: its name, or a file with one of the TRaSH guides or of your own.",
        show_default=False,
    ),
]
Formats = Annotated[
    Path | None,
    typer.Option(
        "--formats",
        metavar="FOLDER",
        help="A folder of custom formats. By default the configuration's, else the folder cf beside that of the "
        "profile's file.",
        show_default=False,
    ),
]
Runtime = Annotated[
    int | None,
    typer.Option("--runtime", metavar="MINUTES", min=1, help="The film's runtime in minutes.", show_default=False),
]
