"""A webhook."""

from __future__ import annotations

from urllib.parse import urlsplit

from radarr_adapters.transport.client import HttpClient
from radarr_core.domain.events import StoredEvent
from radarr_core.plugins import AdapterContext
from radarr_core.ports.notifier import Notifier
from radarr_core.settings import Secret

from .plugin import WebhookSettings
from .wire import SIGNATURE_HEADER, encode_event, sign


class Webhook(Notifier):
    """Posts every event to one address. A delivery is tried once; trying again is the caller's, who keeps order."""

    def __init__(self, settings: WebhookSettings, context: AdapterContext) -> None:
        self._settings = settings
        self._name = context.name
        self._http = HttpClient(
            adapter=context.name,
            clock=context.clock,
            deadline=settings.timeout,
            secrets=(settings.signing_key, settings.authorization, *_parts_of(settings.url)),
            has_secret_paths=True,
        )

    @property
    def name(self) -> str:
        """The configured name."""
        return self._name

    async def notify(self, stored: StoredEvent) -> None:
        """See `Notifier.notify`. Any status of 2xx is success; redirects are not followed."""
        body = encode_event(stored)
        await self._http.post(self._settings.url, body, headers=self._headers(body))

    async def check(self) -> str:
        """Knock with HEAD: whatever is answered, somebody is there, and no event was told."""
        status = await self._http.knock(self._settings.url)
        return f"{self._http.place(self._settings.url)} answers (status {status} to HEAD)"

    async def aclose(self) -> None:
        """Close connections."""
        await self._http.aclose()

    def _headers(self, body: bytes) -> dict[str, str]:
        headers = {"Content-Type": "application/json"}
        if self._settings.signing_key:
            headers[SIGNATURE_HEADER] = sign(body, self._settings.signing_key)
        if self._settings.authorization:
            headers["Authorization"] = self._settings.authorization.reveal()
        return headers


def _parts_of(url: str) -> list[Secret]:
    """What stands behind the host, for logs of the library: Slack, Discord and Telegram have their keys there."""
    parts = urlsplit(url)
    return [Secret(part) for part in (parts.path.rstrip("/"), parts.query) if part]
