"""HTML pages: the element that holds the article, its lines, and the front matter stated in its markup."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from html import unescape
from importlib import resources
from typing import Any

from kg.errors import SourceError
from loaders.source.elements import Element, Selector, elements, without
from loaders.source.render import render

_LIMIT = 24 * 1024 * 1024  # characters of markup
_TAGS = 300_000  # a long article has a thousand, a roster of ten thousand rows a quarter of this
_ALL, _ENOUGH = 0.9, 0.5  # share of a page's sentences that the article's element holds: at best, at least
_META = re.compile(r'<(meta|link)((?:[^>"]|"[^"]*")*)>')
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_DATED = re.compile(r">\s*((?:[\u4e00-\u9fff]{2,6}[:：]\s*)?20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?[^<>]{0,120})<")
_BYLINE = re.compile("来源|來源|字号|字號|字体|浏览|瀏覽|阅读|点击|作者|记者|发布")
_WITHIN = frozenset(("p", "tr", "tbody", "td", "span", "font", "table"))  # no articles, but parts of one
_CHARSET = re.compile(r"^\s*<\?xml[^>]*\?>")


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("templates.toml").read_text("utf-8"))


@cache
def selector(group: str) -> Selector:
    """What a group of selectors in templates.toml asks for."""
    return Selector.of(_templates()[group])


def read_html(name: str, markup: str) -> tuple[str, dict[str, str]]:
    """(text, meta) of a decoded page, as :class:`loaders.source.Document` defines them."""
    from resiliparse.parse.html import HTMLTree

    if len(markup) > _LIMIT:
        raise SourceError(
            f"{name}: more than {_LIMIT >> 20} million characters of markup; save the article's text alone"
        )
    if markup.count("<") > _TAGS:
        raise SourceError(f"{name}: more than {_TAGS:,} tags, not a notice's page; save the article's text alone")
    tree = HTMLTree.parse(_CHARSET.sub("", markup))
    meta = _meta(tree)
    if tree.body is None:
        return "", meta
    page = Page(without(tree.body.html, selector("furniture")))
    article = _article(page)
    body = render(page.of(article) if article else _unframed(page))
    head = _head(page, article, body, meta)
    return "\n".join([*head, body]) if head else body, meta


class Page:
    """A body's markup with its elements, and how many sentences each holds."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.elements = elements(markup)
        self._stops = [m.start() for m in re.finditer("。", markup)]

    def of(self, element: Element) -> str:
        """The markup of an element."""
        return self.markup[element.start : element.end]

    def sentences(self, element: Element) -> int:
        """How many sentences end in an element."""
        return bisect_left(self._stops, element.end) - bisect_left(self._stops, element.start)

    def chosen(self, group: str) -> Iterator[Element]:
        """The elements that a group of selectors asks for, in order."""
        asked = selector(group)
        return (element for element in self.elements if element in asked)


def _meta(tree: Any) -> dict[str, str]:
    stated: dict[str, str] = {}
    links: dict[str, str] = {}
    for tag in _META.finditer(tree.document.html if tree.head is None else tree.head.html):
        said = {key.lower(): unescape(value) for key, value in _ATTRIBUTE.findall(tag[2])}
        if tag[1] == "meta":
            key = said.get("name") or said.get("property") or said.get("itemprop") or ""
            stated.setdefault(key.lower(), " ".join(said.get("content", "").split()))
        elif said.get("rel") == "canonical":
            links["url"] = said.get("href", "")
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


def _article(page: Page) -> Element | None:
    """The element of a known template that holds the article; None where the page has none."""
    total = page.sentences(page.elements[0])
    if not total:
        return page.elements[0]
    known = [(page.sentences(e), e.start - e.end, e) for e in page.chosen("content")]
    # the innermost that holds nearly all sentences of the page, else the one with most of them
    whole = [k for k in known if k[0] >= _ALL * total]
    if whole:
        return max(whole, key=lambda k: k[1])[2]
    if known and (best := max(known, key=lambda k: k[:2]))[0] >= _ENOUGH * total:
        return best[2]
    return None


def _unframed(page: Page) -> str:
    """The markup of the smallest element that holds most of the prose, heads and feet of the page aside."""
    inner = Page(without(page.markup, selector("frame")))
    if inner.sentences(inner.elements[0]) * 2 < page.sentences(page.elements[0]):
        inner = page
    return inner.of(_densest(inner))


def _densest(page: Page) -> Element:
    """Go down while one child holds nearly all sentences of the page; stop where they spread over children."""
    chosen, total = 0, page.sentences(page.elements[0])
    for index, element in enumerate(page.elements):
        if element.parent == chosen and page.sentences(element) >= _ALL * total:
            if element.tag in _WITHIN:
                break
            chosen = index
    return page.elements[chosen]


def _head(page: Page, article: Element | None, body: str, meta: dict[str, str]) -> list[str]:
    """Headline and line of date and source, where they stand outside the article's element."""
    title = meta.get("title", "")
    if not title:
        lines = (" ".join(render(page.of(e)).split()) for e in page.chosen("headline") if e.end - e.start <= 4000)
        title = next((line for line in lines if 4 <= len(line) <= 120), "") or _page_title(meta.get("page_title", ""))
    head = [title] if title and title not in body[:2000].replace("\n", "") else []
    for element in page.chosen("byline"):
        if (article and article.start <= element.start < article.end) or element.end - element.start > 8000:
            continue
        text = " ".join(line.strip() for line in render(page.of(element)).split("\n") if line.strip())
        if text and len(text) <= 300 and re.search(r"\d{4}\D\d{1,2}\D\d{1,2}|来源|來源", text) and text not in body:
            return [*head, text]
    for dated in _DATED.finditer(page.markup):  # a byline in an element of no known class
        text = " ".join(render(dated[1]).split())
        if _BYLINE.search(text) and text not in body:
            return [*head, text]
    return head


def _page_title(text: str) -> str:
    """A window title without the site's name after it ('…公告_某市生态环境局' -> '…公告')."""
    first = re.split(r"\s*[_|]\s*|\s+[-–—]+\s+|-{2,}|(?<=[\u4e00-\u9fff”）])-(?=[\u4e00-\u9fff])", text)[0].strip()
    return first if len(first) >= 6 else ""
