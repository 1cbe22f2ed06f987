"""Notices brought to the explorer: dropped or pasted, read, looked at, and only then kept."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from kg.errors import KgError, QueryError, SourceError, SubjectError
from kg.explain import Explanation
from kg.loading import Defaults, Heading, explain, headings
from kg.web.forms import check, form_page
from kg.workbench import Workbench

router = APIRouter()
TRAYS, FILES, KEPT_SECONDS = 8, 40, 3600.0
"""Trays that wait at once, files on one, and how long one waits."""
FIELDS = 4000  # of the form of a tray: each column of each table has one
_COUNTED = ("Person", "Post", "Agency", "Region", "Meeting", "Obligation", "Target")


@dataclass(frozen=True, slots=True)
class Item:
    """A file that was read, or why it could not be. Of a table also what heads its columns, the words that their meaning can be
    told by (``offered``), and what it takes to read it again."""

    name: str
    told: Explanation | None
    error: str = ""
    headings: Sequence[Heading] = ()
    offered: Sequence[tuple[str, str]] = ()
    data: bytes = b""
    defaults: Defaults = field(default_factory=Defaults)

    @property
    def puzzling(self) -> bool:
        """Whether there is a column of which it is not known what it means."""
        return any(not h.known for h in self.headings)

    @property
    def counts(self) -> dict[str, int]:
        """Things by label that were read."""
        found = Counter(n.label for n in self.told.reading.nodes) if self.told else Counter()
        return {label: found[label] for label in _COUNTED if found[label]}


@dataclass(slots=True)
class Trays:
    """What was read and waits to be kept, by a key that cannot be guessed; the oldest goes when there is no room."""

    _trays: OrderedDict[str, tuple[float, list[Item]]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, items: list[Item]) -> str:
        """Put down a tray; its key."""
        key = secrets.token_urlsafe(16)
        with self._lock:
            self._trays[key] = (time.monotonic(), items)
            while len(self._trays) > TRAYS:
                self._trays.popitem(last=False)
        return key

    def get(self, key: str) -> list[Item]:
        """The tray of that key. Raises SubjectError when it is gone."""
        with self._lock:
            since, items = self._trays.get(key, (0.0, []))
        if not items or time.monotonic() - since > KEPT_SECONDS:
            raise SubjectError("what was read here is no longer at hand; bring the notices once more")
        return items

    def drop(self, key: str) -> None:
        """Take a tray away."""
        with self._lock:
            self._trays.pop(key, None)


@router.get("/add")
def form(request: Request) -> HTMLResponse:
    """Where notices are dropped or pasted."""
    return form_page(request, "add.html", files=FILES)


@router.post("/add")
async def bring(request: Request) -> Response:
    """Read what was brought; nothing is kept yet."""
    async with request.form(max_files=FILES, max_fields=20, max_part_size=32 * 2**20) as given:
        check(request, given)
        defaults = _defaults(given)
        sources = [(PurePath(f.filename or "notice.txt").name, await f.read())
                   for f in given.getlist("files") if isinstance(f, UploadFile) and f.size]  # fmt: skip
        text = str(given.get("text") or "").strip()
    if text:
        sources.append((f"pasted-{dt.datetime.now():%Y%m%d-%H%M%S}.txt", text.encode("utf-8", "replace")))
    if not sources:
        raise SourceError("nothing was brought; choose files or paste a notice")
    items = await run_in_threadpool(lambda: [_read(name, data, defaults) for name, data in sources])
    return RedirectResponse(f"/add/{request.app.state.trays.put(items)}", status_code=303)


@router.get("/add/{key}")
def look(request: Request, key: str) -> HTMLResponse:
    """What was read, to be looked at before it is kept."""
    return form_page(request, "added.html", key=key, items=request.app.state.trays.get(key), tally=None)


@router.post("/add/{key}/columns/{number}")
async def again(request: Request, key: str, number: int) -> Response:
    """Read a table again by what was said of its columns."""
    trays: Trays = request.app.state.trays
    async with request.form(max_files=0, max_fields=FIELDS) as given:
        check(request, given)
        said = {k: str(v) for k, v in given.items()}
    items = trays.get(key)
    if not 0 <= number < len(items) or not items[number].headings:
        raise SubjectError(f"there is no table {number} here")
    item = items[number]
    columns: dict[str, str] = {}
    for n, heading in enumerate(item.headings):
        word = said.get(f"column-{number}-{n}", "")
        if word and (word != heading.word or not heading.known):
            while word in columns:
                word += " "  # a second column of that meaning; what a word means does not depend on spaces
            columns[word] = heading.text
    defaults = replace(item.defaults, columns={**item.defaults.columns, **columns})
    items[number] = await run_in_threadpool(_read, item.name, item.data, defaults)
    return RedirectResponse(f"/add/{key}#item-{number}", status_code=303)


@router.post("/add/{key}")
async def keep(request: Request, key: str) -> HTMLResponse:
    """Keep the chosen notices in the store."""
    trays: Trays = request.app.state.trays
    async with request.form(max_files=0, max_fields=FIELDS) as given:
        check(request, given)
        chosen = {str(v) for v in given.getlist("keep")}
    items = trays.get(key)
    wanted = [i for n, i in enumerate(items) if str(n) in chosen and i.told]
    if not wanted:
        raise SourceError("no notice was chosen; tick those to keep")
    outcomes = await run_in_threadpool(_put, request.app.state.bench, wanted)
    trays.drop(key)
    return form_page(request, "added.html", key=key, items=wanted, tally=outcomes)


@router.get("/drawing/add/{key}/{number}")
def explained(request: Request, key: str, number: int) -> HTMLResponse:
    """A notice as it was read, with what was left unread."""
    from kg.explain.page import page

    items = request.app.state.trays.get(key)
    told = items[number].told if 0 <= number < len(items) else None
    if told is None:
        raise SubjectError(f"there is no notice {number} here")
    return HTMLResponse(page(told))


def _read(name: str, data: bytes, defaults: Defaults) -> Item:
    found, offered = headings(data, name, defaults)
    table: dict[str, Any] = {"headings": found, "offered": offered, "data": data, "defaults": defaults} if found else {}
    try:
        return Item(name, explain(data, name, defaults), **table)
    except KgError as error:
        return Item(name, None, str(error), **table)


def _put(bench: Workbench, items: list[Item]) -> list[tuple[Item, str]]:
    """Each item with what became of it: an outcome of the store, or the error."""
    outcomes: list[tuple[Item, str]] = []
    with bench.writing() as store:
        for item, (_, came) in zip(items, store.put_all([i.told.reading for i in items if i.told]), strict=True):
            outcomes.append((item, str(came)))
    return outcomes


def _defaults(given: FormData) -> Defaults:
    said = {k: str(given.get(k) or "").strip() for k in ("place", "publisher", "published")}
    if said["published"]:
        try:
            dt.date.fromisoformat(said["published"])
        except ValueError:
            raise QueryError(f"{said['published']!r} is not a date; write it as 2023-06-30") from None
    return Defaults(said["place"], said["publisher"], said["published"])
