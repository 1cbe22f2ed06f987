"""What it is to have somebody or something in charge: one relation, and a second where the one also watches over it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Value
from loaders.prose.page import Entity, Span, Statement


def in_charge(
    source: Entity,
    target: Entity,
    spans: tuple[Span, ...],
    rule: str,
    confidence: float = 0.85,
    *,
    watches: bool = True,
) -> Iterator[Statement]:
    """IN_CHARGE_OF, and SUPERVISES of kind 'contract' where the source also ``watches`` over the target."""
    yield Statement(source, "IN_CHARGE_OF", target, spans, rule, confidence)
    if watches:
        props: dict[str, Value] = {"kind": "contract"}
        yield Statement(source, "SUPERVISES", target, spans, rule, confidence, props=props)
