"""Templates with what all of them need: words in the reader's language, addresses of things, and escaping."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from kg.web.words import TONGUES, Words, words

LANGUAGE = "kg_lang"  # the cookie of the language that was chosen


def words_of(request: Request) -> Words:
    """The words of the language asked for: by ``?lang=``, by an earlier choice, or by the browser."""
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE, "")
    return words(asked, request.headers.get("accept-language", ""))


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page. Everything that ``values`` hold is escaped where the template writes it."""
    say = words_of(request)
    other = TONGUES[1 - say.at]
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
    switch = "?" + urlencode([*kept, ("lang", other)])
    text = (
        _templates()
        .get_template(template)
        .render(
            t=say, thing=thing_path, switch=switch, path=request.url.path, writable=request.app.state.writable, **values
        )
    )
    response = HTMLResponse(text.encode("utf-8", "replace"), status_code=status)
    if request.query_params.get("lang") in TONGUES:
        response.set_cookie(LANGUAGE, request.query_params["lang"], httponly=True, samesite="strict", path="/")
    return response


def error_page(
    request: Request, status: int, message: str, candidates: Sequence[tuple[str, str, str]] = ()
) -> HTMLResponse:
    """What went wrong, in the words of the error, with the way back."""
    return render(request, "error.html", status=status, message=message, candidates=candidates, status_code=status)


def thing_path(label: str, uid: str) -> str:
    """The page of a thing, or of a notice."""
    return f"/{'notice' if label == 'Notice' else 'thing'}/{quote(uid, safe='')}"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("kg.web", "templates"), autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["query"] = lambda pairs: urlencode([(k, v) for k, v in pairs if v not in ("", None, False)])
    return made
