"""Pages with a form that only they can send, and how a sent form is known as one of ours."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from kg.errors import QueryError
from kg.web.gate import form_token
from kg.web.render import render

FORM_COOKIE, NAME_COOKIE = "kg_form", "kg_by"
_YEAR = 365 * 86_400  # seconds


def form_page(request: Request, template: str, **values: Any) -> HTMLResponse:
    """A page with ``form``, the token of its forms, and ``by``, the name that was last given in one."""
    cookie = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(16)
    token = form_token(request.app.state.secret, cookie)
    by = unquote(request.cookies.get(NAME_COOKIE, ""))
    response = render(request, template, form=token, by=by, **values)
    response.set_cookie(FORM_COOKIE, cookie, httponly=True, samesite="strict", path="/")
    return response


def plain_page(request: Request, template: str, **values: Any) -> HTMLResponse:
    """The same page, with its forms where this server may write and without them where it may not."""
    if request.app.state.writable:
        return form_page(request, template, **values)
    return render(request, template, form="", by="", **values)


def check(request: Request, given: FormData) -> None:
    """Raise QueryError for a form that is not ours."""
    cookie = request.cookies.get(FORM_COOKIE, "")
    known = form_token(request.app.state.secret, cookie).encode()
    sent = str(given.get("form") or "").encode("utf-8", "replace")
    if not cookie or not secrets.compare_digest(sent, known):
        raise QueryError("this form is not from this page, or is too old; open the page again and send it once more")


def remember_name(response: Response, name: str) -> None:
    """The browser keeps the name for the next form."""
    response.set_cookie(
        NAME_COOKIE, quote(name, safe=""), max_age=_YEAR, httponly=True, samesite="strict", path="/"
    )  # fmt: skip
