"""Conditions on the facts of a release: its quality, languages and flags. Numbers in JSON are Radarr's."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, ClassVar

from attrs import field, frozen

from radarr_core.domain.custom_formats.reading import Fields
from radarr_core.domain.custom_formats.subject import FormatSubject
from radarr_core.domain.languages import LANGUAGES, ORIGINAL, UNKNOWN_LANGUAGE, Language
from radarr_core.domain.quality import Modifier, Source

from .base import FactCondition

_LANGUAGE_BY_ID = {language.id: language for language in LANGUAGES}


def _check_known(instance: ValueCondition, attribute: object, value: int) -> None:
    instance.check(value)


@frozen(kw_only=True)
class ValueCondition(FactCondition):
    """A condition on one number.

    Attributes:
        value: Radarr's number of what is asked for.

    Raises:
        ValueError: the number means nothing.
    """

    field_names: ClassVar = {"value": "value"}
    what: ClassVar[str]
    known: ClassVar[tuple[int, ...]]

    value: int = field(validator=_check_known)

    @classmethod
    def check(cls, value: int) -> int:
        """The number, when it means something."""
        if value not in cls.known:
            raise ValueError(f"{value!r} is no {cls.what}; known are {', '.join(map(str, cls.known))}")
        return value

    @property
    def question(self) -> Hashable:
        """The type and the number."""
        return self.implementation, self.value

    @classmethod
    def read(cls, own: Fields) -> dict[str, Any]:
        """The number, which stands under `value`."""
        value = own.get("value", int)
        return {"value": own.call("value", lambda: cls.check(value))}


class SourceCondition(ValueCondition):
    """The quality is of that source."""

    implementation = "SourceSpecification"
    what = "source"
    known = tuple(source.value for source in Source if source)

    def ask(self, subject: FormatSubject) -> bool:
        """Whether the quality is of that source."""
        return subject.quality.source == self.value


class ResolutionCondition(ValueCondition):
    """The quality is of that resolution, in lines."""

    implementation = "ResolutionSpecification"
    what = "resolution"
    known = (360, 480, 540, 576, 720, 1080, 2160)

    def ask(self, subject: FormatSubject) -> bool:
        """Whether the quality has that many lines."""
        return subject.quality.resolution == self.value


class QualityModifierCondition(ValueCondition):
    """The quality has that modifier: a remux, a disc image and so on."""

    implementation = "QualityModifierSpecification"
    what = "quality modifier"
    known = tuple(modifier.value for modifier in Modifier if modifier)

    def ask(self, subject: FormatSubject) -> bool:
        """Whether the quality has that modifier."""
        return subject.quality.modifier == self.value


class IndexerFlagCondition(ValueCondition):
    """The indexer gives the release that flag. Radarr's two obsolete ones, 64 and 1024, are known and never given."""

    implementation = "IndexerFlagSpecification"
    what = "indexer flag"
    known = tuple(1 << bit for bit in range(12))

    def ask(self, subject: FormatSubject) -> bool | None:
        """Whether the flag is set; unknown when nothing is known of the flags."""
        return None if subject.flags is None else subject.flags.value & self.value == self.value


@frozen(kw_only=True)
class LanguageCondition(FactCondition):
    """The release has that language, or has another one.

    Attributes:
        language: the language asked for; `Original` stands for the movie's own where that is known.
        except_language: ask for any language that is not this one instead.
    """

    implementation = "LanguageSpecification"
    field_names: ClassVar = {"value": "value", "exceptLanguage": "except_language"}

    language: Language = field()
    except_language: bool = False

    @property
    def value(self) -> int:
        """Radarr's number of the language."""
        return self.language.id

    @property
    def question(self) -> Hashable:
        """The language, and whether others are asked for."""
        return self.implementation, self.language.id, self.except_language

    @classmethod
    def read(cls, own: Fields) -> dict[str, Any]:
        """A language by its number, and which way round."""
        number = own.get("value", int)
        if number not in _LANGUAGE_BY_ID:
            own.fail("value", f"{number!r} is the number of no language")
        return {"language": _LANGUAGE_BY_ID[number], "except_language": own.get("exceptLanguage", bool, False)}

    def ask(self, subject: FormatSubject) -> bool | None:
        """Whether one of the languages fits; unknown when nothing is known of the languages."""
        if subject.languages is None:
            return None
        wanted = self.language
        if wanted == ORIGINAL and subject.original_language is not None:
            wanted = wanted if subject.original_language == UNKNOWN_LANGUAGE else subject.original_language
        if self.except_language:
            return any(language != wanted for language in subject.languages)
        return wanted in subject.languages
