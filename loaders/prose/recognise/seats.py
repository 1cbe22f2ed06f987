"""Which body a post sits in: the one its phrase names, that of the post before it, a group in hand, what a level word means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.places import Place
from loaders.prose.page import Entity, Span, Statement
from loaders.prose.recognise import regions
from loaders.prose.recognise.lexicon import Title, row_of, table, titles
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.surroundings import Bodies, Prefix, enter

if TYPE_CHECKING:
    from loaders.prose.recognise.chains import Post

GROUP = re.compile(
    r"(?:领导小组|工作小组|专班|指挥部|工作组|督[察查导]组|联席会议|委员会|巡[视察]组|调查组|帮扶组|专项组|检查组|考核组|[\u4e00-\u9fff]组|队)$"
)
GROUP_TITLE = re.compile(r"(?:组长|成员|召集人|指挥长|总指挥|指挥|主任委员|委员|政委|队长|组员|队员)$")
DEPUTY = re.compile(r"^(?:常务|第一|执行|专职)?副")
LEVEL_NAMES = {
    "省": "province",
    "市": "prefecture",
    "县": "county",
    "区": "county",
    "旗": "county",
    "镇": "township",
    "乡": "township",
    "州": "prefecture",
    "盟": "prefecture",
}


class Seats:
    """Settles the bodies of the posts of one scene."""

    def __init__(self, scene: Scene, bodies: Bodies) -> None:
        self.scene, self.bodies, self.text = scene, bodies, scene.page.text

    def region(self, place: Place) -> Entity:
        """A division as a thing, inferred where nothing names it."""
        return regions.region(self.scene, place, inferred=True)

    # -- bodies that a phrase implies

    def small_party(self, place: Entity, organ: str, title: str, start: int) -> tuple[Entity, str]:
        """The party organ of a township, village or zone, and the title as it reads there: a zone's committee is a body of
        its own ('书记'), elsewhere the title keeps its party ('党委书记')."""
        level = place.props.get("level")
        if level not in ("township", "zone", "village"):
            return place, title
        named = f"{place.name}{organ}" if self.text.startswith(place.name, start) else ""
        core = "党支部" if organ == "支部" else organ
        body = enter(self.scene, Prefix(start, place), core, "party", named)
        return body, title.removeprefix(organ) if level == "zone" else title

    def group(self, before: int) -> Entity | None:
        """The task body last named before an offset."""
        near = [(e, x) for e, (_, x, _) in self.bodies.at_end.items() if e <= before and GROUP.search(x.name)]
        own = [n for n in near if n[1].props.get("kind") == "task"] or near
        return max(own, key=lambda n: n[0])[1] if own else None

    def office(self, group: Entity, at: int) -> Entity:
        """The office of a task body ('领导小组办公室')."""
        e = self.scene.entity("Agency", f"{group.key}办公室", f"{group.name}办公室", "", group.place, kind="task")
        if not any(s.source is e for s in self.scene.page.facts):
            self.scene.part(e, group, at - 3, at)
        return e

    # -- settling

    def settle(self, before: Post | None, post: Post) -> None:
        """Settle the body of a post: its own, that of the post before it, a group in hand, or what its level word means here."""
        rule = titles().get(post.title, Title(post.title, "same")).at
        body = post.body
        if body is None and re.match(r"[省市县区]第?一?总|[省市县区]级", post.title):
            body = self.level_body(post.title)
        if body is None and GROUP_TITLE.search(post.title) and "党" not in post.title and rule != "party":
            body = self.group(post.start)
        if body is None and before is not None:
            body = before.body if rule in ("same", "party", "class") else self.place_of(before.body)
        if rule in table("organs.toml")["national"]:
            body = self.national(rule)
        if body is None and rule in ("gov", "place"):
            body = self.level_body(post.title)
        if body is None and re.match(r"村", post.title):
            body = self.last_village(post.start)
        if body is None and rule == "gov" and post.title.lstrip("副")[:1] in ("镇", "乡"):
            body = self.bodies.last_town(post.start)
        if body is None and before is None and re.match(r"党委|人大|党工委", post.title):
            body = self.bodies.last_town(post.start)
        if body is not None and body.label == "Region":
            body = self.seat(body, post.title, rule)
        elif body is not None and rule == "gov" and body.props.get("kind") == "party":
            body = None
        post.body = body

    def share(self, posts: Sequence[Post]) -> None:
        """Settle the posts of a chain that are still open by the head of a body named before ('厅长' of the 厅 in hand)."""
        if posts[0].body is not None or posts[0].own:
            return
        for post in posts:
            if post.body is not None:
                return
            if titles().get(post.title, Title("", "same")).at != "same":
                return
        for post in posts:
            ending = row_of("heads").get(DEPUTY.sub("", post.title))
            if ending and (body := self.headed(post.start, ending)) is not None:
                for p in posts:
                    p.body = p.body or body
                return

    def headed(self, before: int, ending: str) -> Entity | None:
        """The body with such an ending named last before an offset in its paragraph, else the one that publishes."""
        scene = self.scene
        p = next((p.start for p in scene.page.paragraphs if p.start <= before < p.end), 0)
        near = [
            (e, x)
            for e, (s, x, _) in self.bodies.at_end.items()
            if p <= s and e <= before and x.name.endswith(ending) and not x.props.get("generic")
        ]
        if near:
            return max(near, key=lambda n: n[0])[1]
        own = scene.page.meta.publisher
        every = {id(x): x for _, x, _ in self.bodies.at_end.values() if own and (x.name == own or own in x.aliases)}
        return next(iter(every.values())) if len(every) == 1 and own.endswith(ending) else None

    def follow(self, posts: Sequence[Post]) -> None:
        """A bare deputy's title takes the body of the chief named before it in the paragraph ('人大常委会主任A。副主任B')."""
        paragraphs = iter(self.scene.page.paragraphs)
        chiefs: dict[str, Entity] = {}
        end = -1
        for post in posts:
            while post.start >= end:
                nxt = next(paragraphs, None)
                if nxt is None:
                    break
                end, chiefs = nxt.end, {}
            base = DEPUTY.sub("", post.title)
            if post.body is not None:
                chiefs[base] = post.body
            elif not post.own and base != post.title and base in chiefs:
                post.body = chiefs[base]

    def last_village(self, before: int) -> Entity | None:
        """The village last named before an offset."""
        near = [x for s, _, x in self.scene.region_spans if s < before and x.props.get("level") == "village"]
        return near[-1] if near else None

    def seat(self, place: Entity, title: str, rule: str) -> Entity | None:
        """The body of a place that a title sits in: its government, its party committee, or the place itself."""
        level = place.props.get("level")
        if rule == "gov" and level in ("province", "prefecture", "county", "township", "zone"):
            want = self.level_for(title, place)
            if want is None:
                return None
            league = want.name.endswith("盟")
            return self.enter_quietly(want, "行政公署" if league else "人民政府", "government")
        if rule == "party" and "党" not in title and level in ("province", "prefecture", "county"):
            return self.enter_quietly(place, "委员会", "party")
        return place

    def place_of(self, body: Entity | None) -> Entity | None:
        """The place a body belongs to."""
        if body is None or body.label == "Region":
            return body
        code = body.key.split("/", 1)[0]
        return self.scene.entities.get(("Region", code))

    def level_for(self, title: str, place: Entity) -> Entity | None:
        """The place whose head a title names: the place itself where the levels agree, else what the level word means here."""
        word = title.removeprefix("常务").removeprefix("副")[:1]
        want = LEVEL_NAMES.get(word, "")
        level = place.props.get("level")
        if not want or level in (want, "zone") or place.name.endswith(word) or title.endswith("主席"):
            return place
        body = self.level_body(title)
        return body if body is not None and body.label == "Region" else None

    def level_body(self, title: str) -> Entity | None:
        """The place that the level word in a title means in this notice ('县长' -> the county it speaks from)."""
        m = re.match(r"(?:常务)?副?([省市县区州盟旗])(?!长制)", title)
        if not m:
            return None
        place = self.scene.level_place(m.group(1))
        if place is not None:
            return self.region(place)
        word = m.group(1)
        return self.scene.entity(
            "Region", f"~/{word}", f"我{word}", f"全{word}", "", level=LEVEL_NAMES[word], unresolved=True, inferred=True
        )

    def national(self, word: str) -> Entity:
        """A body of the state that a title implies (总书记, 总理)."""
        official = str(table("organs.toml")["national"][word])
        key = f"100000/{official.removeprefix('中华人民共和国')}"
        known = ("Agency", key) in self.scene.entities
        e = self.scene.entity("Agency", key, official, word, "中国", kind="national", level="country")
        if not known:
            e.props["inferred"] = True
        return e

    def enter_quietly(self, place: Entity, core: str, kind: str) -> Entity:
        """A body that a title implies without naming it; inferred unless named elsewhere."""
        known = ("Agency", f"{place.key}/{core}") in self.scene.entities
        named = known and "inferred" not in self.scene.entities["Agency", f"{place.key}/{core}"].props
        e = enter(self.scene, Prefix(0, place), core, kind, "")
        if not named:
            e.props["inferred"] = True
        return e

    def enter(self, post: Post) -> Entity:
        """The post as a thing, in its body; mentioned where it stands."""
        if post.entity is not None:
            return post.entity
        body = post.body
        name = f"{body.name if body else ''}{post.title}"
        for organ in ("党委", "党支部", "党总支", "党工委"):
            name = name.replace(organ + organ, organ)
        name = name.replace("党支部支部", "党支部")
        key = f"{body.key if body else '~'}/{post.title}"
        e = self.scene.entity("Post", key, name, self.text[post.start : post.end], title=post.title)
        if post.title not in e.aliases and e.name != post.title:
            e.aliases.append(post.title)
        whole = Span(post.start, post.end)
        if body is None:
            e.props["unresolved"] = True
        else:
            self.scene.page.facts.append(Statement(e, "POST_IN", body, (whole,), "title-chain", 0.92))
        post.entity = e
        self.scene.mention(e, post.start, post.end, take=False)
        return e


def reach_of(scene: Scene, name: str) -> Entity:
    """A river, reach, lake or wood that somebody is put in charge of: no place of the division tables."""
    e = scene.entity("Region", f"reach/{name}", name, name, name, level="reach")
    e.props.setdefault("inferred", True)
    return e


def classes(scene: Scene, bodies: Bodies) -> None:
    """People named by class (县级领导, 主要负责同志): generic posts, in the body right before them where there is one."""
    t, text = scene.tokens, scene.page.text
    for found in re.finditer("K", t.letters):
        i = found.start()
        start, end, word = t.starts[i], t.starts[i + 1], t.word(i)
        body = bodies.at_end.get(start)
        if body is not None:
            key, name, surface = f"{body[1].key}/{word}", f"{body[1].name}{word}", text[body[0] : end]
            e = scene.entity("Post", key, name, surface, title=word, generic=True)
            scene.page.facts.append(Statement(e, "POST_IN", body[1], (Span(body[0], end),), "class-of-people", 0.9))
        else:
            e = scene.entity("Post", f"class/{word}", word, word, title=word, generic=True)
        if scene.free(start, end):
            scene.mention(e, start, end)
