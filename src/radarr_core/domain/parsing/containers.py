"""File extensions: the container they name and the quality they suggest where a name is silent."""

from __future__ import annotations

from collections.abc import Mapping

from radarr_core.domain.quality import QUALITY_BY_NAME, Quality

_BY_QUALITY = {
    "Unknown": "webm",
    "SDTV": (
        "m4v 3gp nsv ty strm rm rmvb m3u ifo mov qt divx xvid bivx nrg pva wmv asf asx ogm ogv m2v avi bin dat dvr-ms "
        "mpg mpeg mp4 avc vp3 svq3 nuv viv dv fli flv wpl ts wtv"
    ),
    "DVD": "img iso vob",
    "WEBDL-720p": "mkv mk3d",
    "Bluray-720p": "m2ts",
}

QUALITY_OF_EXTENSION: Mapping[str, Quality] = {
    extension: QUALITY_BY_NAME[name] for name, extensions in _BY_QUALITY.items() for extension in extensions.split()
}
"""The accepted video extensions, without their dot."""

EXTENSIONS = frozenset(QUALITY_OF_EXTENSION) | {"par2", "nzb", "torrent", "nfo"}
"""Endings that are taken off a name before it is read."""

# Words that are containers wherever they stand after the title; the rest of the extensions are words as well.
SPOKEN_CONTAINERS = frozenset(("mkv", "mp4", "avi", "m2ts", "wmv", "mk3d", "webm", "m4v", "iso", "vob", "mpg"))
# These say what the stream is rather than which file it lies in.
_NOT_CONTAINERS = frozenset(("par2", "nzb", "torrent", "nfo", "avc", "divx", "xvid", "dv"))


def find_container(extension: str) -> str | None:
    """The container an extension names, or None when it names something else."""
    return None if not extension or extension in _NOT_CONTAINERS else extension
