"""The webhook: what it sends, how it signs, and whom to ask when it is refused."""

import hashlib
import hmac
import logging
import os

import attrs
import pytest

from radarr_adapters.notifiers.webhook.plugin import WebhookAdapter, WebhookSettings
from radarr_adapters.notifiers.webhook.wire import decode_event, encode_event
from radarr_core.domain.events import StoredEvent
from radarr_core.errors import (
    AuthenticationError,
    BadResponseError,
    ConfigurationError,
    RadarrCoreError,
    RateLimitedError,
    ServiceUnavailableError,
)
from radarr_core.plugins import AdapterContext
from radarr_core.settings import Secret, read_settings
from radarr_core.testing.contracts.notifier import sample_events
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.servers import Fault, WebhookReceiver, refused_url

STORED = StoredEvent(sequence=41, event=sample_events()[0])
KEY = "sign-with-me"


@pytest.fixture
def receiver():
    """A receiver that takes everything."""
    with WebhookReceiver() as receiver:
        yield receiver


@pytest.fixture
async def webhook(receiver):
    """The adapter for that receiver, signing."""
    settings = WebhookSettings(
        url=f"{receiver.hook_url}?token=t1234",
        signing_key=Secret(KEY),
        authorization=Secret("Bearer b1234"),
        timeout=1.0,
    )
    webhook = WebhookAdapter.create(settings, AdapterContext(name="mine", clock=ManualClock()))
    yield webhook
    await webhook.aclose()


async def test_the_body_is_the_published_form(receiver, webhook):
    """Schema, version, sequence and the event with its type: what receivers are written against."""
    await webhook.notify(STORED)
    assert receiver.received[0].json == {
        "schema": "radarr-core/webhook",
        "version": 1,
        "sequence": 41,
        "event": {
            "type": "MovieAdded",
            "at": "2024-05-01T12:30:00+00:00",
            "correlation_id": "c-1",
            "movie_id": "tmdb-7",
            "title": "Der böse Film",
            "year": 2001,
        },
    }
    assert receiver.received[0].headers["content-type"] == "application/json"


async def test_the_signature_is_over_the_exact_bytes(receiver, webhook):
    """A receiver with the key can tell that the body is ours."""
    await webhook.notify(STORED)
    (hook,) = receiver.received
    wanted = hmac.new(KEY.encode(), hook.raw, hashlib.sha256).hexdigest()
    assert hook.headers["x-radarr-core-signature"] == f"sha256={wanted}"
    assert hook.headers["authorization"] == "Bearer b1234"


async def test_nothing_is_signed_without_a_key(receiver):
    """No key, no header."""
    webhook = WebhookAdapter.create(
        WebhookSettings(url=receiver.hook_url), AdapterContext(name="mine", clock=ManualClock())
    )
    await webhook.notify(STORED)
    await webhook.aclose()
    assert not {"x-radarr-core-signature", "authorization"} & set(receiver.received[0].headers)


@pytest.mark.parametrize("event", sample_events(), ids=lambda event: type(event).__name__)
def test_bodies_can_be_read_back(event):
    """Receivers in Python get the very event."""
    stored = StoredEvent(sequence=1, event=event)
    assert decode_event(encode_event(stored)) == stored


async def test_names_in_no_valid_utf_8_are_delivered(receiver, webhook):
    """A file name of stray bytes is a text with lone surrogates; it arrives, and all the events after it."""
    stored = attrs.evolve(STORED, event=attrs.evolve(STORED.event, title=os.fsdecode(b"Film \xff")))
    await webhook.notify(stored)
    assert decode_event(receiver.received[0].raw) == stored


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"schema": "radarr-core/webhook", "version": 2}'])
def test_other_bodies_are_refused(body):
    """Another schema or version is not guessed at."""
    with pytest.raises(ValueError):  # noqa: PT011 - the type is the promise
        decode_event(body)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
async def test_any_2xx_is_success(receiver, webhook, status):
    """Receivers differ in their thanks."""
    receiver.status = status
    await webhook.notify(STORED)
    assert len(receiver.received) == 1


@pytest.mark.parametrize(
    ("status", "ours"),
    [
        (302, BadResponseError),
        (400, BadResponseError),
        (401, AuthenticationError),
        (403, AuthenticationError),
        (404, BadResponseError),
        (410, BadResponseError),
        (429, RateLimitedError),
        (500, ServiceUnavailableError),
        (503, ServiceUnavailableError),
    ],
)
async def test_refusals_have_their_types(receiver, webhook, status, ours):
    """Later, never, or ask a person; and no key is shown."""
    receiver.status = status
    with pytest.raises(ours) as caught:
        await webhook.notify(STORED)
    assert type(caught.value) is ours
    assert not [key for key in ("t1234", KEY, "b1234") if key in str(caught.value)]
    assert len(receiver.requests) == 1


async def test_a_receiver_names_its_own_time(receiver, webhook):
    """`Retry-After` of 429 and 503 reaches the caller."""
    for status in (429, 503):
        receiver.status = status
        with pytest.raises((RateLimitedError, ServiceUnavailableError)) as caught:
            await webhook.notify(STORED)
        assert caught.value.retry_after == 120


@pytest.mark.parametrize("fault", [Fault.HTML, Fault.HUGE_BODY, Fault.DRIP])
async def test_only_the_status_counts(receiver, webhook, fault):
    """What a receiver answers beside it is not read: a delivery that was taken is never told again for it."""
    receiver.fault = fault
    await webhook.notify(STORED)


async def test_check_delivers_nothing(receiver, webhook):
    """Any answer means that somebody is there; no event is told."""
    line = await webhook.check()
    assert "status 405" in line
    assert "t1234" not in line
    assert receiver.received == []
    receiver.fault = Fault.SERVER_ERROR
    assert "status 500" in await webhook.check()


async def test_check_finds_out_that_nobody_is_there():
    """A wrong port is found before the first event."""
    webhook = WebhookAdapter.create(
        WebhookSettings(url=refused_url()), AdapterContext(name="mine", clock=ManualClock())
    )
    with pytest.raises(ServiceUnavailableError):
        await webhook.check()
    await webhook.aclose()


@pytest.mark.parametrize(
    "wrong", [{}, {"url": "host/hook"}, {"url": "ftp://h/"}, {"url": "http://h", "timeout": 0.0}], ids=str
)
def test_wrong_settings_are_refused(wrong):
    """The error names the table or key."""
    with pytest.raises(ConfigurationError, match=r"notifiers\.mine"):
        read_settings(WebhookSettings, wrong, where="notifiers.mine", environ={})


SECRET_PATHS = ["/services/T00/B00/XXsecretXX", "/bot123:AAsecretAA/sendMessage", "/api/webhooks/42/secret-token"]


@pytest.mark.parametrize("path", SECRET_PATHS)
@pytest.mark.parametrize("start", ["https://hooks.example", "hooks.example", "ftp://hooks.example", "https://:80"])
def test_keys_in_paths_are_not_shown(path, start):
    """Chat services have them there, in forms of their own; only the host is shown."""
    try:
        shown = repr(WebhookSettings(url=start + path))
    except ValueError as error:
        shown = str(error)
    assert "secret" not in shown
    assert "hooks.example/..." in shown or start == "https://:80"


@pytest.mark.parametrize("path", SECRET_PATHS)
async def test_keys_in_paths_are_not_told(receiver, path, caplog):
    """Neither by errors, nor by the check, nor by what the library logs."""
    caplog.set_level(logging.DEBUG)
    url = receiver.url + path
    webhook = WebhookAdapter.create(WebhookSettings(url=url), AdapterContext(name="mine", clock=ManualClock()))
    for status in (400, 401, 429, 500):
        receiver.status = status
        with pytest.raises(RadarrCoreError) as caught:
            await webhook.notify(STORED)
        assert "secret" not in str(caught.value)
        assert f"{receiver.url}/..." in str(caught.value)
    assert "secret" not in await webhook.check()
    await webhook.aclose()
    assert "secret" not in caplog.text


def test_secrets_are_not_shown():
    """Neither keys nor what an address carries."""
    shown = repr(WebhookSettings(url="https://u:pass-word@h/?token=t1234", signing_key=Secret(KEY)))
    assert not [key for key in (KEY, "pass-word", "t1234") if key in shown]
