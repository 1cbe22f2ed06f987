"""Cut a cleaned page into paragraphs, sentences and clauses.

A sentence ends at 。！？ with the closing quotation marks and brackets behind it, or with its paragraph; a clause
ends at ；. A quoted speech of several sentences is cut inside the quotation, and every span still quotes its words
exactly. Marks inside numbers, times and addresses are ASCII in cleaned text (PM2.5, 13:14, No.) and end nothing.
An item's number ('（一）', '1.', '一是') is part of its sentence.
"""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.prose.page import Page, Sentence, Span
from loaders.words import NOT_DECIMAL

_OPEN, _INSIDE, _SHUT = r"[（\[【]", r"[^（）\[\]【】\n]{0,160}", r"[）\]】]"
_STOPPED = rf"{_INSIDE}(?<=[。！？]){_SHUT}"  # '（甲牵头。乙配合。）' ends a sentence, '（甲牵头。乙配合）' goes on
_SENTENCE = lazy(
    rf"(?:[^\n。！？（\[【]|{_OPEN}{_INSIDE}(?<![。！？]){_SHUT}|{_OPEN}(?!{_STOPPED}))*+"
    rf"(?:{_OPEN}{_STOPPED}|[。！？]+[”’）》】〕\"]*|$)"
)
_CLAUSE = lazy(
    r"(?:[^；（]|（联系(?:人|电话|方式)[^（）\n]{0,60}）|（)*+(?:；|$)"
)  # '（联系人：某某；电话：…）' is one
_LINES = lazy(r"[^\n]+")

_STYLES = (  # how items are numbered, a pattern each: items of one list share one
    r"[一二三四五六七八九十百]{1,4}[、.]",
    r"[（(][一二三四五六七八九十]{1,3}[）)]",
    rf"\d{{1,2}}[、.]{NOT_DECIMAL}",
    r"(?:[（(]\d{1,2}|\d{1,2})[）)]",
    r"[①-⑳]",
    r"第[一二三四五六七八九十百]+[章节条款编]",
    r"[一二三四五六七八九十]{1,2}是|其[一二三四五六七八九十][，是]|首先，|其次，|再次，|最后，",
    r"[一二三四五六七八九十]{1,2}要",
)
_DIRECTIVE = len(_STYLES)  # '一要完善预案。' is short and numbered, and says what to do: no heading
_NUMBERED = lazy("|".join(f"({style})" for style in _STYLES))
_SHORT = lazy(r"[\t ]*(?!要|须|应|必须|务必|严禁|不得|请)[^，；：。！？]{2,30}。?$")  # '难度更大。' '道路扬尘。'
_ENDED = lazy(r"[。！？；：，、…][”’）》】]*$")
_LONGEST = 60  # characters of a heading


def cut(page: Page) -> Page:
    """Set ``page.paragraphs`` and ``page.sentences`` from ``page.text`` and answer the page.

    Every character that is not white space lies in exactly one sentence, and every one of a sentence in one clause;
    spans are 0-based code points of ``page.text``, end exclusive, without white space at their ends.
    """
    page.paragraphs = tuple(Span(m.start(), m.end()) for m in _LINES.finditer(page.text))
    runs = [(number, span) for number, p in enumerate(page.paragraphs) for span in _runs(page.text, p, _SENTENCE)]
    headings = _headings([page.quote(span) for _, span in runs], [number for number, _ in runs])
    page.sentences = tuple(
        Sentence(span, tuple(_runs(page.text, span, _CLAUSE)), number, heading)
        for (number, span), heading in zip(runs, headings, strict=True)
    )
    return page


def number_of(sentence: str) -> str:
    """The number with which an item begins: '（一）', '一、', '1.', '一是', '第三条'; '' where there is none."""
    found = _NUMBERED.match(sentence)
    return found[0] if found else ""


def _headings(sentences: list[str], paragraphs: list[int]) -> list[bool]:
    """Which sentences head what follows.

    Without a number: one that ends in no mark and is all of its paragraph. With one: a short one without a comma
    ('一是深化思想认识。'), or one that ends in no mark, where text follows it; where the next item of its own list
    follows at once it is an item, and the last of a list is what those before it are.
    """
    numbers = [_NUMBERED.match(s[:12]) for s in sentences]
    styles = [n.lastindex or 0 if n else 0 for n in numbers]
    found: list[bool] = []
    said: dict[int, bool] = {}  # by style of number: what the last item of it was
    for i, sentence in enumerate(sentences):
        style, number = styles[i], numbers[i]
        first = i == 0 or paragraphs[i - 1] != paragraphs[i]
        alone = first and (i + 1 == len(sentences) or paragraphs[i + 1] != paragraphs[i])
        open_ended = alone and len(sentence) <= _LONGEST and not _ENDED.search(sentence) and "\t" not in sentence
        if not number:
            found.append(open_ended)
            continue
        heading = (open_ended or bool(_SHORT.match(sentence, number.end()))) and style != _DIRECTIVE
        if heading:
            follower = styles[i + 1] if i + 1 < len(sentences) else -1
            if follower == style or (i and styles[i - 1] == style and not found[-1]):
                heading = False
            elif follower == -1 or follower in said:
                heading = said.get(style, False)
        said[style] = heading
        found.append(heading)
    return found


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
