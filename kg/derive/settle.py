"""Makes a graph hold exactly what follows from it now: the table of derivations over all of it, or over what a change reaches.

What is derived here belongs to no notice: it holds an empty list of contributions, by which it is told from what notices say.
All is done slice by slice, a slice being the relationships of one kind at some of the things where they end (or begin): what
a slice comes to is written, and let go, before the next is looked at. No rule asks for what rules make.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.derive.ends import ROWS, ends_of_holdings, ends_of_portfolios, mark_posts, write
from kg.derive.portfolios import WHO_HAS_PORTFOLIOS
from kg.derive.reach import Things, pattern_of, pattern_of_holdings
from kg.derive.rules import Rule, rules, seat
from kg.derive.seats import HOLDINGS, alike, successions
from kg.store import records as rec
from kg.store.changed import Changed
from kg.store.deciding import Decided
from kg.store.making import Making
from kg.store.records import Run
from kg.vocabulary import vocabulary

Row = dict[str, Any]
Group = tuple[str, str]
"""The type and kind of what rules make, as :attr:`Rule.group`."""
_MARKED = (
    f"WITH post WHERE {' OR '.join(f'post.{mark}' for mark in rec.MARKS)} "
    f"RETURN post.uid AS post, {', '.join(f'post.{mark} AS {mark}' for mark in rec.MARKS)}"
)
_STORED = "RETURN r, a.uid AS source, b.uid AS target, labels(a)[0] AS source_label, labels(b)[0] AS target_label"


def settle(run: Run, making: Making, changed: Changed | None = None) -> int:
    """Make what is missing, take away what no longer follows; how many relationships, ends of holdings or marks of posts
    changed. What is rejected does not follow.

    ``changed`` is what changed since all that follows was last made; None if that is not known.
    """
    decided, count = Decided(run), 0
    over = None if changed is None else Changed(changed)  # and which holdings and portfolios ended
    for posts in _posts(run, changed, making.slice):
        bound = "UNWIND $ids AS id MATCH (post:Post {uid: id}) "
        holdings = run(bound + HOLDINGS, {"ids": posts})
        ends = successions(holdings)
        count += ends_of_holdings(run, holdings, ends, over) + mark_posts(
            run, holdings, ends, run(bound + _MARKED, {"ids": posts})
        )
    for people in _holders(run, over, making.slice):
        count += ends_of_portfolios(run, people, over)
    for part in _everything(run, making.slice) if over is None else _reached(run, over):
        wanted: dict[str, Row] = {}
        for rule in part.rules:
            for key, row in _found(rule, part.rows(run, rule)).items():
                if key not in decided.refused:
                    row["props"] = decided.marked(row["props"])
                    wanted.setdefault(key, row)
        count += _relationships(run, making, part.stored(run), wanted)
    return count


@dataclass(slots=True)
class _Slice:
    """Relationships of one group at some things: what ``rules`` yield for these ``ends``, by name and label, and, where
    ``is_stored``, what is stored of it. Without ends it is all that is stored. A rule in ``only``, by its name, yields nothing
    but for those."""

    group: Group
    rules: Sequence[Rule]
    ends: Mapping[str, Things]
    is_stored: bool = True
    only: Mapping[str, set[str]] = field(default_factory=dict)

    def rows(self, run: Run, rule: Rule) -> Iterator[Row]:
        for end, label, ids in self._things():
            ids = sorted(self.only[rule.name].intersection(ids)) if rule.name in self.only else ids
            if ids and pattern_of(rule).fits(end, label):
                bound = f"UNWIND $ids AS id MATCH ({end}:{label} {{uid: id}})\n"
                yield from run(bound + rule.cypher, {**_parameters(rule), "ids": ids})

    def stored(self, run: Run) -> Iterator[Row]:
        type_, kind = self.group
        which = f"WHERE r.derived AND coalesce(r.kind, '') = $kind {_STORED}"
        if self.is_stored and not self.ends:
            yield from run(f"MATCH (a)-[r:{type_}]->(b) {which}", {"kind": kind})
        for end, label, ids in self._things() if self.is_stored else ():
            near, link = ("b", f"<-[r:{type_}]-(a)") if end == "target" else ("a", f"-[r:{type_}]->(b)")
            yield from run(
                f"UNWIND $ids AS id MATCH ({near}:{label} {{uid: id}}){link} {which}", {"ids": ids, "kind": kind}
            )

    def _things(self) -> Iterator[tuple[str, str, list[str]]]:
        for end, things in self.ends.items():
            for label, ids in sorted(things.items()):
                yield end, label, sorted(ids)


def _everything(run: Run, most: int) -> Iterator[_Slice]:
    """All that rules yield, and all that is stored of it, at so many things a slice."""
    asked = sorted({type_ for rule in rules() for types in rule.needs for type_ in types})
    one = (f"MATCH ()-[r:{type_}]->() RETURN '{type_}' AS type LIMIT 1" for type_ in asked)
    there = {row["type"] for row in run(" UNION ALL ".join(one), {})}
    stored = {
        (type_, row["kind"])
        for type_ in sorted({rule.type for rule in rules()})
        for row in run(f"MATCH ()-[r:{type_}]->() WHERE r.derived RETURN DISTINCT coalesce(r.kind, '') AS kind", {})
    }
    groups = _groups()
    at: dict[str, list[tuple[Group, str, list[Rule]]]] = defaultdict(list)
    for group in [*groups, *sorted(stored - groups.keys())]:
        every = groups.get(group, [])
        # to find out that a rule yields nothing would take a server longer than all the rest
        able = [rule for rule in every if all(types & there for types in rule.needs)]
        if not able:
            if group in stored:
                yield _Slice(group, (), {})
            continue
        end = next(end for end in able[0].by if all(end in rule.by for rule in every))
        fit = (pattern_of(rule).labels[end] or vocabulary().labels.keys() for rule in every)
        for label in set[str]().union(*fit):
            at[label].append((group, end, able))
    for label, some in sorted(at.items()):
        every_one = _ids(run, label)
        for group, end, able in some:
            here = [rule for rule in able if pattern_of(rule).fits(end, label)]
            only = {rule.name: set(_ids(run, label, rule, end)) for rule in here if rule.must(end)}
            is_all = group in stored or len(only) < len(here)
            for ids in _portions(every_one if is_all else sorted(set[str]().union(*only.values())), most):
                yield _Slice(group, here, {end: {label: set(ids)}}, group in stored, only)


def _reached(run: Run, changed: Changed) -> Iterator[_Slice]:
    """What rules yield for the ends that a change reaches, and what is stored of these."""
    for group, every in _groups().items():
        ends: dict[str, Things] = defaultdict(lambda: defaultdict(set))
        for rule in every:
            for end, things in pattern_of(rule).reached(run, changed).items():
                for label, ids in things.items():
                    ends[end][label] |= ids
        if ends:
            yield _Slice(group, every, ends)


def _posts(run: Run, changed: Changed | None, most: int) -> Iterator[list[str]]:
    """Posts of which the holdings may end, those of one seat together."""
    if changed is None:
        posts = _ids(run, "Post")
    else:
        (things,) = pattern_of_holdings().reached(run, changed).values()
        posts = sorted(set[str]().union(*things.values()))
    for part in _portions(posts, most):
        yield sorted({seat for post in part for seat in alike(post)})


def _holders(run: Run, over: Changed | None, most: int) -> Iterator[list[str]]:
    """People of whose portfolios the ends may be other ones."""
    if over is None:
        yield from _portions(sorted(row["uid"] for row in run(WHO_HAS_PORTFOLIOS, {})), most)
    else:
        links = (link for type_ in ("HOLDS", "HAS_PORTFOLIO", "SUPERVISES") for link in over.links[type_])
        yield from _portions(sorted({link.source for link in links if link.source_label == "Person"}), most)


def _groups() -> dict[Group, list[Rule]]:
    found: dict[Group, list[Rule]] = {}
    for rule in rules():
        found.setdefault(rule.group, []).append(rule)
    return found


def _ids(run: Run, label: str, rule: Rule | None = None, end: str = "n") -> list[str]:
    """The things of a label; with a rule those that may stand at that end."""
    where, given = (f" WHERE {rule.must(end)}", _parameters(rule)) if rule else ("", {})
    return sorted(row["uid"] for row in run(f"MATCH ({end}:{label}){where} RETURN {end}.uid AS uid", given))


def _portions(ids: list[str], most: int) -> Iterator[list[str]]:
    return (ids[at : at + most] for at in range(0, len(ids), most))


def _parameters(rule: Rule) -> dict[str, Any]:
    given = {"head": lambda: seat().head.pattern, "bureaus": _bureaus}
    return {name: made() for name, made in given.items() if f"${name}" in rule.match}


def _bureaus() -> list[str]:
    """The bureaus that fields of work are laid on, each as 'notation/name'."""
    known = vocabulary()
    return [f"{topic.notation}/{name}" for topic in (*known.topics, *known.fields) for name in topic.bureaus]


def _found(rule: Rule, rows: Iterable[Row]) -> dict[str, Row]:
    """What a rule yields now: rows by the relationship's key, of several ways to it the one that lasts longest, of these the
    first in order of premises."""
    found: dict[str, Row] = {}
    every = sorted(sorted(rows, key=lambda r: r["premises"]), key=lambda r: _end(r)[0] or "~", reverse=True)
    for row in every:
        key = f"{row['source']}|{rule.type}|{row['target']}|{rule.kind}|derived"
        if key not in found and row["source"] != row["target"]:
            found[key] = {
                "type": rule.type, "source": row["source"], "target": row["target"],
                "labels": (row["source_label"], row["target_label"]), "props": _props(rule, key, row),
            }  # fmt: skip
    return found


def _props(rule: Rule, key: str, row: Row) -> Row:
    words: dict[str, str] = {}
    for ref, quote in zip(row["evidence"], row["quotes"], strict=True):
        if ref:
            words.setdefault(ref, quote)
    props: Row = {
        "uid": key, "derived": True, "rule": rule.name, "confidence": min(row["confidence"]),
        "premises": row["premises"], "evidence": list(words), "quotes": list(words.values()),
        "first_seen": max(row["first_seen"]), "last_seen": max(row["last_seen"]), "contributions": [],
    }  # fmt: skip
    ended, by = _end(row)
    props |= {"superseded": ended, "superseded_by": by} if ended else {}
    return props | ({"kind": rule.kind} if rule.kind else {})


def _end(row: Row) -> tuple[str, str]:
    """The day on which the first of the premises ended, and its key; '' where none has."""
    return min(((day, key) for day, key in zip(row["ended"], row["premises"], strict=True) if day), default=("", ""))


def _relationships(run: Run, making: Making, rows: Iterable[Row], wanted: Mapping[str, Row]) -> int:
    """Make what is stored what is wanted; how many changed."""
    stored: dict[str, Row] = {}
    foreign: set[str] = set()
    for row in rows:
        props = rec.stored(row["r"])
        if props.get("contributions") != []:
            foreign.add(props["uid"])  # a notice's own reading derives it
            continue
        stored[props["uid"]] = {
            "type": row["r"]["type"], "source": row["source"], "target": row["target"],
            "labels": (row["source_label"], row["target_label"]), "props": props,
        }  # fmt: skip
    new = [row for key, row in wanted.items() if key not in stored and key not in foreign]
    gone = [row for key, row in stored.items() if key not in wanted or key in foreign]
    other = [row for key, row in wanted.items() if key in stored and stored[key]["props"] != row["props"]]
    there = "MATCH (a)-[r:{} {{uid: row.props.uid}}]->(b)"
    for some, what in ((gone, f"{there} DELETE r"), (other, f"{there} SET r = row.props")):
        for (a, type_, b), made in _alike(some).items():
            write(run, a, b, what.format(type_), made)
    for (a, type_, b), made in _alike(new).items():
        for at in range(0, len(made), ROWS):
            run(*making.edges(a, type_, b, made[at : at + ROWS]))
    return len(new) + len(gone) + len(other)


def _alike(rows: Iterable[Row]) -> dict[tuple[str, str, str], list[Row]]:
    """Rows by type and the labels of their ends."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        a, b = row["labels"]
        made = {"source": row["source"], "target": row["target"], "props": row["props"]}
        groups.setdefault((a, row["type"], b), []).append(made)
    return groups
