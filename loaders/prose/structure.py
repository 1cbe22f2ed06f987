"""What follows from names and the division tables: places within places, bodies in their governments, governments in rank.

Everything here is derived, never stated: each statement names its rule and rests on the mention that called for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.places import gazetteer
from loaders.prose.page import Entity, Page, Span, Statement

GOVERNMENT = "人民政府"
RULES = {
    "within": "division-table",
    "governs": "body-name",
    "department": "department-of-government",
    "office": "office-of-its-host",
    "rank": "higher-government-leads-lower",
}
DEPARTMENTS = {"department", "branch", "task"}


def derive(page: Page) -> list[Statement]:
    """Derived statements for the places and bodies mentioned in a page; new things are inferred."""
    out: list[Statement] = []
    things: dict[tuple[str, str], Entity] = {
        (m.entity.label, m.entity.key): m.entity for m in page.mentions if m.entity.key
    }
    for s in page.facts:
        for e in (s.source, s.target):
            if e.key:
                things.setdefault((e.label, e.key), e)
    spans: dict[int, Span] = {}
    for m in page.mentions:
        spans.setdefault(id(m.entity), m.span)
    for s in page.facts:
        for e in (s.source, s.target):
            spans.setdefault(id(e), s.spans[0])

    def government(code: str, span: Span) -> Entity | None:
        place = gazetteer().get(code, page.meta.published)
        if place is None or place.level not in ("province", "prefecture", "county", "township"):
            return None
        if place.name.endswith("街道"):
            return None
        e = things.get(("Agency", f"{code}/{GOVERNMENT}"))
        if e is None:
            e = Entity(
                "Agency",
                f"{place.name}{GOVERNMENT}",
                [],
                place.full_name,
                {"kind": "government", "level": place.level, "inferred": True},
                f"{code}/{GOVERNMENT}",
            )
            things["Agency", e.key] = e
        spans.setdefault(id(e), span)
        return e

    def division(code: str, span: Span) -> Entity | None:
        place = gazetteer().get(code, page.meta.published)
        if place is None:
            return None
        e = things.get(("Region", code))
        if e is None:
            e = Entity(
                "Region",
                place.name,
                [place.full_name] if place.full_name != place.name else [],
                place.full_name,
                {"adcode": code, "level": place.level, "inferred": True},
                code,
            )
            things["Region", code] = e
        spans.setdefault(id(e), span)
        return e

    def say(
        source: Entity | None,
        type_: str,
        target: Entity | None,
        rule: str,
        span: Span,
        because: tuple[Statement | None, ...] = (),
        **props: str,
    ) -> Statement | None:
        if source is None or target is None or source is target:
            return None
        if (known := said.get((id(source), type_, id(target)))) is not None:
            return known
        premises = tuple(b for b in because if b is not None)
        out.append(Statement(source, type_, target, (span,), RULES[rule], 0.99, True, dict(props), premises))
        said[id(source), type_, id(target)] = out[-1]
        return out[-1]

    said: dict[tuple[int, str, int], Statement] = {}
    governed: dict[str, Span] = {}
    for e in list(things.values()):
        if id(e) not in spans or e.props.get("generic"):
            continue
        span = spans[id(e)]
        code, _, core = e.key.partition("/")
        if e.label == "Agency" and code.isdigit():
            place = division(code, span)
            if code != "100000":
                governed.setdefault(code, span)
                if core == GOVERNMENT:
                    say(e, "GOVERNS", place, "governs", span)
                elif (
                    "/" not in core
                    and "inferred" not in e.props
                    and (e.props.get("kind") in DEPARTMENTS or core.startswith(GOVERNMENT))
                ):
                    say(e, "PART_OF", government(code, span), "department", span)
        elif e.label == "Region" and (code.isdigit() or "/" in e.key):
            if core and code.isdigit():
                say(e, "WITHIN", division(code, span), "within", span)
            elif not core:
                governed.setdefault(code, span)
    for code, span in list(governed.items()):
        chain = list(ladder(code, page.meta.published))
        for lower, upper in pairwise(chain):
            inside = say(division(lower, span), "WITHIN", division(upper, span), "within", span)
            over, under = government(upper, span), government(lower, span)
            below = say(under, "GOVERNS", division(lower, span), "governs", span)
            above = say(over, "GOVERNS", division(upper, span), "governs", span)
            say(over, "SUPERVISES", under, "rank", span, (above, inside, below), kind="rank")
    return out


def ladder(code: str, as_of: str) -> Iterator[str]:
    """A division's code and those above it, upward to the province."""
    g = gazetteer()
    place = g.get(code, as_of)
    if place is None or place.level == "area":
        return
    yield place.adcode
    yield from reversed(place.parents)
