"""The readers of names, and how each is set up for the contract."""

from radarr_adapters.parsers.comparing.client import ComparingParser
from radarr_adapters.parsers.guessit.client import Guessit
from radarr_adapters.parsers.native.client import NativeParser
from radarr_core.ports.release_parser import ReleaseParser
from radarr_core.testing.contracts.release_parser import ReleaseParserHarness
from radarr_core.testing.fakes.release_parser import ScriptedParser


class NativeHarness(ReleaseParserHarness):
    """The library's own."""

    def create(self) -> ReleaseParser:
        """See the base class."""
        return NativeParser()


class GuessitHarness(ReleaseParserHarness):
    """The real package."""

    def create(self) -> ReleaseParser:
        """See the base class."""
        return Guessit()


class ComparingHarness(ReleaseParserHarness):
    """Both."""

    def create(self) -> ReleaseParser:
        """See the base class."""
        return ComparingParser((NativeParser(), Guessit()))


class ScriptedHarness(ReleaseParserHarness):
    """The fake."""

    def create(self) -> ReleaseParser:
        """See the base class."""
        return ScriptedParser()


HARNESSES: dict[str, type[ReleaseParserHarness]] = {
    "native": NativeHarness,
    "guessit": GuessitHarness,
    "comparing": ComparingHarness,
    "ScriptedParser": ScriptedHarness,
}
