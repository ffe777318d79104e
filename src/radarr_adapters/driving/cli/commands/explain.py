"""`radarr-core explain`: what a release name says, and what every rule thinks of it. No service is asked."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from attrs import frozen
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from radarr_adapters.bootstrap import NoClock, load_configuration, read_policy
from radarr_adapters.chosen_rules import read_rules
from radarr_adapters.driving.cli import answers, options
from radarr_adapters.driving.cli.configuration import find_configuration, require_profile
from radarr_adapters.driving.cli.films import make_movie
from radarr_adapters.driving.cli.logs import log_to_stderr
from radarr_adapters.driving.cli.naming import list_unsaid, render_facts, render_original
from radarr_adapters.driving.cli.output import Output
from radarr_adapters.driving.cli.rendering import paragraph, render_verdicts
from radarr_adapters.driving.cli.text import parse_size, plain
from radarr_core.domain.decisions import DEFAULT_RULES, Decision, Policy, RuleSet, RunKind, Situation, decide
from radarr_core.domain.movies import Movie, Slot
from radarr_core.domain.opinions import Comparison, Opinion, find_disagreements
from radarr_core.domain.parsing import read_name
from radarr_core.domain.quality import Revision
from radarr_core.domain.releases import AudioClaim, DownloadProtocol, NameFacts, NameKind, Release
from radarr_core.errors import ConfigurationError, UnparsableReleaseError
from radarr_core.plugins import AdapterContext, PortKind, build_registry
from radarr_core.ports.release_parser import ReleaseParser

_USUAL_PROFILE = Slot().profile


def explain(
    name: Annotated[str, typer.Argument(help="The release name.")],
    profile: options.Profile = None,
    movie: Annotated[
        str | None,
        typer.Option("--movie", help="The film it should be of, as 'Film (Year)'; by default the one it names."),
    ] = None,
    size: Annotated[str | None, typer.Option("--size", help="The size of the offer: bytes, or as in '4.2 GB'.")] = None,
    seeders: Annotated[int | None, typer.Option("--seeders", min=0, help="How many have all of it.")] = None,
    runtime: options.Runtime = None,
    second_opinion: Annotated[
        str | None,
        typer.Option("--second-opinion", metavar="PARSER", help="Another reader of names, as 'guessit'."),
    ] = None,
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> None:
    """Say what a release name says, and every rule's verdict on it.

    Works without a configuration; with one, its profiles and settings are judged by.
    """
    with log_to_stderr(verbose=verbose, debug=debug):
        path = find_configuration(config)
        policy = read_policy(load_configuration(path)) if path else Policy()
        rules = read_rules(load_configuration(path)) if path else DEFAULT_RULES
        wanted_profile = require_profile(policy, profile or _USUAL_PROFILE)
        facts = read_name(name)
        subject = _find_subject(facts, movie, runtime, wanted_profile)
        decision = _judge(_make_offer(name, size, seeders), subject.movie, policy, rules)
        comparison = asyncio.run(_compare(name, decision, second_opinion)) if second_opinion else None
        show(Output(as_json), facts, decision, subject, wanted_profile, path, comparison)


@frozen(kw_only=True)
class Subject:
    """The film a name is judged for, and what had to be assumed for that."""

    movie: Movie
    assumptions: tuple[str, ...] = ()


def _find_subject(facts: NameFacts, film: str | None, runtime: int | None, profile: str) -> Subject:
    if film is not None:
        return Subject(movie=make_movie(film, runtime=runtime, profile=profile))
    year = facts.year or _now().year
    subject = make_movie(f"{facts.title or 'any film'} ({year})", runtime=runtime, profile=profile)
    assumptions = [f"no --movie was given, so {subject} is taken for the film that is wanted"]
    if facts.year is None:
        assumptions.append("the name has no year, so this year is taken")
    return Subject(movie=subject, assumptions=tuple(assumptions))


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - without a configuration there is no clock to ask


def _make_offer(name: str, size: str | None, seeders: int | None) -> Release:
    try:
        return Release(
            indexer="command line",
            guid="explain",
            title=name if name.strip() else "-",  # an offer has a title; a dash says as little as none
            protocol=DownloadProtocol.TORRENT,
            size=parse_size(size) if size is not None else None,
            seeders=seeders,
            magnet_url="magnet:?",
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _judge(offer: Release, movie: Movie, policy: Policy, rules: RuleSet) -> Decision:
    situation = Situation(kind=RunKind.SEARCH)
    table = decide([offer], wanted=movie, policy=policy, situation=situation, rules=rules, now=_now())
    return table.decisions[0]


async def _compare(name: str, decision: Decision, parser_name: str) -> Comparison:
    """Our own reading beside that of another parser."""
    context = AdapterContext(name=parser_name, clock=NoClock())
    registry = build_registry()
    try:
        registry.get_adapter(PortKind.RELEASE_PARSER, parser_name)
    except ConfigurationError as error:
        raise type(error)(str(error), key="--second-opinion") from error
    parser: ReleaseParser = registry.create(
        PortKind.RELEASE_PARSER, parser_name, {}, context, where="--second-opinion", environ={}
    )
    ours = Opinion(parser="radarr-core", claim=decision.parsed, refusal=decision.refusal)
    try:
        theirs = Opinion(parser=parser.name, claim=await parser.parse(name))
    except UnparsableReleaseError as error:
        theirs = Opinion(parser=parser.name, refusal=error.reason)
    return Comparison(name=name, opinions=(ours, theirs), disagreements=find_disagreements((ours, theirs)))


def _describe_comparison(comparison: Comparison) -> dict[str, object]:
    return {
        "parser": comparison.opinions[-1].parser,
        "refusal": comparison.opinions[-1].refusal,
        "disagreements": [
            {"field": found.field, "readings": {who: show_reading(value) for who, value in found.readings.items()}}
            for found in comparison.disagreements
        ],
    }


def _render_comparison(comparison: Comparison) -> list[RenderableType]:
    """One line a difference, or the word that there is none."""
    other = comparison.opinions[-1].parser
    if not comparison.disagreements:
        return [paragraph(f"{other} reads nothing differently")]
    return [
        paragraph(f"{found.field}: " + "; ".join(f"{who} reads {show_reading(v)}" for who, v in found.readings.items()))
        for found in comparison.disagreements
    ]


def show_reading(value: object) -> str:
    """A reading as people write it."""
    if isinstance(value, tuple):
        return ", ".join(map(show_reading, value))
    if isinstance(value, AudioClaim):
        return " ".join(str(part) for part in (value.codec, value.channels, "Atmos" if value.atmos else None) if part)
    if isinstance(value, Revision):
        return f"version {value.version}" + (f", real {value.real}" if value.real else "")
    return str(value)


def show(
    output: Output,
    facts: NameFacts,
    decision: Decision,
    subject: Subject,
    profile: str,
    configuration: Path | None,
    comparison: Comparison | None,
) -> None:
    """Print the answer."""
    accepted = decision.is_accepted
    summary = "no rule stands against it" if accepted else f"rules that stand against it: {len(decision.rejections)}"
    source = str(configuration) if configuration else None
    output.answer(
        {
            "schema": "radarr-core/explain",
            "version": 1,
            "name": facts.original,
            "kind": facts.kind.value,
            "kind_reason": facts.reason,
            "claim": answers.describe_claim(facts),
            "spans": answers.describe_spans(facts),
            "movie": answers.describe_movie(subject.movie),
            "profile": profile,
            "configuration": source,
            "assumptions": list(subject.assumptions),
            "decision": answers.describe_decision(decision),
            "second_opinion": _describe_comparison(comparison) if comparison else None,
        },
        Padding(render_original(facts), (0, 0, 1, 0)),
        plain(_describe_kind(facts)),
        render_facts(facts),
        paragraph(f"not said: {', '.join(list_unsaid(facts))}", "dim"),
        Text(),
        paragraph(f"judged for {subject.movie} by the profile {profile} ({source or 'built in'})"),
        *(paragraph(f"({assumption})", "dim") for assumption in subject.assumptions),
        render_verdicts(decision),
        *(_render_comparison(comparison) if comparison else ()),
        plain(f"{'accepted' if accepted else 'rejected'}: {summary}", "green" if accepted else "red"),
    )


def _describe_kind(facts: NameFacts) -> str:
    kind = "something unknown" if facts.kind is NameKind.UNKNOWN else f"the name of {_add_article(facts.kind.value)}"
    return f"read as {kind}: {facts.reason}"


def _add_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
