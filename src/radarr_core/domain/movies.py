"""Movies, the versions of them that are wanted, and the files that are held."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from attrs import Factory, field, frozen

from radarr_core.errors import UnknownSlotError

from .availability import NO_DATES, Availability, ReleaseDates
from .identifiers import ImdbId, InfoHash, MovieId, SlotName, TmdbId
from .languages import Language
from .moments import check_aware
from .releases import MediaInfo, ParsedRelease, Release
from .titles import clean_title, slugify

MAIN_SLOT = SlotName("main")


@frozen(kw_only=True)
class Slot:
    """One wanted version of a movie. Upgrades compete only inside a slot.

    Attributes:
        name: unique within the movie.
        profile: the name of the quality profile that judges offers for this slot.
        folder: a library folder of its own for this version; None for the library's.
    """

    name: SlotName = field(default=MAIN_SLOT, converter=SlotName)
    profile: str = "HD-1080p"
    folder: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a slot nobody could name."""
        if not self.name.strip():
            raise ValueError("a slot needs a name")


def derive_movie_id(*, title: str, year: int, imdb_id: ImdbId | None = None, tmdb_id: TmdbId | None = None) -> MovieId:
    """The library's name for a movie: by TMDb number, else IMDb id, else title and year.

    Adding the same film twice therefore gives the same id. It is kept once given, also when more becomes known.
    """
    if tmdb_id is not None:
        return MovieId(f"tmdb-{tmdb_id}")
    if imdb_id is not None:
        return MovieId(f"imdb-{imdb_id}")
    return MovieId(f"{slugify(title) or 'film'}-{year}")


def _derive(movie: Movie) -> MovieId:
    return derive_movie_id(title=movie.title, year=movie.year, imdb_id=movie.imdb_id, tmdb_id=movie.tmdb_id)


@frozen(kw_only=True)
class TranslatedTitle:
    """What a film is called in a language."""

    language: Language
    title: str


@frozen(kw_only=True)
class Movie:
    """A film that is wanted.

    Attributes:
        title: as people know it.
        year: of the first release; `secondary_year` where sources disagree.
        other_titles: alternative titles, and those of which it is not known whose they are.
        original_title: what it is called in its own language.
        translated_titles: what it is called in others.
        original_language: None when unknown; a release then cannot be judged by it.
        runtime_minutes: None when unknown; size limits then reckon with 110 minutes.
        slots: the versions wanted, one by default.
        tags: which delay profiles, release profiles and indexers are meant for it.
        dates: when it comes out, and `minimum_availability` the stage from which on it is fetched. A film that was
            entered by hand has no dates, so being announced is enough unless more is asked for.
        id: derived from the identity that is known, unless given.

    Raises:
        ValueError: the title is blank, the year absurd, there is no slot, or two slots share a name.
    """

    title: str
    year: int
    imdb_id: ImdbId | None = None
    tmdb_id: TmdbId | None = None
    secondary_year: int | None = None
    other_titles: tuple[str, ...] = ()
    runtime_minutes: int | None = None
    slots: tuple[Slot, ...] = (Slot(),)
    monitored: bool = True
    original_title: str | None = None
    original_language: Language | None = None
    translated_titles: tuple[TranslatedTitle, ...] = ()
    tags: frozenset[str] = frozenset()
    dates: ReleaseDates = NO_DATES
    minimum_availability: Availability = Availability.ANNOUNCED
    id: MovieId = Factory(_derive, takes_self=True)

    def __attrs_post_init__(self) -> None:
        """Refuse movies that could not be looked for."""
        if not self.title.strip():
            raise ValueError("a movie needs a title")
        if not 1870 <= self.year <= 2200:
            raise ValueError(f"{self.title!r}: {self.year!r} is no year of a film")
        if self.runtime_minutes is not None and self.runtime_minutes <= 0:
            raise ValueError(f"{self.title!r}: a runtime is a positive number of minutes, or None when unknown")
        names = [slot.name for slot in self.slots]
        if not names or len(set(names)) != len(names):
            raise ValueError(f"{self.title!r}: a movie has at least one slot, each of its own name, not {names!r}")

    def get_slot(self, name: SlotName) -> Slot:
        """The slot of that name.

        Raises:
            UnknownSlotError: the movie has none of that name; a KeyError, too.
        """
        for slot in self.slots:
            if slot.name == name:
                return slot
        raise UnknownSlotError(f"{self} has no slot {name!r} any more; it has {', '.join(s.name for s in self.slots)}")

    @property
    def titles(self) -> tuple[str, ...]:
        """Every title the film goes by, its own first, none twice."""
        translated = (translation.title for translation in self.translated_titles)
        own = (self.title,) if self.original_title is None else (self.title, self.original_title)
        return tuple(dict.fromkeys((*own, *self.other_titles, *translated)))

    @property
    def clean_titles(self) -> frozenset[str]:
        """The matching keys of every title the film goes by."""
        return frozenset(clean_title(title) for title in self.titles)

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"


@frozen(kw_only=True)
class MovieFile:
    """A file in the library: the whole claim it was grabbed on, beside what the file proves.

    Attributes:
        path: where it lies, with the library's folder.
        size: bytes.
        claim: what its release name said.
        proof: what its streams say.
        offer: what the indexer said of the release; None for a file we did not fetch.
        info_hash: the torrent it came from, where it came from one.
        reputation_signal: its makers' reputation when it was grabbed, -1 to 1; None where nobody asked. It stays, so
            that no later opinion makes anything an upgrade.
        added: aware, UTC.
    """

    movie_id: MovieId
    slot: SlotName
    path: PurePath
    size: int
    claim: ParsedRelease
    proof: MediaInfo
    added: datetime = field(validator=check_aware)
    offer: Release | None = None
    info_hash: InfoHash | None = None
    reputation_signal: float | None = None


@frozen(kw_only=True)
class SlotKey:
    """One slot of one movie: what a grab, a file and a decision belong to."""

    movie_id: MovieId
    slot: SlotName = MAIN_SLOT
