"""The places that a notice's headline is about."""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.places import child, home_region, lookup, region
from loaders.prose.recognise.regions import LEVEL_WORDS, choose, home
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.tokens import Tokens, lex
from loaders.words import COUNT

ACTS = lazy(r"关于(?!印发)|(?:集中|集体|公开)?约谈|召开|举行|举办|调度|部署|开展|启动|打响|\d{4}年")
"""What follows a small place's name at the head of a headline where the place itself is meant."""
SMALL = lazy(r"[\u4e00-\u9fff]{2,5}?(?:镇|乡|街道|村|社区)(?![镇级民组委])")
DOES = lazy(
    r"关于(?!印发)|中央|召开|举行|举办|调度|约谈|集中|部署|开展|推进|通报|公布|公示|打响|打赢|全面|全力|扎实|深入|持续|专题|研究|督[查导办促]|"
    f"强化|严[查控格]|启动|实施|落实|多措|重拳|铁腕|党政|四大|因|对|发布|反馈|空气|{COUNT}[家名个起年]|[：，　]"
)
"""What follows a place's name in a headline where the place itself is meant."""
OF_A_BODY = lazy(
    "第?[^，。：《]{0,20}(?:[局厅委办院]|委员会|政府|领导小组|指挥部|公司|督察组|人大|政协|园区|经开区)|[江河湖山]"
)
"""What follows it in a body's or another place's name."""


def headed(scene: Scene) -> list[Entity]:
    """The places of which the headline tells something ('某县召开…会议', '关于对某市两起…问题'), each once; those within
    a body's or a document's name are none."""
    title = scene.page.meta.title
    head = lex(title, (p.name for p in scene.home.values()))
    found: dict[int, Entity] = {}
    for run in re.finditer("P+", head.letters):
        start, end = head.starts[run.end() - 1], head.starts[run.end()]
        word = title[start:end]
        leads = head.letter_at(end)
        told = leads == "T" or DOES.match(title, end)
        if not told and (word[-1] not in LEVEL_WORDS or leads in ("D", "O", "Q", "N") or OF_A_BODY.match(title, end)):
            continue
        if title.count("《", 0, start) > title.count("》", 0, start):
            continue
        candidates = list(lookup(word, "", scene.page.meta.published))
        if place := choose(scene, candidates, home(scene), nested=False):
            entity = region(scene, place, word)
            found[id(entity)] = entity
    if small := _small(scene, head):
        found[id(small)] = small
    return list(found.values())


def _small(scene: Scene, head: Tokens) -> Entity | None:
    """The town or village at the head of the headline that acts, behind its county or alone ('石岭镇召开…动员会')."""
    title = head.text
    k = 0
    while head.letters[k : k + 1] == "P":
        k += 1
    town = SMALL.match(title, head.starts[k])
    before = list(lookup(head.word(k - 1), "", scene.page.meta.published)) if k else []
    county = choose(scene, before, home(scene), nested=False)
    over = region(scene, county, inferred=True) if county else home_region(scene)
    if town is None or over is None or everyday_at(title, town.start()) or not ACTS.match(title, town.end()):
        return None
    level = "township" if town.group()[-1] in "镇乡道" else "village"
    same = {id(x): x for _, _, x in scene.region_spans if (x.name, x.props.get("level")) == (town.group(), level)}
    if len(same) == 1:
        (one,) = same.values()
        one.props.pop("inferred", None)
        return one
    return child(scene, over, town.group(), town.group(), level)
