"""Of which part of the graph a report speaks: a region with all in it, or what lies around one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kg.store import Store

_DOERS = "Person|Post|Agency|Region"
_CODE = re.compile(r"[:@](\d{6}|\d{9})(?=$|/)")


@dataclass(frozen=True, slots=True)
class Scope:
    """``kind`` is ``within``, ``around`` or '' for all; ``region`` the id of a region; ``ids`` what else belongs to it."""

    kind: str = ""
    name: str = ""
    region: str = ""
    ids: frozenset[str] = frozenset()

    def holds(self, row: dict[str, Any]) -> bool:
        """Whether a row of a query names anything of it."""
        if not self.kind:
            return True
        named = [v for k, v in row.items() if k.endswith("_id") and not k.endswith("notice_id") and isinstance(v, str)]
        return any(uid in self.ids or self._inside(uid) for uid in named)

    def _inside(self, uid: str) -> bool:
        outer, found = _CODE.search(self.region), _CODE.search(uid)
        if not outer or not found or self.region != f"region:{outer[1]}":
            return False
        return found[1].startswith(outer[1].removesuffix("00").removesuffix("00"))


def everything() -> Scope:
    """No bounds."""
    return Scope()


def within(store: Store, name: str) -> Scope:
    """A region, the places within it, their bodies, posts and people, and the duties these bear or give. Raises SubjectError."""
    from kg.lookup import find

    node = find(store, name, ["Region"])
    places = "MATCH (:Region {uid: $id})<-[:WITHIN*0..4]-(p:Region) "
    bodies = places + "MATCH (p)<-[:GOVERNS]-(:Agency)<-[:PART_OF*0..3]-(b:Agency) "
    ids: set[str] = set()
    for cypher in (places + "RETURN p.uid AS uid", bodies + "RETURN DISTINCT b.uid AS uid",
                   bodies + "MATCH (b)<-[:POST_IN]-(t:Post) RETURN DISTINCT t.uid AS uid",
                   bodies + "MATCH (b)<-[:POST_IN]-(:Post)<-[:HOLDS]-(w:Person) RETURN DISTINCT w.uid AS uid"):  # fmt: skip
        ids |= {row["uid"] for row in store.query(cypher, {"id": node.id})}
    scope = Scope("within", node.name, node.id, frozenset(ids))
    if code := _CODE.search(node.id):
        # what the divisions' codes say to be inside, joined to the place or not
        begin = code[1].removesuffix("00").removesuffix("00")
        coded = store.query(
            f"MATCH (x:{_DOERS}) WHERE x.uid CONTAINS $a OR x.uid CONTAINS $b RETURN x.uid AS x_id",
            {"a": f":{begin}", "b": f"@{begin}"},
        )
        ids |= {row["x_id"] for row in coded if scope.holds(row)}
    duties = store.query(
        f"UNWIND $ids AS id MATCH (x:{_DOERS} {{uid: id}})-[:APPLIES_IN|BEARS|ASSIGNED]-(o:Obligation) "
        "RETURN DISTINCT o.uid AS duty",
        {"ids": sorted(ids)},
    )
    return Scope("within", node.name, node.id, frozenset(ids | {row["duty"] for row in duties}))


def around(store: Store, name: str) -> Scope:
    """A thing and what one relationship joins to it, that of a body or place to a larger one aside. Raises SubjectError."""
    from kg.lookup import find
    from kg.vocabulary import vocabulary

    node = find(store, name)
    types = vocabulary().types.keys() - {"STATED_IN", "PART_OF", "WITHIN"}
    return Scope("around", node.name or node.id, "", frozenset({node.id, *store.around([node.id], 1, types).nodes}))
