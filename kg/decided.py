"""Decisions as a person looks at them: each with its statement in names and words, and what has come of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from kg.decisions import Decision, decision_json, last
from kg.errors import SubjectError
from kg.lookup import find, names_of
from kg.model import Edge, edge_json
from kg.store import Store
from kg.vocabulary import vocabulary

State = Literal["holds", "unsaid", "withdrawn", "replaced"]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision and its statement as it is now, or as it was when it was decided; with the names of both ends.

    ``state`` is ``holds``; ``unsaid`` where no notice says it any more (the decision holds again as soon as one does);
    ``withdrawn``, also of the withdrawal itself; or ``replaced`` by a later decision. ``unseen`` are the ids of notices that say
    it now and did not when it was decided, ``titles`` those of all notices that it rests on.
    """

    decision: Decision
    edge: Edge
    source: str
    target: str
    state: State
    unseen: tuple[str, ...]
    titles: dict[str, tuple[str, str]]

    @property
    def current(self) -> bool:
        """Whether it is the last word on its statement, and was not taken back."""
        return self.state in ("holds", "unsaid")


def listed(store: Store, *, every: bool = False, of: str = "") -> list[Decided]:
    """The decisions that hold, newest first; with ``every`` also those that were withdrawn or replaced; those on statements of
    which the thing ``of`` is an end, unless that is ''."""
    made = store.decisions()
    latest = last(made)
    shown = [
        d for d in reversed(made)
        if (not of or of in d.ends) and (every or (latest[d.statement] is d and d.verdict != "withdrawn"))
    ]  # fmt: skip
    if not shown:
        return []
    now = store.statements({d.statement for d in shown})
    names = names_of(store, {uid for d in shown for uid in d.ends})
    titles = _titles(store, {v.notice for d in shown for v in (*d.words, *_words(now.get(d.statement)))})
    found = []
    for d in shown:
        edge, (source, target) = now.get(d.statement), d.ends
        told = {v.notice: titles[v.notice] for v in (*d.words, *_words(edge)) if v.notice in titles}
        found.append(
            Decided(
                d, edge or _edge(d), names.get(source, source), names.get(target, target),
                _state(d, latest[d.statement], now), _unseen(d, edge), told,
            )
        )  # fmt: skip
    return found


def about(store: Store, uid: str) -> list[Decided]:
    """The decisions that hold on statements of which a thing is an end, or that rest on a notice's words."""
    if uid.startswith("notice:"):
        return [d for d in listed(store) if uid in d.decision.ends or uid in d.titles]
    return listed(store, of=uid)


def decided_json(found: Decided) -> dict[str, Any]:
    """A decision as plain data, with the statement, the names of its ends, and what has come of it."""
    said = edge_json(found.edge)
    return {
        **decision_json(found.decision), "state": found.state, "unseen": list(found.unseen), "source_name": found.source,
        "type": found.edge.type, "target_name": found.target, "source": found.edge.source, "target": found.edge.target,
        "derived": found.edge.derived, "evidence": said["evidence"],
    }  # fmt: skip


def statement(store: Store, text: str) -> str:
    """The key of the statement that ``text`` means: its key, or ``NAME|TYPE|NAME`` as far as that fits one only.

    Raises SubjectError with those that it might mean.
    """
    text = text.strip()
    known = {d.statement for d in store.decisions()}
    if text in known or (text.count("|") >= 4 and store.statements([text])):
        return text
    parts = text.split("|", 3)
    if len(parts) < 3 or parts[1].strip() not in vocabulary().types:
        raise SubjectError(
            f"{text!r} is no statement; give its id (`kg show NAME --ids` prints them) or NAME|TYPE|NAME"
        )
    source, target = find(store, parts[0]).id, find(store, parts[2]).id
    start = f"{source}|{parts[1].strip()}|{target}|"
    keys = {e.key for e in (*store.around([source], 1, {parts[1].strip()}).edges, *store.set_aside())} | known
    found = sorted(key for key in keys if key.startswith(start + (parts[3] if len(parts) > 3 else "")))
    if len(found) == 1:
        return found[0]
    rows = [(key, parts[1].strip(), f"{parts[0]} → {parts[2]}") for key in found]
    if found:
        raise SubjectError(f"{text!r} fits {len(found)} statements: {', '.join(found)}; give the id of one", rows)
    raise SubjectError(
        f"no notice states {text!r}, and nobody decided on it; `kg show {parts[0]} --ids` prints what there is"
    )


def _words(edge: Edge | None) -> tuple[Any, ...]:
    return edge.evidence if edge else ()


def _edge(made: Decision) -> Edge:
    """The statement as it was when it was decided."""
    source, type_, target, rest = made.statement.split("|", 3)
    qualifier, _, state = rest.rpartition("|")
    info = vocabulary().types.get(type_)
    props: dict[str, Any] = {info.qualifier: qualifier} if info and info.qualifier and qualifier else {}
    return Edge(source, type_, target, made.words, derived=state == "derived", props=props)


def _state(made: Decision, latest: Decision, now: dict[str, Edge]) -> State:
    if latest is not made:
        return "withdrawn" if latest.verdict == "withdrawn" else "replaced"
    if made.verdict == "withdrawn":
        return "withdrawn"
    # what is derived and rejected is stored nowhere: whether it would follow is not asked
    return "holds" if made.statement in now or made.statement.endswith("|derived") else "unsaid"


def _unseen(made: Decision, edge: Edge | None) -> tuple[str, ...]:
    return tuple(sorted({v.notice for v in _words(edge)} - {v.notice for v in made.words}))


def _titles(store: Store, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    match = "UNWIND $ids AS id MATCH (n:Notice {uid: id}) RETURN id AS uid, n.title AS title, n.published AS published"
    rows = store.query(match, {"ids": sorted(ids)})
    return {row["uid"]: (row["title"] or row["uid"], row["published"] or "") for row in rows}
