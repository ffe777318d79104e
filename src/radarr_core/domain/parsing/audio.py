"""The sound tracks a name speaks of: codec, channels, objects."""

from __future__ import annotations

from functools import lru_cache

from radarr_core.domain.releases import AudioClaim, AudioCodec

from .tokens import Tokens

_C = AudioCodec
_SIMPLE: dict[str, AudioCodec] = {
    "ac3": _C.AC3, "dd": _C.AC3, "dolbyd": _C.AC3, "ddex": _C.AC3, "ac3d": _C.AC3, "dolbydigital": _C.AC3,
    "eac3": _C.EAC3, "eac3d": _C.EAC3, "ddp": _C.EAC3, "ddplus": _C.EAC3, "ddpa": _C.EAC3, "ddpatmos": _C.EAC3,
    "dda": _C.EAC3, "ac4": _C.AC4, "dts": _C.DTS, "dtsd": _C.DTS, "dtshd": _C.DTS_HD, "dtshdd": _C.DTS_HD,
    "dtses": _C.DTS_ES, "dtsma": _C.DTS_HD_MA, "dtsmad": _C.DTS_HD_MA, "dtshdma": _C.DTS_HD_MA, "hdma": _C.DTS_HD_MA,
    "dtshdmad": _C.DTS_HD_MA, "dtshr": _C.DTS_HD_HRA, "dtshra": _C.DTS_HD_HRA, "dtshdhra": _C.DTS_HD_HRA,
    "dtshdhr": _C.DTS_HD_HRA, "dtsx": _C.DTS_X, "truehd": _C.TRUEHD, "truehda": _C.TRUEHD, "thd": _C.TRUEHD,
    "flac": _C.FLAC, "flacd": _C.FLAC, "alac": _C.ALAC, "pcm": _C.PCM, "lpcm": _C.PCM, "opus": _C.OPUS,
    "opusd": _C.OPUS, "vorbis": _C.VORBIS, "ogg": _C.VORBIS, "aac": _C.AAC, "aacd": _C.AAC, "qaac": _C.AAC,
    "heaac": _C.HE_AAC, "mp3": _C.MP3, "lame": _C.MP3, "lame3": _C.MP3, "mp2": _C.MP2, "wma": _C.WMA,
    "wmapro": _C.WMA, "dolbydigitalplus": _C.EAC3, "dtsxd": _C.DTS_X, "dtse": _C.DTS_EXPRESS,
}  # fmt: skip
_CHANNEL_DIGITS = frozenset("12345678")
_AFTER_POINT = frozenset(("0", "1", "2"))
_CHANNEL_WORDS = {"2ch": "2.0", "6ch": "5.1", "7ch": "6.1", "8ch": "7.1", "mono": "1.0", "stereo": "2.0"}
_OPTIONAL_SEP = frozenset(("", "-", "_", ".", " "))
_FIRST = frozenset(("e", "he", "ac", "eac", "true", "dolby", "dd", "hd"))

WORDS: dict[str, tuple[AudioCodec | None, str]] = {word: (codec, "") for word, codec in _SIMPLE.items()}
WORDS.update({f"{word}{digit}": (codec, digit) for word, codec in _SIMPLE.items() for digit in _CHANNEL_DIGITS})
WORDS.update({f"{word}{times}": (codec, "") for word, codec in _SIMPLE.items() for times in ("x2", "x3", "x4")})
WORDS.update(
    {f"{word}{said[0]}{said[2]}": (codec, said) for word, codec in _SIMPLE.items() for said in ("5.1", "2.0", "7.1")}
)
# Lame is a codec with its version only, DD in capitals only: both are words of titles.
WORDS.update({digit: (None, digit) for digit in _CHANNEL_DIGITS})
WORDS.update({word: (None, channels) for word, channels in _CHANNEL_WORDS.items()})
WORDS.update({f"atmos{digit}": (None, digit) for digit in ("", *_CHANNEL_DIGITS)})
WORDS.update(dict.fromkeys(("e", "he", "ac", "eac", "true", "dolby"), (None, "")))
WORDS["atmosd"] = (None, "")
# These are DTS-HD and the like only behind their first half; alone they are anything.
_DTS_TAILS = {"hd": _C.DTS_HD, "hdma": _C.DTS_HD_MA, "ma": _C.DTS_HD_MA, "hra": _C.DTS_HD_HRA, "hr": _C.DTS_HD_HRA,
              "hdhra": _C.DTS_HD_HRA, "hdhr": _C.DTS_HD_HRA, "es": _C.DTS_ES, "x": _C.DTS_X, "lossless": _C.DTS_HD_MA,
              "express": _C.DTS_EXPRESS}  # fmt: skip
_HD_TAILS = {"ma": _C.DTS_HD_MA, "hra": _C.DTS_HD_HRA, "hr": _C.DTS_HD_HRA}
for _tails in (_DTS_TAILS, _HD_TAILS):
    # The channels may be glued to the tail: DTS-HD.MA5.1.
    _tails.update({f"{tail}{digit}": _tails[tail] for tail in ("ma", "hra") for digit in _CHANNEL_DIGITS})
_TWO_WORDS = {
    ("ac", "3"): _C.AC3, ("eac", "3"): _C.EAC3, ("he", "aac"): _C.HE_AAC, ("true", "hd"): _C.TRUEHD,
    ("dolby", "digital"): _C.AC3, ("dolby", "truehd"): _C.TRUEHD, ("dd", "ex"): _C.AC3, ("dd", "plus"): _C.EAC3,
}  # fmt: skip
# Looking a member up on its enumeration costs ten times a global name, and these are looked up for every track.
_AC3, _EAC3, _DTS, _DTS_HD, _DTS_ES = _C.AC3, _C.EAC3, _C.DTS, _C.DTS_HD, _C.DTS_ES
_DTS_HD_HRA = _C.DTS_HD_HRA
_PLAIN = frozenset((_AC3, _DTS, _DTS_HD))


def read_tracks(
    tokens: Tokens, hits: list[tuple[int, tuple[AudioCodec | None, str]]]
) -> tuple[tuple[AudioClaim, ...], list[tuple[int, int]]]:
    """Every track the name speaks of in its order, and the words of each."""
    tracks: list[tuple[AudioCodec | None, str | None, bool]] = []
    places: list[tuple[int, int]] = []
    until = 0
    for i, (codec, channels) in hits:
        if i < until:
            continue
        last = i
        word = tokens.lows[i]
        if codec is None and word.startswith("atmos"):
            said, last = _read_channels(tokens, i, channels)
            _add_atmos(tracks, places, said, last, i)
            until = last + 1
            continue
        if (codec is None and not channels) or word == "dd":
            codec, last = _read_two_words(tokens, i)
            if codec is None:
                continue
        elif codec in _PLAIN:
            codec, last = _read_family(tokens, i, codec)
            if last > i and tokens.lows[last][-1] in _CHANNEL_DIGITS:
                channels = tokens.lows[last][-1]
        said, last = _read_channels(tokens, last, channels)
        if codec is None and said is None:
            continue
        _add_track(tracks, places, codec, said, i, last)
        until = last + 1
    return _claim(tuple(tracks)), places


@lru_cache(maxsize=1024)
def _claim(tracks: tuple[tuple[AudioCodec | None, str | None, bool], ...]) -> tuple[AudioClaim, ...]:
    # Some hundred different sets of tracks exist; one value each will do, since values cannot change.
    return tuple([AudioClaim(codec=codec, channels=channels, atmos=atmos) for codec, channels, atmos in tracks])


def _read_two_words(tokens: Tokens, i: int) -> tuple[AudioCodec | None, int]:
    first, second = tokens.lows[i], tokens.lows[i + 1]
    gap = tokens.gaps[i + 1]
    if first == "e" and second == "ac" and tokens.lows[i + 2] == "3":
        return _EAC3, i + 2
    if first == "dd":
        if gap.startswith("+"):
            return _EAC3, i
        if tokens.words[i] != "DD" and second not in _CHANNEL_DIGITS:
            return None, i
    found = _TWO_WORDS.get((first, second)) if gap in _OPTIONAL_SEP or first == "dolby" else None
    if found is None:
        return (_AC3, i) if first == "dd" else (None, i)
    if found is _AC3 and first == "dolby" and (tokens.lows[i + 2] == "plus" or tokens.gaps[i + 2].startswith("+")):
        return _EAC3, i + 1 + (tokens.lows[i + 2] == "plus")
    return found, i + 1


def _read_family(tokens: Tokens, i: int, codec: AudioCodec) -> tuple[AudioCodec, int]:
    """DTS, its HD kinds and DD are told apart by what follows them."""
    second = tokens.lows[i + 1]
    if codec is _DTS:
        tail = _DTS_TAILS.get(second)
        if tail is None or not _is_close(tokens.gaps[i + 1], second):
            return codec, i
        codec, i = tail, i + 1
        second = tokens.lows[i + 1]
    if codec is _DTS_HD and second in _HD_TAILS and len(tokens.gaps[i + 1]) <= 1:
        return _HD_TAILS[second], i + 1
    if second == "ma" and (codec is _DTS_ES or codec is _DTS_HD_HRA):
        return codec, i + 1
    if codec is _AC3 and tokens.gaps[i + 1].startswith("+") and tokens.lows[i] in ("dd", "dd5", "dd2", "dd7"):
        return _EAC3, i
    return codec, i


def _is_close(gap: str, second: str) -> bool:
    # `DTS X` and `DTS HR` with a space are two words more often than one; a hyphen, dot or colon joins them.
    return gap in ("-", ".", "_", ":", "") or (gap == " " and second not in ("x", "es", "hr"))


def _read_channels(tokens: Tokens, i: int, said: str) -> tuple[str | None, int]:
    """The channels after a codec (`DDP5.1`, `DTS 5.1`) or by themselves, and the last word they take."""
    if len(said) == 1:
        if tokens.lows[i + 1] in _AFTER_POINT and tokens.gaps[i + 1] in (".", " ", "_"):
            bare = tokens.lows[i] == said
            if not bare or tokens.gaps[i + 1] == ".":
                return f"{said}.{tokens.lows[i + 1]}", i + 1
        return None, i
    if said:
        return said, i
    digit = tokens.lows[i + 1]
    if len(digit) != 1 or digit not in _CHANNEL_DIGITS or tokens.lows[i + 2] not in _AFTER_POINT:
        return None, i
    if tokens.gaps[i + 2] in (".", " ", "_") and len(tokens.gaps[i + 1]) <= 2:
        return f"{digit}.{tokens.lows[i + 2]}", i + 2
    return None, i


_Tracks = list[tuple[AudioCodec | None, str | None, bool]]


def _add_atmos(tracks: _Tracks, places: list[tuple[int, int]], channels: str | None, last: int, i: int) -> None:
    """Atmos belongs to the track named just before it, else it is one of its own."""
    if tracks and i - places[-1][1] <= 2 and not tracks[-1][2]:
        codec, before, _ = tracks[-1]
        tracks[-1] = (codec, before or channels, True)
        places[-1] = (places[-1][0], last)
    else:
        tracks.append((None, channels, True))
        places.append((i, last))


def _add_track(
    tracks: _Tracks, places: list[tuple[int, int]], codec: AudioCodec | None, channels: str | None, i: int, last: int
) -> None:
    """Channels or Atmos said apart join the codec beside them: `AAC 5.1`, `5.1 AAC`, `Atmos TrueHD`."""
    if tracks and i - places[-1][1] == 1:
        before, earlier, atmos = tracks[-1]
        if (codec is None and earlier is None) or (before is None and (earlier is None or channels is None)):
            tracks[-1] = (before or codec, earlier or channels, atmos)
            places[-1] = (places[-1][0], last)
            return
    tracks.append((codec, channels, False))
    places.append((i, last))
