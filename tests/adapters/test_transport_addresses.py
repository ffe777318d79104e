"""How much of an address from settings may be shown, and whether it is one."""

import pytest

from radarr_adapters.download_clients.qbittorrent.plugin import QBittorrentSettings
from radarr_adapters.indexers.torznab.plugin import TorznabSettings
from radarr_adapters.notifiers.webhook.plugin import WebhookSettings
from radarr_adapters.transport.addresses import is_web_address, show_address, show_host


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://nas:8080/qb", "http://nas:8080/qb"),
        ("http://admin:hunter2pw@nas:8080", "http://***@nas:8080"),
        ("admin:hunter2pw@nas:8080", "***@nas:8080"),
        ("//admin:hunter2pw@nas", "***@nas"),
        ("ftp://admin:hunt/er2@pw@nas/x", "ftp://***@nas/x"),
        ("admin:http://hunter@nas", "***@nas"),
        ("nas/api?apikey=hunter2pw", "nas/api?apikey=***"),
        ("", ""),
    ],
)
def test_names_and_passwords_are_not_shown(url, shown):
    """Also where the scheme was forgotten, and whatever the password holds."""
    assert show_address(url) == shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://h:80/services/T/B/x", "https://h:80/..."),
        ("https://h/", "https://h/"),
        ("https://h", "https://h"),
        ("h/services/T?x#y", "h/..."),
        ("https://h?token=x", "https://h/..."),
        ("https://u:p@h/x", "https://***@h/..."),
    ],
)
def test_the_host_alone_is_shown(url, shown):
    """Dots say that there is more."""
    assert show_host(url) == shown


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("http://h", True), ("https://h:8080/x", True), ("HTTP://h", True), ("http://[::1]:80/", True), ("h", False),
        ("admin:word@h", False), ("ftp://h", False), ("http://", False), ("http://[::1", False),
        ("http://\u2100/", False), ("http://h:99999", False), ("http://h:x", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_an_address(url, is_one):
    """What cannot be read is none."""
    assert is_web_address(url) is is_one


@pytest.mark.parametrize("settings", [QBittorrentSettings, TorznabSettings, WebhookSettings])
@pytest.mark.parametrize(
    "url",
    ["admin:hunter2pw@nas:8080", "ftp://admin:hunter2pw@nas", "http://admin:hunter2pw@\u2100", "admin:hunter2pw@"],
)
def test_settings_do_not_show_passwords(settings, url):
    """Whoever forgets the scheme does not find the password in a log."""
    with pytest.raises(ValueError, match="http://") as caught:
        settings(url=url)
    assert "hunter2pw" not in str(caught.value)
