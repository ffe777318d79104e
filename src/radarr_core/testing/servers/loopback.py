"""An HTTP server in a thread, on loopback, that can be told to misbehave."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from .faults import ENTITY_BOMB, HTML_PAGE, HUGE_SIZE, STATUS_OF, Fault

HOST = "127.0.0.1"


@dataclass(frozen=True)
class RecordedRequest:
    """A request as it arrived. Header names are in lower case; `query` has the last value of each name."""

    method: str
    path: str
    query: Mapping[str, str]
    raw_query: str
    headers: Mapping[str, str]
    body: bytes = b""
    peer: str = HOST


@dataclass(frozen=True)
class Reply:
    """What is answered."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/octet-stream"
    headers: Mapping[str, str] = field(default_factory=dict)


class LoopbackServer:
    """An HTTP server on 127.0.0.1 for the length of a ``with`` block.

    Subclasses say in `answer` what a request gets. Requests are answered in threads of their own.

    Attributes:
        fault: how the server misbehaves for requests that `is_faulty` picks; None for not at all. It can be changed
            while the server runs.
        retry_after: the text of the `Retry-After` header that goes with `Fault.RATE_LIMITED`; None for no header.
        requests: what arrived, in order.
        arrived: set once the first request is there.
    """

    def __init__(self) -> None:
        self.requests: list[RecordedRequest] = []
        self.arrived = threading.Event()
        self.retry_after: str | None = "120"
        self._fault: Fault | None = None
        self._listener: _Listener | None = None
        self._port = 0

    def answer(self, request: RecordedRequest) -> Reply:
        """The answer to a request; may be called from several threads at once."""
        raise NotImplementedError

    def is_faulty(self, request: RecordedRequest) -> bool:
        """Whether the fault concerns this request."""
        return True

    @property
    def url(self) -> str:
        """Where the server is, without a slash at the end."""
        return f"http://{HOST}:{self._port}"

    @property
    def fault(self) -> Fault | None:
        """How the server misbehaves."""
        return self._fault

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        self._fault = fault
        if fault is Fault.REFUSED:
            self.stop()
        elif self._port:
            self.start()

    def start(self) -> None:
        """Listen; on the same port as before where there was one. No effect when it listens already."""
        if self._listener is None:
            self._listener = _Listener(self, self._port)
            self._port = self._listener.port

    def stop(self) -> None:
        """Stop listening; requests that hang are let go."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()

    def __enter__(self) -> Self:
        if self._fault is not Fault.REFUSED:
            self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def refused_url() -> str:
    """The address of a port on loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return f"http://{HOST}:{probe.getsockname()[1]}"


def json_reply(value: Any, status: int = 200) -> Reply:
    """An answer in JSON."""
    return Reply(json.dumps(value).encode(), status, "application/json")


class _Listener(ThreadingHTTPServer):
    """The socket and its thread; handlers reach the stand-in by `owner`."""

    request_queue_size = 64

    def __init__(self, owner: LoopbackServer, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.owner = owner
        self.closing = threading.Event()
        self.port: int = self.server_address[1]
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()
        self._thread.join()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away; anything else is a defect of the stand-in, and is printed."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    timeout = 30

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing."""

    def _handle(self) -> None:
        owner = self.server.owner
        request = self._read_request()
        owner.requests.append(request)
        owner.arrived.set()
        if owner.fault is not None and owner.is_faulty(request):
            self._misbehave(owner.fault, request)
        else:
            self._send(owner.answer(request))

    do_GET = do_POST = do_PUT = do_HEAD = do_OPTIONS = do_DELETE = _handle  # noqa: N815 - names of the base class

    def _read_request(self) -> RecordedRequest:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        return RecordedRequest(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            raw_query=parts.query,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
            peer=str(self.client_address[0]),
        )

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def _misbehave(self, fault: Fault, request: RecordedRequest) -> None:
        ways: Mapping[Fault, Callable[[], None]] = {
            Fault.HANG: self._hang,
            Fault.DRIP: self._drip,
            Fault.DROPPED: lambda: None,
            Fault.HUGE_BODY: self._send_without_end,
            Fault.HTML: lambda: self._send(Reply(HTML_PAGE, 200, "text/html; charset=utf-8")),
            Fault.ENTITY_BOMB: lambda: self._send(Reply(ENTITY_BOMB, 200, "application/rss+xml")),
            Fault.TRUNCATED: lambda: self._send_half(request),
            Fault.ERROR_DOCUMENT: lambda: self._send(
                Reply(b'<error code="900" description="Something broke"/>', 200, "application/xml")
            ),
        }
        way = ways.get(fault)
        if way is not None:
            way()
        else:
            self._send_status(fault)

    def _send_status(self, fault: Fault) -> None:
        after = self.server.owner.retry_after
        headers = {"Retry-After": after} if fault is Fault.RATE_LIMITED and after is not None else {}
        self._send(Reply(b"no", STATUS_OF[fault], "text/plain", headers))

    def _hang(self) -> None:
        self.server.closing.wait()

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        while not self.server.closing.wait(0.05):
            self.wfile.write(b" ")

    def _send_without_end(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        piece = b" " * 65536
        for _ in range(HUGE_SIZE // len(piece)):
            self.wfile.write(piece)

    def _send_half(self, request: RecordedRequest) -> None:
        reply = self.server.owner.answer(request)
        self._send(Reply(reply.body[: len(reply.body) // 2], reply.status, reply.content_type))
