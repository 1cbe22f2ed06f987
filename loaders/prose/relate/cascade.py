"""Targets that secure one another (以周保月、以月保季) and the scheme they are part of (三保三包)."""

from __future__ import annotations

from kg.lazy import lazy
from kg.vocabulary import vocabulary
from loaders.prose.page import Entity, Page, Sentence, Span, Statement
from loaders.prose.relate.rows import table
from loaders.prose.relate.scheme import Schemes

_SPACES = lazy("[“”\"' ]")


def relate(page: Page) -> list[Statement]:
    """SECURES between the targets of two periods, and PART_OF_SCHEME where the paragraph names the scheme."""
    if "保" not in page.text and "促" not in page.text:
        return []
    rows = table("cascade").sieve("secures").over(page.text)
    about = Schemes(page)
    steps: dict[str, Entity] = {}
    out: list[Statement] = []
    seen: set[tuple[str, str]] = set()
    part_of: set[tuple[int, str]] = set()
    for before, sentence in zip((None, *page.sentences), page.sentences, strict=False):
        found = rows.matches(sentence.span.start, sentence.span.end)
        for row, m in sorted(found, key=lambda x: x[1].start()):
            a, b = (_step(steps, m[g]) for g in "ab")
            if a is b or (a.name, b.name) in seen:
                continue
            seen.add((a.name, b.name))
            span = Span(*m.span())
            out.append(Statement(a, "SECURES", b, (span,), row.name))
            for scheme, where in _schemes(page, sentence, before) or _about(about, m.start()):
                for x in (a, b):
                    if (id(x), scheme.name) not in part_of:
                        part_of.add((id(x), scheme.name))
                        out.append(Statement(x, "PART_OF_SCHEME", scheme, (span, *where), row.name))
    return out


def _step(steps: dict[str, Entity], word: str) -> Entity:
    """The target of a period, one thing a page whatever its spelling."""
    name = next((r.name for r in table("cascade")["same"] if r.pattern.search(word)), word)
    step = steps.setdefault(name, Entity("Target", name, [], "", {"period": name}))
    if word != name and word not in step.aliases:
        step.aliases.append(word)
    return step


def _schemes(page: Page, sentence: Sentence, before: Sentence | None) -> list[tuple[Entity, tuple[Span, ...]]]:
    """The schemes that a sentence names, or the one before it in its paragraph, with where."""
    out: list[tuple[Entity, tuple[Span, ...]]] = []
    start = sentence.span.start
    if before is not None and "\n" not in page.text[before.span.start : start]:
        start = before.span.start
    for scheme in vocabulary().schemes:
        for name in (scheme.name, *scheme.alt_labels):
            at = page.text.find(name, start, sentence.span.end)
            if at >= 0:
                out.append((Entity("Scheme", scheme.name), (Span(at, at + len(name)),)))
                break
    return out


def _about(about: Schemes, at: int) -> list[tuple[Entity, tuple[Span, ...]]]:
    """The scheme that the page or its section is about."""
    found = about.of(at)
    return [(Entity("Scheme", found[0]), found[1])] if found else []
