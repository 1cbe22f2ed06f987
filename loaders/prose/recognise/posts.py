"""Posts as phrases: titles with the body or place they are in, strung into chains ('省政协副主席、太原市委副书记、市长')."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.prose.page import Entity, Span, Statement
from loaders.prose.recognise.lexicon import Title, statuses, table, titles
from loaders.prose.recognise.regions import region
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.surroundings import Bodies, Prefix, enter

JOIN = re.compile(r"[、，]|兼任?|并任|和|暨|及")
REACH = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{0,6}(?:河|江|湖|水库|段|渠|溪|塘|浜|港|故道|片区|片)$"
    r"|[\u4e00-\u9fff]{1,3}(?:河|江|湖|水库)(?:[\u4e00-\u9fff]{2,3}段)?$|(?<=[任为])[\u4e00-\u9fff]{2,6}(?:片区|片|段|河|湖)$"
)
GROUP = re.compile(
    r"(?:领导小组|工作小组|专班|指挥部|工作组|督[察查导]组|联席会议|委员会|巡[视察]组|调查组|帮扶组|专项组|检查组|考核组|[\u4e00-\u9fff]组|队)$"
)
GROUP_TITLE = re.compile(r"(?:组长|成员|召集人|指挥长|总指挥|指挥|主任委员|委员|政委|队长)$")
NO_TITLE = Title("", "")
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


@dataclass(slots=True)
class Post:
    """A post as a phrase: its span, title, how it is held, and the body or place that it is in; ``own`` where the phrase
    names that body itself."""

    start: int
    end: int
    title: str
    status: str = ""
    body: Entity | None = None
    own: bool = False
    entity: Entity | None = None


@dataclass(slots=True)
class Chain:
    """Posts that one phrase strings together."""

    posts: list[Post] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where the first body or title begins."""
        return self.posts[0].start

    @property
    def end(self) -> int:
        """Where the last title ends."""
        return self.posts[-1].end

    @property
    def rule(self) -> str:
        """What the last title says of where it sits."""
        return titles().get(self.posts[-1].title, NO_TITLE).at


class Posts:
    """Reads the title chains of one scene, after its places and bodies."""

    def __init__(self, scene: Scene, bodies: Bodies) -> None:
        self.scene, self.bodies, self.t, self.text = scene, bodies, scene.tokens, scene.page.text

    def chains(self) -> list[Chain]:
        """All title phrases, those joined by marks into one chain."""
        out: list[Chain] = []
        t = self.t
        for i, c in enumerate(t.letters):
            if c != "T":
                continue
            start, end = t.starts[i], t.starts[i + 1]
            if self.text[end : end + 1] in ("制", "办", "级") or self.text[end : end + 2] in (
                "会议",
                "办公",
                "名单",
                "名录",
                "职责",
                "信箱",
                "接待",
            ):
                continue
            post = self.post(i, start, end)
            last = out[-1] if out else None
            joint = self.text[last.end : post.start] if last else None
            if (
                last is not None
                and joint is not None
                and (JOIN.fullmatch(joint) or (joint == "" and (post.own or post.status)))
                and not self.closed(last, joint)
            ):
                self.settle(last.posts[-1], post)
                last.posts.append(post)
            else:
                self.settle(None, post)
                out.append(Chain([post]))
        return out

    def closed(self, chain: Chain, joint: str) -> bool:
        """Whether a chain has ended before a comma: its name stands before it ('张某副县长，县生态环境局局长…')."""
        if joint != "，":
            return False
        bracket = self.text.rfind("（", max(0, chain.start - 60), chain.start)
        return bracket < 0 or "）" in self.text[bracket : chain.end]

    def post(self, i: int, start: int, end: int) -> Post:
        """One title with its status word and the body or place right before it."""
        title, t, k = self.t.word(i), self.t, i - 1
        status = ""
        if (
            k >= 0
            and t.letters[k] == "D"
            and title in ("部长", "委员", "党支部书记", "党支部委员", "支部书记", "队长")
            and t.starts[k + 1] not in self.bodies.at_end
        ):
            start, title, k = t.starts[k], t.word(k) + title, k - 1
        if k >= 0 and t.letters[k] == "s" and t.starts[k + 1] == start:
            status, start, k = statuses()[t.word(k)], t.starts[k], k - 1
        start, body, title = self.before(i, k, start, title)
        k = t.at(start - 1) if start else -1
        if not status and k >= 0 and t.letters[k] == "s" and t.starts[k + 1] == start:
            status, start = statuses()[t.word(k)], t.starts[k]
        if (
            body is not None
            and body.label == "Region"
            and re.match(r"党委|党支部|党总支", title)
            and body.props.get("level") in ("township", "zone", "village")
        ):
            core = re.match(r"党委|党支部|党总支", title).group()  # type: ignore[union-attr]
            body = enter(
                self.scene,
                Prefix(start, body),
                core,
                "party",
                f"{body.name}{core}" if self.text.startswith(body.name, start) else "",
            )
        return Post(start, end, title, status, body, own=body is not None)

    def before(self, i: int, k: int, start: int, title: str) -> tuple[int, Entity | None, str]:
        """The body or place right before a title: (where it begins, the thing, the title as it then reads)."""
        t, text = self.t, self.text
        if start in self.bodies.at_end:
            begin, body, _ = self.bodies.at_end[start]
            return begin, body, title
        if title.startswith("村") and len(title) > 2 and start + 1 in self.bodies.ends:
            begin, place = self.bodies.ends[start + 1]
            return begin, place, title[1:]
        if start in self.bodies.ends:
            begin, place = self.bodies.ends[start]
            return begin, place, title
        if re.search(r"[河湖林田]长$", title) and (reach := REACH.search(text[max(0, start - 9) : start])):
            name = reach.group()
            return start - len(name), reach_of(self.scene, name), title
        if (
            text[max(0, start - 3) : start] == "办公室"
            and (group := self.group(start)) is not None
            and title.endswith("主任")
        ):
            return start - 3, self.office(group, start), title
        if k >= 0 and t.letters[k] == "L" and t.starts[k + 1] == start:
            word = t.word(k)
            town = self.bodies.last_town(t.starts[k]) if word in ("镇", "乡", "街道") else None
            place_ = self.scene.level_place(word)
            if town is not None or (place_ is not None and titles()[t.word(i)].at != "same"):
                return t.starts[k], town or region(self.scene, place_, inferred=True), title  # type: ignore[arg-type]
        return start, None, title

    def group(self, before: int) -> Entity | None:
        """The task body last named before an offset."""
        near = [
            (e, x)
            for e, (_, x, _) in self.bodies.at_end.items()
            if e <= before and x.props.get("kind") == "task" and GROUP.search(x.name)
        ]
        if near:
            return max(near, key=lambda n: n[0])[1]
        near = [(e, x) for e, (_, x, _) in self.bodies.at_end.items() if e <= before and GROUP.search(x.name)]
        return max(near, key=lambda n: n[0])[1] if near else None

    def office(self, group: Entity, at: int) -> Entity:
        """The office of a task body ('领导小组办公室')."""
        e = self.scene.entity("Agency", f"{group.key}办公室", f"{group.name}办公室", "", group.place, kind="task")
        if not any(s.source is e for s in self.scene.page.facts):
            self.scene.part(e, group, at - 3, at)
        return e

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
            body = national_body(self.scene, rule)
        if body is None and rule in ("gov", "place"):
            body = self.level_body(post.title)
        if body is None and re.match(r"村", post.title):
            near = [x for s, _, x in self.scene.region_spans if s < post.start and x.props.get("level") == "village"]
            body = near[-1] if near else None
        if body is None and rule == "gov" and post.title.lstrip("副")[:1] in ("镇", "乡"):
            body = self.bodies.last_town(post.start)
        if body is None and before is None and re.match(r"党委|人大|党工委", post.title):
            body = self.bodies.last_town(post.start)
        if body is not None and body.label == "Region":
            body = self.seat(body, post.title, rule)
        elif body is not None and rule == "gov" and body.props.get("kind") == "party":
            body = None
        post.body = body

    def seat(self, place: Entity, title: str, rule: str) -> Entity | None:
        """The body of a place that a title sits in: its government, its party committee, or the place itself."""
        level = place.props.get("level")
        if rule == "gov" and level in ("province", "prefecture", "county", "township", "zone"):
            want = self.level_for(title, place)
            if want is None:
                return None
            league = want.name.endswith("盟")
            return enter_quietly(self.scene, want, "行政公署" if league else "人民政府", "government")
        if rule == "party" and "党" not in title and level in ("province", "prefecture", "county"):
            return enter_quietly(self.scene, place, "委员会", "party")
        return place

    def place_of(self, body: Entity | None) -> Entity | None:
        """The place a body belongs to."""
        if body is None or body.label == "Region":
            return body
        code = body.key.split("/", 1)[0]
        return self.scene.entities.get(("Region", code))

    def level_for(self, title: str, place: Entity) -> Entity | None:
        """The place whose head a title names: the place itself where the levels agree, else what the level word means here."""
        want = LEVEL_NAMES.get(title.removeprefix("常务").removeprefix("副")[:1], "")
        level = place.props.get("level")
        if (
            not want
            or level == want
            or level == "zone"
            or place.name.endswith(title.removeprefix("常务").removeprefix("副")[:1])
            or title.endswith("主席")
        ):
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
            return region(self.scene, place, inferred=True)
        word = m.group(1)
        return self.scene.entity(
            "Region", f"~/{word}", f"我{word}", f"全{word}", "", level=LEVEL_NAMES[word], unresolved=True, inferred=True
        )

    def enter(self, post: Post) -> Entity:
        """The post as a thing, in its body; mentioned where it stands."""
        if post.entity is not None:
            return post.entity
        body = post.body
        name = f"{body.name if body else ''}{post.title}"
        for organ in ("党委", "党支部", "党总支"):
            name = name.replace(organ + organ, organ)
        e = self.scene.entity(
            "Post",
            f"{body.key if body else '~'}/{post.title}",
            name,
            self.text[post.start : post.end],
            title=post.title,
        )
        if post.title not in e.aliases and e.name != post.title:
            e.aliases.append(post.title)
        if body is None:
            e.props["unresolved"] = True
        else:
            self.scene.page.facts.append(
                Statement(e, "POST_IN", body, (Span(post.start, post.end),), "title-chain", 0.92)
            )
        post.entity = e
        self.scene.mention(e, post.start, post.end, take=False)
        return e


def national_body(scene: Scene, word: str) -> Entity:
    """The body of the state or the party that a title implies ('总书记')."""
    official = str(table("organs.toml")["national"][word])
    key = f"100000/{official.removeprefix('中华人民共和国')}"
    known = ("Agency", key) in scene.entities
    e = scene.entity("Agency", key, official, word, "中国", kind="national", level="country")
    if not known:
        e.props["inferred"] = True
    return e


def reach_of(scene: Scene, name: str) -> Entity:
    """A river, reach, lake or wood that somebody is put in charge of."""
    e = scene.entity("Region", f"reach/{name}", name, name, name, level="reach")
    e.props.setdefault("inferred", True)
    return e


def enter_quietly(scene: Scene, place: Entity, core: str, kind: str) -> Entity:
    """A body that a title implies ('副市长' -> the city's government): there, but not named."""
    known = ("Agency", f"{place.key}/{core}") in scene.entities
    named = known and "inferred" not in scene.entities["Agency", f"{place.key}/{core}"].props
    e = enter(scene, Prefix(0, place), core, kind, "")
    if not named:
        e.props["inferred"] = True
    return e


def classes(scene: Scene, bodies: Bodies) -> None:
    """People named by class (县级领导, 主要负责同志): generic posts, in the body right before them where there is one."""
    t = scene.tokens
    for i, c in enumerate(t.letters):
        if c != "K":
            continue
        start, end = t.starts[i], t.starts[i + 1]
        word = t.word(i)
        body = bodies.at_end.get(start)
        if body is not None:
            e = scene.entity(
                "Post",
                f"{body[1].key}/{word}",
                f"{body[1].name}{word}",
                scene.page.text[body[0] : end],
                title=word,
                generic=True,
            )
            scene.page.facts.append(Statement(e, "POST_IN", body[1], (Span(body[0], end),), "class-of-people", 0.9))
        else:
            e = scene.entity("Post", f"class/{word}", word, word, title=word, generic=True)
        if scene.free(start, end):
            scene.mention(e, start, end)
