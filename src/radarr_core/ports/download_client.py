"""The role of those who fetch releases."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection

from attrs import frozen

from radarr_core.domain.downloads import DownloadItem, Payload
from radarr_core.domain.identifiers import InfoHash
from radarr_core.domain.releases import DownloadProtocol


@frozen(kw_only=True)
class ClientCapabilities:
    """What a download client can do; services read it, and the contract suite holds the adapter to it.

    Attributes:
        protocol: what it fetches.
        magnets: whether it takes magnet links.
        survives_restart: whether downloads are still known after the client was closed and opened again.
    """

    protocol: DownloadProtocol
    magnets: bool = True
    survives_restart: bool = True


class DownloadClient(ABC):
    """Fetches releases and tells how far they are.

    Downloads are named by info-hash, in whatever case a client spells it. Only downloads that this library added
    (by category, or by being the client's own) are listed. Every method ends within the adapter's deadline. Errors,
    the same for all methods:

    * `ServiceUnavailableError`: the client is down or does not answer in time;
    * `AuthenticationError`: it refused the credentials;
    * `BadResponseError`: it answered with something that is not its protocol.
    """

    @property
    @abstractmethod
    def name(self) -> str:
        """The configured name."""

    @property
    @abstractmethod
    def capabilities(self) -> ClientCapabilities:
        """What the client can do; constant, known without asking it."""

    @abstractmethod
    async def add(self, payload: Payload) -> InfoHash:
        """Start a download and answer with its id, once the client knows it.

        Adding what is there already changes nothing and answers with the same id.

        Raises:
            RejectedByClientError: the client does not want it.
            UnsupportedError: a magnet link, and `capabilities.magnets` is false.
        """

    @abstractmethod
    async def list_downloads(self) -> tuple[DownloadItem, ...]:
        """All downloads of this library, finished ones too. None at all is an empty tuple."""

    async def find_downloads(self, hashes: Collection[InfoHash]) -> dict[InfoHash, DownloadItem]:
        """The downloads of those ids; ids the client does not know are left out."""
        wanted = set(hashes)
        return {item.info_hash: item for item in await self.list_downloads() if item.info_hash in wanted}

    @abstractmethod
    async def remove(self, info_hash: InfoHash, *, delete_data: bool) -> None:
        """Forget a download, and delete its data when told to. Hard links made elsewhere stay.

        Raises:
            DownloadNotFoundError: the client knows no such download.
        """

    @abstractmethod
    async def check(self) -> str:
        """Ask the client what it is, and answer with one line for a person; raises like the other methods."""

    @abstractmethod
    async def find_download_folder(self) -> str | None:
        """The folder finished downloads land in, as this machine sees it; None when the client does not tell."""

    async def aclose(self) -> None:  # noqa: B027 - most have nothing to let go of
        """Let go of connections and threads; calling it twice does no harm."""
