"""Names as the scene writes them, and which name to keep of an imported file."""

from __future__ import annotations

from radarr_core.domain.quality import UNKNOWN_QUALITY
from radarr_core.domain.releases import NameKind

from .acceptance import read_name, strip_extension


def scene_title(name: str) -> str:
    """The name without its extension, and without hyphens and underscores at either end."""
    return strip_extension(name.strip()).strip("-_ ")


def is_scene_title(name: str) -> bool:
    """Whether a name is written as the scene does: dots for spaces, a group, a known quality, a title."""
    if "." not in name or " " in name:
        return False
    facts = read_name(name)
    return (
        facts.kind is NameKind.MOVIE
        and facts.title is not None
        and facts.release_group is not None
        and facts.quality != UNKNOWN_QUALITY
    )


def find_scene_name(
    file_name: str, *, is_only_video: bool, download_title: str | None = None, folder_title: str | None = None
) -> str | None:
    """Which name to keep as the scene name of an imported file, or None for none.

    The download's name, when the file is the only video; else the file's own, when it is a scene name; else the
    folder's, likewise.

    Args:
        file_name: the file's name, with its extension.
        is_only_video: no other video, samples apart, lies beside it.
        download_title: the name of the download it came from.
        folder_title: the name of the release its folder was made for.
    """
    if is_only_video and download_title:
        return strip_extension(download_title)
    own = strip_extension(file_name)
    if is_scene_title(own):
        return own
    if is_only_video and folder_title and is_scene_title(scene_title(folder_title)):
        return scene_title(folder_title)
    return None
