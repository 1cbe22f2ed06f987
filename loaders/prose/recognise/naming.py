"""What bodies are called: their own names in full, with their places, and the things they are in one notice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from loaders.prose.page import Entity
from loaders.prose.recognise.lexicon import table, units
from loaders.prose.recognise.scene import ORDER, Scene

COMMITTEE_LEVELS = ("province", "prefecture", "county")  # where the party's 党委 is a 委员会
WHOLE_AS_THEY_ARE = ("党委", "工委", "纪委", "监委", "团委", "政法委")  # not short for …委员会 in a name
ZONES = ("开发区", "高新区", "经开区", "园区")
SMALL_LEVELS = ("镇", "乡", "街道", "村")


@dataclass(slots=True)
class Prefix:
    """What stands before a body's own name: where it begins, the place, or a level word that stays open."""

    start: int
    region: Entity | None = None
    level: str = ""

    def __bool__(self) -> bool:
        return self.region is not None or bool(self.level)


@cache
def words_of(name: str) -> frozenset[str]:
    """One row of words of organs.toml."""
    return frozenset(table("organs.toml")[name].split())


@cache
def ending_of_a_body() -> re.Pattern[str]:
    """The endings of bodies that no table has."""
    return re.compile("(?:" + "|".join(sorted(words_of("unlisted_endings"), key=len, reverse=True)) + ")$")


def canonical(core: str) -> str:
    """A body's own name with its domain spelt out ('住建局' -> '住房和城乡建设局'), short forms made whole."""
    whole = table("organs.toml")["whole"].get(core)
    if whole:
        return str(whole)
    core = f"{core}公室" if core.endswith("专员办") else core
    core = f"{core}员会" if len(core) > 2 and core.endswith("委") and not core.endswith(WHOLE_AS_THEY_ARE) else core
    for short, full in table("organs.toml")["spelt"].items():
        dealt = core.startswith(("处置", "处理", "处罚"), len(short))  # '应急' + '处置组'
        if core.startswith(short) and not (core.startswith(full) or dealt) and units().match(core, len(short)):
            return str(full) + core[len(short) :]
    return core


def full_name(place: Entity | None, core: str) -> str:
    """The official name of a body of a place, '中共' and the CPPCC's long form included."""
    where = place.name if place else ""
    if where.endswith("街道") and core.startswith("街道"):
        core = core.removeprefix("街道")
    if core == "政协" and where:
        return f"中国人民政治协商会议{where}委员会"
    return f"中共{where}{core}" if core in ("委员会", "纪律检查委员会") and where else f"{where}{core}"


def said_longer(scene: Scene, core: str) -> Entity | None:
    """The one body mentioned so far whose own name is longer and ends so."""
    if len(core) < 5:
        return None  # many bodies of many places end in '环保局'
    every = (e for e in scene.mentioned.values() if e.label == "Agency" and scene.entities.get(("Agency", e.key)) is e)
    found = list(islice((e for e in every if e.name.endswith(core) and "/" in e.key and e.key[:1] in "~0123456789"), 2))
    return found[0] if len(found) == 1 else None


def twin(scene: Scene, where: Entity, own: str) -> str:
    """The name by which the notice knows a task body of a place already: with or without 工作 or 区域, or that which it gives
    in full for an office in short."""
    spelt = [own.replace("工作领导小组", "领导小组"), re.sub("(?<!工作)领导小组", "工作领导小组", own)]
    spelt += [own.removeprefix("区域"), f"区域{own}"] if where.props.get("level") == "area" else []
    return next((x for x in spelt if x != own and ("Agency", f"{where.key}/{x}") in scene.entities), own)


@lru_cache(256)
def in_full(text: str, place: str, begins: str) -> str:
    """The one office of a place that a text names in full by what its name begins with; '' for none."""
    level = place[-1]
    found = {
        m[1]
        for m in re.finditer(
            f"(?:{place}|(?<![\u4e00-\u9fff]){level})({begins}[\u4e00-\u9fff]{{2,16}}?(?:领导小组|指挥部|委员会)办公室)",
            text,
        )
    }
    return found.pop() if len(found) == 1 else ""


def enter(scene: Scene, prefix: Prefix, core: str, kind: str, surface: str) -> Entity:
    """The entity of a body with its place or open level."""
    own = canonical(core)
    where = prefix.region
    if own == "党委" and where and where.label == "Region" and where.props.get("level") in COMMITTEE_LEVELS:
        own = "委员会"  # '内蒙古自治区党委', '融水苗族自治县党委'
    if own == "人民政府" and where is not None and where.name.endswith(ZONES) and not where.key.isdigit():
        own = "管理委员会"  # '东湖区、经开区政府（管委会）'; 下花园区 is a district
    if where is not None and kind == "task":
        begins = str(table("organs.toml")["begins"].get(core, ""))
        own = (begins and in_full(scene.page.text, where.name, begins)) or own
        own = twin(scene, where, own)
    if where is None and prefix.level:
        e = scene.entity(
            "Agency", f"~/{prefix.level}{own}", surface or f"{prefix.level}{core}", surface, kind=kind, unresolved=True
        )
        if prefix.level in SMALL_LEVELS:
            e.props["generic"] = True  # '镇党委' of no town in particular
    elif where is None and (longer := said_longer(scene, own)) is not None:
        e = longer  # '督察办公室', after '环境督察办公室' of a department
        if surface and surface not in e.aliases:
            e.aliases.append(surface)
    elif where is None:
        e = scene.entity("Agency", f"~/{own}", surface or own, surface, kind=kind, unresolved=True)
        if core.endswith("分局") and len(core) < 8:  # no '祁连山国家公园张掖分局'
            e.props["generic"] = True
    else:
        e = scene.entity(
            "Agency", f"{where.key}/{own}", full_name(where, own), surface, where.place or where.name, kind=kind
        )
        if own == "管理委员会" and (said := f"{where.name}管委会") not in e.aliases:
            e.aliases.append(said)
        short = len(of := surface.removesuffix(core)) > 1 and of != where.name and where.name.startswith(of)
        if (surface == core or short) and core != own and (said := f"{where.name}{core}") not in e.aliases:
            e.aliases.append(said)  # '该镇' + '纪委', '石桥' + '环保局'
        if where.props.get("level") in (*ORDER, "village", "zone"):
            e.props.setdefault("level", where.props["level"])
    e.props.pop("inferred", None)
    return e
