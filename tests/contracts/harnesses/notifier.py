"""How the notifier suite brings up each notifier."""

from radarr_adapters.notifiers.webhook.plugin import WebhookAdapter, WebhookSettings
from radarr_adapters.notifiers.webhook.wire import decode_event
from radarr_core.plugins import AdapterContext
from radarr_core.testing.contracts.notifier import FAILURE_ERRORS, NotifierFailure, NotifierHarness
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.fakes.notifier import RecordingNotifier
from radarr_core.testing.servers import Fault, WebhookReceiver

_FAULTS = {
    NotifierFailure.AWAY: Fault.REFUSED,
    NotifierFailure.HANGS: Fault.HANG,
    NotifierFailure.BUSY: Fault.RATE_LIMITED,
    NotifierFailure.BROKEN: Fault.SERVER_ERROR,
    NotifierFailure.REFUSES: Fault.NOT_FOUND,
    NotifierFailure.WRONG_KEY: Fault.UNAUTHORIZED,
}


class WebhookHarness(NotifierHarness):
    """The adapter against the stand-in receiver."""

    def __init__(self) -> None:
        self._receiver = WebhookReceiver()

    @property
    def notifier(self):
        """The one notifier."""
        return self._notifier

    def list_delivered(self):
        """What was taken."""
        return [decode_event(hook.raw) for hook in self._receiver.received]

    def fail(self, failure):
        """Switch the failure on or off."""
        self._receiver.fault = _FAULTS[failure] if failure else None

    async def __aenter__(self):
        self._receiver.start()
        settings = WebhookSettings(url=self._receiver.hook_url, timeout=2.0)
        self._notifier = WebhookAdapter.create(settings, AdapterContext(name="my hook", clock=ManualClock()))
        return self

    async def __aexit__(self, kind, error, trace):
        await self._notifier.aclose()
        self._receiver.stop()


class RecordingHarness(NotifierHarness):
    """The fake."""

    @property
    def notifier(self):
        """The one notifier."""
        return self._notifier

    def list_delivered(self):
        """What was taken."""
        return self._notifier.told

    def fail(self, failure):
        """Switch the failure on or off."""
        self._notifier.failure = (
            FAILURE_ERRORS[failure][0](str(failure), adapter=self._notifier.name) if failure else None
        )

    async def __aenter__(self):
        self._notifier = RecordingNotifier()
        return self

    async def __aexit__(self, kind, error, trace):
        await self._notifier.aclose()


HARNESSES: dict[str, type[NotifierHarness]] = {"webhook": WebhookHarness, "RecordingNotifier": RecordingHarness}
