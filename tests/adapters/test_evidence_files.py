"""Files of shared evidence: what is written, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from radarr_adapters.evidence_files import read_evidence, write_evidence
from radarr_core.domain.scene_groups import EvidenceSummary
from radarr_core.errors import SharedEvidenceError
from radarr_core.testing.scene_worlds import REFERENCE_DATE
from tests.core.shared_evidence import make_sums

SUMMARY = EvidenceSummary(made_by="Anna of the harbour ⚓", made_at=REFERENCE_DATE, sums=make_sums())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file as it is handed on."""
    write_evidence(tmp_path / "anna.json", SUMMARY)
    return tmp_path / "anna.json"


def test_a_file_is_read_as_it_was_written(path: Path) -> None:
    """Every figure, the name and the moment; it says what it is and of which version."""
    assert read_evidence(path) == SUMMARY
    data = json.loads(path.read_text("utf-8"))
    assert (data["schema"], data["version"], data["made_by"]) == ("radarr-core/group-evidence", 1, SUMMARY.made_by)


def test_the_form_of_the_text_makes_no_difference(path: Path) -> None:
    """Sorted otherwise and written in one line it is the same evidence with the same checksum."""
    data = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(dict(reversed(data.items()))))
    assert read_evidence(path) == SUMMARY


def test_no_file_is_overwritten(path: Path) -> None:
    """What is there stays."""
    before = path.read_bytes()
    with pytest.raises(SharedEvidenceError, match="is there already"):
        write_evidence(path, SUMMARY)
    assert path.read_bytes() == before


def test_where_nothing_can_be_written_is_said(tmp_path: Path) -> None:
    """A folder that is missing is named."""
    with pytest.raises(SharedEvidenceError, match=r"nowhere/x\.json: cannot be written"):
        write_evidence(tmp_path / "nowhere" / "x.json", SUMMARY)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"pieces": 1', '"pieces": 2', "checksum does not fit"),
        ("Anna of", "Bella of", "checksum does not fit"),
        ('"version": 1', '"version": 2', "is of version 2, and this radarr-core reads version 1"),
        ('"version": 1', '"version": true', "is of version True"),
        ("group-evidence", "get", "is no summary of evidence"),
        ('"pieces": 1', '"pieces": NaN', "whole number, not NaN"),
        ('"pieces": 1', '"pieces": 1e400', "whole number, not 1e400"),
        ('"pieces": 1', '"pieces": 1, "pieces": 1', "'pieces' stands twice"),
        ('"pieces": 1', f'"pieces": {"9" * 5000}', "is no JSON"),
    ],
)
def test_a_changed_file_is_refused(path: Path, old: str, new: str, said: str) -> None:
    """A figure, a name or a version that was changed by hand is found, and the file is named."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(SharedEvidenceError, match=said) as caught:
        read_evidence(path)
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
def test_a_truncated_file_is_refused(path: Path, share: float) -> None:
    """What was cut off on its way is no summary."""
    text = path.read_text("utf-8")
    path.write_text(text[: int(len(text) * share)])
    with pytest.raises(SharedEvidenceError, match="cut off"):
        read_evidence(path)


@pytest.mark.parametrize("content", [b"[]", b"7", b'"text"', b"\xff\xfe", b"[" * 100_000])
def test_something_else_is_refused(path: Path, content: bytes) -> None:
    """Whatever else a file may hold."""
    path.write_bytes(content)
    with pytest.raises(SharedEvidenceError, match=r"no summary|no JSON"):
        read_evidence(path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    """So is a folder."""
    with pytest.raises(SharedEvidenceError, match="there is no such file"):
        read_evidence(tmp_path / "nowhere.json")
    with pytest.raises(SharedEvidenceError, match="cannot be read"):
        read_evidence(tmp_path)
