"""`radarr-core explain`: what release names say, what every rule thinks of them, and which goes first."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from attrs import evolve, frozen
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from radarr_adapters.bootstrap import NoClock
from radarr_adapters.driving.cli import answers, options
from radarr_adapters.driving.cli.explaining import Explanation, Rivalry, compare, explain_names
from radarr_adapters.driving.cli.explanation_answers import (
    describe_explanation,
    describe_judge,
    describe_rivalry,
    show_reading,
)
from radarr_adapters.driving.cli.films import find_listed, make_movie
from radarr_adapters.driving.cli.format_tables import render_formats
from radarr_adapters.driving.cli.judging import USUAL_PROFILE, Judge, choose_judge
from radarr_adapters.driving.cli.logs import log_to_stderr
from radarr_adapters.driving.cli.naming import list_unsaid, render_facts, render_original
from radarr_adapters.driving.cli.output import Output
from radarr_adapters.driving.cli.rendering import describe_difference, paragraph, render_verdicts
from radarr_adapters.driving.cli.running import run_on_storage
from radarr_adapters.driving.cli.text import parse_size, plain
from radarr_core.domain.decisions import RunKind, Situation
from radarr_core.domain.languages import Language, find_language
from radarr_core.domain.movies import Movie, Slot
from radarr_core.domain.opinions import Comparison, Opinion, find_disagreements
from radarr_core.domain.parsing import read_name
from radarr_core.domain.releases import DownloadProtocol, NameFacts, NameKind, Release
from radarr_core.errors import ConfigurationError, RadarrCoreError, UnparsableReleaseError
from radarr_core.plugins import AdapterContext, PortKind, build_registry
from radarr_core.ports.release_parser import ReleaseParser
from radarr_core.services.look_up_groups import leave_unknown, look_up_groups


def explain(
    name: Annotated[str, typer.Argument(help="The release name.")],
    other: Annotated[str | None, typer.Argument(help="Another one, to be compared with the first.")] = None,
    profile: options.ProfileOrFile = None,
    formats: options.Formats = None,
    movie: Annotated[
        str | None,
        typer.Option(
            "--movie", metavar="FILM", help="The film it should be of, as 'Film (Year)'; by default the one it names."
        ),
    ] = None,
    size: Annotated[
        list[str] | None,
        typer.Option(
            "--size",
            metavar="SIZE",
            help="The size of the offer: bytes, or as in '4.2 GB'. Once for each name, or for all.",
        ),
    ] = None,
    seeders: Annotated[
        list[int] | None,
        typer.Option(
            "--seeders", metavar="NUMBER", min=0, help="How many have all of it. Once for each name, or for all."
        ),
    ] = None,
    runtime: options.Runtime = None,
    original_language: Annotated[
        str | None,
        typer.Option(
            "--original-language", metavar="NAME", help="The film's own language, which 'Original' stands for."
        ),
    ] = None,
    second_opinion: Annotated[
        str | None,
        typer.Option("--second-opinion", metavar="PARSER", help="Another reader of names, as 'guessit'."),
    ] = None,
    config: options.Config = None,
    as_json: options.Json = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> None:
    """Say what a release name says, which custom formats it fits, and every rule's verdict; of two, which goes first.

    Works without a configuration; with one, its profiles, formats and settings are judged by.
    """
    with log_to_stderr(verbose=verbose, debug=debug):
        subject = _find_subject(read_name(name), movie, runtime)
        judge = choose_judge(config, profile, formats, subject.movie)
        subject = _fill_in(subject, judge, original_language, is_profile_given=profile is not None)
        offers = _make_offers((name,) if other is None else (name, other), size or (), seeders or ())
        situation = _find_situation(config, offers, judge)
        explained = explain_names(offers, subject.movie, judge, situation, _now())
        if second_opinion:
            explained = tuple(asyncio.run(_ask(explained, second_opinion)))
        show(Output(as_json), explained, subject, judge)


@frozen(kw_only=True)
class Subject:
    """The film a name is judged for, and what had to be assumed for that."""

    movie: Movie
    assumptions: tuple[str, ...] = ()


def _find_subject(facts: NameFacts, film: str | None, runtime: int | None) -> Subject:
    """The film that is meant, as far as the name and the options tell."""
    assumptions = []
    if film is None:
        film = f"{facts.title or 'any film'} ({facts.year or _now().year})"
        assumptions.append(f"no --movie was given, so {film} is taken for the film that is wanted")
        if facts.year is None:
            assumptions.append("the name has no year, so this year is taken")
    movie = make_movie(film, runtime=runtime, profile=USUAL_PROFILE, option="--movie")
    return Subject(movie=movie, assumptions=tuple(assumptions))


def _fill_in(subject: Subject, judge: Judge, original_language: str | None, *, is_profile_given: bool) -> Subject:
    """The film judged by that profile, with what the configuration says of it; options win."""
    movie, assumptions = subject.movie, subject.assumptions
    listed = find_listed(judge.movies, movie)
    if listed is not None:
        what = "what else is known of it is" if is_profile_given else "its profile and what else is known of it are"
        assumptions += (f"{what} what the configuration says",)
        movie = evolve(listed, runtime_minutes=movie.runtime_minutes or listed.runtime_minutes)
    if original_language is not None:
        movie = evolve(movie, original_language=_find_language(original_language))
    return Subject(movie=evolve(movie, slots=(Slot(profile=judge.name),)), assumptions=assumptions)


def _find_language(name: str) -> Language:
    found = find_language(name)
    if found is None:
        raise typer.BadParameter(f"no language is called {name!r}", param_hint="--original-language")
    return found


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - without a configuration there is no clock to ask


# -- offers ------------------------------------------------------------------------------------------------------------


def _make_offers(names: Sequence[str], sizes: Sequence[str], seeders: Sequence[int]) -> tuple[Release, ...]:
    for option, given in (("--size", sizes), ("--seeders", seeders)):
        if len(given) > len(names):
            raise typer.BadParameter(f"{option} was given {len(given)} times for {len(names)} names")
    return tuple(
        _make_offer(str(place), name, _pick(sizes, place), _pick(seeders, place)) for place, name in enumerate(names)
    )


T = TypeVar("T")


def _pick(given: Sequence[T], place: int) -> T | None:
    """What was given for one name; a single one is for all."""
    return given[min(place, len(given) - 1)] if given else None


def _make_offer(guid: str, name: str, size: str | None, seeders: int | None) -> Release:
    try:
        return Release(
            indexer="command line",
            guid=guid,
            title=name if name.strip() else "-",  # an offer has a title; a dash says as little as none
            protocol=DownloadProtocol.TORRENT,
            size=_read_size(size),
            seeders=seeders,
            magnet_url="magnet:?",
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _read_size(size: str | None) -> int | None:
    try:
        return None if size is None else parse_size(size)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--size") from error


def _find_situation(config: Path | None, offers: Sequence[Release], judge: Judge) -> Situation:
    """What is known of the makers, where decisions go by that; for want of an answer nothing else goes unexplained."""
    situation = Situation(kind=RunKind.SEARCH)
    if not judge.asks_reputations:
        return situation
    try:
        return run_on_storage(config, lambda context: look_up_groups(context, offers, situation))
    except RadarrCoreError as error:
        return leave_unknown(situation, error)


# -- a second opinion --------------------------------------------------------------------------------------------------


async def _ask(explained: Sequence[Explanation], parser_name: str) -> list[Explanation]:
    """The explanations with our own reading beside that of another parser."""
    context = AdapterContext(name=parser_name, clock=NoClock())
    registry = build_registry()
    try:
        registry.get_adapter(PortKind.RELEASE_PARSER, parser_name)
    except ConfigurationError as error:
        raise type(error)(str(error), key="--second-opinion") from error
    parser: ReleaseParser = registry.create(
        PortKind.RELEASE_PARSER, parser_name, {}, context, where="--second-opinion", environ={}
    )
    return [evolve(each, opinion=await _compare_readings(each, parser)) for each in explained]


async def _compare_readings(explained: Explanation, parser: ReleaseParser) -> Comparison:
    name, decision = explained.facts.original, explained.decision
    ours = Opinion(parser="radarr-core", claim=decision.parsed, refusal=decision.refusal)
    try:
        theirs = Opinion(parser=parser.name, claim=await parser.parse(name))
    except UnparsableReleaseError as error:
        theirs = Opinion(parser=parser.name, refusal=error.reason)
    return Comparison(name=name, opinions=(ours, theirs), disagreements=find_disagreements((ours, theirs)))


def _render_comparison(comparison: Comparison) -> list[RenderableType]:
    """One line a difference, or the word that there is none."""
    other = comparison.opinions[-1].parser
    if not comparison.disagreements:
        return [paragraph(f"{other} reads nothing differently")]
    return [
        paragraph(f"{found.field}: " + "; ".join(f"{who} reads {show_reading(v)}" for who, v in found.readings.items()))
        for found in comparison.disagreements
    ]


# -- the answer --------------------------------------------------------------------------------------------------------


def show(output: Output, explained: Sequence[Explanation], subject: Subject, judge: Judge) -> None:
    """Print the answer."""
    first, *others = explained
    rivalry = compare(first.decision, others[0].decision) if others else None
    data = {
        "schema": "radarr-core/explain",
        "version": 1,
        **describe_explanation(first, judge),
        **describe_judge(judge),
        "movie": answers.describe_movie(subject.movie),
        "assumptions": list(subject.assumptions),
        "other": describe_explanation(others[0], judge) if others else None,
        "comparison": describe_rivalry(rivalry) if rivalry else None,
    }
    output.answer(data, *_render(explained, subject, judge, rivalry))


def _render(
    explained: Sequence[Explanation], subject: Subject, judge: Judge, rivalry: Rivalry | None
) -> Iterator[RenderableType]:
    for each in explained:
        yield from _render_name(each, subject, judge)
        if rivalry is not None:
            yield Text()
    if rivalry is not None:
        yield from _render_rivalry(rivalry, [each.decision.offer.title for each in explained])


def _render_name(explained: Explanation, subject: Subject, judge: Judge) -> Iterator[RenderableType]:
    facts, decision = explained.facts, explained.decision
    yield Padding(render_original(facts), (0, 0, 1, 0))
    yield plain(_describe_kind(facts))
    yield render_facts(facts)
    yield paragraph(f"not said: {', '.join(list_unsaid(facts))}", "dim")
    yield Text()
    yield paragraph(f"judged for {subject.movie} by the profile {judge.name} ({judge.source})")
    yield from (paragraph(f"({assumption})", "dim") for assumption in subject.assumptions)
    if subject.movie.original_language is None:
        yield paragraph("(its original language is not known; --original-language tells it)", "dim")
    yield Text()
    yield from render_formats(explained, judge)
    yield Text()
    yield render_verdicts(decision)
    yield from _render_comparison(explained.opinion) if explained.opinion else ()
    against = len(decision.rejections)
    summary = f"rejected: rules that stand against it: {against}" if against else "accepted: no rule stands against it"
    yield plain(summary, "red" if against else "green")


def _render_rivalry(rivalry: Rivalry, names: Sequence[str]) -> Iterator[RenderableType]:
    """Which goes first and why; what the ranking says is told also where rejections decide."""
    if rivalry.winner is not None:
        winner, loser = names[rivalry.winner], names[1 - rivalry.winner]
        yield paragraph(f"goes first: {winner}", "bold green")
        yield paragraph(f"before:     {loser}")
    sentence = {
        "ranking": "",
        "rejected": "since the other is rejected",
        "both rejected": "neither goes first: both are rejected",
        "tie": "they tie: every criterion of the ranking has the same key for both",
    }[rivalry.reason]
    if sentence:
        yield paragraph(sentence)
    if rivalry.difference is not None and rivalry.ranked_first is not None:
        first = "" if rivalry.reason == "ranking" else f"in the ranking alone, {names[rivalry.ranked_first]} is first, "
        yield paragraph(f"{first}by {describe_difference(rivalry.difference)}")


def _describe_kind(facts: NameFacts) -> str:
    kind = "something unknown" if facts.kind is NameKind.UNKNOWN else f"the name of {_add_article(facts.kind.value)}"
    return f"read as {kind}: {facts.reason}"


def _add_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
