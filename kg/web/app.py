"""The explorer as an ASGI application."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from kg.errors import KgError, SubjectError
from kg.web import adding, api, deciding, drawings, lists, pages
from kg.web.adding import Trays
from kg.web.gate import LOOPBACK, App, Gate
from kg.web.render import error_page
from kg.web.warm import Warming
from kg.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Settings:
    """``address`` is the store's, ``queries`` the folder of the user's own; ``hosts`` are further names that the server
    answers to, beside those of this machine; ``token`` is asked of everybody if it is not ''; ``writable`` lets notices be
    loaded and statements be rejected or confirmed; ``warm`` has the graph asked at the start what the first reader would wait for."""

    address: str
    queries: Path | None = None
    hosts: tuple[str, ...] = ()
    token: str = ""
    writable: bool = False
    warm: bool = False


def application(settings: Settings) -> App:
    """The explorer over a store. Opening the store is left to the first request, which tells what is wrong with it."""
    bench = Workbench(settings.address, settings.queries)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        warming = Warming(bench)
        if settings.warm:
            warming.start()
        yield
        warming.stop()
        bench.close()

    app = FastAPI(
        title="Accountability graph", version=version("accountability-kg"), lifespan=life, openapi_url="/api/openapi.json",
        docs_url=None, redoc_url=None,
        description="The questions of the kg command, answered as JSON. Names of things are looked up as at the prompt.",
    )  # fmt: skip
    app.state.bench, app.state.writable = bench, settings.writable
    app.state.secret, app.state.trays = secrets.token_bytes(32), Trays()
    app.include_router(api.router, prefix="/api")
    app.include_router(deciding.api, prefix="/api")
    app.include_router(drawings.router, prefix="/drawing", include_in_schema=False)
    if settings.writable:
        app.include_router(adding.router, include_in_schema=False)
        app.include_router(deciding.posting, include_in_schema=False)
        app.include_router(deciding.api_posting, prefix="/api")
    app.include_router(deciding.pages, include_in_schema=False)
    app.include_router(lists.router, include_in_schema=False)
    app.include_router(pages.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=str(files("kg.web") / "static")), name="static")
    app.add_exception_handler(KgError, _told)
    app.add_exception_handler(HTTPException, _missing)
    app.add_exception_handler(RequestValidationError, _misread)
    app.add_exception_handler(Exception, _broken)
    return Gate(app, frozenset({*LOOPBACK, *settings.hosts}), settings.token)


def _answer(request: Request, status: int, message: str, error: Exception | None = None) -> Response:
    """An error as JSON to a program, and as a page with the way back to a person."""
    wrong = error if isinstance(error, KgError) else KgError()
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message, "candidates": wrong.choices}, status_code=status)
    return error_page(request, status, message, wrong.shown)


async def _told(request: Request, error: Exception) -> Response:
    return _answer(request, 404 if isinstance(error, SubjectError) else 400, str(error), error)


async def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _answer(request, error.status_code, "" if error.status_code == 404 else str(error.detail))


async def _misread(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors())
    return _answer(request, 400, said)


async def _broken(request: Request, error: Exception) -> Response:
    return _answer(
        request, 500, f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no more is known'}"
    )
