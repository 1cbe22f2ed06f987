"""Why a thing is not known for certain, in Chinese and English."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from kg.model import Node

SHOWN = 4  # places of one name that are listed
_REDACTED = re.compile(r"[某*＊×xX○〇]")
_LEVEL = re.compile(r"(?:我|本|该|全)?(自治区|自治州|自治县|师市|兵团|街道|开发区|省|市|州|盟|县|旗|区|镇|乡|村)")


def why(node: Node) -> tuple[str, str]:
    """The reason as (zh, en), or two empty texts where it is one known thing."""
    if node.props.get("unresolved"):
        return _open(node)
    if node.props.get("partial"):
        return say("redacted" if _REDACTED.search(node.name) else "given")
    return say("generic") if node.props.get("generic") else ("", "")


def _open(node: Node) -> tuple[str, str]:
    if node.label == "Region":
        from kg.places import gazetteer

        found = list(dict.fromkeys(p.full_name for p in gazetteer().lookup(node.name)))
        if len(found) > 1:
            names = "、".join(found[:SHOWN]) + ("…" if len(found) > SHOWN else "")
            return say("homonym", n=len(found), names=names)
    level = _LEVEL.match(node.name)
    if level:
        return say("level", level=level[1])
    return say("place" if node.label == "Region" else "whose")


def say(key: str, **values: object) -> tuple[str, str]:
    """A phrase of ``words.toml``."""
    zh, en = words()["why"][key]
    return zh.format(**values), en.format(**values)


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """``words.toml`` as read: phrases in [Chinese, English]."""
    data: dict[str, dict[str, list[str]]] = tomllib.loads(files("kg.explain").joinpath("words.toml").read_text("utf-8"))
    return data
