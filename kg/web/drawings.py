"""Drawings that pages frame: whole documents of their own, each with its own content security policy."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg import select
from kg.ask import run
from kg.ask.run import day
from kg.draw import draw
from kg.errors import SubjectError
from kg.page import page
from kg.web.api import AsOf, MinConfidence, StatedOnly, bench_of, given_for, kept
from kg.web.limits import FINDINGS, NEAR, PATIENCE, ROWS, SECONDS
from kg.web.render import words_of

router = APIRouter()


@router.get("/chain")
def chain(
    request: Request, subject: str, direction: Literal["up", "down", "both"] = "both",
    depth: Annotated[int, Query(ge=1, le=50)] = 6, stated_only: StatedOnly = False, as_of: AsOf = "",
    min_confidence: MinConfidence = 0.0,
) -> HTMLResponse:  # fmt: skip
    """The chain of a thing, with its panel."""

    def drawn() -> str:
        found = bench_of(request).chain(
            subject, direction=direction, depth=depth, as_of=as_of, stated_only=stated_only,
            min_confidence=min_confidence, folded=True,
        )  # fmt: skip
        return draw(found, "html", lang=words_of(request).tongue)

    return HTMLResponse(kept(request, drawn))


@router.get("/gaps")
def gaps(
    request: Request, region: str = "", stated_only: StatedOnly = False, as_of: AsOf = "",
    min_confidence: MinConfidence = 0.0, growing: bool = False,
) -> HTMLResponse:  # fmt: skip
    """What the chains of accountability lack; ``growing`` shows what is known so far, and asks again until that is all."""
    from kg.report import write

    found = bench_of(request).gaps(
        region.strip(), as_of=as_of, stated_only=stated_only, min_confidence=min_confidence, most=FINDINGS,
        patience=PATIENCE if growing else None,
    )  # fmt: skip
    again = {"Refresh": "1"} if found.awaited else None
    return HTMLResponse(write(found, "html", lang=words_of(request).tongue), headers=again)


@router.get("/around")
def around(
    request: Request, thing: str, depth: Annotated[int, Query(ge=1, le=4)] = 1, stated_only: StatedOnly = False,
    as_of: AsOf = "", min_confidence: MinConfidence = 0.0,
) -> HTMLResponse:  # fmt: skip
    """The graph around a thing; one step away, at most so many relationships of each kind."""

    def drawn() -> str:
        bench = bench_of(request)
        node = bench.find(thing)
        chosen: dict[str, Any] = {"stated_only": stated_only, "as_of": as_of, "min_confidence": min_confidence}
        if depth == 1 and node.label != "Notice":
            graph, more = bench.near(node.id, NEAR, **chosen)
        else:
            graph, more = bench.graph(node.id, depth, **chosen), False
        there = node.id in graph.nodes
        title = (node.name if there else thing) + (f" · {words_of(request)('some_of', n=NEAR)}" if more else "")
        return page(graph, title=title, focus=node.id if there else None)

    return HTMLResponse(kept(request, drawn))


@router.get("/query/{name:path}")
def query(
    request: Request, name: str, stated_only: StatedOnly = False, as_of: AsOf = "", min_confidence: MinConfidence = 0.0
) -> HTMLResponse:
    """The things that answer a saved question, and what is said of one another."""
    bench = bench_of(request)
    saved = bench.catalogue().named(name)
    given = given_for(saved, request)
    with bench.opened() as store:
        rows = run(
            store, saved, given, stated_only=stated_only, as_of=as_of or None, min_confidence=min_confidence, limit=ROWS,
            timeout=SECONDS,
        )  # fmt: skip
        ids = select.ids_in(rows.rows)
        if not ids:
            raise SubjectError(f"{saved.name} finds nothing here that could be drawn; try other parameters")
        graph = select.between(store, ids)
    graph = select.restrict(graph, stated_only=stated_only, as_of=day(as_of or None) or "", least=min_confidence)
    return HTMLResponse(page(graph, title=saved.title[words_of(request).tongue]))
