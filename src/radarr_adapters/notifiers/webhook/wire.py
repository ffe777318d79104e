"""What a webhook delivers: one event a body, in JSON, under a schema's name and version."""

from __future__ import annotations

import hashlib
import hmac
import json

from radarr_core.domain.events import StoredEvent
from radarr_core.serialise import from_data, tagged
from radarr_core.settings import Secret

SCHEMA = "radarr-core/webhook"
VERSION = 1
SIGNATURE_HEADER = "X-Radarr-Core-Signature"


def encode_event(stored: StoredEvent) -> bytes:
    """The body of a delivery: `schema`, `version`, `sequence`, and `event` with its `type` and fields.

    It is ASCII with escapes, so that file names in no valid UTF-8, which Python holds as lone surrogates, get through.
    """
    return json.dumps(tagged(stored, schema=SCHEMA, version=VERSION)).encode("ascii")


def decode_event(body: bytes) -> StoredEvent:
    """The event a body tells of; for receivers written in Python.

    Raises:
        ValueError: it is no delivery of this schema and version.
    """
    data = json.loads(body)
    if not isinstance(data, dict) or (data.get("schema"), data.get("version")) != (SCHEMA, VERSION):
        raise ValueError(f"this is no {SCHEMA!r} of version {VERSION}")
    return from_data({"sequence": data.get("sequence"), "event": data.get("event")}, StoredEvent)


def sign(body: bytes, key: Secret) -> str:
    """The signature header's value: HMAC with SHA-256 (RFC 2104) over the exact bytes of the body."""
    return "sha256=" + hmac.new(key.reveal().encode(), body, hashlib.sha256).hexdigest()
