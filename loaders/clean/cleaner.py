"""Document to cleaned page, in numbered steps; each step leaves the map back to the original exact."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.errors import KgError
from kg.lazy import lazy
from loaders.clean import front, values
from loaders.clean import lines as kinds
from loaders.clean.characters import HAN, normal
from loaders.clean.lines import Line
from loaders.clean.minutes import day_of_minutes
from loaders.clean.paragraphs import Paragraph, first_copies, joined
from loaders.clean.parted import parted
from loaders.clean.reopened import reopened
from loaders.clean.spaces import spaced
from loaders.clean.traced import Traced
from loaders.prose.page import Meta, Page, Span
from loaders.source.document import Document


@dataclass(frozen=True, slots=True)
class Ignored:
    """A run of the original that is not the notice's body, and why (menu, headline, front matter, foot, repeat …)."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page with the way back to the original characters.

    ``page.text`` is the body, one paragraph a line; ``page.paragraphs`` are set, sentences not yet. ``title_at`` is
    where the headline stands in the original (start, end), None where it came from markup or there is none.
    ``ignored`` are the runs left out, in order. ``hints`` are names beside the notice that may settle whose it is
    (the site's, the copyright owner's), simplified.
    """

    page: Page
    document: Document
    trace: Traced
    title_at: tuple[int, int] | None = None
    ignored: tuple[Ignored, ...] = ()
    hints: tuple[str, ...] = ()

    def original(self, span: Span) -> tuple[int, int]:
        """0-based code points of ``document.text``, end exclusive, that a span of ``page.text`` was made from.

        What clean-up took from within the span (a gloss, a space in a name, a line break) is in the range.
        """
        return self.trace.original(span.start, span.end)

    def quote(self, span: Span) -> str:
        """The original's own characters under a span."""
        start, end = self.original(span)
        return self.document.text[start:end]


def clean(document: Document, *, place: str = "", publisher: str = "", published: str = "") -> Cleaned:
    """Clean a document: simplified script, one body, one form of every character, front matter in ``page.meta``.

    ``publisher`` and ``published`` (a date in any usual form) fill what the notice leaves out; ``place`` is taken
    as it is. Raises KgError for a ``published`` that is no date.
    """
    given = values.iso_date(published) if published else ""
    if published and not given:
        raise KgError(f"published {published!r}: not a date; give it as YYYY-MM-DD")
    # 1. forms of characters and script; 2. lines that were lost; white space
    traced = spaced(reopened(normal(parted(Traced.of(document.text)))))
    every = kinds.split(traced, document.text)
    markup = {key: _plain(value) for key, value in document.meta.items() if key != "url"}
    # 3. what stands beside the notice; 4. front matter and headline
    kinds.beside(every)
    headline = front.mark_front(every, markup.get("title", ""))
    # 5. paragraphs broken over lines; 6. repeats
    paragraphs = first_copies(joined(every))
    # 7. reporters' names within paragraphs; 8. the body
    cuts = [(p, _bylines(p)) for p in paragraphs]
    body = traced.chosen(_pieces(cuts))
    meta = _meta(every, headline, markup, document, body.text, Meta(publisher=publisher, published=given, place=place))
    page = Page(body.text, meta, _spans(body.text), remarks=list(document.remarks), parted=_parted(body, document.text))
    title_at = traced.original(headline[0].start, headline[-1].end) if headline else None
    return Cleaned(
        page,
        document,
        body,
        title_at,
        tuple(_ignored(every, cuts, traced)),
        (*_hints(every, markup), *_papers(cuts, traced)),
    )


def _parted(body: Traced, original: str) -> frozenset[int]:
    """Offsets of the body's characters that a space which is gone parted from the one before; a wider one behind another is
    no padding ('高 凡  图片')."""
    found: dict[int, int] = {}
    for gap in _SPACE.finditer(original):
        i, width = bisect_left(body.at, gap.end()), gap.end() - gap.start()
        met = 0 < i < len(body.at) and body.at[i] == gap.end() and body.at[i - 1] == gap.start() - 1
        if met and width <= found.get(i - 1, width):
            found[i] = width
    return frozenset(found)


def _plain(value: str) -> str:
    return spaced(normal(Traced.of(value))).text


def _bylines(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Runs of the normalised page that name reporters; a broken paragraph is looked at line by line."""
    return [(line.start + a, line.start + b) for line in paragraph for a, b in kinds.inline_bylines(line.text)]


def _pieces(cuts: list[tuple[Paragraph, list[tuple[int, int]]]]) -> Iterator[tuple[int, int] | str]:
    first = True
    for paragraph, left_out in cuts:
        spans = [s for line in paragraph for s in _minus(line.start, line.end, left_out)]
        if not spans:
            continue
        if not first:
            yield "\n"
        first = False
        for i, span in enumerate(spans):
            yield span
            if i + 1 < len(spans) and _words_meet(paragraph, span, spans[i + 1]):
                yield " "


def _minus(start: int, end: int, holes: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for a, b in holes:
        if start <= a < b <= end:
            if a > start:
                yield start, a
            start = b
    if end > start:
        yield start, end


def _words_meet(paragraph: Paragraph, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether a line break parted two Latin words."""
    text = {line.start: line.text for line in paragraph}
    ends = next((line.text[-1:] for line in paragraph if line.end == left[1]), "")
    begins = text.get(right[0], "")[:1]
    return ends.isascii() and ends.isalpha() and begins.isascii() and begins.isalpha()


def _spans(text: str) -> tuple[Span, ...]:
    return tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))


_SPACE = lazy(rf"(?<=[{HAN}])[ \u3000\xa0]{{1,3}}(?=[{HAN}])")
_PIECE = lazy(r"[ \t]*(?:篇|第)[0-9一二三四五六七八九十]{1,3}篇?$")  # of a site's collection: '某方案 篇1'


def _meta(
    every: list[Line], headline: list[Line], markup: Mapping[str, str], document: Document, body: str, given: Meta
) -> Meta:
    """Front matter by trust: markup, labels, signature, then what the analyst gives for what is left out."""
    said = front.labelled(every)
    signer, signed = front.signature(every)
    title = markup.get("title") or "".join(line.text for line in headline) or said.get("title", "")
    title = _PIECE.sub("", title)
    publisher = said.get("publisher") or values.publisher_of(markup.get("publisher", "")) or signer
    if signer.endswith(publisher):  # the signature gives the body in full
        publisher = signer
    number = markup.get("doc_number") or said.get("doc_number", "")
    return Meta(
        title=title,
        published=values.iso_date(markup.get("published", ""))
        or said.get("published")
        or signed
        or given.published
        or _first_day(every),
        publisher=publisher or values.issuer(title) or given.publisher,
        doc_number=values.number_form(number),
        url=values.address(document.meta, document.text),
        kind="评论" if _opinion(every, headline) else values.kind_of(title, body[:300]),
        place=given.place,
    )


def _opinion(every: list[Line], headline: list[Line]) -> bool:
    """Whether what stands above the headline says that the article is an opinion."""
    above = every[: every.index(headline[0])] if headline else []
    return any(values.opinion(line.text) for line in above)


def _first_day(every: list[Line]) -> str:
    """The day of a body's first lines that are but a day, for a notice that gives no other."""
    short = [line.text for line in every if line.role == kinds.BODY][:3]
    days = (day for text in short if len(text) <= 14 and (day := values.iso_date(text)))
    return next(days, "") or day_of_minutes(every)


def _ignored(
    every: list[Line], cuts: list[tuple[Paragraph, list[tuple[int, int]]]], traced: Traced
) -> Iterator[Ignored]:
    runs = [(line.start, line.end, line.role) for line in every if line.role != kinds.BODY]
    runs += [(a, b, kinds.BYLINE) for _, left_out in cuts for a, b in left_out]
    for start, end, why in sorted(runs):
        yield Ignored(*traced.original(start, end), why)


_OWNER = lazy(
    r"(?:版权所有|主办单位|主办|网站主办|Copyright)[：©\s]*([\u4e00-\u9fff]{4,30}?)(?:办公室)?"
    r"(?=[\s。]|未经|地址|承办|网站|$)"
)
_SECTION = lazy(
    r"(?<=[>》：])[\s>]*([\u4e00-\u9fff]{1,7}[县市区旗州盟])(?=\s*(?:>|$))"
)  # a site's section of a division


def _papers(cuts: list[tuple[Paragraph, list[tuple[int, int]]]], traced: Traced) -> Iterator[str]:
    """What stood at the beginning of the report and ends in 讯 ('石桥融媒讯')."""
    for paragraph, left_out in cuts[:3]:
        for a, b in left_out[:1]:
            if a == paragraph[0].start and (word := traced.text[a:b].strip()).endswith("讯"):
                yield word


_MASTHEAD = 24  # '某县某乡某村村务公开栏', '新疆生产建设兵团第二师三十四团'


def _hints(every: list[Line], markup: Mapping[str, str]) -> tuple[str, ...]:
    found = [markup["site"]] if markup.get("site") else []
    found += [m[1] for line in every if line.role == kinds.FOOT for m in _OWNER.finditer(line.text)]
    for line in every:
        if line.role == kinds.CRUMB:  # '首页 > 某市 > 某县 > 正文': the narrowest first
            found += reversed(_SECTION.findall(line.text))
    if every and every[0].role == kinds.MENU and len(every[0].text) <= _MASTHEAD:
        found.append(every[0].text)
    found += [place for line in every if line.role == kinds.MENU and (place := kinds.weather_of(line.text))]
    return tuple(dict.fromkeys(found))
