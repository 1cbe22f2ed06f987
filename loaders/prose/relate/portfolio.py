"""Who has which topics in their portfolio (分管大气污染防治的副县长). Rows in tables/portfolio.toml."""

from __future__ import annotations

from collections.abc import Iterator

from kg.vocabulary import vocabulary
from loaders.prose.page import Entity, Meta, Page, Span, Statement
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.subject import Clauses
from loaders.prose.relate.topics import Topics

_NEAR = 40


def relate(page: Page) -> list[Statement]:
    """HAS_PORTFOLIO of persons by name; what an unnamed 副县长 has is nobody's until a notice says whose."""
    if "管" not in page.text:
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
    """The topics that words of a portfolio name, each once."""
    seen = dict.fromkeys(
        str(topic.props["notation"]) for topic, _ in Topics(Page(words, Meta())).within(Span(0, len(words)))
    )
    seen |= dict.fromkeys(row.name for row, _ in table("portfolio").sieve("fields").over(words).matches())
    names = {topic.notation: topic.name for topic in vocabulary().topics}
    for notation in seen:
        yield Entity("Topic", names[notation], [], "", {"notation": notation})
