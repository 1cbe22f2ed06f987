"""Cells that say themselves who is what: '牵头单位：甲；配合：乙', '【督办】丙', '由甲牵头，乙、丙配合'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from kg.lazy import lazy
from loaders.lists.cell import trimmed
from loaders.lists.words import Meaning, inside_roles, meaning, nothings, plain_header

_AROUND = " \n　：，、；。"  # marks around what a label gives a role
_NUMBER = r"(?:[\d一二三四五六]{1,2}[.．、])?"
_WORD = r"[\u4e00-\u9fff（）/]{2,14}?"
_LABEL = lazy(
    rf"(?:^|(?<=[、，；。\n 　])){_NUMBER}({_WORD})(?:：|(?=\n))|(?:^|(?<=\n)){_NUMBER}(?:【({_WORD})】|（({_WORD})）|\[({_WORD})\])：?"
)
_KIND = lazy(r"(?:单位|部门|机关|主体|负责人|责任人)$")
OWN = Meaning("own")  # of a label that says only what they are ('施工单位'): their role is the column's
_CLAUSE = lazy(r"[^，；。\n]+")
_BY = lazy(r"^[\s\d.．、]*(?:由|请)?")


def labelled(text: str, of: str) -> list[tuple[int, int, str, Meaning | None]]:
    """The runs of a cell's words that a label or a verb in the cell gives a role: (start, end, label, what that means, None for
    the run before the first label). Nothing where the cell has no such words. ``of`` is what its column holds."""
    if len(text) < 5 or not _marks().search(text):
        return []
    labels = (m for m in _LABEL.finditer(text) if _whole(m.group(m.lastindex or 1)))
    found = [(m, said) for m in labels if (said := _meaning(m.group(m.lastindex or 1), of))]
    if not found:
        return list(_verbs(text, of))
    runs: list[tuple[int, int, str, Meaning | None]] = []
    if found[0][0].start() > 0:
        runs.append((0, found[0][0].start(), "", None))
    for (m, said), after in zip(found, [*found[1:], None], strict=True):
        end = after[0].start() if after else len(text)
        runs.append((m.end(), end, m.group(m.lastindex or 1), said))
    return [(*r, label, m) for s, e, label, m in runs if (r := _trimmed(text, s, e))]


def _verbs(text: str, of: str) -> Iterator[tuple[int, int, str, Meaning | None]]:
    """Clauses whose verb says the role; only where all clauses end in one."""
    clauses = list(_CLAUSE.finditer(text))
    found = [(c, m) for c in clauses if (m := _ends().search(c[0]))]
    if not found or len(found) < len(clauses):
        return
    role = inside_roles()[1]
    for c, m in found:
        by = _BY.match(c[0])
        start = c.start() + (by.end() if by else 0)
        if r := _trimmed(text, start, c.start() + m.start()):
            yield *r, m[1], Meaning("party", role[m[1]], of)


def _whole(label: str) -> bool:
    """Whether a label has both ends of its brackets; else it begins outside those in which it stands."""
    return label.count("（") == label.count("）")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A run without the marks at its ends; None where nothing, or a word for nothing, is left."""
    start, end = trimmed(text, start, end, _AROUND, _AROUND)
    return (start, end) if end > start and "".join(text[start:end].split()) not in nothings() else None


@lru_cache(1024)
def _meaning(label: str, of: str) -> Meaning | None:
    """What a label inside a cell means: as the head of a column of parties would, else by the words of roles."""
    said = meaning(plain_header(label))
    if said is not None and said.kind in ("party", "charge") and not said.contact:
        return said
    role = inside_roles()[1].get(label, "")
    return Meaning("party", role, of) if role else OWN if _KIND.search(label) and said is None else None


@cache
def _marks() -> re.Pattern[str]:
    """What a cell with a label or a verb holds: most cells have none of it."""
    return re.compile(rf"[：【\[\n]|^（|{_ends().pattern}")


@cache
def _ends() -> re.Pattern[str]:
    verbs = [w for w in inside_roles()[1] if not w.endswith(("单位", "部门", "人", "领导"))]
    every = "|".join(sorted(map(re.escape, verbs), key=len, reverse=True))
    return re.compile(rf"({every})(?:负责|实施|落实|整改|办理|完成|推进)*$")


def signed(text: str, of: str, signs: Mapping[str, str]) -> list[tuple[int, int, str, Meaning | None]]:
    """As :func:`labelled`, of a cell where a sign beside a name gives its role; names without one have the column's."""
    if not any(c in text for c in signs):
        return []
    runs: list[tuple[int, int, str, Meaning | None]] = []
    every = "".join(signs)
    for m in re.finditer(r"[^、，；\n]+", text):
        sign = next((c for c in m[0] if c in signs), "")
        start, end = trimmed(text, *m.span(), every, every)
        if r := _trimmed(text, start, end):
            runs.append((*r, sign, Meaning("party", signs[sign], of) if sign else None))
    return runs
