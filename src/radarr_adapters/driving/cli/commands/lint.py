"""`radarr-core lint`: what is probably wrong with profiles and custom formats, all of it at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer
from rich.console import RenderableType
from rich.text import Text

from radarr_adapters.bootstrap import load_configuration
from radarr_adapters.driving.cli import options
from radarr_adapters.driving.cli.configuration import find_configuration
from radarr_adapters.driving.cli.linting import LookedAt, Work
from radarr_adapters.driving.cli.logs import log_to_stderr
from radarr_adapters.driving.cli.output import ExitCode, Output
from radarr_adapters.driving.cli.rendering import make_table, paragraph
from radarr_adapters.driving.cli.text import plain
from radarr_adapters.policy_files.policy import PolicyReader
from radarr_core.domain.custom_formats.lint import Severity

_SIGNS = {Severity.ERROR: ("✗", "red"), Severity.WARNING: ("!", "yellow")}


def lint(
    profile: options.ProfileOrFile = None,
    formats: options.Formats = None,
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> None:
    """Look for mistakes in quality profiles and custom formats.

    Looks at one profile, or at all of the configuration, and at every format there is. Ends with 1 when something
    cannot have been meant; what may have been is a warning.
    """
    with log_to_stderr(verbose=verbose, debug=debug):
        path = find_configuration(config)
        work = Work(path, PolicyReader(load_configuration(path) if path else {}, formats, is_tolerant=True), profile)
        looked_at = work.look()
        code = ExitCode.NOTHING_ACCEPTABLE if looked_at.count(Severity.ERROR) else ExitCode.DONE
        Output(as_json).answer(_describe(looked_at, path, code), *_render(looked_at))
    raise typer.Exit(code)


def _describe(looked_at: LookedAt, configuration: Path | None, code: ExitCode) -> dict[str, object]:
    folder = looked_at.folder
    return {
        "schema": "radarr-core/lint",
        "version": 1,
        "configuration": str(configuration) if configuration else None,
        "format_folder": str(folder.folder) if folder.folder else None,
        "formats": len(folder.formats),
        "profiles": list(looked_at.profiles),
        "findings": [
            {
                "severity": remark.severity.value,
                "problem": remark.problem,
                "sentence": remark.sentence,
                "profile": remark.profile,
                "format": remark.format,
                "condition": remark.condition,
                "file": remark.file,
                "key": remark.key,
            }
            for remark in looked_at.remarks
        ],
        "errors": looked_at.count(Severity.ERROR),
        "warnings": looked_at.count(Severity.WARNING),
        "exit_code": int(code),
    }


def _render(looked_at: LookedAt) -> Iterator[RenderableType]:
    if looked_at.remarks:
        table = make_table("", "about", "finding")
        for remark in sorted(looked_at.remarks, key=lambda each: each.severity is not Severity.ERROR):
            sign, style = _SIGNS[remark.severity]
            words = Text.assemble(plain(f"{remark.problem}: ", style), plain(remark.sentence))
            table.add_row(Text(sign, style=style), plain(remark.subject), words)
        yield table
    counts = [(looked_at.count(Severity.ERROR), "error"), (looked_at.count(Severity.WARNING), "warning")]
    found = " and ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in counts)
    sizes = [(len(looked_at.folder.formats), "format"), (len(looked_at.profiles), "profile")]
    among = " and ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in sizes)
    yield paragraph(f"{found} in {among}", "red" if counts[0][0] else "green")
