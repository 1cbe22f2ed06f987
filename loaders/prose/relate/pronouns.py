"""Whom a pronoun means that is the subject of a verb: '她督促…'."""

from __future__ import annotations

from loaders.prose.relate.runs import Run
from loaders.prose.relate.subject import Clauses


def he(clauses: Clauses, at: int) -> Run | None:
    """Whom 他 or 她 means at an offset: the person with whom a sentence of its paragraph begins, the nearest before; None
    where that sentence begins with somebody who is no person."""
    i = clauses.index(at)
    while i > 0 and clauses.sentences[i - 1].paragraph == clauses.sentences[i].paragraph:
        i -= 1
        for segment in clauses.segments(clauses.sentences[i].clauses[0]):
            run = clauses.opening(segment)
            if run is not None:
                return run if run.people else None
    return None
