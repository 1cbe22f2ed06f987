"""The JSON API: the commands of ``kg`` under their names, and what the pages' script asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import PlainTextResponse, Response
from pydantic import BeforeValidator

from kg.ask import SavedQuery, Suggestion, pasted, query_json, suggestions
from kg.ask.run import arguments
from kg.draw import FOLDING, draw
from kg.errors import QueryError
from kg.lookup import candidates
from kg.model import Node, notice_json
from kg.show import record_json
from kg.store import Rows
from kg.web.limits import ROWS, SECONDS
from kg.web.render import words_of
from kg.web.words import Words
from kg.workbench import CHAIN_LABELS, Workbench

router = APIRouter()

AsOf = Annotated[str, Query(description="ISO date, all, or empty for what has not ended")]
MinConfidence = Annotated[
    float, BeforeValidator(lambda given: given or 0), Query(ge=0, le=1, description="leave out what is less sure")
]
StatedOnly = Annotated[bool, Query(description="leave out what is derived")]
Limit = Annotated[int, Query(ge=1, le=ROWS, description="most rows")]
COMMON = ("stated_only", "as_of", "min_confidence", "limit", "format", "lang", "page")
_MEDIA = {"svg": "image/svg+xml", "html": "text/html", "json": "application/json"}


def bench_of(request: Request) -> Workbench:
    """The graph behind the request's application."""
    found: Workbench = request.app.state.bench
    return found


def kept(request: Request, make: Callable[[], str]) -> str:
    """What is made for an address, remembered for whoever asks for the same in the same language."""
    asked = request.url.path, request.url.query, words_of(request).tongue
    return bench_of(request).kept(asked, make)


def given_for(saved: SavedQuery, request: Request) -> dict[str, str]:
    """What the address gives for a saved question's own parameters; some have one that others have in common."""
    own = {p.name for p in saved.parameters}
    return {k: v for k, v in request.query_params.items() if v != "" and (k not in COMMON or k in own)}


def rows_json(rows: Rows) -> dict[str, Any]:
    """An answer as plain data."""
    return {"columns": list(rows.columns), "rows": rows.rows, "truncated": rows.truncated}


def node_json(node: Node) -> dict[str, Any]:
    """A thing in short."""
    return {"id": node.id, "label": node.label, "name": node.name}


@router.get("/stats")
def stats(request: Request) -> dict[str, Any]:
    """How much there is, by label and by relationship."""
    counts = bench_of(request).counts()
    return {"notices": counts.notices, "nodes": counts.nodes, "relationships": counts.relationships}


@router.get("/notices")
def notices(request: Request) -> list[dict[str, Any]]:
    """The notices that are loaded, without their texts."""
    with bench_of(request).opened() as store:
        return [{k: v for k, v in notice_json(n).items() if k != "text"} for n in store.notices()]


@router.get("/search")
def search(request: Request, q: str, limit: Limit = 20) -> list[dict[str, Any]]:
    """Things with these characters in their name or an alias, the nearest first."""
    from kg.vocabulary import vocabulary

    labels = sorted(vocabulary().labels.keys() - {"Notice"})
    bench = bench_of(request)
    with bench.opened() as store:
        found = bench.kept(("search", q.strip(), limit), lambda: candidates(store, q.strip(), labels, limit=limit))
    return [{**node_json(n), "what": words_of(request).label(n.label)} for n in found]


@router.get("/query")
def queries(request: Request) -> list[dict[str, Any]]:
    """The saved questions with their parameters."""
    return [query_json(q) for q in bench_of(request).catalogue().values()]


@router.get("/query/{name:path}", response_model=None)
def query(
    request: Request, name: Annotated[str, Path()], stated_only: StatedOnly = False, as_of: AsOf = "",
    min_confidence: MinConfidence = 0.0, limit: Limit = ROWS,
    format: Literal["json", "csv", "markdown", "cypher"] = "json",
) -> dict[str, Any] | Response:  # fmt: skip
    """The answer to a saved question; its own parameters are further parameters of the address."""
    bench = bench_of(request)
    saved = bench.catalogue().named(name)
    given = given_for(saved, request)
    asked: dict[str, Any] = {"stated_only": stated_only, "as_of": as_of or None, "min_confidence": min_confidence}
    with bench.opened() as store:
        if format == "cypher":
            return PlainTextResponse(pasted(saved, arguments(store, saved, given, **asked)))
        rows = bench.answer(store, saved, given, **asked, limit=limit, timeout=SECONDS)
    return formatted(rows, format, saved.name)


@router.get("/suggest")
def suggest(request: Request, query: str, parameter: str, prefix: str = "") -> list[dict[str, str]]:
    """Values for a parameter of a saved question, from the graph; for ``query`` '' things that a chain may be of."""
    bench, say = bench_of(request), words_of(request)
    if not query:
        with bench.opened() as store:
            found = bench.kept(("suggest", prefix.strip()), lambda: candidates(store, prefix.strip(), CHAIN_LABELS))
        names = [n.name for n in found]
        return [
            _offer(Suggestion(n.id if names.count(n.name) > 1 else n.name, n.name, n.label, n.id), say) for n in found
        ]
    saved = bench.catalogue().named(query)
    one = next((p for p in saved.parameters if p.name == parameter), None)
    if one is None:
        raise QueryError(
            f"{saved.name} has no parameter {parameter!r}: it takes {', '.join(p.name for p in saved.parameters)}"
        )
    with bench.opened() as store:
        return [_offer(each, say) for each in suggestions(store, one, prefix.strip())]


def _offer(each: Suggestion, say: Words) -> dict[str, str]:
    what = (each.name if each.name != each.value else "", say.label(each.label) if each.label else "", each.uid)
    return {"value": each.value, "what": " · ".join(t for t in what if t and t != each.value)}


@router.get("/show")
def show(
    request: Request, thing: str, stated_only: StatedOnly = False, as_of: AsOf = "", min_confidence: MinConfidence = 0.0,
    limit: Limit = 200,
) -> dict[str, Any]:  # fmt: skip
    """One thing by name or id: properties, at most ``limit`` relationships of each type and end, and each one's sentence with
    its notice; where there are more, ``truncated`` says so."""
    found = bench_of(request).show(
        thing, stated_only=stated_only, as_of=as_of, min_confidence=min_confidence, most=limit
    )
    more = any(number > limit for number in found.counts.values())
    return record_json(found) | ({"truncated": True} if more else {})


@router.get("/chain", response_model=None)
def chain(
    request: Request, subject: str, direction: Literal["up", "down", "both"] = "both",
    depth: Annotated[int, Query(ge=1, le=50)] = 6, stated_only: StatedOnly = False, as_of: AsOf = "",
    min_confidence: MinConfidence = 0.0,
    format: Literal["json", "svg", "html", "mermaid", "dot", "text"] = "json", lang: Literal["zh", "en"] = "zh",
) -> Response:  # fmt: skip
    """The chain of accountability of a thing by name or id."""
    bench = bench_of(request)

    def drawn() -> str:
        found = bench.chain(
            subject, direction=direction, depth=depth, as_of=as_of, stated_only=stated_only,
            min_confidence=min_confidence, folded=format in FOLDING, texts=format == "html", bounded=format != "json",
        )  # fmt: skip
        return draw(found, format, lang=lang)

    return Response(kept(request, drawn), media_type=_MEDIA.get(format, "text/plain"))


@router.get("/gaps", response_model=None)
def gaps(
    request: Request, region: str = "", stated_only: StatedOnly = False, as_of: AsOf = "",
    min_confidence: MinConfidence = 0.0, limit: Limit = ROWS,
    format: Literal["json", "csv", "markdown", "html", "text"] = "json", lang: Literal["zh", "en"] = "zh",
) -> Response:  # fmt: skip
    """What the chains of accountability lack, in all or in a region, at most ``limit`` of each kind."""
    from kg.report import write

    found = bench_of(request).gaps(
        region.strip(), as_of=as_of, stated_only=stated_only, min_confidence=min_confidence, most=limit
    )
    media = {**_MEDIA, "csv": "text/csv", "markdown": "text/markdown"}.get(format, "text/plain")
    return Response(write(found, format, lang=lang), media_type=media)


@router.get("/lists")
def lists(request: Request) -> list[list[dict[str, Any]]]:
    """The accountability lists, the states of one together, newest first."""
    return [[asdict(state) for state in states] for states in bench_of(request).lists()]


@router.get("/lists/compare", response_model=None)
def compare(
    request: Request, list: str, before: str = "", as_of: AsOf = "", min_confidence: MinConfidence = 0.0,
    format: Literal["json", "csv", "markdown"] = "json",
) -> dict[str, Any] | Response:  # fmt: skip
    """Two states of a list item by item, each value with the words and the cell it stands in."""
    found = bench_of(request).compare(list, before, as_of=as_of, min_confidence=min_confidence)
    return found.json() if format == "json" else formatted(found.rows(), format, "compare")


@router.get("/cypher", response_model=None)
def cypher(
    request: Request, text: str, limit: Limit = ROWS, format: Literal["json", "csv", "markdown"] = "json"
) -> dict[str, Any] | Response:
    """One read-only query of your own."""
    return formatted(bench_of(request).cypher(text, limit=limit, timeout=SECONDS), format, "cypher")


def formatted(rows: Rows, format: str, name: str) -> dict[str, Any] | Response:
    """An answer in one of the formats of ``kg query``."""
    if format == "json":
        return rows_json(rows)
    from kg.cli import table

    cells = [[row[c] for c in rows.columns] for row in rows.rows]
    text = (table.comma if format == "csv" else table.markdown)(list(rows.columns), cells)
    ending, kind = ("csv", "text/csv") if format == "csv" else ("md", "text/markdown")
    leaf = name.rpartition("/")[2]
    return Response(
        ("\ufeff" if format == "csv" else "") + text, media_type=f"{kind}; charset=utf-8",
        headers={"content-disposition": f"attachment; filename={leaf.encode('ascii', 'replace').decode()}.{ending}"},
    )  # fmt: skip
