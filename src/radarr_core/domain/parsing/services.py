"""Which streaming service a picture came from."""

from __future__ import annotations

from .lexicon_words import words_of
from .tokens import Tokens

_SERVICES = {
    "Amazon Prime Video": "amzn amazon primevideo", "Netflix": "nf nflx netflix", "Disney+": "dsnp dsny disneyplus",
    "Max": "hmax max", "HBO": "hbo", "Apple TV+": "atvp atv", "Hulu": "hulu", "Peacock": "pcok", "Paramount+": "pmtp",
    "iTunes": "it itunes", "Crunchyroll": "cr", "Stan": "stan", "Movies Anywhere": "ma", "Google Play": "play gplay",
    "BBC iPlayer": "ip iplayer", "Channel 4": "all4", "YouTube": "red ytp youtube", "Criterion Channel": "crit cc",
    "Crave": "crav crave", "Hotstar": "hs htsr hotstar jhs", "Viu": "viu", "Now": "now", "OSN+": "osn",
    "Shudder": "shdr shudder", "SkyShowtime": "skst skysho", "Starz": "strp starz", "Showtime": "sho", "TVING": "tving",
    "Viki": "viki", "iQIYI": "iq iqiyi", "Vudu": "vudu", "Videoland": "vdl", "U-NEXT": "unext",
    "Bilibili": "bglobal bili",
    "Mubi": "mubi", "Sony LIV": "sonyliv slv", "ZEE5": "zee5", "Aha": "aha", "FilmBox": "fbox", "Tubi": "tubi",
    "Roku": "roku", "MGM+": "mgmp", "AMC+": "amcp", "BritBox": "brtb", "Bravia Core": "bcore", "Rakuten TV": "rktn",
    "Puhutv": "puhu", "Kinopoisk": "kp kinopoisk", "Okko": "okko", "Ivi": "ivi", "Fandango": "fandango",
    "WOWOW": "wowow",
    "Magenta": "magentatv", "RTL+": "rtlp", "Joyn": "joyn", "Canal+": "mycanal canalplus cnlp", "Salto": "salto",
    "Hoichoi": "hoichoi", "Viaplay": "vplay viaplay", "Disney XD": "dxd", "VRV": "vrv", "Hidive": "hidi hidive",
    "ADN": "adn", "Wakanim": "wkn", "Kocowa": "kcw",
}  # fmt: skip
SERVICES: dict[str, str] = {word: name for name, words in _SERVICES.items() for word in words.split()}
# Nothing else is spelt like these; every other one counts only right before WEB, and in capitals (iT and iP apart).
_UNMISTAKABLE = frozenset(
    words_of("amzn nflx dsnp dsny hmax atvp pcok pmtp iqiyi primevideo netflix crav skst strp shdr vudu tving")
)
_WEB = ("web", "webdl", "webrip", "hdtv", "dvdrip", "dl")


def read_service(tokens: Tokens, hits: list[tuple[int, str]]) -> tuple[str, int] | None:
    """The first streaming service and its word."""
    for i, name in hits:
        if tokens.lows[i] in _UNMISTAKABLE or _stands_before_web(tokens, i):
            return name, i
    return None


def _stands_before_web(tokens: Tokens, i: int) -> bool:
    following = tokens.lows[i + 1]
    if following == "hybrid" or following in ("1080p", "2160p", "720p"):
        following = tokens.lows[i + 2]
    return following in _WEB and not tokens.words[i].islower()
