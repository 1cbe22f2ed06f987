"""Chains of nested divisions in running text: 河北省保定市望都县, 山东临沂, 岑巩县思旸镇."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from kg.lazy import lazy
from kg.places.gazetteer import Gazetteer, gazetteer
from kg.places.place import Form, Place

_JOINT = lazy(r"[·\s]?")
# What may stand before the place in a publisher's line.
_BEFORE = lazy(
    r"\s*(?:(?:文章|信息|稿件|新闻)?(?:来源|发布机构|发布单位|供稿|作者)\s*[:：]\s*)?(?:中国共产党|中共|原)?"
)


class Step(NamedTuple):
    """One name of a chain: ``text[start:end]``, and what it means (one place, unless the whole chain is ambiguous)."""

    start: int
    end: int
    places: tuple[Place, ...]


class Chain(NamedTuple):
    """The longest chain at a position; ``start`` and ``end`` are offsets into the text read, end exclusive."""

    start: int
    end: int
    steps: tuple[Step, ...]

    @property
    def candidates(self) -> tuple[Place, ...]:
        """What the chain as a whole (its last name) may mean."""
        return self.steps[-1].places

    @property
    def place(self) -> Place | None:
        """The one place it means, or None where several namesakes are left."""
        return self.candidates[0] if len(self.candidates) == 1 else None


class Reader:
    """Reads chains at given positions of a text."""

    def __init__(self, names: Gazetteer) -> None:
        self._names = names
        self._lengths: dict[str, tuple[int, ...]] = {}
        by_start: dict[str, set[int]] = defaultdict(set)
        self._safe: dict[str, bool] = {}
        for text, _, safe in names.names():
            if len(text) > 1:
                by_start[text[:2]].add(len(text))
                self._safe[text] = safe
        for start, lengths in by_start.items():
            self._lengths[start] = tuple(sorted(lengths, reverse=True))

    def read(self, text: str, pos: int = 0, as_of: str = "") -> Chain | None:
        """The longest chain that starts at ``pos``; None where no division does.

        A bare stem that is not safe (和平, 望都) starts one only with a division of its own right after it.
        """
        steps = self._longest(text, pos, (), as_of)
        if not steps:
            return None
        chain = [steps[-1]]
        for step in reversed(steps[:-1]):  # what comes after settles namesakes before it
            inner = chain[-1].places
            kept = tuple(p for p in step.places if any(self._names.lies_within(i.adcode, p.adcode) for i in inner))
            chain.append(step._replace(places=kept))
        return Chain(pos, steps[-1].end, tuple(reversed(chain)))

    def _longest(self, text: str, pos: int, under: tuple[Place, ...], as_of: str) -> list[Step]:
        best: list[Step] = []
        for end, places, alone in self._matches(text, pos, under, as_of):
            rest = self._longest(text, _joint(text, end), places, as_of)
            if rest or alone:
                found = [Step(pos, end, places), *rest]
                if not best or found[-1].end > best[-1].end:
                    best = found
        return best

    def _matches(
        self, text: str, pos: int, under: tuple[Place, ...], as_of: str
    ) -> list[tuple[int, tuple[Place, ...], bool]]:
        """(end, meanings, whether it may end the chain) of the names at ``pos`` that lie in one of ``under``."""
        found = []
        for length in self._lengths.get(text[pos : pos + 2], ()):
            name = text[pos : pos + length]
            if len(name) < length or name not in self._safe:
                continue
            candidates = self._names.candidates(name, as_of=as_of)
            nested = [c for c in candidates if not under or self._inside(c.place, c.state, under)]
            if not nested:
                continue
            first = nested[0]
            kinds = {"short"} if first.form.kind == "short" else {"full", "trimmed", "other"}
            level = first.place.level if first.form.kind == "short" and first.form.nested else ""
            places = tuple(
                c.place
                for c in nested
                if c.rank == first.rank and c.form.kind in kinds and (not level or c.place.level == level)
            )
            if not as_of and first.rank == 0:
                places += tuple(self._names.rivals(first.place, nested))
            found.append((pos + length, places, self._ends(name, first.form, under)))
        return found + self._townships(text, pos, under)

    def _ends(self, name: str, form: Form, under: tuple[Place, ...]) -> bool:
        """Whether a chain may end with this form: a bare stem only if it is safe, or nested in what stands before."""
        return self._safe[name] or form.kind in ("full", "trimmed") or (form.nested and bool(under))

    def _inside(self, place: Place, state: Place, under: tuple[Place, ...]) -> bool:
        codes = {u.adcode for u in under}
        if place.adcode in codes or place.level == "area":
            return False
        return bool(codes.intersection(state.parents)) or any(
            self._names.lies_within(place.adcode, code) for code in codes
        )

    def _townships(self, text: str, pos: int, under: tuple[Place, ...]) -> list[tuple[int, tuple[Place, ...], bool]]:
        towns: dict[str, list[Place]] = defaultdict(list)
        for outer in under:
            for inner in self._names.children(outer.adcode) if outer.level in ("county", "prefecture") else ():
                if inner.level == "township" and text.startswith(inner.name, pos):
                    towns[inner.name].append(inner)
        return [(pos + len(name), tuple(places), True) for name, places in towns.items()]


def _joint(text: str, end: int) -> int:
    match = _JOINT.match(text, end)
    return match.end() if match else end


def parse_chain(text: str, pos: int = 0, *, as_of: str = "") -> Chain | None:
    """The longest chain of nested divisions that starts at ``pos`` ('太原市', '河北省保定市望都县'); None where none does."""
    return gazetteer().reader.read(text, pos, as_of)


def place_of(text: str, *, as_of: str = "") -> Place | None:
    """The division whose name opens a text: a full name, or a publisher ('蚌埠市生态环境局' -> 蚌埠市).

    None where none does, or where namesakes are left ('朝阳区人民政府').
    """
    match = _BEFORE.match(text)
    chain = parse_chain(text, match.end() if match else 0, as_of=as_of)
    return chain.place if chain else None
