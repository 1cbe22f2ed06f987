"""The pages for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg.ask import SavedQuery, pasted
from kg.ask.run import arguments, day
from kg.cli.table import cell
from kg.decided import about
from kg.errors import KgError
from kg.lookup import candidates, find, nearest
from kg.model import Node
from kg.page.evidence import safe_url
from kg.store import Rows
from kg.vocabulary import vocabulary
from kg.web import thing as things
from kg.web.api import AsOf, MinConfidence, StatedOnly, bench_of, given_for
from kg.web.forms import plain_page
from kg.web.limits import PAGE, ROWS, SECONDS
from kg.web.notice import MOST, marked
from kg.web.render import render, thing_path, words_of
from kg.web.words import Words
from kg.workbench import CHAIN_LABELS, Workbench

router = APIRouter()
NEWEST, FOUND, LISTED = 12, 60, 200
SHORT, LONG = 6, 14  # characters of a cell that is never broken, and of one that wants a wide column


Part = Annotated[int, Query(ge=1, le=ROWS // PAGE, description="which page of the rows")]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an answer; ``href`` leads to the thing or notice it names."""

    text: str
    href: str = ""
    css: str = ""


@router.get("/")
def home(request: Request) -> HTMLResponse:
    """Search, the saved questions by topic, the newest notices, and what there is."""
    bench = bench_of(request)
    known = bench.catalogue()
    topics = [(topic, list(queries)) for topic, queries in groupby(known.values(), key=lambda q: q.topic)]
    return render(
        request,
        "home.html",
        topics=topics,
        counts=bench.counts(),
        newest=bench.newest(NEWEST),
        broken=list(known.broken.values()),
    )


@router.get("/search")
def search(request: Request, q: str = "") -> HTMLResponse:
    """Things by name or alias."""
    labels, text = sorted(vocabulary().labels), q.strip()
    bench = bench_of(request)
    with bench.opened() as store:
        found = bench.kept(("found", text), lambda: candidates(store, text, labels, limit=FOUND))
        near = bench.kept(("near", text), lambda: nearest(store, text, labels)) if text and not found else []
    return render(request, "search.html", text=text, found=found, nearest=near)


@router.get("/notices")
def notices(request: Request, page: Annotated[int, Query(ge=1)] = 1) -> HTMLResponse:
    """All notices, newest first, a page at a time."""
    bench = bench_of(request)
    total = bench.counts().notices
    last = max(1, -(-total // LISTED))
    page = min(page, last)
    shown = bench.newest(LISTED, (page - 1) * LISTED)
    return render(request, "notices.html", notices=shown, total=total, page=page, last=last)


@router.get("/queries")
def queries(request: Request) -> HTMLResponse:
    """The saved questions."""
    known = bench_of(request).catalogue()
    topics = [(topic, list(found)) for topic, found in groupby(known.values(), key=lambda q: q.topic)]
    return render(request, "queries.html", topics=topics, broken=list(known.broken.values()))


@router.get("/query/{name:path}")
def query(
    request: Request, name: str, stated_only: StatedOnly = False, as_of: AsOf = "", min_confidence: MinConfidence = 0.0,
    page: Part = 1,
) -> HTMLResponse:  # fmt: skip
    """A saved question as a form, with a page of its answer once it can be asked."""
    bench = bench_of(request)
    saved = bench.catalogue().named(name)
    said = given_for(saved, request)
    ready = all(p.name in said for p in saved.parameters if p.required)
    answer: dict[str, Any] = {"rows": None, "error": None, "cypher": saved.cypher, "candidates": ()}
    chosen: dict[str, Any] = {"stated_only": stated_only, "as_of": as_of or None, "min_confidence": min_confidence}
    if ready:
        try:
            with bench.opened() as store:
                values = arguments(store, saved, said, **chosen)
                answer["cypher"] = pasted(saved, values)
                rows = bench.answer(store, saved, said, **chosen, limit=page * PAGE, timeout=SECONDS)
                answer |= _answer(rows, words_of(request), page)
        except KgError as error:
            answer["error"] = str(error)
            answer["candidates"] = error.shown
    asked = list((_switched(stated_only, as_of, min_confidence) | said).items())
    return render(
        request, "query.html", saved=saved, given=said, stated_only=stated_only, as_of=as_of,
        min_confidence=min_confidence, asked=asked,
        example=_example(saved), most=ROWS, drawable=saved.drawing in ("chain", "graph") and bool(answer["rows"]), **answer,
    )  # fmt: skip


@router.get("/thing/{uid:path}")
def thing(
    request: Request, uid: str, stated_only: StatedOnly = False, as_of: AsOf = "", min_confidence: MinConfidence = 0.0,
    kind: str = "", page: Annotated[int, Query(ge=1)] = 1,
) -> HTMLResponse:  # fmt: skip
    """A thing: what it is, over and under whom it stands, its duties, its posts over time, each with its words; or a page of
    its relationships of one ``kind``."""
    say = words_of(request)
    only = things.kind_of(kind)
    found = bench_of(request).show(
        uid, stated_only=stated_only, as_of=as_of, min_confidence=min_confidence, most=things.MOST,
        skip=(page - 1) * things.MOST if only else 0, only=only,
    )  # fmt: skip
    named = found.counts.get(("STATED_IN", True), 0)
    return plain_page(
        request, "thing.html", node=found.node, properties=things.properties(found, say), groups=things.groups(found, say),
        bars=[] if only else things.timeline(found), notices=things.notices(found), named=named, only=kind if only else "",
        page=page, last=-(-found.counts.get(only, 1) // things.MOST) if only else 1,
        decided=[] if only else found.decided, shown=things.MOST if only else things.SHOWN, stated_only=stated_only,
        as_of=as_of, min_confidence=min_confidence, asked=[*_switched(stated_only, as_of, min_confidence).items()],
        chains=found.node.label in CHAIN_LABELS,
    )  # fmt: skip


@router.get("/notice/{uid:path}")
def notice(request: Request, uid: str) -> HTMLResponse:
    """A notice: its text with everything marked that was read from it."""
    with bench_of(request).opened() as store:
        found = marked(store, find(store, uid, ("Notice",)).id)
        decided = about(store, found.notice.id)
    url = safe_url(found.notice.url)
    return plain_page(request, "notice.html", found=found, notice=found.notice, decided=decided, url=url, most=MOST)


@router.get("/chain")
def chain(
    request: Request, subject: str = "", direction: Literal["up", "down", "both"] = "both",
    depth: Annotated[int, Query(ge=1, le=50)] = 2, stated_only: StatedOnly = False, as_of: AsOf = "",
    min_confidence: MinConfidence = 0.0,
) -> HTMLResponse:  # fmt: skip
    """The chain of a thing, with subject, direction, depth and date to choose."""
    node: Node | None = None
    error = ""
    several: tuple[tuple[str, str, str], ...] = ()
    if subject.strip():
        try:
            day(as_of or None)
            node = bench_of(request).find(subject, *CHAIN_LABELS)
            subject = _called(bench_of(request), node, CHAIN_LABELS)
        except KgError as wrong:
            error, several = str(wrong), wrong.shown
    asked = [("subject", node.id if node else subject), ("direction", direction), ("depth", depth),
             *_switched(stated_only, as_of, min_confidence).items()]  # fmt: skip
    return render(
        request, "chain.html", subject=subject, node=node, error=error, candidates=several, direction=direction, depth=depth,
        stated_only=stated_only, as_of=as_of, min_confidence=min_confidence, asked=asked,
    )  # fmt: skip


@router.get("/gaps")
def gaps(
    request: Request, region: str = "", stated_only: StatedOnly = False, as_of: AsOf = "",
    min_confidence: MinConfidence = 0.0,
) -> HTMLResponse:  # fmt: skip
    """What the chains of accountability lack."""
    error, shown = "", region
    several: tuple[tuple[str, str, str], ...] = ()
    try:
        day(as_of or None)
        if region.strip():
            shown = _called(bench_of(request), bench_of(request).find(region, "Region"), ("Region",))
    except KgError as wrong:
        error, several = str(wrong), wrong.shown
    asked = [("region", region), *_switched(stated_only, as_of, min_confidence).items()]
    return render(
        request, "gaps.html", region=shown, error=error, candidates=several, stated_only=stated_only, as_of=as_of,
        min_confidence=min_confidence, asked=asked,
    )  # fmt: skip


@router.get("/graph")
def graph(
    request: Request, thing: str, depth: Annotated[int, Query(ge=1, le=4)] = 1, stated_only: StatedOnly = False,
    as_of: AsOf = "", min_confidence: MinConfidence = 0.0,
) -> HTMLResponse:  # fmt: skip
    """The graph around a thing."""
    node = bench_of(request).find(thing)
    asked = [("thing", node.id), ("depth", depth), *_switched(stated_only, as_of, min_confidence).items()]
    return render(
        request, "graph.html", node=node, depth=depth, stated_only=stated_only, as_of=as_of, min_confidence=min_confidence,
        asked=asked,
    )  # fmt: skip


@router.get("/cypher")
def cypher(request: Request, text: str = "", page: Part = 1) -> HTMLResponse:
    """A read-only query of the reader's own."""
    answer: dict[str, Any] = {"rows": None, "error": None}
    if text.strip():
        try:
            rows = bench_of(request).cypher(text, limit=page * PAGE, timeout=SECONDS)
            answer |= _answer(rows, words_of(request), page, plain=True)
        except KgError as error:
            answer["error"] = str(error)
    return render(request, "cypher.html", text=text, most=ROWS, seconds=SECONDS, **answer)


def _called(bench: Workbench, node: Node, labels: Sequence[str]) -> str:
    """How a form names a thing: by its name, where that means it alone."""
    try:
        return node.name if node.name and bench.find(node.name, *labels).id == node.id else node.id
    except KgError:
        return node.id


def _switched(stated_only: bool, as_of: str, min_confidence: float) -> dict[str, Any]:
    """What is common to all questions, as an address keeps it."""
    return {"stated_only": "true" if stated_only else "", "as_of": as_of, "min_confidence": min_confidence or ""}


def _answer(rows: Rows, say: Words, page: int, *, plain: bool = False) -> dict[str, Any]:
    """Columns for people (ids stand behind the names they belong to) and the cells of a page; ``plain`` keeps the asker's own
    words."""
    shown = [c for c in rows.columns if not (c.endswith("_id") and c[:-3] in rows.columns)]
    if not plain:
        shown = [c for c in shown if not say.twin(c, rows.columns)]
    cells = [[_cell(column, row, None if plain else say) for column in shown] for row in rows.rows[(page - 1) * PAGE :]]
    return {
        "columns": shown if plain else [say.column(c) for c in shown], "rows": cells, "truncated": rows.truncated,
        "page": page, "before": (page - 1) * PAGE,
    }  # fmt: skip


def _cell(column: str, row: Mapping[str, Any], say: Words | None) -> Cell:
    value = row[column] if say is None else say.cell(column, row[column])
    uid = row.get(f"{column}_id")
    if column == "quote" and row.get("notice_id"):
        uid = row["notice_id"]
    if isinstance(value, dict) and isinstance(value.get("uid"), str):
        return Cell(cell(value), thing_path(str(value.get("label", "")), value["uid"]))
    label = "Notice" if isinstance(uid, str) and uid.startswith("notice:") else ""
    href = thing_path(label, uid) if isinstance(uid, str) and value not in (None, "") else ""
    text = cell(value)
    css = "number" if type(value) in (int, float) else "day" if _is_day(value) else ""
    return Cell(text, href, css or ("long" if len(text) > LONG else "short" if len(text) <= SHORT else ""))


def _is_day(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 10 and value.replace("-", "").isdecimal() and "-" in value


def _example(saved: SavedQuery) -> list[tuple[str, Any]]:
    return [(p.name, p.example) for p in saved.parameters if p.example is not None]
