"""The schema at the door of a store: a reading that breaks it is refused, with one line that names the statement.

Only what the ontology says is checked here; the names of the fields that every node and edge has are those of
:mod:`kg.model`, and may not come a second time among the properties.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache

from kg.errors import VocabularyError
from kg.model import Edge, Evidence, Node, Notice, Reading, Value
from kg.vocabulary.model import PropertyInfo, Vocabulary

NOTICE = "Notice"  # the label of a Reading's own notice, which need not stand among its nodes
_NODE_FIELDS = frozenset({*Node.__slots__, "uid"})
_EDGE_FIELDS = frozenset({*Edge.__slots__, "uid", "quotes"})
_HALF = re.compile("[\ud800-\udfff]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check(vocabulary: Vocabulary, reading: Reading) -> None:
    """Raise VocabularyError at the first node or edge of ``reading`` that the schema does not allow."""
    door = Door(vocabulary, reading.notice)
    for node in reading.nodes:
        door.node(node)
    for edge in reading.edges:
        door.edge(edge)


class Door:
    """Looks at what a notice says, one thing or statement after the other, all things first. ``labels`` are those of its things
    by id. Raises VocabularyError for what the schema does not allow."""

    def __init__(self, vocabulary: Vocabulary, notice: Notice) -> None:
        _check_notice(vocabulary, notice)
        self.vocabulary, self.notice = vocabulary, notice
        self.labels = {notice.id: NOTICE}
        self._passed: set[tuple[object, ...]] = set()

    def node(self, node: Node) -> None:
        """A thing."""
        notice = self.notice
        _check_node(self.vocabulary, node, notice)
        if node.id == notice.id and node.label != NOTICE:
            raise _wrong(notice, notice.id, f"is a {node.label}, but it is the id of the notice", "give it another id")
        if self.labels.setdefault(node.id, node.label) != node.label:
            raise _wrong(notice, _Named(node), f"also stands as {self.labels[node.id]}", "give the two different ids")

    def edge(self, edge: Edge) -> None:
        """A statement."""
        labels, notice = self.labels, self.notice
        # what most edges of a notice share is looked at once
        alike = (
            edge.type, labels.get(edge.source), labels.get(edge.target), edge.rule, edge.confidence, edge.derived,
            type(edge.type), type(edge.rule), type(edge.confidence), type(edge.derived), bool(edge.evidence),
        )  # fmt: skip
        if alike not in self._passed:
            _check_kind(self.vocabulary, edge, labels, notice)
            self._passed.add(alike)
        for evidence in edge.evidence:
            _check_evidence(evidence, notice, edge)
        _check_edge(self.vocabulary, edge, notice)


def _check_notice(vocabulary: Vocabulary, notice: Notice) -> None:
    if not isinstance(notice.id, str) or not notice.id.strip():
        raise VocabularyError(f"notice {_short(notice.title)!r}: it has no id; make one from its content")
    properties = vocabulary.labels[NOTICE].properties
    for name in notice.__slots__:
        value = getattr(notice, name)
        if not isinstance(value, str):
            raise _wrong(notice, f"{name}={_short(value)}", "is not a string", "use '' for what is not known")
        if value and name in properties:
            _check_value(value, properties[name], notice, notice.id)


def _check_node(vocabulary: Vocabulary, node: Node, notice: Notice) -> None:
    what = _Named(node)
    label = vocabulary.labels.get(node.label)
    if label is None:
        raise _wrong(
            notice, what, f"{_short(node.label)!r} is no label of the ontology", _known(node.label, vocabulary.labels)
        )
    if not isinstance(node.id, str) or not node.id.strip():
        raise _wrong(notice, what, "has no id", "make one from its content")
    _check_value(node.id, label.properties["uid"], notice, what)
    _check_value(node.name, label.properties["name"], notice, what)
    if not isinstance(node.aliases, (tuple, list)) or not all(isinstance(a, str) and a for a in node.aliases):
        raise _wrong(
            notice, what, f"aliases={_short(node.aliases)} is not a list of strings", "leave out what is empty"
        )
    _check_value(list(node.aliases), label.properties["aliases"], notice, what)
    _check_properties(node.props, label.properties, _NODE_FIELDS, label.required, notice, what)


class _Named:
    """A thing as a message names it, put into words only when something is wrong with it."""

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node

    def __str__(self) -> str:
        return f"{_short(self.node.label)} {_short(self.node.id)}"


class _Said:
    """An edge as a message names it, put into words only when something is wrong with it."""

    __slots__ = ("edge",)

    def __init__(self, edge: Edge) -> None:
        self.edge = edge

    def __str__(self) -> str:
        return f"{_short(self.edge.source)} -{_short(self.edge.type)}-> {_short(self.edge.target)}"


def _check_kind(vocabulary: Vocabulary, edge: Edge, labels: Mapping[str, str], notice: Notice) -> None:
    """Its type, the labels of its ends, its rule and how sure it is."""
    what = _Said(edge)
    kind = vocabulary.types.get(edge.type)
    if kind is None:
        raise _wrong(
            notice,
            what,
            f"{_short(edge.type)!r} is no relationship of the ontology",
            _known(edge.type, vocabulary.types),
        )
    for end, allowed, side in ((edge.source, kind.domain, "start"), (edge.target, kind.range, "end")):
        label = labels.get(end)
        if label is None:
            raise _wrong(
                notice,
                what,
                f"{_short(end)} is not among the nodes of this reading",
                "add the node or leave the edge out",
            )
        if label not in allowed:
            raise _wrong(
                notice, what, f"{kind.name} may not {side} at {label}", f"only at {', '.join(sorted(allowed))}"
            )
    fields: dict[str, object] = {"confidence": edge.confidence, "rule": edge.rule, "derived": edge.derived}
    for name, value in fields.items():
        _check_value(value, kind.properties[name], notice, what)
    if edge.derived and not edge.rule:
        raise _wrong(notice, what, "is derived but does not name its rule", "set Edge.rule")
    if not (edge.evidence or edge.derived or kind.evidence_optional):
        raise _wrong(
            notice, what, "is stated but has no evidence", "give the words it was read from, or mark it derived"
        )


def _check_edge(vocabulary: Vocabulary, edge: Edge, notice: Notice) -> None:
    """Its premises and properties."""
    what, kind = _Said(edge), vocabulary.types[edge.type]
    if edge.premises and not all(isinstance(p, str) and p for p in edge.premises):
        raise _wrong(notice, what, f"premises={_short(edge.premises)} are not keys of edges", "use Edge.key of each")
    _check_properties(edge.props, kind.properties, _EDGE_FIELDS, kind.required, notice, what)


def _check_evidence(evidence: Evidence, notice: Notice, edge: Edge) -> None:
    where, start, end, quote = evidence
    within = type(start) is int and type(end) is int and 0 <= start < end <= len(notice.text)
    if within and where == notice.id and notice.text[start:end] == quote:
        return
    what = _Said(edge)
    if where != notice.id:
        raise _wrong(notice, what, f"its evidence is in {_short(where)}", "evidence must be in the notice being read")
    if not within:
        raise _wrong(
            notice,
            what,
            f"its evidence {start}-{end} lies outside the notice's {len(notice.text)} characters",
            "offsets count code points of Notice.text from 0",
        )
    raise _wrong(
        notice,
        what,
        f"its evidence {start}-{end} is quoted as {_short(quote)!r} "
        f"but the notice says {_short(notice.text[start:end])!r}",
        "quote the notice's own characters",
    )


def _check_properties(
    props: Mapping[str, Value],
    known: Mapping[str, PropertyInfo],
    fields: Collection[str],
    required: Collection[str],
    notice: Notice,
    what: object,
) -> None:
    for name, value in props.items():
        if name in fields:
            raise _wrong(notice, what, f"{name!r} is a field of its own", "take it out of the properties")
        if name not in known:
            raise _wrong(
                notice, what, f"has no property {_short(name)!r}", _known(name, [k for k in known if k not in fields])
            )
        _check_value(value, known[name], notice, what)
    for name in required:
        if name not in fields and name not in props:
            raise _wrong(
                notice, what, f"lacks {name!r}", f"every one must have it ({known[name].en}, {known[name].zh})"
            )


def _check_value(value: object, info: PropertyInfo, notice: Notice, what: object) -> None:
    if info.many:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise _wrong(
                notice, what, f"{info.name}={_short(value)} is not a list of strings", "no nulls and no other types"
            )
        items: list[object] = list(value)
    else:
        items = [value]
    for item in items:
        if type(item) is str and item and info.free and item.isprintable():
            continue  # most values are words of their own, and half of a surrogate pair cannot be printed
        complaint = _complaint(item, info)
        if complaint:
            raise _wrong(notice, what, f"{info.name}={_short(item)} {complaint[0]}", complaint[1])


def _complaint(value: object, info: PropertyInfo) -> tuple[str, str] | None:
    """What is wrong with a single value and what to do, or None."""
    if value is None:
        return "is null", "leave out what is not known"
    if info.datatype == "boolean":
        return None if isinstance(value, bool) else ("is not true or false", "use a boolean")
    if info.datatype == "decimal":
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            return "is not a number", "use a finite int or float"
        if (info.minimum is not None and value < info.minimum) or (info.maximum is not None and value > info.maximum):
            return f"lies outside {info.minimum:g} to {info.maximum:g}", "give a value within the bounds"
        return None
    if not isinstance(value, str):
        return "is not a string", "use a string"
    if not value and info.required:
        return "is empty", "every one must have it"
    if not value.isascii() and _HALF.search(value):
        return "holds half of a surrogate pair", "decode the source again"
    if info.datatype == "day" and not _is_date(value.replace("--", "2000-", 1) if value.startswith("--") else value):
        return "is not a day", "use YYYY-MM-DD, or --MM-DD where no year is known"
    if info.datatype == "date" and not _is_date(value):
        return "is not a date", "use YYYY-MM-DD and leave out what is not known"
    if info.values and value not in info.values:
        return "is not an allowed value", f"use one of {', '.join(info.values)}"
    if info.pattern and not _pattern(info.pattern).search(value):
        return f"does not fit {info.pattern}", "correct it or leave it out"
    return None


@lru_cache(4096)
def _is_date(value: str) -> bool:
    try:
        return bool(_DATE.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


@lru_cache(4096)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _wrong(notice: Notice, what: object, problem: str, remedy: str) -> VocabularyError:
    return VocabularyError(f"notice {_short(notice.id)}: {what}: {problem}; {remedy}")


def _known(name: object, names: Collection[str]) -> str:
    from difflib import get_close_matches  # only when something is wrong

    close = get_close_matches(str(name), names, 1)
    return f"did you mean {close[0]}?" if close else f"known: {', '.join(sorted(names))}"


def _short(value: object) -> str:
    """One line of at most 60 characters, whatever the value holds."""
    text = " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
    return text if len(text) <= 60 else text[:59] + "…"
