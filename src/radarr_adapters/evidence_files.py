"""Summaries of evidence about groups in files: JSON with a checksum, which people hand to each other."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from radarr_core.domain.scene_groups import EvidenceSummary, summary_from_data, summary_to_data
from radarr_core.errors import SharedEvidenceError

SCHEMA, VERSION = "radarr-core/group-evidence", 1
_LARGEST = 256 * 1024 * 1024
"""Bytes; a million releases of two thousand groups have a tenth of it."""


def write_evidence(path: Path, summary: EvidenceSummary) -> None:
    """Write a summary to a file, which must not be there yet.

    Raises:
        SharedEvidenceError: the file is there already, or cannot be written.
    """
    data = {"schema": SCHEMA, "version": VERSION, **summary_to_data(summary)}
    # All in ASCII: a name somebody was sent may hold half a character, which no file can.
    text = json.dumps({**data, "checksum": _sum_up(data)}, indent=1)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text + "\n")
    except FileExistsError:
        raise SharedEvidenceError("the file is there already; name another one", file=str(path)) from None
    except OSError as error:
        raise SharedEvidenceError(f"cannot be written: {error}", file=str(path)) from error


def read_evidence(path: Path) -> EvidenceSummary:
    """The summary in a file, with its checksum and every figure looked at.

    Raises:
        SharedEvidenceError: it cannot be read, was cut off or changed, is of a newer version, or holds figures nobody
            can have counted.
    """
    where = str(path)
    try:
        data = json.loads(
            _read_text(path), object_pairs_hook=_refuse_twins, parse_constant=_refuse, parse_float=_refuse
        )
    except FileNotFoundError:
        raise SharedEvidenceError("there is no such file", file=where) from None
    except OSError as error:
        raise SharedEvidenceError(f"cannot be read: {error}", file=where) from error
    except SharedEvidenceError as error:
        raise SharedEvidenceError(error.reason, file=where, key=error.key) from error
    except (ValueError, RecursionError) as error:
        said = f"is no JSON, or was cut off: {error}"
        raise SharedEvidenceError(said[:200], file=where) from error
    return _read(data, where)


def _read_text(path: Path) -> str:
    if stat.S_ISCHR(path.stat().st_mode):
        raise SharedEvidenceError("is a device, which may never end, and no file")
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise SharedEvidenceError(f"has more than {_LARGEST:,} bytes, so it is no summary of evidence")
    return content.decode("utf-8")


def _read(data: Any, where: str) -> EvidenceSummary:
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise SharedEvidenceError(f"is no summary of evidence; expected the schema {SCHEMA!r}", file=where)
    if data.get("version") != VERSION or isinstance(data["version"], bool):
        said = f"is of version {data.get('version')!r:.40}, and this radarr-core reads version {VERSION}"
        raise SharedEvidenceError(said, file=where)
    rest = {key: value for key, value in data.items() if key != "checksum"}
    if data.get("checksum") != _sum_up(rest):
        said = "the checksum does not fit: the file was changed or damaged; ask for it again"
        raise SharedEvidenceError(said, file=where)
    return summary_from_data(rest, file=where)


def _sum_up(data: Mapping[str, Any]) -> str:
    """The checksum of everything but itself, whatever the order and the space of the text."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _refuse(text: str) -> Any:
    raise SharedEvidenceError(f"every figure is a whole number, not {text[:40]}")


def _refuse_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise SharedEvidenceError(f"the key {twin[:40]!r} stands twice in one object")
    return found
