"""Torznab against a server that misbehaves in every way: settings, requests, feeds, faults."""

import logging
from datetime import UTC, datetime, timedelta

import attrs
import pytest

from radarr_adapters.indexers.torznab.capabilities import Capabilities, SearchFunction, read_capabilities
from radarr_adapters.indexers.torznab.plugin import MOVIE_CATEGORIES, TorznabAdapter, TorznabSettings
from radarr_adapters.indexers.torznab.queries import plan_feed, plan_search, words_of
from radarr_adapters.indexers.torznab.wire import Offerer, find_error, parse_date, read_page
from radarr_adapters.indexers.torznab.xml import BadXmlError, read_xml
from radarr_core.domain.downloads import MagnetPayload
from radarr_core.domain.identifiers import ImdbId, InfoHash, TmdbId
from radarr_core.domain.languages import find_language
from radarr_core.domain.releases import DownloadProtocol, IndexerFlag, IndexerKind, Release
from radarr_core.errors import (
    AuthenticationError,
    BadResponseError,
    BadTorrentError,
    ConfigurationError,
    RateLimitedError,
    ServiceUnavailableError,
    UnreachableError,
)
from radarr_core.plugins import AdapterContext
from radarr_core.ports.indexer import MovieQuery
from radarr_core.settings import Secret, read_settings
from radarr_core.testing.fakes.clock import ManualClock
from radarr_core.testing.servers import Fault, LinkAnswer, OfferedRelease, TorznabServer, make_torrent

KEY = "a-long-key"
QUERY = MovieQuery(titles=("Alpha", "L'Alpha"), year=2001, imdb_id=ImdbId("tt0000042"), tmdb_id=TmdbId(7))
ALPHA = OfferedRelease(title="Alpha.2001.1080p.WEB-DL-GRP", imdb_id="tt0000042", tmdb_id=7, torrent=make_torrent("A"))


@pytest.fixture
def server():
    """A server with one offer and a key."""
    with TorznabServer([ALPHA], api_key=KEY) as server:
        yield server


@pytest.fixture
def clock():
    """Stands still, so that capabilities stay known."""
    return ManualClock()


@pytest.fixture
async def indexer(server, clock, request):
    """The adapter for that server; its deadline is long unless a test is about waiting."""
    chosen = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    timeout = 0.8 if chosen.get("fault") in (Fault.HANG, Fault.DRIP) else 30.0
    settings = TorznabSettings(url=server.url, api_key=Secret(KEY), timeout=timeout, priority=10, minimum_seeders=3)
    indexer = TorznabAdapter.create(settings, AdapterContext(name="mine", clock=clock))
    yield indexer
    await indexer.aclose()


class TestSettings:
    @pytest.mark.parametrize(
        ("url", "api_path", "endpoint"),
        [
            ("http://host:9696/1", "/api", "http://host:9696/1/api"),
            ("http://host:9696/1/", "/api", "http://host:9696/1/api"),
            ("http://host:9696/1/api", "/api", "http://host:9696/1/api"),
            ("http://host:9696/1/api/", "api", "http://host:9696/1/api"),
            ("http://host/results/torznab/", "", "http://host/results/torznab/"),
            ("http://host", "/api/v1/api", "http://host/api/v1/api"),
        ],
    )
    def test_both_forms_of_the_address_work(self, url, api_path, endpoint):
        """A base, or the whole address; the path is not put there twice."""
        assert TorznabSettings(url=url, api_path=api_path).endpoint == endpoint

    @pytest.mark.parametrize(
        "wrong",
        [
            {"url": "host:9696"}, {"url": "ftp://host/"}, {"url": "http:///api"}, {"url": "http://h/api?apikey=k1234"},
            {"url": "http://h", "categories": []}, {"url": "http://h", "priority": 0},
            {"url": "http://h", "priority": 51}, {"url": "http://h", "minimum_seeders": -1},
            {"url": "http://h", "timeout": 0.0}, {"url": "http://h", "required_flags": ["free"]},
            {"url": "http://h", "multi_languages": ["Klingon"]}, {"url": "http://h", "tags": "anime"}, {},
            {"url": "http://h", "api_key": 5},
        ],
        ids=str,
    )  # fmt: skip
    def test_wrong_settings_are_refused(self, wrong):
        """The error names the table or key, and never shows a key that stands in an address."""
        with pytest.raises(ConfigurationError, match=r"indexers\.mine") as caught:
            read_settings(TorznabSettings, wrong, where="indexers.mine", environ={})
        assert "k1234" not in str(caught.value)

    def test_secrets_are_not_shown(self):
        """Neither the key nor a password in the address."""
        shown = repr(TorznabSettings(url="http://user:pass-word@h", api_key=Secret(KEY)))
        assert KEY not in shown
        assert "pass-word" not in shown

    async def test_offers_carry_what_the_indexer_is_for(self, server, clock):
        """Tags, required flags and the meaning of MULTI go from the configuration to every offer."""
        table = {
            "url": server.url,
            "api_key": KEY,
            "tags": ["anime", "kids"],
            "required_flags": ["freeleech", "internal"],
        }
        table["multi_languages"] = ["French", "english"]
        settings = read_settings(TorznabSettings, table, where="indexers.mine", environ={})
        indexer = TorznabAdapter.create(settings, AdapterContext(name="mine", clock=clock))
        (offer,) = await indexer.search(QUERY)
        await indexer.aclose()
        assert offer.indexer_tags == {"anime", "kids"}
        assert offer.required_flags == IndexerFlag.FREELEECH | IndexerFlag.INTERNAL
        assert [language.name for language in offer.multi_languages] == ["French", "English"]

    def test_movies_are_what_is_searched(self):
        """The field's usual categories, when nobody chooses."""
        assert TorznabSettings(url="http://h").categories == MOVIE_CATEGORIES


class TestCapabilities:
    def test_what_is_left_out_has_its_usual_value(self):
        """An empty answer still lets searches be made."""
        found = read_capabilities(read_xml(b"<caps/>"))
        assert found == Capabilities()
        assert found.page_size == 100

    @pytest.mark.parametrize(
        ("limits", "size"),
        [
            ('default="25" max="60"', 60), ('max="500" default="50"', 100), ('max="0" default="0"', 100),
            ('max="x"', 100), ('default="10" max="10"', 10),
        ],
    )  # fmt: skip
    def test_page_size(self, limits, size):
        """The larger of the two figures, at most 100; nonsense is as if it were not there."""
        assert read_capabilities(read_xml(f"<caps><limits {limits}/></caps>".encode())).page_size == size

    def test_numbers_without_end_count_for_nothing(self):
        """Python refuses to read thousands of digits; the usual values serve."""
        endless = "9" * 5000
        limits = f'<limits max="{endless}" default="{endless}"/>'
        body = f'<caps>{limits}<categories><category id="{endless}"/></categories></caps>'
        assert read_capabilities(read_xml(body.encode())) == Capabilities()

    def test_functions(self):
        """`available="no"` is nothing, a missing list is the usual one, and an engine may ask for raw titles."""
        found = read_capabilities(
            read_xml(
                b'<caps><searching><search available="no" supportedParams="q"/>'
                b'<movie-search available="yes" searchEngine="raw" supportedParams="q, imdbId"/></searching></caps>'
            )
        )
        assert found.search == SearchFunction()
        assert found.movie_search.params == {"q", "imdbid"}
        assert found.movie_search.declares_params
        assert found.movie_search.wants_raw_titles

    def test_a_search_that_is_not_listed_is_not_there(self):
        """Where functions are listed, an absent one is absent."""
        found = read_capabilities(read_xml(b'<caps><searching><search available="yes"/></searching></caps>'))
        assert found.movie_search.params == frozenset()
        assert plan_feed(found) == {"t": "search"}


def capabilities(search="q", movie="q,imdbid,tmdbid", *, declared=True, engine="sphinx"):
    """Capabilities by their lists of parameters."""
    return Capabilities(
        search=SearchFunction(params=frozenset(filter(None, search.split(","))), engine=engine),
        movie_search=SearchFunction(params=frozenset(filter(None, movie.split(","))), declares_params=declared),
    )


class TestQueries:
    BY_TITLE = ({"t": "search", "q": "Alpha 2001"}, {"t": "search", "q": "LAlpha 2001"})

    def test_ids_go_first_and_together(self):
        """One request with both ids where the indexer lists them, then one a title."""
        by_id, by_title = plan_search(QUERY, capabilities())
        assert by_id == [{"t": "movie", "tmdbid": "7", "imdbid": "0000042"}]
        assert tuple(by_title) == self.BY_TITLE

    def test_one_id_where_nothing_is_listed(self):
        """An indexer that does not say what it supports is asked by one id."""
        (by_id, _) = plan_search(QUERY, capabilities(declared=False))
        assert by_id == [{"t": "movie", "tmdbid": "7"}]

    def test_only_supported_ids(self):
        """An id the indexer does not know is not sent: some answer with everything they have."""
        assert plan_search(QUERY, capabilities(movie="imdbid"))[0] == [{"t": "movie", "imdbid": "0000042"}]
        (only,) = plan_search(attrs.evolve(QUERY, imdb_id=None), capabilities(movie="imdbid"))
        assert tuple(only) == self.BY_TITLE

    def test_titles_by_the_movie_function(self):
        """Where plain search is missing, the movie function takes words."""
        assert plan_search(QUERY, capabilities(search="", movie="q"))[0][0] == {"t": "movie", "q": "Alpha 2001"}

    def test_raw_titles(self):
        """An engine that wants them gets titles untouched."""
        tiers = plan_search(QUERY, capabilities(movie="", engine="raw"))
        assert [params["q"] for params in tiers[0]] == ["Alpha 2001", "L'Alpha 2001"]

    def test_no_way_to_ask(self):
        """No function, no request."""
        assert plan_search(QUERY, capabilities(search="", movie="")) == []
        assert plan_feed(capabilities(search="", movie="")) is None

    @pytest.mark.parametrize(
        ("title", "words"),
        [
            ("The Matrix", "Matrix"), ("Theodora", "Theodora"), ("Fast & Furious", "Fast and Furious"),
            ("Amélie", "Amelie"), ("It's a Mad, Mad World!", "Its a Mad Mad World"), ("WALL·E", "WALL E"),
            ("Dr. Strangelove", "Dr Strangelove"), ("千と千尋の神隠し", "千と千尋の神隠し"), ("!!!", ""),
        ],
    )  # fmt: skip
    def test_words(self, title, words):
        """What search engines of trackers understand."""
        assert words_of(title) == words


def feed(*items: str) -> bytes:
    """A feed of those items."""
    return (
        '<rss xmlns:torznab="http://torznab.com/schemas/2015/feed" '
        'xmlns:newznab="http://www.newznab.com/DTD/2010/feeds/attributes/"><channel>'
        + "".join(f"<item>{item}</item>" for item in items)
        + "</channel></rss>"
    ).encode()


LINK = '<enclosure url="http://h/1.torrent" type="application/x-bittorrent"/>'
BASE = "<title>Film.2001</title><guid>g</guid>" + LINK


def attr(name: str, value: object) -> str:
    """An extended attribute."""
    return f'<torznab:attr name="{name}" value="{value}"/>'


def read(*items: str, protocol=DownloadProtocol.TORRENT, kind=None) -> tuple[Release, ...]:
    """The releases of a feed of those items."""
    offerer = Offerer(
        name="mine", priority=10, minimum_seeders=3, protocol=protocol, kind=kind,
        tags=frozenset({"anime"}), required_flags=IndexerFlag.FREELEECH, multi_languages=(find_language("french"),),
    )  # fmt: skip
    return read_page(read_xml(feed(*items)), offerer, base_url="http://h/x/api?t=movie").releases


def read_one(item: str, kind=None) -> Release:
    """The one release of an item with title, guid and link."""
    (release,) = read(BASE + item, kind=kind)
    return release


class TestItems:
    def test_everything_that_can_be_said(self):
        """Each fact from its place; the indexer's own settings are stamped on."""
        release = read_one(
            "<comments>details/5#comments</comments><pubDate>Tue, 20 Dec 2022 21:32:17 +0100</pubDate>"
            + attr("size", 5000) + attr("seeders", 3) + attr("leechers", 2) + attr("tmdbid", 7)
            + attr("imdb", "0000042") + attr("infohash", "AB" * 20) + attr("magneturl", "magnet:?xt=x")
            + attr("language", "German, French")
            + attr("downloadvolumefactor", "0") + attr("uploadvolumefactor", "2") + attr("tag", "Internal")
        )  # fmt: skip
        assert release == Release(
            indexer="mine",
            guid="g",
            title="Film.2001",
            protocol=DownloadProtocol.TORRENT,
            size=5000,
            download_url="http://h/1.torrent",
            magnet_url="magnet:?xt=x",
            info_url="http://h/x/details/5",
            info_hash=InfoHash("ab" * 20),
            published=datetime(2022, 12, 20, 20, 32, 17, tzinfo=UTC),
            seeders=3,
            peers=5,
            imdb_id=ImdbId("tt0000042"),
            tmdb_id=TmdbId(7),
            languages=(find_language("german"), find_language("french")),
            flags=IndexerFlag.FREELEECH | IndexerFlag.DOUBLE_UPLOAD | IndexerFlag.INTERNAL,
            indexer_priority=10,
            minimum_seeders=3,
            indexer_tags=frozenset({"anime"}),
            required_flags=IndexerFlag.FREELEECH,
            multi_languages=(find_language("french"),),
        )

    def test_what_is_not_said_is_none(self):
        """An item without size, date and figures is kept."""
        release = read_one("")
        nothing = (release.size, release.published, release.seeders, release.peers, release.imdb_id, release.tmdb_id)
        assert nothing == (None,) * 6
        assert release.flags is IndexerFlag.NONE
        assert release.languages == ()

    @pytest.mark.parametrize(
        ("name", "field"),
        [("size", "size"), ("imdb", "imdb_id"), ("imdbid", "imdb_id"), ("tmdbid", "tmdb_id")],
    )
    @pytest.mark.parametrize("text", ["0", "0000000", "", "abc", "-5"])
    def test_zero_and_nonsense_are_unknown(self, name, field, text):
        """Feeds write 0 for what they do not know."""
        assert getattr(read_one(attr(name, text)), field) is None

    def test_no_seeders_are_zero(self):
        """There 0 is a figure."""
        release = read_one(attr("seeders", 0) + attr("peers", 0))
        assert (release.seeders, release.peers) == (0, 0)

    @pytest.mark.parametrize("text", ["-1", "many", "", "1.5", "9" * 40])
    def test_nonsense_counts_are_unknown(self, text):
        """A figure that is none does not spoil the item."""
        assert read_one(attr("seeders", text)).seeders is None

    def test_how_often_it_was_taken(self):
        """The attribute, then the element; what neither says is unknown, and 0 is a figure."""
        assert read_one(attr("grabs", 12) + "<grabs>30</grabs>").snatches == 12
        assert read_one("<grabs>30</grabs>").snatches == 30
        assert read_one(attr("grabs", 0)).snatches == 0
        assert read_one("").snatches is None
        assert read_one("<grabs>often</grabs>").snatches is None

    @pytest.mark.parametrize(
        ("item", "kind"),
        [
            ('<prowlarrindexer id="1" type="private">Harbor</prowlarrindexer>', IndexerKind.PRIVATE),
            ('<jackettindexer id="harbor">Harbor</jackettindexer><type>Public</type>', IndexerKind.PUBLIC),
            ('<prowlarrindexer id="1" type="semi-private">Harbor</prowlarrindexer>', None),
            ("<type>torrent</type>", None),
            ("", None),
        ],
    )
    def test_who_may_see_the_indexer(self, item, kind):
        """As Prowlarr or Jackett say it of each offer; what is neither public nor private is unknown."""
        assert read_one(item).indexer_kind is kind

    def test_who_may_see_an_indexer_that_does_not_say(self):
        """Then the configuration may; what the feed says of an offer comes before it."""
        kind = IndexerKind.PRIVATE
        assert read_one("", kind=kind).indexer_kind is kind
        assert read_one("<type>public</type>", kind=kind).indexer_kind is IndexerKind.PUBLIC

    def test_size_by_rank(self):
        """The attribute, the element, then the enclosure, whose length may be the torrent's own."""
        link = LINK.replace("/>", ' length="30"/>')
        everything = "<title>F</title><guid>g</guid>" + link + "<size>20</size>" + attr("size", 10)
        assert [r.size for r in read(everything)] == [10]
        assert [r.size for r in read(everything.replace(attr("size", 10), attr("size", 0)))] == [20]
        assert [r.size for r in read("<title>F</title>" + link)] == [30]

    @pytest.mark.parametrize(
        ("factors", "flag"),
        [
            (("0.25", "1"), IndexerFlag.FREELEECH_75), (("0.5", "1"), IndexerFlag.HALFLEECH),
            (("0.75", "1"), IndexerFlag.FREELEECH_25), (("0.0", "1"), IndexerFlag.FREELEECH),
            (("1", "2.0"), IndexerFlag.DOUBLE_UPLOAD), (("0.3", "3"), IndexerFlag.NONE), (("x", ""), IndexerFlag.NONE),
        ],
    )  # fmt: skip
    def test_factors_are_flags(self, factors, flag):
        """The figure in a flag's name is the percentage that is free; other factors mean nothing."""
        down, up = factors
        assert read_one(attr("downloadvolumefactor", down) + attr("uploadvolumefactor", up)).flags == flag

    def test_numbers_without_end_are_unknown(self):
        """Figures of thousands of digits, which Python refuses to read, do not spoil the item."""
        endless = "9" * 5000
        release = read_one("".join(attr(name, endless) for name in ("size", "seeders", "tmdbid", "imdb", "usenetdate")))
        assert (release.size, release.seeders, release.tmdb_id, release.imdb_id) == (None,) * 4
        assert read_one(attr("tmdbid", "9" * 30)).tmdb_id is None

    @pytest.mark.parametrize("magnet", ["http://h/1", "http://[::1", "http://\u2100/", "urn:btih:abc"])
    def test_what_is_no_magnet_link_is_no_magnet_url(self, magnet):
        """Aggregators put addresses of their own there; the enclosure says what to fetch."""
        release = read_one(attr("magneturl", magnet))
        assert (release.download_url, release.magnet_url) == ("http://h/1.torrent", None)

    @pytest.mark.parametrize("link", ["http://[::1", "http://\u2100/"])
    def test_addresses_that_are_none(self, link):
        """As a link they leave the item out, as the page for people they are unknown; the rest of the feed stays."""
        bad = f'<title>Bad</title><enclosure url="{link}" type="application/x-bittorrent"/>'
        (release,) = read(bad, BASE + f"<comments>{link}</comments>")
        assert (release.title, release.info_url) == ("Film.2001", None)

    def test_names_compare_without_case(self):
        """And attributes of either namespace count."""
        release = read_one(attr("Seeders", 4) + '<newznab:attr name="SIZE" value="9"/>' + attr("tag", "SCENE"))
        assert (release.seeders, release.size, release.flags) == (4, 9, IndexerFlag.SCENE)

    def test_unknown_languages_are_left_out(self):
        """A word that is no language says nothing; the element serves where there is no attribute."""
        assert read_one(attr("language", "Klingon") + attr("language", "German")).languages[0].name == "German"
        assert [x.name for x in read_one("<language>French</language>").languages] == ["French"]

    def test_relative_links_are_resolved(self):
        """Against where the answer came from."""
        (release,) = read('<title>F</title><enclosure url="../dl/1" type="application/x-bittorrent"/>')
        assert release.download_url == "http://h/dl/1"

    def test_a_magnet_in_the_link(self):
        """An enclosure may hold the magnet link itself."""
        kind = "application/x-bittorrent;x-scheme-handler/magnet"
        (release,) = read(f'<title>F</title><enclosure url="magnet:?xt=x" type="{kind}"/>')
        assert (release.download_url, release.magnet_url) == (None, "magnet:?xt=x")

    @pytest.mark.parametrize(
        "broken",
        [
            "<guid>b</guid>" + LINK,
            "<title> </title>" + LINK,
            "<title>No link</title><guid>b</guid><link>http://h/page</link>",
            '<title>Usenet</title><enclosure url="http://h/1.nzb" type="application/x-nzb"/>',
            '<title>Bad link</title><enclosure url="http://[half" type="application/x-bittorrent"/>',
            '<title>Empty link</title><enclosure url="" type="application/x-bittorrent"/>',
        ],
    )
    def test_a_broken_item_is_left_out_and_logged(self, broken, caplog):
        """The others come all the same."""
        assert [release.title for release in read(broken, BASE)] == ["Film.2001"]
        assert "left out the item" in caplog.text

    def test_an_enclosure_of_no_known_type_will_do(self):
        """Some feeds leave the type out; the torrent's is preferred to it."""
        assert len(read('<title>F</title><enclosure url="http://h/1"/>')) == 1
        (release,) = read('<title>F</title><enclosure url="http://h/other" type="x/y"/>' + LINK)
        assert release.download_url == "http://h/1.torrent"

    def test_a_missing_guid_is_made_up_the_same_way_every_time(self):
        """Else the same offer would be a new one on every search; a key in the link does not show."""
        first, again = (read('<title>F</title><enclosure url="http://h/1?apikey=k1234"/>')[0] for _ in range(2))
        assert first.guid == again.guid
        assert "k1234" not in first.guid

    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("Wed, 17 May 2017 20:36:06 +0000", (2017, 5, 17, 20, 36, 6)),
            ("Wed, 17 May 2017 20:36:06 GMT", (2017, 5, 17, 20, 36, 6)),
            ("17 May 2017 20:36:06 -0500", (2017, 5, 18, 1, 36, 6)),
            ("Wed, 17 May 2017 20:36:06", (2017, 5, 17, 20, 36, 6)),
            ("2017-05-17T20:36:06Z", (2017, 5, 17, 20, 36, 6)),
            ("2017-05-17 22:36:06+02:00", (2017, 5, 17, 20, 36, 6)),
            ("2017-05-17 20:36:06 UTC", (2017, 5, 17, 20, 36, 6)),
            ("Wed, 17 May 2017 20:36:06 CEST", (2017, 5, 17, 20, 36, 6)),
            ("yesterday", None), ("", None), (None, None), ("Wed, 99 May 2017 20:36:06 +0000", None),
            ("0001-01-01T00:00:00+14:00", None), ("Wed, 17 May 2017 20:36:06 +9999999", None),
        ],
    )  # fmt: skip
    def test_dates(self, text, moment):
        """Always aware and in UTC, or unknown; never an error."""
        assert parse_date(text) == (datetime(*moment, tzinfo=UTC) if moment else None)


class TestXml:
    @pytest.mark.parametrize(
        ("body", "text"),
        [
            (b"<a>caf&eacute; &nbsp;&amp;</a>", "caf\xe9 \xa0&"),
            (b"<a>x\x01\x08y</a>", "xy"),
            (b"<a>x&#1;&#x1F;&#8;y&#10;&#x9;</a>", "xy\n\t"),
            (b"\xef\xbb\xbf<?xml version='1.0'?><a>bom</a>", "bom"),
            (b"\n  <?xml version='1.0'?><a>blank</a>", "blank"),
            ("<?xml version='1.0' encoding='utf-16'?><a>x</a>".encode("utf-16"), "x"),
            (b"<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>", "\xe9"),
            (b"<!DOCTYPE a><a>dtd</a>", "dtd"),
        ],
    )
    def test_what_feeds_get_wrong_is_put_right(self, body, text):
        """HTML's entities, control characters, marks and blanks before the declaration."""
        assert read_xml(body).text == text

    @pytest.mark.parametrize(
        "body",
        [
            b"", b"{}", b"<a>", b"<a><b></a>", b"<a>&unknown;</a>", b"<?xml version='1.0' encoding='nope'?><a/>",
            b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            b"<!DOCTYPE a SYSTEM 'http://h/x.dtd' [<!ENTITY % x SYSTEM 'http://h/'> %x;]><a/>",
        ],
        ids=repr,
    )  # fmt: skip
    def test_the_rest_is_refused(self, body):
        """Also entities of a document's own, harmless or not, inside or outside."""
        with pytest.raises(BadXmlError):
            read_xml(body)


class TestErrorDocuments:
    @pytest.mark.parametrize(
        ("code", "description", "has_key", "ours"),
        [
            ("100", "Incorrect user credentials", True, AuthenticationError),
            ("101", "Account suspended", True, AuthenticationError),
            ("199", "", True, AuthenticationError),
            ("200", "Missing parameter (apikey)", False, AuthenticationError),
            ("200", "Missing parameter (t)", True, BadResponseError),
            ("201", "Incorrect parameter", True, BadResponseError),
            ("500", "Request limit reached (100/100)", True, RateLimitedError),
            ("501", "Download limit reached", True, RateLimitedError),
            ("900", "Request limit reached", True, RateLimitedError),
            ("900", "Unknown error", True, BadResponseError),
            ("", "", True, BadResponseError),
            ("²", "", True, BadResponseError),
        ],
    )
    def test_codes(self, code, description, has_key, ours):
        """Newznab's codes, by what the caller can do about them."""
        root = read_xml(f'<x><error code="{code}" description="{description}"/></x>'.encode())
        error = find_error(root, has_key=has_key, offerer=Offerer(name="mine"))
        assert type(error) is ours
        assert str(error).startswith("mine: ")

    async def test_a_wrong_key_with_status_200(self, server, indexer):
        """As Jackett answers."""
        server.api_key = "another"
        with pytest.raises(AuthenticationError, match=r"Incorrect user credentials.*api_key") as caught:
            await indexer.search(QUERY)
        assert KEY not in str(caught.value)

    async def test_an_echoed_key_is_not_shown(self, server, indexer):
        """Some servers repeat what they were sent."""
        server.offers = []
        root = read_xml(f'<error code="100" description="bad key {KEY}"/>'.encode())
        error = find_error(root, has_key=True, offerer=Offerer(name="mine", show=lambda text: text.replace(KEY, "***")))
        assert KEY not in str(error)

    def test_a_number_without_end_is_an_answer_nobody_knows(self):
        """Python refuses to read thousands of digits; nor are they shown."""
        root = read_xml(f'<error code="{"1" * 5000}" description="no"/>'.encode())
        error = find_error(root, has_key=True, offerer=Offerer(name="mine"))
        assert type(error) is BadResponseError
        assert len(str(error)) < 500


class TestSearch:
    async def test_ids_are_asked_first_and_suffice(self, server, indexer):
        """One request when it brings something; the key and categories go along."""
        (release,) = await indexer.search(QUERY)
        assert (release.title, release.indexer_priority, release.minimum_seeders) == (ALPHA.title, 10, 3)
        (asked,) = server.searches
        assert (asked.query["imdbid"], asked.query["tmdbid"], asked.query["t"]) == ("0000042", "7", "movie")
        assert (asked.query["apikey"], asked.query["extended"]) == (KEY, "1")
        assert asked.query["cat"] == "2000,2010,2020,2030,2040,2045,2050,2060"

    async def test_titles_are_asked_when_ids_bring_nothing(self, server, indexer):
        """Every title, each with the year."""
        server.offers = []
        assert await indexer.search(QUERY) == ()
        assert [r.query.get("q") for r in server.searches] == [None, "Alpha 2001", "LAlpha 2001"]

    async def test_pages_are_read_to_the_end(self, server, indexer):
        """Page after page while they are full; the order is the server's."""
        server.page_size = 10
        server.offers = [attrs_offer(number) for number in range(25)]
        found = await indexer.search(QUERY)
        assert [release.guid for release in found] == [str(number) for number in range(25)]
        assert [r.query["offset"] for r in server.searches] == ["0", "10", "20"]

    async def test_pages_have_an_end(self, server, indexer):
        """A thousand releases are enough of one request."""
        server.offers = [attrs_offer(number) for number in range(1500)]
        assert len(await indexer.search(QUERY)) == 1000
        assert len(server.searches) == 10

    async def test_a_server_that_repeats_itself_is_left(self, server, indexer):
        """One that ignores the offset would be asked thirty times for the same page."""
        server.page_size = 10
        server.offers = [attrs_offer(1)] * 100
        assert len(await indexer.search(QUERY)) == 1
        assert len(server.searches) == 2

    async def test_duplicate_guids_come_once(self, server, indexer):
        """Within a page and across titles."""
        server.offers = [OfferedRelease(title=f"Alpha 2001 L'Alpha LAlpha {n}", guid="g", url="x") for n in (1, 2)]
        (release,) = await indexer.search(QUERY)
        assert release.title.endswith("1")

    async def test_items_without_size_date_or_link(self, server, indexer, caplog):
        """The first two are kept with None, the third is left out and logged."""
        server.offers = [
            OfferedRelease(title="Alpha.2001", imdb_id="tt0000042", torrent=b""),
            OfferedRelease(title="No.Link", imdb_id="tt0000042", link=LinkAnswer.ABSENT),
        ]
        (release,) = await indexer.search(QUERY)
        assert (release.size, release.published) == (None, None)
        assert "No.Link" in caplog.text

    async def test_what_came_before_a_failure_is_kept(self, server, indexer, caplog, monkeypatch):
        """A second page that fails does not take the first one away; the log says so."""
        server.page_size = 10
        server.offers = [attrs_offer(number) for number in range(25)]
        monkeypatch.setattr(server, "is_faulty", lambda request: request.query.get("offset") == "10")
        server.fault = Fault.RATE_LIMITED
        assert len(await indexer.search(QUERY)) == 10
        assert "answered in part" in caplog.text

    async def test_an_indexer_without_any_search(self, server, indexer, monkeypatch):
        """Not asked is not the same as nothing found."""
        monkeypatch.setattr(
            server, "_capabilities", lambda: '<caps><searching><search available="no"/></searching></caps>'
        )
        with pytest.raises(BadResponseError, match="searched by none"):
            await indexer.search(QUERY)
        with pytest.raises(BadResponseError, match="no feed"):
            await indexer.fetch_recent()

    async def test_capabilities_are_asked_once_a_week(self, server, indexer, clock):
        """They hardly change, and every request counts against a limit."""
        for _ in range(3):
            await indexer.search(QUERY)
        clock.advance(timedelta(days=7).total_seconds())
        await indexer.search(QUERY)
        assert len([r for r in server.requests if r.query["t"] == "caps"]) == 2

    async def test_odd_capabilities_mean_the_usual_ones(self, server, indexer, monkeypatch, caplog):
        """A server that answers t=caps with something else can still be searched."""
        monkeypatch.setattr(server, "_capabilities", lambda: "<rss/>")
        assert len(await indexer.search(QUERY)) == 1
        assert "usual functions" in caplog.text

    async def test_another_document_is_no_feed(self, server, indexer, monkeypatch):
        """Well-formed XML of another kind is not taken for an empty feed."""
        monkeypatch.setattr(server, "_feed", lambda query: "<opml/>")
        with pytest.raises(BadResponseError, match="'opml'"):
            await indexer.search(QUERY)


def attrs_offer(number: int) -> OfferedRelease:
    """An offer among many."""
    return OfferedRelease(title=f"Alpha.2001.{number}", guid=str(number), imdb_id="tt0000042", url="http://h/1")


FAULTS = {
    Fault.REFUSED: (UnreachableError, "cannot be reached"),
    Fault.HANG: (ServiceUnavailableError, r"within 0\.8 s"),
    Fault.DRIP: (ServiceUnavailableError, r"within 0\.8 s"),
    Fault.DROPPED: (ServiceUnavailableError, "broke off"),
    Fault.UNAUTHORIZED: (AuthenticationError, "401"),
    Fault.FORBIDDEN: (AuthenticationError, "403"),
    Fault.NOT_FOUND: (BadResponseError, "404"),
    Fault.RATE_LIMITED: (RateLimitedError, "120 s"),
    Fault.SERVER_ERROR: (ServiceUnavailableError, "500"),
    Fault.HTML: (BadResponseError, "web page"),
    Fault.TRUNCATED: (BadResponseError, "no well-formed XML"),
    Fault.ENTITY_BOMB: (BadResponseError, "declares entities"),
    Fault.HUGE_BODY: (BadResponseError, "more than"),
    Fault.ERROR_DOCUMENT: (BadResponseError, "Something broke"),
}


class TestFaults:
    def test_every_fault_is_tried(self):
        """A new way to misbehave cannot be forgotten here."""
        assert set(FAULTS) == set(Fault)

    @pytest.mark.parametrize("is_known", [False, True], ids=["at caps", "at the search"])
    @pytest.mark.parametrize("fault", FAULTS)
    async def test_faults_have_their_types(self, server, indexer, fault, is_known, caplog):
        """One clear error each, by name of adapter and without the key; afterwards the indexer works."""
        caplog.set_level(logging.DEBUG)
        ours, words = FAULTS[fault]
        if is_known:
            await indexer.search(QUERY)
        server.fault = fault
        for call in (indexer.search, lambda _: indexer.fetch_recent(), lambda _: indexer.check()):
            with pytest.raises(ours, match=words) as caught:
                await call(QUERY)
            assert type(caught.value) is ours
            assert str(caught.value).startswith("mine: ")
            assert KEY not in f"{caught.value} {caught.value.__cause__}"
        server.fault = None
        assert len(await indexer.search(QUERY)) == 1
        assert KEY not in caplog.text

    async def test_429_tells_the_seconds(self, server, indexer):
        """From the header, as seconds or as a moment; None without one."""
        server.fault = Fault.RATE_LIMITED
        for text, seconds in (("120", 120), ("Wed, 01 Jan 2025 12:01:00 GMT", 60), (None, None)):
            server.retry_after = text
            with pytest.raises(RateLimitedError) as caught:
                await indexer.search(QUERY)
            assert caught.value.retry_after == seconds


class TestPayload:
    async def test_the_torrent_is_preferred_to_the_magnet(self, server, indexer):
        """Its file names can be checked before a client sees them."""
        (release,) = await indexer.search(QUERY)
        payload = await indexer.fetch_payload(attrs.evolve(release, magnet_url=f"magnet:?xt=urn:btih:{'0' * 40}"))
        assert payload.name == "A"

    async def test_a_magnet_alone(self, indexer):
        """An offer with a magnet link needs no request."""
        uri = f"magnet:?xt=urn:btih:{'ab' * 20}"
        release = Release(indexer="mine", guid="g", title="t", magnet_url=uri)
        assert await indexer.fetch_payload(release) == MagnetPayload(uri=uri, info_hash=InfoHash("ab" * 20))

    async def test_another_torrent_than_promised(self, server, indexer):
        """The hash in the feed binds."""
        server.offers = [OfferedRelease(title="Alpha 2001", torrent=make_torrent("A"), info_hash="0" * 40)]
        (release,) = await indexer.fetch_recent()
        with pytest.raises(BadTorrentError, match="promised"):
            await indexer.fetch_payload(release)


class TestCheck:
    async def test_it_tells_what_it_found(self, indexer):
        """Who answers, how it can be searched, whether it has anything."""
        assert await indexer.check() == ("radarr-core stand-in, searches by imdbid, q, tmdbid; its feed has releases")

    async def test_an_empty_feed_is_no_error(self, server, indexer):
        """But it is said."""
        server.offers = []
        assert "its feed is empty" in await indexer.check()

    async def test_foreign_categories_are_found_out(self, server, clock):
        """An indexer that has none of them would never find anything."""
        settings = TorznabSettings(url=server.url, api_key=Secret(KEY), categories=(5000,))
        indexer = TorznabAdapter.create(settings, AdapterContext(name="mine", clock=clock))
        with pytest.raises(ConfigurationError, match=r"none of the categories .5000,."):
            await indexer.check()
        await indexer.aclose()
