"""Which file of a download is the film."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

VIDEO_EXTENSIONS = frozenset({
    ".mkv", ".mk3d", ".mp4", ".m4v", ".avi", ".mov", ".wmv", ".ts", ".m2ts", ".mpg", ".mpeg", ".webm", ".vob",
    ".iso", ".img", ".divx", ".flv", ".ogm", ".wtv", ".3gp",
})  # fmt: skip
EXECUTABLE_EXTENSIONS = frozenset({
    ".arj", ".lnk", ".lzh", ".ps1", ".scr", ".vbs", ".zipx", ".bat", ".cmd", ".exe", ".sh", ".msi", ".com", ".js",
    ".jar",
})  # fmt: skip
ARCHIVE_EXTENSIONS = frozenset({".7z", ".bz2", ".gz", ".r00", ".rar", ".tar", ".tb2", ".tbz2", ".tgz", ".zip"})

_EXTRA_FOLDERS = frozenset({
    "extras", "extrafanart", "featurettes", "interviews", "other", "scenes", "sample", "samples", "shorts", "trailers",
    "behind the scenes", "deleted scenes",
})  # fmt: skip
_SAMPLE_NAME = re.compile(r"(?:^|[^a-z])sample(?:[^a-z]|$)|-trailer$", re.IGNORECASE)


def pick_video(files: tuple[tuple[PurePath, int], ...]) -> PurePath | None:
    """The largest video among files and their sizes in bytes, leaving out samples, trailers and hidden files."""
    videos = [(size, path) for path, size in files if path.suffix.lower() in VIDEO_EXTENSIONS and not _is_hidden(path)]
    main = [(size, path) for size, path in videos if not _is_extra(path)]
    chosen = main or videos
    return max(chosen, key=lambda entry: (entry[0], str(entry[1])))[1] if chosen else None


def _is_hidden(path: PurePath) -> bool:
    return path.name.startswith(".")


def _is_extra(path: PurePath) -> bool:
    return path.parent.name.lower() in _EXTRA_FOLDERS or bool(_SAMPLE_NAME.search(path.stem))


def find_refusal(files: tuple[PurePath, ...]) -> str:
    """Why a download without a video cannot be imported, in words for a person."""
    suffixes = {path.suffix.lower() for path in files}
    if suffixes & EXECUTABLE_EXTENSIONS:
        return "the download holds a program and no video; it may be dangerous"
    if suffixes & ARCHIVE_EXTENSIONS:
        return "the download holds an archive and no video"
    return "the download holds no video file" if files else "the download holds no file at all"


class SampleVerdict(StrEnum):
    """Whether a video is a sample."""

    SAMPLE = "sample"
    NOT_SAMPLE = "not_sample"
    INDETERMINATE = "indeterminate"


_NEVER_SAMPLES = frozenset({".flv", ".strm", ".iso", ".img", ".m2ts"})


def judge_sample(path: PurePath, duration: float | None, runtime_minutes: int | None) -> SampleVerdict:
    """Whether a video is too short for its film. Of some kinds of files the length says nothing.

    Args:
        path: where it lies; its extension alone is looked at.
        duration: seconds; None when it cannot be read.
        runtime_minutes: the film's; None when unknown.
    """
    if path.suffix.lower() in _NEVER_SAMPLES:
        return SampleVerdict.NOT_SAMPLE
    if duration is None:
        return SampleVerdict.INDETERMINATE
    return SampleVerdict.SAMPLE if is_sample(duration, runtime_minutes) else SampleVerdict.NOT_SAMPLE


def is_sample(duration: float | None, runtime_minutes: int | None) -> bool:
    """Whether a video of that many seconds is too short for a film of that runtime.

    The thresholds are the field's: 15 s for films of up to 3 minutes (and unknown ones), 90 s up to 10, 300 s up to
    30, and 600 s above. A video whose length cannot be read is not called a sample.
    """
    if duration is None:
        return False
    minutes = runtime_minutes or 0
    for up_to, seconds in ((3, 15), (10, 90), (30, 300)):
        if minutes <= up_to:
            return duration < seconds
    return duration < 600
