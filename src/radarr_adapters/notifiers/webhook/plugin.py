"""The webhook as a plugin: its settings and how it is built."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import Attribute, field, frozen, validators

from radarr_adapters.transport.addresses import is_web_address, show_host
from radarr_core.plugins import Adapter, AdapterContext, hookimpl
from radarr_core.ports.notifier import Notifier
from radarr_core.settings import Secret


def _check_url(instance: object, attribute: Attribute[str], value: str) -> None:
    if not is_web_address(value):
        raise ValueError(
            f"{attribute.name} is an address with http:// or https:// and a host, not {show_host(value)!r}"
        )


def _show(url: Any) -> str:
    return repr(show_host(url))


@frozen(kw_only=True)
class WebhookSettings:
    """Where events go.

    Attributes:
        url: what is posted to; http or https. Messages show it up to the host only: the rest may be a key.
        signing_key: signs every body, in the header `X-Radarr-Core-Signature: sha256=<hexadecimal HMAC>`.
        authorization: sent as the header `Authorization`, whole, as in `Bearer abc`.
        timeout: seconds a delivery may take.
    """

    url: str = field(validator=_check_url, repr=_show)
    signing_key: Secret | None = None
    authorization: Secret | None = None
    timeout: float = field(default=10.0, validator=validators.gt(0))


class WebhookAdapter(Adapter[WebhookSettings, Notifier]):
    """Posts events to an address."""

    name = "webhook"
    settings = WebhookSettings
    extra = "webhook"
    summary = "events as JSON, posted to an address of yours"

    @classmethod
    def create(cls, settings: WebhookSettings, context: AdapterContext) -> Notifier:
        """Build the notifier; nothing is sent yet."""
        from .client import Webhook

        return Webhook(settings, context)


@hookimpl
def radarr_register_notifiers() -> Iterable[type[Adapter[Any, Notifier]]]:
    """The one adapter of this plugin."""
    return [WebhookAdapter]
