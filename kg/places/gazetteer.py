"""The gazetteer: look divisions up by name or code, as of a date and under a parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.lazy import lazy
from kg.places import tables
from kg.places.place import Form, FormKind, Level, Place, forms_of

if TYPE_CHECKING:
    from kg.places.chain import Reader

_LEVEL_ORDER = {"country": 0, "province": 1, "area": 2, "prefecture": 3, "county": 4, "township": 5}
_LEVELS: tuple[Level, ...] = ("province", "prefecture", "county", "township")
_KIND_ORDER: dict[FormKind, int] = {"full": 0, "trimmed": 0, "other": 0, "short": 1}
# A name given up this recently may stand in an undated text, so it keeps its namesakes ambiguous.
_STILL_IN_USE = "2015"
_TOWN_KIND = lazy("(?:镇|乡|街道)$")


class Name(NamedTuple):
    """A surface form, the codes of what it may mean, and whether it names a place wherever it stands."""

    text: str
    adcodes: tuple[str, ...]
    safe: bool


class Candidate(NamedTuple):
    """What a name may mean. ``rank`` 0: so called on the date; 1: no longer so called; 2: not yet so called."""

    rank: int
    form: Form
    place: Place
    state: Place


class Gazetteer:
    """All divisions, province to township, with their past states since 1995, and named areas.

    Use :func:`gazetteer`; building one takes about a tenth of a second.
    """

    def __init__(self) -> None:
        rows = tables.divisions()
        self._town_table = [row for row in rows if row[0] == 4]
        self._now: dict[str, Place] = {}
        self._past: dict[str, list[Place]] = defaultdict(list)
        self._every: dict[str, list[Place]] = {}  # all states of those with past ones, see :meth:`_states`
        self._under: dict[str, list[str]] = defaultdict(list)
        self._read_divisions([row for row in rows if row[0] < 4])
        self._areas = {a.name: Place(a.name, a.name, "area") for a in tables.areas()}
        self._members = {a.name: a.members for a in tables.areas()}

    def _read_divisions(self, rows: Sequence[tuple[int, str, str, str]]) -> None:
        moved = {code: (above, since) for code, _, _, above, since in tables.more_divisions() if since}
        names = {code: name for code, name, *_ in tables.more_divisions()} | {row[1]: row[3] for row in rows}
        since = self._read_history(names)
        above: dict[str, tuple[str, ...]] = {"": ()}
        for code, name, level, parents, first in tables.more_divisions():
            if code[:2] + "0000" not in parents or level == "prefecture":
                self._add(Place(code, name, _level(level), parents, tuple(names[p] for p in parents), first))
        for number, code, parent, name in rows:
            above[code] = (*above[parent], code)
            parents, first = above[parent], since.get(code, "")
            level = _LEVELS[number - 1]
            if code in moved:  # listed under one body, run by another since
                listed = tuple(names[p] for p in parents)
                parents, first = moved[code]
                self._past[code].append(Place(code, name, level, above[parent], listed, until=first))
            self._add(Place(code, name, level, parents, tuple([names[p] for p in parents]), first))

    def _add(self, place: Place) -> None:
        self._now[place.adcode] = place
        if place.parents:
            self._under[place.parents[-1]].append(place.adcode)

    def _read_history(self, names: dict[str, str]) -> dict[str, str]:
        """Fill in past states; returns the years since when present ones hold."""
        since: dict[str, str] = {}
        for code, name, level, parents, parent_names, first, until, successors in tables.history():
            if until:
                became = () if successors == (code,) and names.get(code) == name else successors
                self._past[code].append(Place(code, name, _level(level), parents, parent_names, first, until, became))
            if not until or not became:  # the present state began when its row says, or when the last past one ended
                since[code] = max(since.get(code, ""), until or first)
        return since

    @cached_property
    def _towns(self) -> dict[str, tuple[str, str]]:
        """Name and county of each township, by code."""
        return {code: (name, parent) for _, code, parent, name in self._town_table}

    @cached_property
    def _town_rows(self) -> dict[str, list[tuple[str, str]]]:
        """Codes and names of townships, by county."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for _, code, parent, name in self._town_table:
            found[parent].append((code, name))
        return found

    @cached_property
    def reader(self) -> Reader:
        """Reads chains of these names; see :func:`kg.places.parse_chain`."""
        from kg.places.chain import Reader

        return Reader(self)

    # -- by code ------------------------------------------------------------------------------------------------

    def get(self, adcode: str, as_of: str = "") -> Place | None:
        """The division or area of that code: its state on the ISO date, else the nearest one; None if unknown."""
        if len(adcode) == 9 and adcode in self._towns:
            name, county = self._towns[adcode]
            return self._town(adcode, name, self.get(county, as_of))
        states = self._states(adcode)
        for state in states:
            if state.holds_on(as_of):
                return state
        return self._areas.get(adcode) or (states[0] if states else None)

    def _states(self, adcode: str) -> list[Place]:
        """All states of a code above township level, the present one first, then from new to old."""
        now = [self._now[adcode]] if adcode in self._now else []
        if adcode not in self._past:
            return now
        if adcode not in self._every:
            past = sorted(self._past[adcode], key=lambda p: p.until, reverse=True)
            self._every[adcode] = [*now, *past]
        return self._every[adcode]

    @staticmethod
    def _town(adcode: str, name: str, county: Place | None) -> Place:
        if county is None:
            return Place(adcode, name, "township")
        return Place(adcode, name, "township", (*county.parents, county.adcode), (*county.parent_names, county.name))

    def ancestors(self, adcode: str, as_of: str = "") -> list[Place]:
        """The divisions above, from the province down; empty for provinces, areas and unknown codes."""
        place = self.get(adcode, as_of)
        found = (self.get(code, as_of) for code in (place.parents if place else ()))
        return [p for p in found if p]

    def children(self, adcode: str) -> list[Place]:
        """The divisions right below (townships of a county), the members of an area, the provinces of the country.

        A past county has the townships of what it became, as far as they are listed today.
        """
        if adcode in self._members:
            return [p for p in map(self.get, self._members[adcode]) if p]
        if adcode == "100000":
            return [p for p in self._now.values() if p.level == "province"]
        place = self.get(adcode)
        heirs = (adcode,) if adcode in self._now else (place.successors if place else ())
        towns = [self._town(c, n, place) for heir in heirs for c, n in self._town_rows.get(heir, ())]
        return [self._now[c] for heir in heirs for c in self._under.get(heir, ())] + towns

    def town(self, county: str, name: str) -> Place | None:
        """The one township of a county that a name means but for its kind, by that name: the tables tell of today, and 赵庄镇 was
        赵庄乡, 道口镇街道 was 道口镇. None where the county has one of the very name, or several."""
        stem = _TOWN_KIND.sub("", name)
        rows = self._town_rows.get(county, ()) if len(stem) > 1 else ()
        if any(own == name for _, own in rows):
            return None
        found = [code for code, own in rows if _TOWN_KIND.sub("", own) in (stem, name)]
        return self._town(found[0], name, self.get(county)) if len(found) == 1 else None

    def lies_within(self, adcode: str, outer: str) -> bool:
        """Whether a division is the outer one or lies, or once lay, within it (or within what that became)."""
        outers = {outer, *self._members.get(outer, ())}
        for state in self._past.get(outer, ()):
            outers.update(state.successors)
        if len(adcode) == 9 and adcode in self._towns:
            county = self._towns[adcode][1]
            return adcode in outers or self.lies_within(county, outer)
        return adcode in outers or any(outers.intersection(s.parents) for s in self._states(adcode))

    # -- by name ------------------------------------------------------------------------------------------------

    @cached_property
    def _index(self) -> dict[str, list[tuple[Form, Place]]]:
        """Every form of every state above township level."""
        forms: dict[tuple[str, str, str], list[Form]] = {}
        index: dict[str, list[tuple[Form, Place]]] = defaultdict(list)
        for state in self._all_states():
            key = (state.adcode, state.name, state.level)
            if key not in forms:
                forms[key] = forms_of(*key)
            for form in forms[key]:
                index[form.text].append((form, state))
        return dict(index)

    def _all_states(self) -> Iterator[Place]:
        yield from self._now.values()
        for states in self._past.values():
            yield from states
        yield from self._areas.values()

    @cached_property
    def _town_index(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for code, (name, _) in self._towns.items():
            index[name].append(code)
        return dict(index)

    def names(self) -> Sequence[Name]:
        """Every form of provinces, prefectures, counties and areas, past names too, for a many-term matcher."""
        return self._names

    @cached_property
    def _names(self) -> list[Name]:
        found = []
        for text, entries in self._index.items():
            codes = dict.fromkeys(state.adcode for _, state in entries)
            # The bare stem of a name long given up (长安 of 长安县) is no place name any more.
            safe = any(form.safe and not (state.until and form.kind == "short") for form, state in entries)
            found.append(Name(text, tuple(codes), safe))
        return found

    def candidates(self, name: str, *, within: str = "", as_of: str = "") -> list[Candidate]:
        """What a single name may mean, best first, each code once. Chains such as 保定市望都县 are not split here."""
        found: dict[str, Candidate] = {}
        for form, state in self._index.get(name, ()):
            for candidate in self._as_of(form, state, as_of):
                code = candidate.place.adcode
                if code not in found or candidate.rank < found[code].rank:
                    found[code] = candidate
        for code in self._town_index.get(name, ()):
            town = self.get(code, as_of)
            assert town is not None
            found[code] = Candidate(0, Form(name, "full", False), town, town)
        kept = (c for c in found.values() if not within or self.lies_within(c.place.adcode, within))
        return sorted(
            kept, key=lambda c: (c.rank, _KIND_ORDER[c.form.kind], _LEVEL_ORDER[c.place.level], c.place.adcode)
        )

    def _as_of(self, form: Form, state: Place, as_of: str) -> Iterable[Candidate]:
        if state.holds_on(as_of):
            return [Candidate(0, form, state, state)]
        over = bool(state.until) and (not as_of or state.until < as_of[:4])
        if not over:
            return [Candidate(2, form, state, state)]
        heirs = (self.get(code, as_of) for code in state.successors)
        return [
            Candidate(1, form, replace(heir, renamed_from=state.name if heir.name != state.name else ""), state)
            for heir in heirs
            if heir
        ]

    def lookup(self, name: str, *, within: str | None = None, as_of: str | None = None) -> list[Place]:
        """What a name or a chain of names may mean, best first.

        ``within`` is the code of a division or area it must lie in; ``as_of`` an ISO date (None: today, and old names
        count too). A name given up before the date leads to what the place became, with ``renamed_from`` set.
        """
        found = self.candidates(name, within=within or "", as_of=as_of or "")
        if found:
            return [c.place for c in found]
        chain = self.reader.read(name, 0, as_of or "")
        whole = chain.candidates if chain and chain.end == len(name) else ()
        return [p for p in whole if not within or self.lies_within(p.adcode, within)]

    def resolve(self, name: str, *, within: str | None = None, as_of: str | None = None) -> Place | None:
        """The one place a name means, or None where it means none or several.

        A bare stem means the division of the highest level (吉林 the province, 长沙 the city) unless it is an everyday word.
        """
        found = self.candidates(name, within=within or "", as_of=as_of or "")
        if not found:
            chain = self.lookup(name, within=within, as_of=as_of)
            return chain[0] if len(chain) == 1 else None
        best = [
            c for c in found if (c.rank, _KIND_ORDER[c.form.kind]) == (found[0].rank, _KIND_ORDER[found[0].form.kind])
        ]
        if best[0].form.kind == "short" and best[0].form.nested:
            best = [c for c in best if c.place.level == best[0].place.level]
        if len(best) > 1:
            return None
        winner = best[0].place
        if not as_of and best[0].rank == 0 and self.rivals(winner, found[1:]):
            return None
        return winner

    def rivals(self, winner: Place, others: Iterable[Candidate]) -> list[Place]:
        """Other places that bore the name until lately: in an undated text it may still mean them."""
        return [
            c.place
            for c in others
            if c.rank == 1
            and c.form.kind == "full"
            and c.state.until >= _STILL_IN_USE
            and not self.lies_within(c.place.adcode, winner.adcode)
        ]


def _level(word: str) -> Level:
    return word  # type: ignore[return-value]  # the tables hold nothing else; a test reads them all


@cache
def gazetteer() -> Gazetteer:
    """The shared gazetteer."""
    return Gazetteer()
