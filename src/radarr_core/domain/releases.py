"""A release as it is offered, as its name claims it to be, and as its file proves it to be.

Three types on purpose: what an indexer says (`Release`), what a name says (`NameFacts`, `ParsedRelease`) and what
a file is (`MediaInfo`) are never taken for each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Flag, StrEnum
from typing import Any, NamedTuple

from attrs import Factory, field, frozen

from .identifiers import ImdbId, InfoHash, TmdbId
from .languages import Language
from .moments import check_aware
from .quality import FIRST_REVISION, UNKNOWN_QUALITY, DetectedFrom, Quality, Revision


class DownloadProtocol(StrEnum):
    """How a release travels."""

    TORRENT = "torrent"
    USENET = "usenet"


class IndexerKind(StrEnum):
    """Who may see an indexer, and so who may publish there: everybody, or its members alone."""

    PUBLIC = "public"
    PRIVATE = "private"


class IndexerFlag(Flag):
    """What an indexer says about the terms of a release; the bits are Radarr's."""

    NONE = 0
    FREELEECH = 1
    HALFLEECH = 2
    DOUBLE_UPLOAD = 4
    PTP_GOLDEN = 8
    PTP_APPROVED = 16
    INTERNAL = 32
    SCENE = 128
    FREELEECH_75 = 256
    FREELEECH_25 = 512
    NUKED = 2048


def _check_not_negative(instance: object, attribute: object, value: Any) -> None:
    if value is not None and value < 0:
        name = getattr(attribute, "name", "value")
        raise ValueError(f"{name} is never negative: {value!r}")


def _check_text(instance: object, attribute: object, value: str) -> None:
    if not value.strip():
        raise ValueError(f"{getattr(attribute, 'name', 'value')} may not be blank")


@frozen(kw_only=True)
class Release:
    """One offer of an indexer, as it was offered. None always means that the indexer did not say.

    Attributes:
        indexer: the configured name of the indexer that offers it.
        guid: unique within that indexer.
        title: the release name.
        size: bytes.
        download_url: where the .torrent or .nzb is to be had; it may carry a key, so it is never shown.
        magnet_url: a magnet link, where one is offered.
        published: aware, UTC.
        peers: seeders and leechers together.
        snatches: how often it was taken in all.
        indexer_priority: 1 to 50, lower wins ties.
        minimum_seeders: the smallest number of seeders this indexer's offers need to be worth a try.
        container: the file format the indexer states.
        indexer_tags: the indexer serves only movies that share one of these tags; empty serves all.
        required_flags: of these flags at least one is needed for this indexer's offers to be taken.
        multi_languages: what MULTI in a name stands for at this indexer.
        indexer_kind: who may see the indexer. One that anybody may join is neither kind.

    Raises:
        ValueError: title or guid is blank, a count is negative, a moment has no time zone, or there is no way to
            get the release.
    """

    indexer: str
    guid: str = field(validator=_check_text)
    title: str = field(validator=_check_text)
    protocol: DownloadProtocol | None = None
    size: int | None = field(default=None, validator=_check_not_negative)
    download_url: str | None = field(default=None, repr=False)
    magnet_url: str | None = field(default=None, repr=False)
    info_url: str | None = None
    info_hash: InfoHash | None = None
    published: datetime | None = field(default=None, validator=check_aware)
    seeders: int | None = field(default=None, validator=_check_not_negative)
    peers: int | None = field(default=None, validator=_check_not_negative)
    imdb_id: ImdbId | None = None
    tmdb_id: TmdbId | None = None
    languages: tuple[Language, ...] = ()
    flags: IndexerFlag = IndexerFlag.NONE
    indexer_priority: int = 25
    minimum_seeders: int = field(default=1, validator=_check_not_negative)
    container: str | None = None
    indexer_tags: frozenset[str] = frozenset()
    required_flags: IndexerFlag = IndexerFlag.NONE
    multi_languages: tuple[Language, ...] = ()
    snatches: int | None = field(default=None, validator=_check_not_negative)
    indexer_kind: IndexerKind | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse an offer nobody could fetch."""
        if not self.download_url and not self.magnet_url:
            raise ValueError(f"{self.title!r} offers neither a download link nor a magnet link")

    @property
    def identity(self) -> str:
        """The same for the same release seen twice: its info-hash, else indexer and guid."""
        return str(self.info_hash) if self.info_hash else f"{self.indexer}:{self.guid}"


class VideoCodec(StrEnum):
    """How the picture is coded."""

    XVID = "XviD"
    DIVX = "DivX"
    MPEG2 = "MPEG-2"
    MPEG4 = "MPEG-4"
    H264 = "H.264"
    H265 = "H.265"
    H266 = "H.266"
    VC1 = "VC-1"
    VP8 = "VP8"
    VP9 = "VP9"
    AV1 = "AV1"
    WMV = "WMV"
    REAL_VIDEO = "RealVideo"


class AudioCodec(StrEnum):
    """How the sound is coded."""

    MP2 = "MP2"
    MP3 = "MP3"
    AAC = "AAC"
    HE_AAC = "HE-AAC"
    AC3 = "AC3"
    EAC3 = "EAC3"
    AC4 = "AC4"
    DTS = "DTS"
    DTS_ES = "DTS-ES"
    DTS_EXPRESS = "DTS Express"
    DTS_HD = "DTS-HD"
    DTS_HD_HRA = "DTS-HD HRA"
    DTS_HD_MA = "DTS-HD MA"
    DTS_X = "DTS:X"
    TRUEHD = "TrueHD"
    FLAC = "FLAC"
    ALAC = "ALAC"
    PCM = "PCM"
    OPUS = "Opus"
    VORBIS = "Vorbis"
    WMA = "WMA"


class HdrFormat(StrEnum):
    """How the picture's range beyond the standard one is described."""

    HDR = "HDR"
    HDR10 = "HDR10"
    HDR10_PLUS = "HDR10+"
    DOLBY_VISION = "DV"
    HLG = "HLG"
    PQ = "PQ"
    SDR = "SDR"


class Mark(StrEnum):
    """A word about how a release was made or who made it."""

    REMUX = "remux"
    HYBRID = "hybrid"
    INTERNAL = "internal"
    SCENE = "scene"
    PROPER = "proper"
    REPACK = "repack"
    REAL = "real"
    LIMITED = "limited"
    SUBBED = "subbed"
    DUBBED = "dubbed"
    SAMPLE = "sample"


class Cut(StrEnum):
    """A kind of edition, whatever words a name has for it."""

    ALTERNATIVE = "alternative_cut"
    ANNIVERSARY = "anniversary"
    ASSEMBLY = "assembly"
    COLLECTOR = "collector"
    CRITERION = "criterion"
    DESPECIALIZED = "despecialized"
    DIAMOND = "diamond"
    DIRECTORS = "directors_cut"
    EXTENDED = "extended"
    FAN = "fan"
    FINAL = "final"
    IMAX = "imax"
    LIMITED = "limited"
    OPEN_MATTE = "open_matte"
    REMASTERED = "remastered"
    RESTORED = "restored"
    SIGNATURE = "signature"
    SPECIAL = "special"
    THEATRICAL = "theatrical"
    ULTIMATE = "ultimate"
    UNCENSORED = "uncensored"
    UNCUT = "uncut"
    UNRATED = "unrated"


@frozen
class AudioClaim:
    """One sound track a name speaks of; codec and channels (`5.1`) may each be unsaid.

    `atmos` says that the track carries Dolby Atmos objects.
    """

    codec: AudioCodec | None = None
    channels: str | None = None
    atmos: bool = False


class Span(NamedTuple):
    """Half-open code-point offsets into the original text."""

    start: int
    end: int


class NameKind(StrEnum):
    """What kind of thing a name is the name of."""

    MOVIE = "movie"
    EPISODE = "episode"
    SEASON = "season"
    MUSIC = "music"
    GAME = "game"
    BOOK = "book"
    UNKNOWN = "unknown"


_NO_SPANS: Mapping[str, tuple[Span, ...]] = {}


@frozen(kw_only=True)
class NameFacts:
    """Everything that could be read from a text, whatever it is the name of.

    Absent is None or empty, never a text that says unknown. `spans` says for each field by name which stretches of
    `original` it was read from.
    """

    original: str
    kind: NameKind
    reason: str
    title: str | None = None
    titles: tuple[str, ...] = ()
    year: int | None = None
    quality: Quality = UNKNOWN_QUALITY
    revision: Revision = FIRST_REVISION
    languages: tuple[Language, ...] = ()
    is_multi: bool = False
    edition: str | None = None
    release_group: str | None = None
    release_hash: str | None = None
    hardcoded_subs: str | None = None
    imdb_id: ImdbId | None = None
    tmdb_id: TmdbId | None = None
    video_codec: VideoCodec | None = None
    audio: tuple[AudioClaim, ...] = ()
    hdr: tuple[HdrFormat, ...] = ()
    bit_depth: int | None = None
    is_3d: bool = False
    streaming_service: str | None = None
    marks: frozenset[Mark] = frozenset()
    container: str | None = None
    subtitle_languages: tuple[Language, ...] = ()
    resolution: int | None = None
    source_from: DetectedFrom = DetectedFrom.UNKNOWN
    resolution_from: DetectedFrom = DetectedFrom.UNKNOWN
    cuts: tuple[Cut, ...] = ()
    spans: Mapping[str, tuple[Span, ...]] = field(default=_NO_SPANS, eq=False)


@frozen(kw_only=True)
class ParsedRelease:
    """What a release's name claims about a movie. A claim: nothing of it is proved until the file was probed.

    Attributes:
        title: the first title; `titles` has every one of an AKA name.
        year: None when the name has none.
        quality: `Unknown` when the name says nothing of one.
        audio: codec, channels and objects of each track the name speaks of.
        bit_depth: bits a component.
        resolution: the lines the name claims, also where its quality is of no particular or of another resolution.
        source_from: how the quality's source came to be known; `resolution_from` likewise.
        cuts: every kind of edition the name speaks of, also those its `edition` leaves out.
        spans: for each field by name, the half-open code-point offsets into `original` it was read from.

    Raises:
        ValueError: there is no title.
    """

    original: str
    title: str = field(validator=_check_text)
    titles: tuple[str, ...] = Factory(lambda self: (self.title,), takes_self=True)
    year: int | None = None
    quality: Quality = UNKNOWN_QUALITY
    revision: Revision = FIRST_REVISION
    languages: tuple[Language, ...] = ()
    is_multi: bool = False
    edition: str | None = None
    release_group: str | None = None
    release_hash: str | None = None
    hardcoded_subs: str | None = None
    imdb_id: ImdbId | None = None
    tmdb_id: TmdbId | None = None
    video_codec: VideoCodec | None = None
    audio: tuple[AudioClaim, ...] = ()
    hdr: tuple[HdrFormat, ...] = ()
    bit_depth: int | None = None
    is_3d: bool = False
    streaming_service: str | None = None
    marks: frozenset[Mark] = frozenset()
    container: str | None = None
    subtitle_languages: tuple[Language, ...] = ()
    resolution: int | None = None
    source_from: DetectedFrom = DetectedFrom.UNKNOWN
    resolution_from: DetectedFrom = DetectedFrom.UNKNOWN
    cuts: tuple[Cut, ...] = ()
    spans: Mapping[str, tuple[Span, ...]] = field(default=_NO_SPANS, eq=False)


@frozen(kw_only=True)
class VideoStream:
    """The picture of a file; `width` and `height` in pixels."""

    codec: str
    width: int = field(validator=_check_not_negative)
    height: int = field(validator=_check_not_negative)
    bit_depth: int | None = None
    frame_rate: float | None = None
    hdr: tuple[HdrFormat, ...] = ()


@frozen(kw_only=True)
class AudioStream:
    """One sound track of a file; `channels` as in `5.1`, None where the file does not say.

    `atmos` says that the track carries Dolby Atmos objects.
    """

    codec: str
    channels: str | None = None
    language: str | None = None
    atmos: bool = False


@frozen(kw_only=True)
class MediaInfo:
    """What a file proves: read from its streams, never from its name.

    Attributes:
        container: the container format as the probe names it.
        duration: seconds; None when the file does not tell.
        video: the main picture stream.
        audio: every sound track, in file order.
        subtitle_languages: a code for each subtitle track that has one.
    """

    container: str
    video: VideoStream
    duration: float | None = None
    audio: tuple[AudioStream, ...] = ()
    subtitle_languages: tuple[str, ...] = ()

    @property
    def resolution(self) -> int:
        """Lines, judged by width or height so that a cropped picture keeps its class; 0 for an empty picture.

        Thresholds are the field's: 3200x2100, 1800x1000, 1200x700 and 1000x560 pixels.
        """
        width, height = self.video.width, self.video.height
        for lines, least_width, least_height in (
            (2160, 3200, 2100), (1080, 1800, 1000), (720, 1200, 700), (576, 1000, 560),
        ):  # fmt: skip
            if width >= least_width or height >= least_height:
                return lines
        return 480 if width and height else 0
