"""Small readings for the tests of stores and queries, written in a few words each."""

from __future__ import annotations

from typing import Any

from kg.model import Edge, Evidence, Node, Notice, Reading

LABELS = {
    "region": "Region", "agency": "Agency", "post": "Post", "person": "Person", "meeting": "Meeting", "target": "Target",
    "observation": "Observation",
    "obligation": "Obligation", "topic": "Topic", "scheme": "Scheme", "list": "AccountabilityList", "notice": "Notice",
}  # fmt: skip
REQUIRED: dict[str, dict[str, Any]] = {
    "Post": {"title": "负责人"}, "Obligation": {"text": "做好工作"}, "AccountabilityList": {"kind": "责任清单"},
    "Topic": {"notation": "t"},
}  # fmt: skip


class Draft:
    """A reading in the making: sentences are its text, and each statement rests on the sentence said last."""

    def __init__(self, key: str, published: str = "2024-01-01", title: str = "", **fields: str) -> None:
        self.id, self.published, self.fields = f"notice:{key}", published, fields
        self.title = title or f"通知{key}"
        self.text = ""
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.quote: Evidence | None = None

    def say(self, sentence: str) -> Draft:
        start = len(self.text)
        self.text += sentence
        self.quote = Evidence(self.id, start, len(self.text), sentence)
        return self

    def node(self, id_: str, name: str = "", aliases: tuple[str, ...] = (), **props: Any) -> str:
        label = LABELS[id_.split(":")[0]]
        old = self.nodes.get(id_)
        if old is None or name or props or aliases:
            self.nodes[id_] = Node(
                id_, label, name or id_.split(":")[1].split("/")[-1], aliases, {**REQUIRED.get(label, {}), **props}
            )
        return id_

    def edge(self, source: str, type_: str, target: str, *, derived: bool = False, confidence: float = 1.0,
             rule: str = "", premises: tuple[str, ...] = (), **props: Any) -> Draft:  # fmt: skip
        for end in (source, target):
            if end != self.id and end not in self.nodes:
                self.node(end)
        evidence = (self.quote,) if self.quote else ()
        rule = rule or ("derived" if derived else "stated")
        self.edges.append(Edge(source, type_, target, evidence, rule, confidence, derived, premises, dict(props)))
        return self

    def reading(self) -> Reading:
        notice = Notice(self.id, self.title, self.published, text=self.text, **self.fields)
        return Reading(notice, list(self.nodes.values()), self.edges)
