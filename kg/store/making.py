"""The clauses by which things, relationships, constraints and indexes are made; an engine may have its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from kg.store.records import ALWAYS, NOTICE, STATED_IN
from kg.vocabulary import vocabulary

MARKER = "KgStore"  # the one node that says what made this store
_MARKS = ("\x1f", "\x1e", "\x1d")  # between rows, between words of a list, for a list of none

Row = Mapping[str, Any]
Told = tuple[str, dict[str, Any]]
"""A statement and its parameters."""
Pattern = tuple[str, str, str]
"""The labels of a relationship's ends, with its type between them."""


class Making:
    """How an engine is told to make much at once. Things are given by their properties; relationships by ``source``, ``target``
    and ``props``.

    ``degrees`` says whether the engine is to be told from which of its ends a relationship is found sooner. ``place`` is Cypher
    for where the engine keeps a thing, by which it is found again within the transaction, whatever its label; null where it
    does not tell. ``kept`` stands before a statement of which the engine's first plan is as good when there is much more.
    ``types`` says whether a type may be a value, ``rows`` how many go well into one statement.
    """

    degrees: ClassVar = False
    slice: ClassVar = 5_000  # things of which it is asked at once what follows
    rows: ClassVar = 5_000
    place: ClassVar = "elementId({})"
    kept: ClassVar = "CYPHER replan=skip "

    def __init__(self, *, types: bool = False) -> None:
        self.types = types

    @property
    def between(self) -> str:
        """Find a statement by the places of its ends. Things that many notices name have far fewer statements than mentions."""
        types = "|".join(sorted(vocabulary().types.keys() - {STATED_IN}))
        return self._ends("row.source", "row.target") + f"MATCH (a)-[r:{types} {{uid: row.uid}}]->(b)"

    def _ends(self, source: str, target: str) -> str:
        a, b = self.place.format("a"), self.place.format("b")
        return f"MATCH (a) WHERE {a} = {source} MATCH (b) WHERE {b} = {target} "

    def nodes(self, label: str, made: Sequence[Row]) -> Told:
        """Make things that are not there; notices may have been named before. Tells ``places``, each beside its
        ``uid``, if there are any."""
        told = f"RETURN collect([n.uid, {self.place.format('n')}]) AS places"
        if label == NOTICE:
            return f"{self.merge(label)} {told}", {"rows": made}
        rows = _Columns(made)
        return f"{rows.cypher}CREATE (n:{label} {rows.map}) {told}", rows.parameters

    def merge(self, label: str) -> str:
        """Give things, which may be there, the properties of ``rows`` and no others."""
        return f"{self.kept}UNWIND $rows AS row MERGE (n:{label} {{uid: row.uid}}) SET n = row"

    def find(self, label: str) -> str:
        """Tell of the things of ``ids`` that are there: ``node``, ``degree``, ``place``."""
        degree = "COUNT { (n)--() }" if self.degrees else "0"
        told = f"RETURN n AS node, {degree} AS degree, {self.place.format('n')} AS place"
        return f"{self.kept}UNWIND $ids AS id MATCH (n:{label} {{uid: id}}) {told}"

    def change(self, label: str, keys: Iterable[str]) -> str:
        """Change some properties, ``props``, of a thing; null takes one away."""
        return f"MATCH (n) WHERE {self.place.format('n')} = row.place SET n += row.props"

    def edges(self, a: str, type_: str, b: str, made: Sequence[Row]) -> Told:
        """Make relationships of one kind between things that are there."""
        ends = {end: [row[end] for row in made] for end in ("source", "target")}
        rows = _Columns([row["props"] for row in made], **ends)
        found = "MATCH (a:{a} {{uid: {source}}}) MATCH (b:{b} {{uid: {target}}}) ".format(a=a, b=b, **rows.values)
        return f"{rows.cypher}{found}CREATE (a)-[r:{type_} {rows.map}]->(b)", rows.parameters

    def links(self, made: Iterable[tuple[Pattern, Row]], places: Mapping[str, str]) -> Iterator[Told]:
        """Make relationships of any kinds, as they come, in as few statements as differ: those that have the same properties
        together, where the ``places`` of their ends are known by id, and those of one kind where they are not."""
        alike: defaultdict[tuple[Any, ...], list[tuple[str, Row]]] = defaultdict(list)
        for (a, type_, b), row in made:
            placed = row["source"] in places and row["target"] in places
            kind = ("" if self.types else type_, frozenset(row["props"])) if placed else (a, type_, b)
            alike[kind].append((type_, row))
            if len(alike[kind]) == self.rows:
                yield self._alike(kind, alike.pop(kind), places)
        for kind, rows in alike.items():
            yield self._alike(kind, rows, places)

    def _alike(self, kind: tuple[Any, ...], made: Sequence[tuple[str, Row]], places: Mapping[str, str]) -> Told:
        if len(kind) == 3:
            return self.edges(*kind, [row for _, row in made])
        columns = {end: [places[row[end]] for _, row in made] for end in ("source", "target")}
        if self.types:
            columns["type"] = [type_ for type_, _ in made]
        rows = _Columns([row["props"] for _, row in made], **columns)
        found = self._ends(rows.values["source"], rows.values["target"])
        type_ = f"$({rows.values['type']})" if self.types else kind[0]
        return f"{rows.cypher}{found}CREATE (a)-[r:{type_} {rows.map}]->(b)", rows.parameters


class _Columns:
    """Rows of values as one text a column. ``cypher`` takes them apart, row ``i`` by row, and ``map`` is the map of properties that it
    makes of a row; ``values`` are Cypher for the other columns.

    The driver writes value by value, which takes it longer than all else that is done with a row takes this program; a text is
    one value. The statements are spelt alike for all rows of a kind, so that a server plans them once.
    """

    cypher: ClassVar = f"{Making.kept}WITH [text IN $texts | split(text, $marks[0])] AS c UNWIND range(0, $last) AS i "

    def __init__(self, made: Sequence[Row], **others: list[str]) -> None:
        self._texts: list[str] = []
        self._tables: dict[str, list[Any]] = {}
        self._last = len(made) - 1
        self.values = {name: self._kept(name, column) for name, column in others.items()}
        kept = {key: self._kept(key, [row.get(key) for row in made]) for key in _keys(made)}
        self.map = f"{{{', '.join(f'{key}: {value}' for key, value in kept.items())}}}"

    @property
    def parameters(self) -> dict[str, Any]:
        """What the statement is run with."""
        return {"texts": self._texts, "tables": self._tables, "marks": list(_MARKS), "last": self._last}

    def _kept(self, key: str, column: list[Any]) -> str:
        """Take a column in; Cypher for its value in row ``i``."""
        value = f"c[{len(self._texts)}][i]"
        if all(type(one) is str for one in column) and self._joined(column):
            return value
        if all(one is None or _words(one) for one in column) and self._joined(
            ["" if one is None else _MARKS[1].join(one) or _MARKS[2] for one in column]
        ):
            if all(column):
                return f"split({value}, $marks[1])"
            return f"CASE {value} WHEN '' THEN null WHEN $marks[2] THEN [] ELSE split({value}, $marks[1]) END"
        different = {repr(one): one for one in column}
        lines = {said: str(n) for n, said in enumerate(different)}
        self._joined([lines[repr(one)] for one in column])
        self._tables[key] = list(different.values())
        return f"$tables.{key}[toInteger({value})]"

    def _joined(self, column: list[str]) -> bool:
        """Keep texts as one where they can be taken apart again."""
        text = _MARKS[0].join(column)
        apart = text.count(_MARKS[0]) == len(column) - 1
        if apart:
            self._texts.append(text)
        return apart


def _words(value: Any) -> bool:
    """Whether a value is a list of words that can be joined and taken apart again."""
    return isinstance(value, list) and all(
        type(one) is str and one and _MARKS[1] not in one and _MARKS[2] not in one for one in value
    )


class Named(Making):
    """Properties one by one: the embedded engine takes a third of the time for them that it takes for a map.

    It answers an absent title with the name unless it is set to null, and setting the name sets the title as well. A
    property that no thing of a label has had yet must not stand inside CREATE.

    Every thing gets its uid for the engine's own ``id`` too. The numbers that the engine (0.21) gives otherwise begin again
    below those in use once things were deleted and the store was saved, and then it refuses to make any more.
    """

    degrees: ClassVar = True
    # from about 8,000 rows on it answers with several threads, and what these took for that stays theirs until the process ends
    slice: ClassVar = 200
    rows: ClassVar = 500  # it takes longer for each in a statement of thousands
    place: ClassVar = "null"
    kept: ClassVar = ""

    def nodes(self, label: str, made: Sequence[Row]) -> Told:
        if label == NOTICE:
            return f"{self.merge(label)}, n.title = row.title", {"rows": made}
        always = ", ".join(f"{key}: row.{key}" for key in ALWAYS)
        create = f"UNWIND $rows AS row CREATE (n:{label} {{id: row.uid, {always}}}) "
        rest = [*(key for key in _keys(made) if key not in ALWAYS and key != "title"), "title"]
        return create + _set_each(rest), {"rows": made}

    def merge(self, label: str) -> str:
        missing = "FOREACH (_ IN CASE WHEN known IS NULL THEN [1] ELSE [] END | "
        return (
            f"UNWIND $rows AS row OPTIONAL MATCH (known:{label} {{uid: row.uid}}) "
            f"{missing}CREATE (:{label} {{id: row.uid, uid: row.uid}})) "
            f"WITH row MATCH (n:{label} {{uid: row.uid}}) SET n = row"
        )

    def change(self, label: str, keys: Iterable[str]) -> str:
        return f"MATCH (n:{label} {{uid: row.uid}}) " + _set_each(sorted(keys, key="title".__eq__), "row.props")

    def edges(self, a: str, type_: str, b: str, made: Sequence[Row]) -> Told:
        each = ", ".join(f"{key}: row.props.{key}" for key in _keys(row["props"] for row in made))
        ends = f"UNWIND $rows AS row MATCH (a:{a} {{uid: row.source}}) MATCH (b:{b} {{uid: row.target}}) "
        return f"{ends}CREATE (a)-[r:{type_} {{{each}}}]->(b)", {"rows": made}


def _keys(rows: Iterable[Row]) -> list[str]:
    return sorted({key for row in rows for key in row})


def _set_each(keys: Iterable[str], row: str = "row") -> str:
    return "SET " + ", ".join(f"n.{key} = {row}.{key}" for key in keys)


def constraints() -> list[str]:
    """What loading needs: ``uid`` unique in every label, and found by it."""
    return [
        f"CREATE CONSTRAINT {label.lower()}_uid IF NOT EXISTS FOR (n:{label}) REQUIRE n.uid IS UNIQUE"
        for label in [*vocabulary().labels, MARKER]
    ]


def schema_statements() -> list[str]:
    """The constraints and indexes of a store: ``uid`` unique in every label, names found by index."""
    names = [
        f"CREATE INDEX {label.lower()}_name IF NOT EXISTS FOR (n:{label}) ON (n.name)" for label in vocabulary().labels
    ]
    return constraints() + names
