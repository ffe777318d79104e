"""Everything that is probably wrong with profiles and formats, gathered from as much as can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from attrs import field, frozen

from radarr_adapters.policy_files import FormatFolder, ReadProfile, read_profile_file
from radarr_adapters.policy_files.formats import NO_FOLDER
from radarr_adapters.policy_files.policy import PolicyReader
from radarr_adapters.policy_files.tables import read_table
from radarr_core.domain.custom_formats.lint import Finding, Severity, lint_formats, lint_profile
from radarr_core.domain.quality import BUILT_IN_PROFILES
from radarr_core.errors import AskPersonError, ConfigurationError, FaultyInputError, PolicyDataError

from .judging import find_formats_for, is_file_name
from .text import expand_user

UNUSABLE = "cannot be used"


@frozen(kw_only=True)
class Remark:
    """One finding, or one thing that could not be read, with where it stands."""

    problem: str
    sentence: str
    severity: Severity = Severity.ERROR
    profile: str | None = None
    format: str | None = None
    condition: str | None = None
    file: str | None = None
    key: str | None = None

    @classmethod
    def of_finding(cls, finding: Finding, profile: str | None) -> Remark:
        """A finding about a format, or about a profile."""
        return cls(
            problem=finding.problem.value,
            sentence=finding.sentence,
            severity=finding.severity,
            profile=profile,
            format=finding.format,
            condition=finding.condition,
        )

    @classmethod
    def of_error(cls, error: AskPersonError, profile: str | None = None) -> Remark:
        """What keeps a file or a table from being used."""
        if isinstance(error, FaultyInputError):
            return cls(problem=UNUSABLE, sentence=error.reason, profile=profile, file=error.file, key=error.key)
        return cls(problem=UNUSABLE, sentence=str(error), profile=profile)

    @property
    def subject(self) -> str:
        """What it is about, for people."""
        if self.file or self.key:
            return ": ".join(part for part in (self.file, self.key) if part)
        return f"format {self.format}" if self.format else f"profile {self.profile}"


@frozen(kw_only=True)
class LookedAt:
    """Everything that was looked at, and every remark on it."""

    folder: FormatFolder
    profiles: tuple[str, ...]
    remarks: tuple[Remark, ...]

    def count(self, severity: Severity) -> int:
        """How many remarks are that grave."""
        return sum(remark.severity is severity for remark in self.remarks)


@frozen(slots=False)
class Work:
    """Reads as much as can be read; what cannot becomes a remark.

    Attributes:
        configuration: the file the reader's table came from.
        wanted: the one profile that is asked for, by name or file; None for all of the configuration.
    """

    configuration: Path | None
    reader: PolicyReader
    wanted: str | None
    remarks: dict[str, Remark] = field(factory=dict)  # by sentence: two profiles may score one format

    def look(self) -> LookedAt:
        """Read all, then lint all."""
        folder = self._find_folder()
        read = tuple(self._read_profiles(folder))
        if folder.folder is None and not read and not self.remarks:
            raise ConfigurationError(
                "there is nothing to look at; name a profile, a folder of formats or a configuration with either",
                key="--profile",
            )
        for problem in folder.problems:
            self._add(Remark.of_error(problem))
        for finding in lint_formats(folder.formats):
            self._add(Remark.of_finding(finding, None))
        for profile in read:
            for finding in lint_profile(profile.data, folder.formats, folder.conflicts):
                self._add(Remark.of_finding(finding, profile.data.name))
        return LookedAt(
            folder=folder, profiles=tuple(each.data.name for each in read), remarks=tuple(self.remarks.values())
        )

    def _add(self, remark: Remark) -> None:
        self.remarks.setdefault(f"{remark.file}: {remark.key}: {remark.sentence}", remark)

    def _find_folder(self) -> FormatFolder:
        try:
            folder = self.reader.folder
            wanted = self.wanted
            if wanted is None or wanted in self._list_names() or not is_file_name(wanted):
                return folder
            return find_formats_for(expand_user(wanted), folder)
        except (PolicyDataError, ConfigurationError) as error:
            self._add(Remark.of_error(self._place(error)))
            return NO_FOLDER

    def _read_profiles(self, folder: FormatFolder) -> Iterator[ReadProfile]:
        names, wanted = self._list_names(), self.wanted
        if wanted is None:
            yield from self._try_each(tuple(self._own), self.reader.read_profile)
        elif wanted in names:
            yield from self._try_each([wanted], self._read_by_name)
        elif is_file_name(wanted):
            yield from self._try_each([wanted], lambda name: read_profile_file(expand_user(name), folder))
        else:
            known = ", ".join(sorted(names))
            raise ConfigurationError(f"no quality profile is called {wanted!r}; known are {known}", key="--profile")

    def _list_names(self) -> tuple[str, ...]:
        return (*BUILT_IN_PROFILES, *self._own)

    @cached_property
    def _own(self) -> Mapping[str, object]:
        try:
            return read_table(self.reader.configuration, "profiles")
        except ConfigurationError as error:
            self._add(Remark.of_error(self._place(error)))
            return {}

    def _read_by_name(self, name: str) -> ReadProfile:
        if name in self._own:
            return self.reader.read_profile(name)
        return ReadProfile.of_profile(BUILT_IN_PROFILES[name])

    def _try_each(self, names: Sequence[str], read: Callable[[str], ReadProfile]) -> Iterator[ReadProfile]:
        for name in names:
            try:
                yield read(name)
            except (PolicyDataError, ConfigurationError) as error:
                self._add(Remark.of_error(self._place(error), name))

    def _place(self, error: PolicyDataError | ConfigurationError) -> AskPersonError:
        """A setting with the file of the configuration it stands in."""
        if isinstance(error, ConfigurationError) and error.file is None and self.configuration is not None:
            return ConfigurationError(error.reason, key=error.key, file=str(self.configuration))
        return error
