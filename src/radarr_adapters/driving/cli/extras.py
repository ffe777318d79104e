"""Whether what an adapter needs is installed, found out from metadata, without importing anything."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from attrs import frozen
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name


@frozen
class Missing:
    """Packages that are not installed, and what pip has to be told to install them."""

    packages: tuple[str, ...]
    wanted: str


def find_missing(origin: str, extra: str) -> Missing | None:
    """The packages an extra asks for that are not installed; None when all are.

    Args:
        origin: the distribution that declares the extra.
        extra: its name; where the distribution declares none of that name, a requirement.
    """
    try:
        owner = distribution(origin)
    except PackageNotFoundError:
        owner = None
    if owner is not None and extra in (owner.metadata.get_all("Provides-Extra") or ()):
        found, wanted = tuple(dict.fromkeys(_find_missing_of(owner, extra, frozenset()))), f"{origin}[{extra}]"
    else:
        found, wanted = _find_missing_requirement(extra), extra
    return Missing(found, wanted) if found else None


def _find_missing_requirement(text: str) -> tuple[str, ...]:
    try:
        return tuple(_check(Requirement(text), frozenset()))
    except InvalidRequirement:
        return ()


def _find_missing_of(owner: Distribution, extra: str, seen: frozenset[tuple[str, str]]) -> Iterator[str]:
    step = (canonicalize_name(owner.name), extra)
    if step in seen:
        return
    for text in owner.requires or ():
        requirement = Requirement(text)
        if requirement.marker and "extra" in str(requirement.marker) and requirement.marker.evaluate({"extra": extra}):
            yield from _check(requirement, seen | {step})


def _check(requirement: Requirement, seen: frozenset[tuple[str, str]]) -> Iterator[str]:
    try:
        found = distribution(requirement.name)
    except PackageNotFoundError:
        yield requirement.name
        return
    for extra in requirement.extras:
        yield from _find_missing_of(found, extra, seen)
