"""The program: its commands, and the one place where their errors end."""

from __future__ import annotations

import contextvars
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from .commands import doctor, explain, get, groups, groups_evidence, groups_model, lint, plugins, run, schema
from .options import FLAG
from .output import PROGRAM, ExitCode, report_error
from .text import Veil, current_veil


class Program(TyperGroup):
    """A group of commands that turns every error into one line, or one object, and an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command; keys that became known in one run are forgotten with it."""
        given = list(sys.argv[1:] if args is None else args)
        code = contextvars.copy_context().run(self._run, given, **extra)
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(self, args: list[str], **extra: Any) -> int:
        current_veil.set(Veil())
        try:
            return int(super().main(args, PROGRAM, standalone_mode=False, **extra) or 0)
        except typer.Abort:
            return int(ExitCode.CONFIGURATION)
        except Exception as error:  # noqa: BLE001 - people get one line, whatever happened; --debug shows the rest
            return int(report_error(error, as_json=_is_given("--json", args), debug=_is_given("--debug", args)))


def _is_given(flag: str, args: Sequence[str]) -> bool:
    """Whether a flag was given, also where the rest of the line could not be understood."""
    return flag in (args[: args.index("--")] if "--" in args else args)


def _print_version(wanted: bool) -> None:
    if wanted:
        try:
            typer.echo(f"{PROGRAM} {version(PROGRAM)}")
        except PackageNotFoundError:
            typer.echo(f"{PROGRAM} (not installed)")
        raise typer.Exit


app = typer.Typer(
    cls=Program,
    name=PROGRAM,
    help="Movie automation: search, decide and say why, download, import, remember.",
    epilog="Ends with 0 when done, 1 when nothing was acceptable or lint found errors, "
    "2 when something has to be set right, 3 when a service failed.",
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    _: Annotated[
        bool, typer.Option("--version", metavar=FLAG, callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Show the help when no command is given."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(ExitCode.CONFIGURATION)


app.command("get")(get.get)
app.command("run")(run.run)
app.command("explain")(explain.explain)
app.command("lint")(lint.lint)
app.command("doctor")(doctor.doctor)
app.command("plugins")(plugins.plugins)
groups_evidence.add_commands(groups.app)
groups_model.add_commands(groups.app)
app.add_typer(groups.app, name="groups")
app.command("schema")(schema.schema)


def main() -> None:
    """Run the program."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows its number; the program does not end over it.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    app()


if __name__ == "__main__":
    main()
