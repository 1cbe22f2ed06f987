"""Who has which topics in their portfolio (分管大气污染防治的副县长). Rows in tables/portfolio.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lazy import lazy
from kg.sieve import compiled
from kg.vocabulary import vocabulary
from loaders.prose.page import Entity, Meta, Page, Span, Statement
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.subject import Clauses
from loaders.prose.relate.topics import Topics

_NEAR = 40
_HAN = "[\u4e00-\u9fff]"
_BEFORE = (
    f"(?:(?<!{_HAN})|(?<=[及和与抓])|(?<=[分协主]管)|(?<=负责|承担|牵头|做好|领导|统筹|指导|推进|组织)"
    "|(?<=全[县市区省州旗镇乡])|(?<=全[县市区省州旗镇乡]的))"
)  # where a field's name may begin: '分管农业农村', not '新农村'
_MORE = "方面|领域|条线|系统|事业|事务|管理|建设|改革|发展|监管|监督|保障|服务|规划|执法"
_BEHIND = f"(?=(?:{_MORE}){{0,2}}(?:的)?(?:各项|有关|相关|日常|具体)?(?:工作|[和与及等]|以及|(?!{_HAN})))"
_LIAISON = lazy(
    "(?<![分主协]管)(?<!管[和、及])联系(?![和、及]?[分协]管)(?:(?!，?(?:负责|分管|协管|主管|协助|牵头|承担))[^。；\n])*"
)  # '联系气象、税务工作': whom one keeps in touch with, no part of the portfolio


def relate(page: Page) -> list[Statement]:
    """HAS_PORTFOLIO of persons by name; what an unnamed 副县长 has is nobody's until a notice says whose."""
    if not any(word in page.text for word in ("管", "负责", "协助", "配合")):
        return []
    slots = Slots.of(page)
    clauses = Clauses.of(slots)
    found: dict[tuple[int, str], Statement] = {}
    for row, m in table("portfolio").sieve("rows").over(slots.text).matches():
        run = slots.run(m.start("S")) if "S" in m.re.groupindex else clauses.subject(m.start())
        if run is None:
            continue
        said = Span(*m.span())
        apart = not 0 <= said.start - run.span.end < _NEAR  # whoever it is of is in the words, or quoted beside them
        spans = tuple(sorted((run.span, said))) if apart and "S" not in m.re.groupindex else (run.span.joined(said),)
        people = run.people
        for who in people[:1] if row.fields.get("first") else people[-1:]:
            for topic in fields(m["T"]):
                made = Statement(who, "HAS_PORTFOLIO", topic, spans, row.name, row.confidence)
                found.setdefault((id(who), topic.name), made)
    return sorted(found.values(), key=lambda s: s.spans)


def fields(words: str) -> Iterator[Entity]:
    """The topics, and the fields of government work, that words of a portfolio name, each once, in their order."""
    words = _LIAISON.sub(lambda m: "；" * len(m.group()), words)
    found: list[tuple[int, str]] = []
    for m in _of_government().finditer(words):
        found.append((m.start(), _notations()[m.group()]))
        words = f"{words[: m.start()]}{'；' * len(m.group())}{words[m.end() :]}"  # '信访' is a field here, and no topic
    for topic, at in Topics(Page(words, Meta())).within(Span(0, len(words))):
        found.append((at.start, str(topic.props["notation"])))
    for row, m in table("portfolio").sieve("fields").over(words).matches():
        found.append((m.start(), row.name))
    known = vocabulary()
    names = {topic.notation: topic.name for topic in (*known.topics, *known.fields)}
    for notation in dict.fromkeys(notation for _, notation in sorted(found)):
        yield Entity("Topic", names[notation], [], "", {"notation": notation})


@cache
def _notations() -> dict[str, str]:
    """The field that each of their words names."""
    return {word: field.notation for field in vocabulary().fields for word in (field.name, *field.alt_labels)}


@cache
def _of_government() -> re.Pattern[str]:
    words = "|".join(sorted(_notations(), key=len, reverse=True))
    return compiled(f"{_BEFORE}(?:{words}){_BEHIND}")
