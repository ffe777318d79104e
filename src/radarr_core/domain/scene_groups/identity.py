"""Who made a release: a group is a name that somebody goes by, never a flag and never a failure of a parser."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from attrs import field, frozen

from .group_words import KNOWN_ALIASES, NOT_GROUPS, REPOST_SUFFIXES

_HASH = re.compile(r"(?=[0-9a-f]*\d)(?:[0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})\Z")
_WORDS = re.compile(r"[^\W_]+")
_LONGEST = 64
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


def fold_group_name(name: str) -> str:
    """The form in which names of groups are compared: NFKC, case-folded, without space around it.

    Characters that nobody sees, halves of characters and those that steer a terminal make no difference: a flag with
    one of them in it would be a group.
    """
    if not name.isprintable():
        name = "".join(c for c in name if unicodedata.category(c) not in _UNSEEN)
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


def _describe_fault(folded: str) -> str | None:
    """Why that is no name of a group; None when it may be one."""
    if not folded or len(folded) > _LONGEST or not any(c.isalnum() for c in folded):
        return "a group's name has one to 64 characters, a letter or a digit among them"
    bare = folded.strip("[](){}-_. ")
    if folded in NOT_GROUPS or bare in NOT_GROUPS:
        return "it is a flag, a tag of a release or says that there is no group"
    if len(bare) == 1 and bare.isdigit():
        return "a lone digit is no group"
    return "it is a checksum" if _HASH.match(bare) else None


@frozen(order=True, cache_hash=True)
class Group:
    """A release group. Equal whatever the case and the Unicode form; punctuation matters (`-ZR-`, `E.N.D`).

    `INTERNAL`, `UNKNOWN`, `NoGroup`, tags, checksums and lone digits are no groups: there is no such value.

    Attributes:
        name: as it was written.
        key: the form it is compared by.

    Raises:
        ValueError: that is no group's name; the message says why.
    """

    name: str = field(eq=False, order=False)
    key: str = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Fold the name, and refuse what is none."""
        key = fold_group_name(self.name)
        fault = _describe_fault(key)
        if fault is not None:
            raise ValueError(f"{self.name[:80]!r} names no group: {fault}")
        object.__setattr__(self, "key", key)

    @property
    def is_doubtful(self) -> bool:
        """Whether the name is a single character, as parsers' mistakes often are. Two are normal."""
        return len(self.key) == 1

    def __str__(self) -> str:
        return self.name


@frozen
class GroupClaim:
    """What a name says of its maker.

    A doubtful one is kept, but moves no decision: a single character, or a word of the film's own title.
    """

    group: Group
    is_doubtful: bool = False


def _without_reposters(name: str) -> str:
    low = name.casefold()
    for suffix in REPOST_SUFFIXES:
        if low.endswith(suffix):
            return _without_reposters(name[: -len(suffix)])
    return name


@lru_cache(maxsize=16_384)
def _read_group(name: str) -> Group | None:
    try:
        return Group(_without_reposters(name.strip()))
    except ValueError:
        return None


def find_group(name: str | None, *, film_title: str = "") -> GroupClaim | None:
    """The group a parser found in a name; None where it found none, or what is none. There is no bucket for those.

    Args:
        name: what stands where a group stands; None and empty are no group.
        film_title: a group that is called like a word of it is doubtful.
    """
    group = _read_group(name) if name else None
    if group is None:
        return None
    is_word = bool(film_title) and group.key in _WORDS.findall(fold_group_name(film_title))
    return GroupClaim(group, group.is_doubtful or is_word)


def _fold_aliases(names: Mapping[str, str]) -> dict[str, str]:
    pairs = {Group(alias): Group(name) for alias, name in names.items()}
    found: dict[str, str] = {}
    for alias in pairs:
        seen, name = {alias}, pairs[alias]
        while name in pairs and pairs[name] != name:
            if name in seen:
                raise ValueError(f"the aliases of {alias.name!r} lead in a circle: {', '.join(map(str, sorted(seen)))}")
            seen.add(name)
            name = pairs[name]
        if alias != name:
            found[alias.key] = name.key
    return found


@frozen
class GroupAliases:
    """Other names of groups: `GroupAliases({"PAXA": "APEX"})`. An alias may lead to another one.

    Raises:
        ValueError: a name is no group's, or aliases lead in a circle.
    """

    names: Mapping[str, str] = field(factory=dict)
    _folded: Mapping[str, str] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Follow every alias to its end once."""
        object.__setattr__(self, "_folded", _fold_aliases(self.names))

    def resolve(self, key: str) -> str:
        """The folded name a folded name stands for; itself where it is no alias."""
        return self._folded.get(key, key)


DEFAULT_ALIASES = GroupAliases(KNOWN_ALIASES)
"""The aliases the TRaSH guides list."""
