"""The bodies that posts sit in: what a phrase or a title implies of a place, a party, a group, a level word."""

from __future__ import annotations

import re

from kg.lazy import lazy
from kg.places import Place
from loaders.prose.page import Entity, Span, Statement
from loaders.prose.recognise import regions
from loaders.prose.recognise.corps import WHOLE
from loaders.prose.recognise.lexicon import table
from loaders.prose.recognise.naming import COMMITTEE_LEVELS
from loaders.prose.recognise.phrase import Post
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.surroundings import Bodies, Prefix, enter

DEPUTY = lazy(r"^(?:分管(?!副)|(?:常务|第一|执行|专职)?副|代理?)")
_OPENS = lazy(r"(?:[0-9年月日上下午晚近前，　 ]|今天|昨天|受|经|，)*")
LEVEL_NAMES = dict(
    zip("省市州盟县区旗镇乡", ("province", *("prefecture",) * 3, *("county",) * 3, *("township",) * 2), strict=True)
)


class Seats:
    """The bodies that the posts of one scene may sit in."""

    def __init__(self, scene: Scene, bodies: Bodies) -> None:
        self.scene, self.bodies, self.text = scene, bodies, scene.page.text
        self.offices: set[int] = set()

    def region(self, place: Place) -> Entity:
        """A division as a thing, inferred where nothing names it."""
        return regions.region(self.scene, place, inferred=True)

    def small_party(self, place: Entity, organ: str, title: str, start: int) -> tuple[Entity, str]:
        """The party organ of a township, village or zone, and the title as it reads there: a zone's committee is a body of
        its own ('书记'), elsewhere the title keeps its party ('党委书记')."""
        level = place.props.get("level")
        if level != "zone" and place.name.endswith(("新区", "开发区", "示范区")):
            level = "zone"
        if level in COMMITTEE_LEVELS and organ == "党委":  # '自治区党委书记', '自治县党委常委'
            surface = f"{self.text[start : start + len(place.name)]}{organ}"
            own = surface if surface.startswith(place.name) else ""
            return enter(self.scene, Prefix(start, place), organ, "party", own), title.removeprefix(organ)
        if level not in ("township", "zone", "village"):
            return place, title
        spelt = (f"{x}{organ}" for x in (place.name, *place.aliases))
        named = next((x for x in spelt if self.text.startswith(x, start)), "")
        core = "党支部" if organ == "支部" else organ
        body = enter(self.scene, Prefix(start, place), core, "party", named)
        return body, title.removeprefix(organ) if level == "zone" else title

    def congress(self, place: Entity, start: int) -> Entity:
        """The people's congress of a place, as it is named at an offset or only meant there ('人大主席')."""
        e = enter(self.scene, Prefix(start, place), "人大", "organ", f"{place.name}人大")
        k = self.bodies.t.begins.get(start) if self.text[start - 1 : start] in ("镇", "乡") else None
        if k is not None and (ruled := self.bodies.prefix(k)):
            self.bodies.record(ruled.start, start + 2, e, ruled)
        return e

    def of_division(self, corps: Entity, start: int) -> Entity:
        """The party committee of a division of the corps."""
        return self.unit(corps, "党委", "party", start, start + 1)

    def unit(self, host: Entity, core: str, kind: str, start: int, end: int, spelt: str = "") -> Entity:
        """A body within another, by each of its host's names; that it is part rests on start..end when it is first met."""
        key = f"{host.key}/{core}"
        known = ("Agency", key) in self.scene.entities
        e = self.scene.entity("Agency", key, f"{host.name}{core}", spelt, host.place, kind=kind)
        if not known:
            e.aliases += [f"{x}{core}" for x in host.aliases]
            self.scene.part(e, host, start, end)
        return e

    def office(self, group: Entity, at: int) -> Entity:
        """The office of a task body ('领导小组办公室'); an office has none of its own."""
        if group.name.endswith("办公室"):
            return group
        e = self.scene.entity("Agency", f"{group.key}办公室", f"{group.name}办公室", "", group.place, kind="task")
        if id(e) not in self.offices:
            self.offices.add(id(e))
            self.scene.part(e, group, at - 3, at)
        return e

    def office_of(self, body: Entity | None) -> Entity | None:
        """The office of a government or a committee ('市政府秘书长、办公室主任')."""
        if body is None or body.label != "Agency":
            return None
        key = f"{body.key}办公室" if body.key.endswith("人民政府") else f"{body.key}/办公室"
        known = ("Agency", key) in self.scene.entities
        e = self.scene.entity("Agency", key, f"{body.name}办公室", "", body.place, kind="department")
        if not known:
            e.props["inferred"] = True
        return e

    def seat(self, place: Entity, title: str, rule: str, at: int = 0) -> Entity | None:
        """The body of a place that a title sits in: its government, its party committee, or the place itself."""
        level = place.props.get("level")
        if rule == "gov" and level in ("province", "prefecture", "county", "township", "zone"):
            want = self.level_for(title, place, at)
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
            return None if body is not None and body.props.get("level") == "reach" else body
        own = self.scene.entities.get(("Region", body.key.rsplit("/", 1)[0]))
        if body.props.get("kind") == "party" and (whole := self.scene.entities.get(("Agency", WHOLE))) is not None:
            own = own or (whole if body.key.startswith(f"{WHOLE}/") else None)  # '兵团党委常委、副司令员'
        return own or self.scene.entities.get(("Region", body.key.split("/", 1)[0]))

    def place_led(self, person: Entity) -> Entity | None:
        """The place that somebody leads by a post told before ('省长张某担任总河长'), the last of them."""
        held = [f.target for f in self.scene.page.facts if f.type == "HOLDS" and f.source is person]
        seats = {id(f.source): f.target for f in self.scene.page.facts if f.type == "POST_IN"}
        bodies = (seats.get(id(post)) for post in reversed(held))
        return next((self.place_of(b) for b in bodies if b is not None and b.key.endswith("/人民政府")), None)

    def level_for(self, title: str, place: Entity, at: int) -> Entity | None:
        """The place whose head a title names: the place itself where the levels agree, else what the level word means here."""
        word = DEPUTY.sub("", title)[:1]
        want = LEVEL_NAMES.get(word, "")
        level = place.props.get("level")
        if not want or level in (want, "zone") or place.name.endswith(word) or title.endswith("主席"):
            return place
        body = self.level_body(title, at)
        return body if body is not None and body.label == "Region" else None

    def level_body(self, title: str, at: int) -> Entity | None:
        """The place that the level word in a title means in this notice ('县长' -> the county it speaks from)."""
        m = re.match(r"(?:常务|代理?|分管)?副?([省市县区州盟旗])(?!长制)", title)
        if not m:
            return None
        word = m.group(1)
        if (told := self.governed(word, at)) is not None:
            return told
        place = self.scene.level_place(word) or (self.scene.home.get("county") if title.startswith("县级") else None)
        if place is not None:
            return self.region(place)
        left = self.scene.paragraph(at)
        near = next((x for x in self.scene.places_back(at, left) if x.name.endswith(word)), None)
        if near is not None and f"我{word}" not in self.text:  # '新乡市…。市长万某'
            return near
        return self.scene.entity(
            "Region", f"~/{word}", f"我{word}", f"全{word}", "", level=LEVEL_NAMES[word], unresolved=True, inferred=True
        )

    def governed(self, word: str, at: int) -> Entity | None:
        """The place of that level whose government a sentence opens with ('9月18日，徐州市政府在邳州召开推进会，副市长某某…')."""
        left = max(self.text.rfind(c, 0, at) for c in "。；？！\n") + 1
        found = [(start, x) for start, _, x, _ in self.bodies.back(at, left) if x.name.endswith(f"{word}人民政府")]
        opens = len({id(x) for _, x in found}) == 1 and _OPENS.fullmatch(self.text, left, found[0][0])
        return self.place_of(found[0][1]) if opens else None

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
        level = place.key.removeprefix("~/") if place.key.startswith("~/") else ""  # one that stays open: '市人民政府'
        prefix = Prefix(0, None, level) if level else Prefix(0, place)
        known = self.scene.entities.get(("Agency", f"~/{level}{core}" if level else f"{place.key}/{core}"))
        named = known is not None and "inferred" not in known.props
        e = enter(self.scene, prefix, core, kind, "")
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
