"""Cut a cleaned page into paragraphs, sentences and clauses.

A sentence ends at 。！？ with the closing quotation marks and brackets behind it, or with its paragraph; a clause ends at ；.
A quoted speech of several sentences is cut inside the quotation, and every span still quotes its words exactly. Marks inside numbers,
times and addresses are ASCII in cleaned text (PM2.5, 13:14, No.) and end nothing. An item's number ('（一）', '1.', '一是') is part of its
sentence.
"""

from __future__ import annotations

import re

from loaders.prose.page import Page, Sentence, Span

_SENTENCE = re.compile(r"[^\n。！？]*(?:[。！？]+[”’）》】〕\"]*|$)")
_CLAUSE = re.compile(r"[^；]*(?:；|$)")
_LINES = re.compile(r"[^\n]+")

_NUMBER = (
    r"(?:第?[一二三四五六七八九十百]+[、.章节条款编]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.)）](?!\d)|[①-⑳]"
    r"|[一二三四五六七八九十]{1,2}是|其[一二三四五六七八九十][，是])"
)
_NUMBERED = re.compile(rf"{_NUMBER}[\t ]*")
_HEADED = re.compile(rf"{_NUMBER}[^，；：。！？]{{2,30}}。$")  # '（二）难度更大。' '一是深化思想认识。' '2.道路扬尘。'
_ENDED = re.compile(r"[。！？；：，、…][”’）》】]*$")
_LONGEST = 60  # characters of a heading without a number


def cut(page: Page) -> Page:
    """Set ``page.paragraphs`` and ``page.sentences`` from ``page.text`` and answer the page.

    Every character that is not white space lies in exactly one sentence, and every one of a sentence in one clause; spans are
    0-based code points of ``page.text``, end exclusive, without white space at their ends.
    """
    page.paragraphs = tuple(Span(m.start(), m.end()) for m in _LINES.finditer(page.text))
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(page.paragraphs):
        spans = _runs(page.text, paragraph, _SENTENCE)
        for span in spans:
            clauses = tuple(_runs(page.text, span, _CLAUSE))
            sentences.append(Sentence(span, clauses, number, is_heading(page.text[span.start : span.end], len(spans) == 1)))
    page.sentences = tuple(sentences)
    return page


def number_of(sentence: str) -> str:
    """The number with which an item begins: '（一）', '一、', '1.', '一是', '第三条'; '' where there is none."""
    found = _NUMBERED.match(sentence)
    return found[0].rstrip() if found else ""


def is_heading(sentence: str, alone: bool) -> bool:
    """Whether a sentence heads what follows; ``alone``: it is all of its paragraph.

    A short numbered one without a comma is a heading wherever it stands ('一是深化思想认识。'); one that ends in no mark is where it
    stands alone ('一、认清形势，提高站位').
    """
    if _HEADED.match(sentence):
        return True
    return alone and len(sentence) <= _LONGEST and not _ENDED.search(sentence) and "\t" not in sentence


def _runs(text: str, within: Span, pattern: re.Pattern[str]) -> list[Span]:
    """Matches of a pattern that tiles the text, without empty ones and without white space at their ends."""
    found: list[Span] = []
    for match in pattern.finditer(text, within.start, within.end):
        start, end = match.span()
        while start < end and text[start] in " \t":
            start += 1
        while end > start and text[end - 1] in " \t":
            end -= 1
        if end > start:
            found.append(Span(start, end))
    return found
