"""From the stretch of a name that holds the title to the title, and to the titles of an AKA name."""

from __future__ import annotations

import re

_AKA_DOTTED = re.compile(r" A\.K\.A\.? ", re.IGNORECASE)
_LEADING_BRACKETS = re.compile(r"(?:\[[^\]\[]*\][ ._-]*)+")
_NOT_IN_TITLES = str.maketrans("", "", "<>?*")
_CLOSING = {"[": "]", "(": ")", "【": "】"}
_SPACES = re.compile(r" {2,}")
_AKA = re.compile(r" +AKA +| +/ +", re.IGNORECASE)


def clean_stretch(stretch: str) -> str:
    """The title in a stretch of a name: separators become spaces, the dots of acronyms stay.

    May be empty, when nothing but punctuation stands in the stretch.
    """
    title = stretch.translate(_NOT_IN_TITLES) if _has_illegal(stretch) else stretch
    if "_" in title:
        title = title.replace("_", " ")
    if " a" in title or " A" in title:
        title = _AKA_DOTTED.sub(" AKA ", title)
    if title[:1] == "[":
        title = _LEADING_BRACKETS.sub("", title, count=1)
    title = title.strip(" -")
    if title[:1] in _CLOSING and _CLOSING[title[0]] not in title:
        # The year stood in the same brackets: [Title 2019].
        title = title[1:]
    if "." in title:
        title = _join_dotted(title.split("."))
    if "  " in title:
        title = _SPACES.sub(" ", title)
    return title.strip()


def _has_illegal(stretch: str) -> bool:
    return "?" in stretch or "*" in stretch or "<" in stretch or ">" in stretch


_DOCTORS = frozenset(("dr", "Dr", "DR", "dR"))


def _join_dotted(parts: list[str]) -> str:
    """Dots between words become spaces; those of an acronym (`S.W.A.T`), of `Dr` and of `A.I` stay."""
    if min(map(len, parts)) > 1 and not any(part in _DOCTORS for part in parts):
        return " ".join(parts)
    built: list[str] = []
    running = False
    last = len(parts) - 1
    for i, part in enumerate(parts):
        after = parts[i + 1] if i < last else ""
        if _is_initial(part, after, running, is_last=i == last):
            built.append(part + ".")
            running = True
        else:
            built.append(f" {part} " if running else f"{part} ")
            running = False
    return "".join(built).strip()


def _is_initial(part: str, after: str, running: bool, *, is_last: bool) -> bool:
    if len(part) != 1:
        return part.lower() == "dr"
    if part in "aA":
        return running or len(after) == 1
    if not part.isalpha():
        return False
    return running or (not is_last and not (len(after) == 1 and after.isdigit()))


def split_titles(title: str) -> tuple[str, ...]:
    """The whole title first, then the parts of `X AKA Y` and `X / Y`."""
    if " / " not in title and "aka" not in title.lower():
        return (title,)
    opening = title.lower().find(" (aka ")
    closing = title.rfind(")")
    whole = title
    if 0 <= opening < closing and len(title.lower()) == len(title):
        title = f"{title[:opening]} AKA {title[opening + 6 : closing]}{title[closing + 1 :]}"
    parts = [part.strip() for part in _AKA.split(title)]
    return tuple(dict.fromkeys([whole, *(part for part in parts if part)]))


_NOT_IN_ADDITIONS = frozenset("()[]0123456789")


def split_addition(title: str) -> tuple[str, ...]:
    """`Title (Other Title)`: the title, the whole, and the other; several words in brackets at the end are no title.

    Empty when there is no such addition. An AKA in the brackets is left to `split_titles`.
    """
    if title[-1:] not in (")", "]"):
        return ()
    opening = max(title.rfind(" ("), title.rfind(" ["))
    other = title[opening + 2 : -1].strip()
    first = title[: max(opening, 0)].strip(" -")
    if " " not in other or not any(map(str.isalpha, first)) or not _NOT_IN_ADDITIONS.isdisjoint(other):
        return ()
    return () if "aka" in other.lower().split() else (first, title, other)


_LATIN = re.compile(r"[A-Za-z][\w'’&:,.!-]*(?: [\w'’&:,.!-]+)*\Z")
_FOREIGN = re.compile(r"[\u0590-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def prefer_latin(title: str) -> tuple[str, str] | None:
    """The Latin title that follows one in another script (not Cyrillic), and the other; None where there is none."""
    last = None
    for match in _FOREIGN.finditer(title):
        last = match.end()
    if last is None:
        return None
    # The foreign run ends at the first space, dot or bracket after its last character.
    rest = re.search(r"[ .\])】]", title[last:])
    if rest is None:
        return None
    latin = title[last + rest.start() :].strip(" .-])】")
    if len(latin) < 2 or _LATIN.match(latin) is None:
        return None
    return latin, title[: last + rest.start()].strip(" -[")
