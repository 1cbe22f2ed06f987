"""Compares a reading with an annotation: what must be there and what is too much, as pairs and triples of names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kg.model import Edge, Node, Reading

STATES = {"序时推进": "推进中", "整改中": "推进中", "进度滞后": "滞后", "已办结": "已完成"}
SPACES = re.compile(r"[\s·（）()“”]")


def plain(text: object) -> str:
    """A name to compare by: no spaces or brackets, 政府 for 人民政府, 办 for 办公室."""
    text = SPACES.sub("", str(text or ""))
    return text.replace("人民政府", "政府").replace("办公室", "办")


def side(text: object) -> str:
    """A place and its government are one party."""
    return re.sub(r"政府$", "", plain(text))


class Read:
    """A reading with the look-ups that a comparison needs; derived edges are left out."""

    def __init__(self, reading: Reading) -> None:
        self.nodes: dict[str, Node] = {n.id: n for n in reading.nodes}
        self.edges: dict[str, list[Edge]] = defaultdict(list)
        for e in reading.edges:
            if not e.derived:
                self.edges[e.type].append(e)

    def names(self, node: str) -> set[str]:
        """Spellings of a thing; an office answers to its holders' names too."""
        n = self.nodes[node]
        found = {side(x) for x in (n.name, *n.aliases)}
        if n.label == "Post":
            found |= {side(self.nodes[e.source].name) for e in self.edges["HOLDS"] if e.target == node}
        return found

    def labelled(self, label: str) -> list[Node]:
        """Things of one class that are named and are no collectives."""
        return [
            n
            for n in self.nodes.values()
            if n.label == label and not n.props.get("generic") and not n.props.get("inferred")
        ]


class Count:
    """Hits, misses and extras."""

    def __init__(self) -> None:
        self.hits, self.misses, self.extras = 0, [], []  # type: int, list[str], list[str]

    def pairs(
        self, what: str, gold: Iterable[Any], got: Iterable[Any], same: Any, spare: Any = lambda g: False
    ) -> None:
        """Match gold items with read ones; ``spare`` tells which read ones are not judged."""
        left = list(got)
        for g in gold:
            fits = [x for x in left if same(g, x)]
            if fits:
                self.hits += 1
                left = [x for x in left if x not in fits]
            else:
                self.misses.append(f"{what}: missing {g}")
        self.extras += [f"{what}: extra {x}" for x in left if not spare(x)]

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits / max(1, 2 * self.hits + len(self.misses) + len(self.extras))


def sides(names: Iterable[object]) -> set[str]:
    return {side(n) for n in names}


def compare(gold: Mapping[str, Any], reading: Reading, count: Count) -> None:
    """Add what one reading gets right and wrong to a count."""
    r = Read(reading)
    skip = sides(gold.get("ignore_persons", []))
    count.pairs(
        "persons",
        gold["persons"],
        [n.name for n in r.labelled("Person")],
        lambda g, x: plain(g) == plain(x),
        lambda x: side(x) in skip,
    )
    regions = sides(x for s in gold["regions"] for x in s) | sides(gold.get("ignore_regions", []))
    count.pairs(
        "regions",
        gold["regions"],
        [r.names(n.id) for n in r.labelled("Region")],
        lambda g, x: sides(g) & x,
        lambda x: x & regions,
    )
    bodies = (
        sides(x for s in gold["agencies"] for x in s)
        | sides(gold.get("generic_agencies", []))
        | sides(x for h in gold["holds"] for x in h["at"])
        | regions
    )
    count.pairs(
        "agencies",
        gold["agencies"],
        [r.names(n.id) for n in r.labelled("Agency")],
        lambda g, x: sides(g) & x,
        lambda x: x & bodies,
    )
    posts(gold, r, count)
    duties(gold, r, count)
    spare = [*gold.get("optional_charge", []), *gold["supervises"]]
    edges_of(gold["charge_of"], spare, "IN_CHARGE_OF", r, count)
    rows = [
        [s["name"], b["name"]]
        for o in gold["obligations"]
        for s in o["bearers"]
        if s["role"] == "督办"
        for b in o["bearers"]
    ]
    edges_of(gold["supervises"], [*gold.get("optional_supervises", []), *rows], "SUPERVISES", r, count)
    got = [(r.names(e.source), str(e.props["form"]), str(e.props.get("reason", ""))) for e in r.edges["SANCTIONED"]]
    count.pairs(
        "sanctions",
        gold["sanctions"],
        got,
        lambda g, x: (
            sides(g["person"]) & x[0]
            and g["form"] in (x[1], x[1].removesuffix("谈话"), x[1].removeprefix("责令作出"))
            and g["for"] in x[2]
        ),
    )
    charged = {e.target for e in r.edges["IN_CHARGE_OF"]}
    open_ = [
        u
        for u in gold.get("gap_universe", [])
        if not charged & {n.id for n in r.labelled("Region") if sides(u) & r.names(n.id)}
    ]
    count.pairs("gaps", [g["place"] for g in gold.get("gaps", [])], open_, lambda g, x: g == x)
    taken = {plain(n.name) for n in r.nodes.values()}
    count.extras += [f"not a thing: {w}" for w in gold["not_nodes"] if plain(w) in taken]
    the_list = [n for n in r.nodes.values() if n.label == "AccountabilityList"]
    kinds = gold["list"]["kind"]
    wanted = (kinds, plain(gold["list"]["title"]), gold["list"]["date"])

    def same_list(g: Any, x: Node) -> bool:
        return x.props["kind"] in g[0] and plain(x.name) == g[1] and g[2] in (None, x.props.get("date"))

    count.pairs("list", [wanted], the_list[:1], same_list)


def posts(gold: Mapping[str, Any], r: Read, count: Count) -> None:
    got = []
    for e in r.edges["HOLDS"]:
        at = set().union(*(r.names(p.target) for p in r.edges["POST_IN"] if p.source == e.target))
        got.append(
            (
                plain(r.nodes[e.source].name),
                str(r.nodes[e.target].props["title"]),
                frozenset(at),
                str(e.props.get("status", "")),
            )
        )

    def same(g: Any, x: Any) -> bool:
        titles = g["post"] if isinstance(g["post"], list) else [g["post"]]
        return (
            plain(g["person"]) == x[0]
            and x[1] in titles
            and bool(sides(g["at"]) & x[2])
            and g.get("status", x[3]) == x[3]
        )

    count.pairs("holds", gold["holds"], got, same, lambda x: x[1] in gold.get("ignore_posts", []))


def duties(gold: Mapping[str, Any], r: Read, count: Count) -> None:
    every = [n for n in r.nodes.values() if n.label == "Obligation"]
    count.pairs(
        "obligations", [o["anchor"] for o in gold["obligations"]], every, lambda g, x: g in str(x.props["text"])
    )
    for o in gold["obligations"]:
        mine = {n.id for n in every if o["anchor"] in str(n.props["text"])}
        if not mine:
            continue
        node = r.nodes[min(mine)]
        got = [(r.names(e.source), str(e.props["role"])) for e in r.edges["BEARS"] if e.target in mine]
        count.pairs(f"bearers of {o['anchor']}", o["bearers"], got,
                    lambda g, x: sides(g["name"]) & x[0] and x[1] in (g["role"], *g.get("role_ok", [])))  # fmt: skip
        count.pairs(f"due of {o['anchor']}", [o["due"]], [node.props.get("due")], lambda g, x: g == x)
        if o["region"]:
            got = [r.names(e.target) for e in r.edges["APPLIES_IN"] if e.source in mine]
            count.pairs(f"region of {o['anchor']}", [o["region"]], got, lambda g, x: sides(g) & x, lambda x: True)
        if o["status"]:
            fits = STATES.get(o["status"], o["status"])
            count.pairs(f"status of {o['anchor']}", [fits], [node.props.get("status")], lambda g, x: g == x)
        if not any(e.source in mine for e in r.edges["LISTED_IN"]):
            count.misses.append(f"{o['anchor']} is listed nowhere")


def edges_of(gold: Iterable[Any], spare: Iterable[Any], type_: str, r: Read, count: Count) -> None:
    got = [(r.names(e.source), r.names(e.target)) for e in r.edges[type_]]
    fits = lambda g, x: sides(g[0]) & x[0] and sides(g[1]) & x[1]
    every = [*gold, *spare]
    count.pairs(type_, gold, got, fits, lambda x: any(fits(g, x) for g in every))
