"""Statements rejected and confirmed in the explorer, and the page of what was decided."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Body, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from kg.decided import decided_json
from kg.decisions import decision_json
from kg.web.api import bench_of
from kg.web.forms import check, plain_page, remember_name

pages, posting, api, api_posting = APIRouter(), APIRouter(), APIRouter(), APIRouter()


@pages.get("/decisions")
def decisions(request: Request) -> HTMLResponse:
    """What was decided, newest first; what was taken back or replaced stands below."""
    found = bench_of(request).decisions(every=True)
    current, past = [d for d in found if d.current], [d for d in found if not d.current]
    return plain_page(request, "decisions.html", current=current, past=past)


@posting.post("/decide")
async def decide(request: Request) -> Response:
    """Record a decision, and go back to where it was made."""
    async with request.form(max_files=0, max_fields=10) as given:
        check(request, given)
        statement, verdict, by, why, back = (
            str(given.get(k) or "") for k in ("statement", "verdict", "by", "why", "back")
        )
    made = await run_in_threadpool(bench_of(request).decide, statement, verdict, by, why)
    parts = urlsplit(back)
    own = not parts.scheme and not parts.netloc and parts.path.startswith("/") and "\\" not in back
    response = RedirectResponse(f"{back if own else '/decisions'}#decided", status_code=303)
    remember_name(response, made.by)
    return response


@api.get("/decisions")
def listed(
    request: Request,
    all: Annotated[bool, Query(description="also those that were withdrawn or replaced")] = False,
) -> list[dict[str, Any]]:
    """What was decided on statements, newest first: by whom, when and why."""
    return [decided_json(d) for d in bench_of(request).decisions(every=all)]


@api_posting.post("/decisions")
def made(
    request: Request,
    statement: Annotated[str, Body(description="its id, or NAME|TYPE|NAME as far as that fits one only")],
    verdict: Annotated[str, Body(description="rejected, confirmed or withdrawn")],
    by: Annotated[str, Body(description="who decides")],
    why: Annotated[str, Body(description="the reason; a rejection has one")] = "",
) -> dict[str, Any]:
    """Reject or confirm a statement, or take that back (only with --writable)."""
    return decision_json(bench_of(request).decide(statement, verdict, by, why))
