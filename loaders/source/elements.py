"""The elements of a page as places in its markup, found in one pass.

The parser's own lists of elements are queried anew at every step of a loop, so that a loop over a few thousand takes
minutes. Its serialised markup is balanced and quoted, and one pass over that takes a time that grows with its length.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][^\s/>]*)((?:[^>\"]|\"[^\"]*\")*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r'(id|class|itemprop|style)="([^"]*)"')
_HIDDEN = re.compile(r"\shidden(?:=|\s|/|$)")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_RAW = frozenset(("script", "style", "iframe", "noembed", "noframes", "xmp", "textarea", "title"))
_SELECTOR = re.compile(r"(?P<tag>[a-z][\w-]*)?(?:\.(?P<klass>[\w-]+)|#(?P<id>[\w-]+)|\[itemprop=(?P<prop>\w+)\])?")


@dataclass(slots=True)
class Element:
    """An element: its markup stands at ``start``..``end``; ``parent`` is its parent's index in the list, or -1."""

    tag: str
    id: str
    classes: tuple[str, ...]
    prop: str
    hidden: bool
    parent: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Selector:
    """What a list of selectors asks for: tag, .class, #id, tag.class, tag#id or [itemprop=name] each."""

    tags: frozenset[str]
    ids: frozenset[str]
    classes: frozenset[str]
    props: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, selectors: Collection[str]) -> Selector:
        """Read selectors; ValueError names one that is of another form."""
        tags, ids, classes, props, pairs = set[str](), set[str](), set[str](), set[str](), set[tuple[str, str]]()
        for selector in selectors:
            found = _SELECTOR.fullmatch(selector)
            if found is None:
                raise ValueError(f"selector {selector!r}: not one of tag, .class, #id, tag.class, [itemprop=name]")
            tag, klass, mark, prop = found["tag"], found["klass"], found["id"], found["prop"]
            if tag and (klass or mark):
                pairs.add((tag, klass or mark))
            elif tag:
                tags.add(tag)
            elif klass:
                classes.add(klass)
            elif mark:
                ids.add(mark)
            else:
                props.add(prop)
        return cls(frozenset(tags), frozenset(ids), frozenset(classes), frozenset(props), frozenset(pairs))

    def __contains__(self, element: Element) -> bool:
        return (
            element.tag in self.tags
            or bool(element.id and element.id in self.ids)
            or bool(element.classes and not self.classes.isdisjoint(element.classes))
            or bool(element.prop and element.prop in self.props)
            or bool(self.pairs and any((element.tag, x) in self.pairs for x in (element.id, *element.classes)))
        )


def elements(markup: str) -> list[Element]:
    """All elements of serialised HTML, in order of their start."""
    found: list[Element] = []
    stack: list[int] = []
    place = 0
    while match := _TAG.search(markup, place):
        place = match.end()
        name = (match[2] or "").lower()
        if not name:
            continue
        if match[1]:
            while stack:
                top = found[stack.pop()]
                top.end = place
                if top.tag == name:
                    break
            continue
        found.append(_element(name, match[3], stack[-1] if stack else -1, match.start(), place))
        if name in _RAW:
            close = markup.find(f"</{name}", place)
            place = markup.find(">", close) + 1 if close >= 0 else len(markup)
            found[-1].end = place = place or len(markup)
        elif name not in _VOID:
            stack.append(len(found) - 1)
    for index in stack:
        found[index].end = len(markup)
    return found


def _element(name: str, attributes: str, parent: int, start: int, end: int) -> Element:
    said = dict(_ATTRIBUTE.findall(attributes)) if attributes else {}
    style = said.get("style", "").replace(" ", "").lower()
    hidden = "display:none" in style or ("hidden" in attributes and bool(_HIDDEN.search(attributes)))
    return Element(
        name,
        said.get("id", ""),
        tuple(said.get("class", "").split()),
        said.get("itemprop", ""),
        hidden,
        parent,
        start,
        end,
    )


def without(markup: str, leave_out: Selector) -> str:
    """The markup without hidden elements and those that a selector asks for."""
    pieces: list[str] = []
    place = 0
    for element in elements(markup):
        if element.start >= place and (element.hidden or element in leave_out):
            pieces.append(markup[place : element.start])
            place = element.end
    pieces.append(markup[place:])
    return "".join(pieces)
