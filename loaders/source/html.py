"""HTML pages: the element that holds the article, its lines, and the front matter stated in its markup."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from html import unescape
from importlib import resources
from typing import Any

from kg.errors import SourceError
from loaders.source.render import render

_LIMIT = 24 * 1024 * 1024  # characters of markup
_TAGS = 300_000  # a long article has a thousand, a roster of ten thousand rows a quarter of this
_ALL, _ENOUGH = 0.9, 0.5  # share of a page's sentences that the article's element holds: at best, at least
_CHARSET = re.compile(r"^\s*<\?xml[^>]*\?>")


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("templates.toml").read_text("utf-8"))


def _any(group: str) -> str:
    """One selector for all of a group: a page is searched once."""
    return ", ".join(_templates()[group])


def read_html(name: str, markup: str) -> tuple[str, dict[str, str]]:
    """(text, meta) of a decoded page, as :class:`loaders.source.Document` defines them."""
    from resiliparse.parse.html import HTMLTree

    if len(markup) > _LIMIT:
        raise SourceError(f"{name}: more than {_LIMIT >> 20} million characters of markup; save the article's text alone")
    if markup.count("<") > _TAGS:
        raise SourceError(f"{name}: more than {_TAGS:,} tags, not a notice's page; save the article's text alone")
    tree = HTMLTree.parse(_CHARSET.sub("", markup))
    meta = _meta(tree)
    if tree.body is None:
        return "", meta
    for element in tree.body.query_selector_all(_any("furniture")):
        element.decompose()
    article = _article(tree.body)
    body = render(article.html)
    head = _head(tree, article, body, meta)
    return "\n".join([*head, body]) if head else body, meta


def _meta(tree: Any) -> dict[str, str]:
    stated: dict[str, str] = {}
    links: dict[str, str] = {}
    for element in tree.document.query_selector_all("meta[content], link[rel=canonical]"):
        if element.tag == "link":
            links["url"] = element.getattr("href") or ""
            continue
        key = element.getattr("name") or element.getattr("property") or element.getattr("itemprop") or ""
        stated.setdefault(key.lower(), " ".join(unescape(element.getattr("content") or "").split()))
    found: dict[str, str] = {}
    for field, names in _templates()["meta"].items():
        value = next((v for n in names if (v := stated.get(n.lower()))), "") or links.get(field, "")
        if value:
            found[field] = value
    if "url" in found and "://" not in found["url"]:
        del found["url"]
    if "title" not in found and (title := " ".join((tree.title or "").split())):
        found["page_title"] = title
    return found


def _sentences(element: Any) -> int:
    return int(element.text.count("。"))


def _article(body: Any) -> Any:
    """The element that holds the article: of a known template, else the smallest that holds most of the prose."""
    total = _sentences(body)
    if not total:
        return body
    known = [(_sentences(e), -len(e.text), e) for e in body.query_selector_all(_any("content"))]
    # the innermost that holds nearly all sentences of the page, else the one with most of them
    whole = [k for k in known if k[0] >= _ALL * total]
    if whole:
        return max(whole, key=lambda k: k[1])[2]
    if known and (best := max(known, key=lambda k: k[:2]))[0] >= _ENOUGH * total:
        return best[2]
    for element in body.query_selector_all(_any("frame")):
        if not _sentences(element):
            element.decompose()
    return _densest(body)


def _children(element: Any) -> Iterator[Any]:
    """Child elements, one by one: the parser's own list of them takes a time that grows with their square."""
    child = element.first_element_child
    while child is not None:
        yield child
        child = child.next_element_sibling


def _densest(body: Any) -> Any:
    """Go down while one child holds nearly all sentences of its parent; stop where they spread over children."""
    element, here = body, _sentences(body)
    for _ in range(200):  # deeper than any page that people make
        heavy = [child for child in _children(element) if _sentences(child) >= 0.85 * here]
        if len(heavy) != 1 or heavy[0].tag in ("p", "tr", "tbody", "td", "span", "font", "table"):
            return element
        element, here = heavy[0], _sentences(heavy[0])
    return element


def _head(tree: Any, article: Any, body: str, meta: dict[str, str]) -> list[str]:
    """Headline and line of date and source, where they stand outside the article's element."""
    lines: list[str] = []
    title = meta.get("title", "")
    for selector in _templates()["headline"]:
        if title:
            break
        found = tree.body.query_selector(selector)
        text = " ".join(found.text.split()) if found is not None else ""
        if 4 <= len(text) <= 120:
            title = text
    if not title and "page_title" in meta:
        title = _page_title(meta["page_title"])
    if title and title not in body[:2000].replace("\n", ""):
        lines.append(title)
    for selector in _templates()["byline"]:
        found = tree.body.query_selector(selector)
        if found is None or article.contains(found):
            continue
        text = " ".join(line.strip() for line in render(found.html).split("\n") if line.strip())
        if text and len(text) <= 300 and re.search(r"\d{4}\D\d{1,2}\D\d{1,2}|来源|來源", text) and text not in body:
            lines.append(text)
            break
    return lines


def _page_title(text: str) -> str:
    """A window title without the site's name after it ('…公告_某市生态环境局' -> '…公告')."""
    first = re.split(r"\s*[_|]\s*|\s+[-–—]+\s+|-{2,}|(?<=[\u4e00-\u9fff”）])-(?=[\u4e00-\u9fff])", text)[0].strip()
    return first if len(first) >= 6 else ""
