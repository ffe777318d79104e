"""Recorded feeds of real indexers are read as the field reads them.

The recordings lie beside the project, in the folder that `RADARR_CORPUS` names or in a sibling `shared/corpus`.
"""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from radarr_adapters.indexers.torznab.capabilities import read_capabilities
from radarr_adapters.indexers.torznab.wire import Offerer, read_page
from radarr_adapters.indexers.torznab.xml import read_xml
from radarr_core.domain.identifiers import InfoHash
from radarr_core.domain.releases import DownloadProtocol, IndexerFlag

_FORMATS = ("torznab", "newznab", "newznab-caps")
_BESIDE = Path(__file__).parents[2].parent / "shared" / "corpus"


def _feeds() -> Path:
    return Path(os.environ.get("RADARR_CORPUS") or _BESIDE) / "feeds"


def _lines():
    listing = _feeds() / "expected.jsonl"
    if not listing.is_file():
        reason = f"no recorded feeds at {listing.parent}; set RADARR_CORPUS to the folder that holds feeds/"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason), id="corpus")]
    lines = [json.loads(line) for line in listing.read_text("utf-8").splitlines()]
    wanted = [x for x in lines if x["format"] in _FORMATS and x["action"] != "detect"]
    wanted += [x for x in lines if x["file"] == "relative_urls.xml"]
    return [pytest.param(line, id=f"{line['origin'][0].rpartition('.')[2]}") for line in wanted]


def _root(line):
    body = (_feeds() / line["file"]).read_bytes()
    for old, new in line.get("replace", ()):
        body = body.replace(old.encode(), new.encode())
    return read_xml(body)


def _capabilities(line, expect):
    found = read_capabilities(_root(line))
    said = {
        "default_page_size": found.default_page,
        "max_page_size": found.max_page,
        "text_search_engine": found.search.engine,
        "movie_text_search_engine": found.movie_search.engine,
        "parsed": True,
    }
    assert expect == {name: said[name] for name in expect}


def _hash(text):
    """A hash that was removed from the recording is none."""
    try:
        return text and InfoHash(text)
    except ValueError:
        return None


def _check_release(release, expect):
    flags = {"g_scene": IndexerFlag.SCENE, "nuked": IndexerFlag.NUKED}
    for name, value in expect.items():
        match name:
            case "publish_date":
                assert release.published == datetime.fromisoformat(value)
            case "indexer_flags":
                wanted = IndexerFlag.NONE
                for flag in value:
                    wanted |= flags[flag]
                assert release.flags == wanted
            case "info_hash":
                assert release.info_hash == _hash(value)
            case "comment_url":
                assert release.info_url == value.removesuffix("#comments")
            case _:
                assert getattr(release, name) == value, name


@pytest.mark.parametrize("line", _lines())
def test_recorded_feeds(line):
    """Counts, names, links, dates, sizes, flags and page sizes come out as the incumbents' own tests have them."""
    expect = dict(line["expect"])
    if line["action"] == "capabilities":
        _capabilities(line, expect)
        return
    protocol = DownloadProtocol.TORRENT if line["format"] == "torznab" else DownloadProtocol.USENET
    settings = line.get("settings", {})
    base = settings.get("request_url") or settings["base_url"]
    page = read_page(_root(line), Offerer(name="corpus", protocol=protocol), base_url=base)
    assert len(page.releases) == expect.get("count", page.items)
    for key, facts in expect.get("items", {}).items():
        by_guid = [release for release in page.releases if key == f"guid:{release.guid}"]
        if line["file"] == "relative_urls.xml":
            # Their test reads the link element of a plain feed; Newznab's link is the enclosure.
            facts = facts | {"download_url": "http://my.indexer.com/getnzb/123.nzb&i=123&r=123"}
        _check_release(by_guid[0] if by_guid else page.releases[int(key)], facts)
