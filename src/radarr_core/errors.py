"""The error tree: every branch says what the caller can do about it.

* `RetryLaterError`: nothing is wrong with the request; the same call may succeed later.
* `AskPersonError`: a person has to change something (a setting, a password, a disk) before it can succeed.
* `GiveUpError`: this input will never work; go on with the next one.
* `BugError`: the program itself, or a plugin, is at fault; report it.

Messages name the adapter first and show the offending value with ``!r``.
"""

from __future__ import annotations


class RadarrCoreError(Exception):
    """Everything this library raises on purpose.

    Args:
        message: what was wrong and what to do about it, for a person.
        adapter: the name of the adapter that met the trouble, or None where no adapter took part.
    """

    def __init__(self, message: str, *, adapter: str | None = None) -> None:
        super().__init__(f"{adapter}: {message}" if adapter else message)
        self.adapter = adapter

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by message and attributes, so that every error may cross processes, whatever it is made from."""
        return type(self).__new__, (type(self), *self.args), self.__dict__


class RetryLaterError(RadarrCoreError):
    """Waiting may help: the service is away, busy or asks for patience.

    Attributes:
        retry_after: the seconds the service itself asked for, or None when it named none.
    """

    def __init__(self, message: str, *, adapter: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, adapter=adapter)
        self.retry_after = retry_after


class ServiceUnavailableError(RetryLaterError):
    """The service refused the connection, did not answer before the deadline, or answered 5xx."""


class UnreachableError(ServiceUnavailableError):
    """Nothing answered at all: no such host, a refused connection. Our own network may be at fault as well."""


class RateLimitedError(RetryLaterError):
    """The service counted too many requests."""


class StorageBusyError(RetryLaterError):
    """The database stayed locked for longer than the busy time-out."""


class AskPersonError(RadarrCoreError):
    """A person has to change something before this can succeed."""


class FaultyInputError(AskPersonError):
    """What a person gave cannot be meant: a setting, or a file.

    Attributes:
        file: where it was read from; None when it came from no file, or from one that is not known here.
        key: the path of the key to blame, as in `indexers.mine.api_key` or `specifications[2].fields.value`; None when
            no single one is.
        reason: what is wrong, without file and key.
    """

    def __init__(
        self, reason: str, *, adapter: str | None = None, file: str | None = None, key: str | None = None
    ) -> None:
        super().__init__(": ".join(part for part in (file, key, reason) if part), adapter=adapter)
        self.file = file
        self.key = key
        self.reason = reason


class ConfigurationError(FaultyInputError):
    """A setting is missing, unknown or of the wrong form."""


class PolicyDataError(FaultyInputError, ValueError):
    """A custom format, a quality profile or another table of rules says something that cannot be meant."""


class SharedEvidenceError(FaultyInputError, ValueError):
    """A summary of evidence about groups says something that cannot be meant, or was taken in before."""


class UnknownAdapterError(ConfigurationError):
    """The configuration names an adapter nobody registered."""


class UnknownProfileError(ConfigurationError, ValueError):
    """A slot names a quality profile the policy does not have."""


class PluginError(ConfigurationError):
    """A plugin breaks the rules of registration: a misspelt hook, or a name that is taken."""


class MissingExtraError(AskPersonError):
    """An adapter's optional dependency is not installed; the message names the extra to install."""


class AuthenticationError(AskPersonError):
    """The service refused the credentials."""


class UnknownSlotError(AskPersonError, KeyError):
    """A download was taken for a slot the movie does not have any more."""

    __str__ = Exception.__str__  # a KeyError would show the message in quotes


class StorageInUseError(AskPersonError):
    """Another pipeline works on this library's database; one at a time may."""


class SchemaVersionError(AskPersonError):
    """The database was written by a newer version of this library."""


class FileSystemError(AskPersonError):
    """A disk or folder stands in the way of an import."""


class DiskFullError(FileSystemError):
    """There is not enough room for the file."""


class ReadOnlyError(FileSystemError):
    """The folder may not be written to."""


class CrossDeviceError(FileSystemError):
    """A hard link was asked for, but source and target lie on different file systems."""


class TargetExistsError(FileSystemError):
    """Another file already has the name the import would take."""


class PathMissingError(FileSystemError):
    """The file or folder is not there."""


class GiveUpError(RadarrCoreError):
    """This input will never work; the rest of the run goes on."""


class UnparsableReleaseError(GiveUpError, ValueError):
    """A text is no release name that can be read as a movie.

    Attributes:
        reason: why, in a few words, without the name itself.
    """

    def __init__(self, name: str, reason: str) -> None:
        shown = name if len(name) <= 120 else f"{name[:120]}..."
        super().__init__(f"{shown!r} is not a movie release: {reason}")
        self.reason = reason


class NotAMovieError(UnparsableReleaseError):
    """A text is a well-formed release name, but of an episode, a season, music, a game or a book."""


class ObservationRefusedError(GiveUpError, ValueError):
    """What was seen of a release cannot be meant, so it is no evidence about its makers.

    Attributes:
        key: the release.
        field: the name of the field to blame.
    """

    def __init__(self, key: str, *, field: str, value: object, why: str) -> None:
        shown = repr(value) if len(repr(value)) <= 80 else f"{repr(value)[:80]}..."
        super().__init__(f"the observation of {key[:80]!r} is refused: {field} is {shown}; {why}")
        self.key = key
        self.field = field


class BadResponseError(GiveUpError):
    """A service answered with something that is not what its protocol says."""


class BadTorrentError(BadResponseError):
    """What a torrent link delivered is no torrent, is another torrent, or holds dangerous file names."""


class SupersededError(GiveUpError):
    """The slot was filled otherwise meanwhile; what was chosen for it is no improvement any more."""


class ReleaseGoneError(GiveUpError):
    """The indexer no longer has the release."""


class RejectedByClientError(GiveUpError):
    """The download client refused the torrent."""


class DownloadNotFoundError(GiveUpError):
    """The download client knows no download of that id."""


class UnsupportedError(GiveUpError):
    """The adapter does not declare the capability that was asked of it."""


class UnreadableMediaError(GiveUpError):
    """A file holds no video stream that can be read."""


class BugError(RadarrCoreError):
    """This library or a plugin broke its own promise; please report it."""
