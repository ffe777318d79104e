"""A rule and a criterion as a stranger's plugin brings them, for tests of what is made of those."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from radarr_core.domain.decisions.rules.base import Case, accepted
from radarr_core.domain.decisions.verdicts import Verdict


@frozen
class Patient:
    """A rule of a stranger's."""

    name: str = "patient"

    def judge(self, case: Case) -> Verdict:
        """Fine."""
        return accepted(self.name, "fine")


@frozen
class ByLuck:
    """A criterion of a stranger's."""

    name: str = "luck"

    def weigh(self, case: Case) -> Any:
        """All the same."""
        return (1,), 1
