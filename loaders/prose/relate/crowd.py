"""Who came to a meeting by a list's own words: classes (各片, 12家砂石企业) and bodies that no recogniser has named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from loaders.prose.page import Entity, Span, Statement
from loaders.prose.relate.events import Event
from loaders.prose.relate.named import Named
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import Slots


class Crowd:
    """The members of lists of those present that only the words of tables/meetings.toml, `crowd`, name."""

    def __init__(self, slots: Slots) -> None:
        self.slots, self.named = slots, Named.of(slots)
        self._rows = table("meetings").sieve("crowd").over(slots.page.text)

    def classes(self, span: Span) -> list[tuple[Row, Span]]:
        """Members in a span of the page, in order, that no mention of one thing covers."""
        found = [(row, Span(*m.span("C"))) for row, m in self._rows.matches(span.start, span.end)]
        bodies = any(k.kind == "A" for k in self.slots.marks_in(span.start, span.end))  # beside whom a body stands
        kept = [(r, s) for r, s in found if (bodies and self._unread(s) if r.fields.get("one") else self._free(s))]
        return sorted(kept, key=lambda f: f[1].start)

    def _unread(self, span: Span) -> bool:
        around = self.slots.marks_in(span.start - 40, span.end + 40)
        return not any(k.span.start < span.end and span.start < k.span.end for k in around)

    def _free(self, span: Span) -> bool:
        """Whether nothing is mentioned there but parts of a class ('各县区' in '各县区分局') and of its heads ('12家[企业负责人]')."""
        first = self.slots.run(span.start)
        around = self.slots.marks_in(first.span.start if first else span.start, span.end + 20)
        heads = (
            {h.span for h in first.heads} if first else set()
        )  # '[22个村][党组织书记]': the head is the class of people
        return all(
            k.generic and (k.span not in heads or k.span != span) and (k.span.within(span) or k.kind == "T")
            for k in around
            if k.span.start < span.end and span.start < k.span.end
        )

    def statements(self, span: Span, row: Row, event: Event, m: re.Match[str]) -> Iterator[Statement]:
        """What a verb of ``row``, matched by ``m``, says of the members in ``span``, which it follows."""
        for of, words in self.classes(span):
            name = self.slots.page.quote(words)
            one = Entity("Agency", name) if of.fields.get("one") else None
            who = one or self.named.generic(name, words, acts=True)
            for kind in row.fields.get("bodies", ()):
                yield Statement(who, kind, event.entity, (words.joined(Span(*m.span())),), row.name, 0.8)


def sent(run: Run) -> Iterator[Entity]:
    """The bodies whose unnamed officials came: '石桥镇、大因镇分管副镇长' came for both."""
    for before, mark in pairwise(run.marks):
        if mark in run.heads and mark.kind == "T" and mark.generic and before.span.end == mark.span.start:
            yield from before.entities if before.kind in "AR" else ()
