"""Bring a finished download into the library: prove it, plan it, journal it, place it, and only then replace.

Two transactions frame the work on the disk. The first writes the plan down, the second writes down what became of
it together with the event. Every effect can be found done already, so a process that is killed at any moment leaves
either the old state or a plan that the next start carries out to the end.
"""

from __future__ import annotations

from pathlib import Path, PurePath, PurePosixPath

from attrs import evolve, frozen

from radarr_core.domain.decisions.upgrade import Mislabelled, find_mislabel, find_objection_to
from radarr_core.domain.downloads import BlockCause, DownloadItem, Grab, GrabState
from radarr_core.domain.events import DownloadFailed, ImportWaits, MovieFileImported, ReleaseMislabelled
from radarr_core.domain.movies import Movie, MovieFile, Slot, SlotKey
from radarr_core.domain.naming import build_file_name, build_folder_name
from radarr_core.domain.plans import Effect, PlaceFile, Plan, PlanState
from radarr_core.domain.releases import MediaInfo
from radarr_core.domain.videos import find_refusal, is_sample, pick_video
from radarr_core.errors import (
    AskPersonError,
    BugError,
    FileSystemError,
    GiveUpError,
    PathMissingError,
    RadarrCoreError,
    SupersededError,
    TargetExistsError,
    UnreadableMediaError,
)
from radarr_core.ports.file_system import FileEntry
from radarr_core.ports.storage import UnitOfWork

from .block_release import block_release
from .carry_out_plan import carry_out, plan_import, take_back
from .context import Context, facts_of
from .gather_situation import count_mislabels
from .guard import ask
from .removals import Removals


@frozen(kw_only=True)
class ImportResult:
    """What became of a finished download: a file in the library, or the reason why not."""

    grab: Grab
    file: MovieFile | None = None
    reason: str | None = None
    mislabelled: Mislabelled | None = None


@frozen(kw_only=True)
class _Known:
    """What storage knows before the work begins."""

    grab: Grab | None
    movie: Movie | None
    held: MovieFile | None
    mislabels: int


@frozen(kw_only=True)
class _Candidate:
    """What was found in the download and proved to be the film."""

    movie: Movie
    source: FileEntry
    proof: MediaInfo


async def import_download(
    context: Context, grab: Grab, item: DownloadItem, removals: Removals | None = None
) -> ImportResult:
    """Import a finished download exactly once, however often it is called.

    A download that is no film, or a sample, fails for good and its release is blocked. A disk that is full, read-only
    or another one than the library's, a name that is taken, and a plan that removes too much wait for a person.
    Nothing raises but what cannot be stored. `removals` is what went out of the library lately.
    """
    known = await _look_up(context, grab)
    grab = known.grab or grab  # the caller's may be older than what another task has stored since
    if grab.state is GrabState.IMPORTED:
        return ImportResult(grab=grab, file=known.held)
    if grab.state is GrabState.FAILED:
        return ImportResult(grab=grab, reason=grab.message)
    try:
        candidate = await _find_film(context, grab, item, known.movie)
        plan = await _plan(context, grab, candidate, known, removals or Removals())
        grab = await _journal(context, grab, plan)
    except SupersededError as error:
        return ImportResult(grab=await fail_download(context, grab, str(error), block=False), reason=str(error))
    except GiveUpError as error:
        cause = BlockCause.NO_FILM if isinstance(error, UnreadableMediaError) else BlockCause.DOWNLOAD_FAILED
        return ImportResult(grab=await fail_download(context, grab, str(error), cause=cause), reason=str(error))
    except RadarrCoreError as error:
        return await _wait(context, grab, str(error))
    done: list[Effect] = []
    try:
        await carry_out(context.file_system, plan, done)
    except RadarrCoreError as error:
        return await _undo(context, grab, plan, done, error)
    if removals is not None:
        removals.note(plan, context.clock.now())
    file = _describe_file(context, grab, plan.placed, candidate.proof)
    return await _finish(context, grab, plan, file, candidate.movie)


async def resume_import(context: Context, plan: Plan) -> ImportResult | None:
    """Carry a plan out to the end that an earlier process had written down; None when its grab is gone."""
    async with context.storage.begin() as work:
        grabs = [grab for grab in await work.grabs.list_in(GrabState.IMPORTING) if _plan_id(grab) == plan.id]
        movie = await work.movies.find(plan.target.movie_id)
        if not grabs or movie is None:
            await work.plans.save(plan.moved_to(PlanState.ABANDONED))
            return None
    grab = grabs[0]
    done: list[Effect] = []
    try:
        await carry_out(context.file_system, plan, done, resuming=True)
        proof = await ask(context.media_probe.name, context.media_probe.probe(Path(plan.placed.target)))
    except RadarrCoreError as error:
        return await _undo(context, grab, plan, done, error)
    return await _finish(context, grab, plan, _describe_file(context, grab, plan.placed, proof), movie)


async def _look_up(context: Context, grab: Grab) -> _Known:
    async with context.storage.begin() as work:
        held = await work.files.find(grab.target)
        return _Known(
            grab=await work.grabs.find(grab.info_hash, grab.target),
            movie=await work.movies.find(grab.target.movie_id),
            held=held,
            # The blocklist only grows, and matters only where there is a file to be replaced.
            mislabels=(await count_mislabels(work)).get(grab.target, 0) if held else 0,
        )


async def _find_film(context: Context, grab: Grab, item: DownloadItem, movie: Movie | None) -> _Candidate:
    if item.output_path is None:
        raise BugError(f"{item.title!r} is imported before it is finished", adapter=grab.client)
    if movie is None:
        raise AskPersonError(f"the movie {grab.target.movie_id!r} is no longer in the library")
    entries = await ask("file system", context.file_system.list_files(Path(item.output_path)))
    video = pick_video(tuple((entry.path, entry.size) for entry in entries))
    if video is None:
        raise UnreadableMediaError(find_refusal(tuple(entry.path for entry in entries)))
    source = next(entry for entry in entries if entry.path == video)
    proof = await ask(context.media_probe.name, context.media_probe.probe(source.path))
    if is_sample(proof.duration, movie.runtime_minutes):
        raise UnreadableMediaError(f"{source.path.name!r} lasts {proof.duration:.0f} s, which is a sample of the film")
    return _Candidate(movie=movie, source=source, proof=proof)


async def _plan(context: Context, grab: Grab, candidate: _Candidate, known: _Known, removals: Removals) -> Plan:
    if known.held is not None:
        _require_improvement(context, grab, candidate.movie, known.held, known.mislabels)
    target = _find_target(context, grab, candidate)
    await _require_room(context, grab, candidate.movie, target)
    plan = plan_import(
        plan_id=_plan_id(grab),
        grab=grab,
        source=candidate.source,
        target=target,
        held=known.held,
        library=context.library,
        now=context.clock.now(),
    )
    files, size = removals.lately(plan.made_at)
    objection = context.library.governor.find_objection(plan, removals_so_far=files, bytes_so_far=size)
    if objection:
        raise FileSystemError(f"{plan.reason}: {objection}")
    return plan


def _require_improvement(context: Context, grab: Grab, movie: Movie, held: MovieFile, mislabels: int) -> None:
    slot = movie.get_slot(grab.target.slot)
    objection = find_objection_to(
        context.policy,
        movie,
        slot,
        held,
        claim=grab.claim,
        offer=grab.offer,
        mislabels=mislabels,
        info_hash=grab.info_hash,
        reputation_signal=grab.reputation_signal,
    )
    if objection:
        raise SupersededError(objection)


async def _require_room(context: Context, grab: Grab, movie: Movie, target: PurePath) -> None:
    """A disk that is not mounted is no empty library, and a name that another slot or film holds is taken."""
    root = _find_root(context, movie.get_slot(grab.target.slot))
    if not await ask("file system", context.file_system.is_folder(root)):
        raise PathMissingError(f"the library's folder {str(root)!r} is not there; is its disk mounted?")
    if await ask("file system", context.file_system.find_file(Path(target))) is None:
        return
    async with context.storage.begin() as work:
        held = await work.files.list_all()
    for other in held:
        key = SlotKey(movie_id=other.movie_id, slot=other.slot)
        if other.path == target and key != grab.target:
            raise TargetExistsError(
                f"{str(target)!r} belongs to the slot {other.slot!r} of {other.movie_id!r}; give one of them a folder "
                "of its own, or a file name that tells them apart"
            )


def _find_root(context: Context, slot: Slot) -> Path:
    return Path(slot.folder) if slot.folder else context.library.folder


def _find_target(context: Context, grab: Grab, candidate: _Candidate) -> PurePath:
    root = _find_root(context, candidate.movie.get_slot(grab.target.slot))
    folder = build_folder_name(context.library.folder_template, movie=candidate.movie)
    name = build_file_name(
        context.library.file_template, movie=candidate.movie, claim=grab.claim, proof=candidate.proof
    )
    return root / folder / PurePosixPath(name + candidate.source.path.suffix.lower())


def _plan_id(grab: Grab) -> str:
    return f"import-{grab.info_hash}-{grab.target.movie_id}-{grab.target.slot}"


def _describe_file(context: Context, grab: Grab, placed: PlaceFile, proof: MediaInfo) -> MovieFile:
    return MovieFile(
        movie_id=grab.target.movie_id,
        slot=grab.target.slot,
        path=placed.target,
        size=placed.size,
        claim=grab.claim,
        proof=proof,
        added=context.clock.now(),
        offer=grab.offer,
        info_hash=grab.info_hash,
        reputation_signal=grab.reputation_signal,
    )


async def _journal(context: Context, grab: Grab, plan: Plan) -> Grab:
    is_importing = grab.state is GrabState.IMPORTING
    importing = grab if is_importing else grab.moved_to(GrabState.IMPORTING, grab.message)
    async with context.storage.begin() as work:
        await work.grabs.save(importing)
        await work.plans.save(plan)
    return importing


async def _undo(context: Context, grab: Grab, plan: Plan, done: list[Effect], error: RadarrCoreError) -> ImportResult:
    """Put everything back as it was, as far as it had come, and say why."""
    await take_back(context.file_system, done, context.library.recycle_folder)
    async with context.storage.begin() as work:
        await work.plans.save(plan.moved_to(PlanState.ABANDONED))
    return await _wait(context, grab, str(error))


async def _finish(context: Context, grab: Grab, plan: Plan, file: MovieFile, movie: Movie) -> ImportResult:
    imported = grab.moved_to(GrabState.IMPORTED, ended_at=context.clock.now())
    async with context.storage.begin() as work:
        await work.files.save(file)
        await work.grabs.save(imported)
        await work.plans.save(plan.moved_to(PlanState.DONE))
        await work.events.append(
            MovieFileImported(
                **facts_of(context, grab),
                slot=grab.target.slot,
                release=grab.offer.title,
                info_hash=grab.info_hash,
                path=file.path,
                source=plan.placed.source,
                size=file.size,
                quality=grab.claim.quality.name,
                mode=plan.placed.mode.value,
                replaced=plan.removals[0].path if plan.removals else None,
            )
        )
        mislabelled = _find_mislabel(context, grab, file, movie)
        if mislabelled is not None:
            await _note_mislabel(context, work, grab, mislabelled)
    return ImportResult(grab=imported, file=file, mislabelled=mislabelled)


def _find_mislabel(context: Context, grab: Grab, file: MovieFile, movie: Movie) -> Mislabelled | None:
    """None, too, when slot or profile are gone by now: what was imported stays imported."""
    try:
        profile = context.policy.get_profile(movie.get_slot(grab.target.slot).profile)
    except AskPersonError:
        return None
    return find_mislabel(file.claim, file.proof, profile)


async def _note_mislabel(context: Context, work: UnitOfWork, grab: Grab, mislabelled: Mislabelled) -> None:
    event = ReleaseMislabelled(
        **facts_of(context, grab),
        slot=grab.target.slot,
        release=grab.offer.title,
        claimed=mislabelled.claimed.name,
        proved=mislabelled.proved.name,
    )
    await work.events.append(event)
    await block_release(work, grab.target, grab.offer, BlockCause.MISLABELLED, event.sentence, context.clock.now())


async def fail_download(
    context: Context, grab: Grab, reason: str, *, block: bool = True, cause: BlockCause = BlockCause.DOWNLOAD_FAILED
) -> Grab:
    """Write down that a download will never become a file, and block its release; its data stays where it is."""
    failed = grab.moved_to(GrabState.FAILED, reason, ended_at=context.clock.now())
    async with context.storage.begin() as work:
        stored = await work.grabs.find(grab.info_hash, grab.target)
        if stored is not None and stored.state is not grab.state:
            return stored  # another task of this pipeline was quicker
        await work.grabs.save(failed)
        await work.events.append(
            DownloadFailed(
                **facts_of(context, grab),
                release=grab.offer.title,
                info_hash=grab.info_hash,
                reason=reason,
            )
        )
        if block:
            now = context.clock.now()
            await block_release(work, grab.target, grab.offer, cause, reason, now)
    return failed


async def _wait(context: Context, grab: Grab, reason: str) -> ImportResult:
    """Leave the download for a person; the same reason is told once, however often the import is tried."""
    is_news = grab.message != reason
    is_waiting = grab.state is GrabState.WAITING
    waiting = evolve(grab, message=reason) if is_waiting else grab.moved_to(GrabState.WAITING, reason)
    async with context.storage.begin() as work:
        await work.grabs.save(waiting)
        if is_news:
            await work.events.append(
                ImportWaits(
                    **facts_of(context, grab),
                    release=grab.offer.title,
                    info_hash=grab.info_hash,
                    reason=reason,
                )
            )
    return ImportResult(grab=waiting, reason=reason)
