"""The schema as the code sees it: labels, relationship types, their properties, topics and schemes.

Everything here is read from the Turtle files of ``ontology/``; names are the ones the graph and Cypher use.
``zh`` and ``en`` are the labels in Chinese and English, ``comment_zh`` and ``comment_en`` the definitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Reading


@dataclass(frozen=True, slots=True)
class PropertyInfo:
    """A property of a label or of a relationship type.

    ``datatype`` is 'string', 'boolean', 'decimal', 'date' (ISO, YYYY-MM-DD), 'day' (the same, or --MM-DD), 'moment' (ISO, in
    UTC) or 'reference' (to another thing, kept as a string); ``many`` says that it is a list of strings. ``values`` lists what is allowed, () when anything is;
    ``value_labels`` gives each its (Chinese, English) label. ``pattern``, ``minimum`` and ``maximum`` bound it further.
    ``aligned`` are properties of other vocabularies that it refines.
    """

    name: str
    zh: str
    en: str
    comment_zh: str
    comment_en: str
    iri: str
    datatype: str
    many: bool = False
    required: bool = False
    values: tuple[str, ...] = ()
    value_labels: Mapping[str, tuple[str, str]] | None = None
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    aligned: tuple[str, ...] = ()
    free: bool = field(init=False)  # any words will do

    def __post_init__(self) -> None:
        bound = self.values or self.pattern or self.datatype in ("boolean", "decimal", "date", "day")
        object.__setattr__(self, "free", not bound)


@dataclass(frozen=True, slots=True)
class LabelInfo:
    """A class of things. ``required`` are the properties every one must have; ``properties`` holds its own and
    those common to all things; ``aligned`` the classes of other vocabularies that it refines."""

    name: str
    zh: str
    en: str
    comment_zh: str
    comment_en: str
    iri: str
    required: tuple[str, ...]
    properties: Mapping[str, PropertyInfo]
    aligned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeInfo:
    """A relationship type. ``domain`` and ``range`` are the labels allowed at its two ends; ``qualifier`` the property
    that tells two such relationships between the same things apart; ``statement`` the class of the reified statement
    with ``statement_aligned`` its counterparts elsewhere and ``source_as`` the property there that leads to its source
    ('' where there is none); ``aligned`` relate source to target elsewhere, ``aligned_inverse`` target to source."""

    name: str
    zh: str
    en: str
    comment_zh: str
    comment_en: str
    iri: str
    domain: frozenset[str]
    range: frozenset[str]
    qualifier: str | None
    required: tuple[str, ...]
    properties: Mapping[str, PropertyInfo]
    evidence_optional: bool
    statement: str
    source_as: str = ""
    statement_aligned: tuple[str, ...] = ()
    aligned: tuple[str, ...] = ()
    aligned_inverse: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of pollution governance, or a field of government work. ``name`` is the preferred Chinese label, ``alt_labels``
    the other words that name it in notices, ``broader`` the notation of the wider topic or '', ``bureaus`` the names, without
    that of their place, of the bureaus that it is laid on."""

    notation: str
    name: str
    en: str
    comment_zh: str
    comment_en: str
    iri: str
    alt_labels: tuple[str, ...]
    broader: str
    bureaus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemeRule:
    """A rule of a scheme: ``source`` -``type``-> ``target`` in the words of the scheme ('周' SECURES '月')."""

    name: str
    type: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """A named way of dividing duty, with the rules it stands for. ``parts`` are what its halves are called where a notice that
    names the whole goes through them one by one."""

    notation: str
    name: str
    en: str
    comment_zh: str
    comment_en: str
    iri: str
    alt_labels: tuple[str, ...]
    parts: tuple[str, ...]
    rules: tuple[SchemeRule, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The whole schema. ``version`` changes whenever a stored graph would have to be rebuilt; ``namespace`` is the
    start of its terms' IRIs; ``fields`` are those of government work, of which only portfolios speak."""

    version: str
    namespace: str
    labels: Mapping[str, LabelInfo]
    types: Mapping[str, TypeInfo]
    topics: tuple[Topic, ...]
    fields: tuple[Topic, ...]
    schemes: tuple[Scheme, ...]

    def check(self, reading: Reading) -> None:
        """Refuse a reading that breaks the schema; VocabularyError names the statement and what to do."""
        from kg.vocabulary.check import check

        check(self, reading)
