"""What follows from names and the division tables: places within places, what a body governs, bodies in their governments.

Everything here is derived, never stated: each statement names its rule and rests on the mention that called for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.places import gazetteer
from loaders.prose.page import Entity, Page, Span, Statement

GOVERNMENT = "人民政府"
RULES = {
    "within": "division-table",
    "governs": "body-name",
    "department": "department-of-government",
    "office": "office-of-its-host",
}
GOVERNING = {GOVERNMENT, "街道办事处", "委员会", "党委", "党工委"}  # the bodies that lead a division as a whole
DEPARTMENTS = {"department", "branch", "task"}


def derive(page: Page, facts: Iterable[Statement], said_of: Iterable[Statement] = ()) -> list[Statement]:
    """Derived statements for the places and bodies mentioned in a page; new things are inferred.

    ``facts`` are the statements that its phrases of names make by themselves, ``said_of`` are all others read in the page: a
    county whose towns are given into somebody's charge has all its towns.
    """
    out: list[Statement] = []
    things: dict[tuple[str, str], Entity] = {
        (m.entity.label, m.entity.key): m.entity for m in page.mentions if m.entity.key
    }
    spans: dict[int, Span] = {}
    for m in page.mentions:
        spans.setdefault(id(m.entity), m.span)
    for s in facts:
        for e in (s.source, s.target):
            if e.key:
                things.setdefault((e.label, e.key), e)
            spans.setdefault(id(e), s.spans[0])

    def government(code: str, span: Span) -> Entity | None:
        place = gazetteer().get(code, page.meta.published)
        if place is None or place.level not in ("province", "prefecture", "county", "township"):
            return None
        if place.name.endswith("街道"):
            return None
        e = things.get(("Agency", f"{code}/{GOVERNMENT}"))
        if e is None:
            named = things.get(("Region", code))  # a town by the name that it has here
            e = Entity(
                "Agency",
                f"{named.name if named else place.name}{GOVERNMENT}",
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
    ) -> None:
        if source is None or target is None or source is target or (id(source), type_, id(target)) in said:
            return
        said.add((id(source), type_, id(target)))
        out.append(Statement(source, type_, target, (span,), RULES[rule], 0.99, True))

    said: set[tuple[int, str, int]] = set()
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
                if core in GOVERNING:
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
            say(division(lower, span), "WITHIN", division(upper, span), "within", span)
            for each in (lower, upper):
                say(government(each, span), "GOVERNS", division(each, span), "governs", span)
    for county, span in _charged(said_of).items():
        for town in gazetteer().children(county):
            say(division(town.adcode, span), "WITHIN", division(county, span), "within", span)
    return out


def _charged(facts: Iterable[Statement]) -> dict[str, Span]:
    """Counties whose towns are given into somebody's charge, by name or as a class, with the first words that say so.

    The division tables say which towns there are, so that one which nobody is in charge of can be told.
    """
    found: dict[str, Span] = {}
    for s in facts:
        if s.type != "IN_CHARGE_OF":
            continue
        code, _, name = s.target.key.partition("/")
        by_class = s.target.props.get("generic") and any(word in name for word in ("乡", "镇", "街道"))
        if code.isdigit() and ((len(code) == 9 and not name) or (len(code) == 6 and by_class)):
            found.setdefault(code[:6], s.spans[0])
    return found


def ladder(code: str, as_of: str) -> Iterator[str]:
    """A division's code and those above it, upward to the province."""
    g = gazetteer()
    place = g.get(code, as_of)
    if place is None or place.level == "area":
        return
    yield place.adcode
    yield from reversed(place.parents)
