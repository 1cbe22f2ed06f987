"""The people of a list and their posts: one person where name and place agree, a bare title completed from its row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from sys import intern

from kg.lazy import lazy
from kg.places import gazetteer
from loaders.lists.draft import Draft
from loaders.lists.parties import of_level
from loaders.lists.phrases import Phrases
from loaders.lists.seat import BARE_STREET, Seat, in_town, of_another_zone, of_street
from loaders.lists.titled import closed_up, unit_of
from loaders.lists.words import firm_titles, led_besides
from loaders.prose.page import Entity, Span, Statement, seat_of
from loaders.prose.recognise.lexicon import classes_of_people, titles
from loaders.prose.recognise.names import REDACTED
from loaders.prose.recognise.posts import Chain, Post, Posts
from loaders.prose.recognise.regions import region
from loaders.prose.recognise.surroundings import Prefix, enter

_ORGANS = lazy(r"政府|党委|人大|政协|党工委|纪委|武装|宣传|组织|统战|政法")
_GOVERNMENTS = lazy(r"^(?:常务)?副?(省|市|县|区|州|旗|镇|乡)长$")
_OF_VILLAGES = lazy(r"村|^(?:支书|支部|党支部|党总支)")
_VILLAGE = lazy(r"(?:社区居?|村|居)(?:民?委(?:员)?会|两委|“两委”|党(?:总支|支)部?|党委|党组织)?")
_VILLAGES_OWN = lazy(r"(?:村|社区|居委会|村委会|村民委员会)$")
_ZONE = lazy(r"(?:园区|开发区|新区|示范区|产业园|工业区|保护区|集聚区)(?:管委会)?$")
_OF_TOWNS = lazy(
    r"(?:乡镇|[镇乡]|街道)(?:党委|党工委|党政|人大|纪委|纪工委|政协|武装|组织|宣传|统战|政法|政府|办事处|工会|妇联|团委)"
)
_OF_BUREAUS = lazy(
    r"(?:局|厅|处|科|院|校|支队|大队|董事|行)长$|经理$|政委$|教导员$|党组|调研员$|^(?:副)?总(?:工程|农艺|经济|规划|会计)师$"
)
_BUREAU = lazy(
    r"[省市县区州旗](?:[\u4e00-\u9fff]{3,12}(?:局|委员会|中心)|[\u4e00-\u9fff]{2,12}(?:[场段所站院馆]|大队|支队|管理处))"
)
_HEADS = lazy(r"^副?局长$")
_OF_DIVISIONS = lazy(r"^(?:常务)?副?师长$")
_OF_ZONES = lazy(r"党工委|管委会")  # '区党工委' may be a zone's, '镇党工委' is a slip
_DIVISION = lazy(r"师(?:机关)?$")
_TOWNS = lazy(r"党委|党工委|人大主席|武装部")  # what a bare title of a township's has; of a county it is 县委书记
_RANK = lazy(r"科员$")
_LOOSE = lazy(r"[\s*•・]")
_PARTS = "分局|支队|大队|中队|分中心|办|办公室|所|站|科|股|室"
_IGNORED = frozenset(
    ("联络员", "网格员", "网格长", "河长", "湖长", "林长", "河湖长", "责任人", "联系人", "同志", "成员")
)
_RELATION = lazy(r"(?:河|湖|河湖|林|田|路|段|网格)长$|网格员$|专管员$|巡河员$|护林员$|联络员$|^组长$|^副组长$|^成员$")


Held = tuple[Entity, str, list[Statement]]
"""A post of a title phrase, how it is held, and the facts that the phrase itself states, with offsets of its own."""


def headed(title: str, seat: Seat) -> bool:
    """Whether a body of the row is one that a title heads by its name's end."""
    unit = unit_of(title)
    return bool(unit) and any(re.search(f"(?:{unit})$", b.name) for b in seat.bodies)


class Persons:
    """All people of one list."""

    def __init__(self, draft: Draft, phrases: Phrases) -> None:
        self.draft, self.phrases = draft, phrases
        self.known: dict[tuple[str, str], Entity] = {}
        self.namesakes: set[tuple[str, str, str]] = set()  # those who are told by their body: name, place, body
        self.held: dict[tuple[str, int, tuple[int, ...]], list[Held]] = {}
        self.keep: list[Seat] = []

    def person(self, name: str, code: str, bodies: Sequence[Entity], posted: list[Entity]) -> Entity:
        """The person of that name at a place; whoever is called so elsewhere is another, and so is who in one row has a post
        in other bodies than those that the row has ``posted`` the name in, which ``bodies`` are added to."""
        clean = name if name.isalpha() else _LOOSE.sub(lambda m: "·" if m.group() in "•・" else "", name)
        own = bodies[0].key if bodies else ""
        apart = posted and bodies and not any(a is b for a in bodies for b in posted)
        if apart and "/" in own and not any(led_besides().search(b.name) for b in (*bodies, *posted)):
            self.namesakes.add((clean, code, own))
        posted += bodies
        own = own if (clean, code, own) in self.namesakes else ""
        if (e := self.known.get((clean, own or code))) is None:
            e = self.known[clean, own or code] = Entity("Person", clean, key=own)
            if REDACTED.fullmatch(name):
                e.props["partial"] = True
            self.draft.codes[e] = intern(code)
        return e

    def posts(self, text: str, seat: Seat) -> list[Held]:
        """The posts of a title phrase, read once for all rows that share a seat."""
        phrase_text = closed_up(text)
        firms = [b for b in seat.bodies if b.props.get("kind") == "firm"]
        if phrase_text in firm_titles() and (firms or phrase_text not in titles()):
            return [self.of_firm(firms[0], phrase_text)] if len(firms) == 1 else []
        if BARE_STREET.search(phrase_text):
            phrase_text, seat = of_street(phrase_text, seat)
        if _OF_ZONES.match(phrase_text):
            if self.phrases.own_zone:
                phrase_text = f"{self.phrases.own_zone}{phrase_text}"
            elif seat.town is not None and not seat.town.name.endswith(("街道", "区")):
                return []  # no township has a 党工委: of whose it speaks is not said
        if _OF_TOWNS.match(phrase_text) and seat.town is None and not in_town(seat):
            return []  # '镇党委书记' beside no township is of none, least of all the county's
        phrase = self.phrases.read(phrase_text, seat.home, titles=True)
        assert phrase.posts is not None
        if phrase.local is None:
            titled = (p.title for chain in phrase.chains for p in chain.posts)
            named = phrase_text.replace("农村", "")  # 农业农村办公室 is no village's
            phrase.local = any(w in named for w in "村社居") or any(_OF_VILLAGES.search(t) for t in titled)
        village = seat.village if phrase.local else None  # else all rows of a township share the answer
        there = (*seat.bodies, seat.town, village, seat.county)
        key = (phrase_text, id(seat.home), (seat.of_county, *(id(b) for b in there if b is not None)))
        known = self.held.get(key)
        if known is not None:
            return known
        self.keep.append(seat)  # ids of its things stay theirs
        bare = [p.title for chain in phrase.chains for p in chain.posts if not p.own]
        bureaus = any(_HEADS.match(title) for title in bare)  # '党委书记、局长': both of one bureau
        if bureaus and seat.bodies:
            seat = replace(seat, town=None)
        out = []
        for chain in phrase.chains:
            if self.meaningless(chain, seat):
                continue
            previous: Entity | None = None
            for post in chain.posts:
                lead = phrase_text[: post.start].rpartition("、")[2] if not post.own else ""
                if post.body is not None and not _VILLAGE.fullmatch(lead):
                    lead = post.body.name if post.own and post.body.key.startswith("~") else ""  # '村党总支' + 副书记
                if post.own and of_another_zone(phrase_text, post.body):
                    continue
                if _VILLAGE.fullmatch(lead) or (_ZONE.search(lead) and not post.own):
                    own = self.led(lead, seat)
                    if own is None:  # of a village or zone that the row does not name: of nothing else in it
                        continue
                    made = replace(post, entity=None, body=own)
                else:
                    body = self.body(post, phrase.posts, seat, previous, lead if post.body is None else "")
                    if self.misplaced(post, body, bureaus and not seat.bodies):
                        continue
                    made = replace(post, entity=None, body=body)
                previous = made.body
                if made.title in _IGNORED or made.title in classes_of_people():
                    continue
                out.append(self.entered(made, phrase.posts))
        self.held[key] = out
        return out

    @staticmethod
    def misplaced(post: Post, body: Entity | None, unnamed: bool) -> bool:
        """Whether a title cannot be one of the body found for it; ``unnamed``: it is a bureau's head beside no bureau."""
        if _OF_DIVISIONS.match(post.title) and not (body and _DIVISION.search(body.name)):
            return True  # '副师长' beside a bureau of the 师市
        if post.own:
            return False
        if _OF_BUREAUS.search(post.title) and (body is None or body.label == "Region"):
            return True  # no place has a 局长
        return unnamed and body is not None and bool(_TOWNS.match(post.title))

    def of_firm(self, firm: Entity, title: str) -> Held:
        """A post in a firm."""
        post = self.phrases.scene("", self.phrases.home).entity(
            "Post", f"{firm.key}/{title}", f"{firm.name}{title}", title, title=title
        )
        return post, "", [Statement(post, "POST_IN", firm, (), "list-title", 0.9)]

    def of_village(self, village: Entity, title: str) -> Held:
        """A post in a village, of whose organ the title does not say the kind ('党组织书记')."""
        post = self.phrases.scene("", self.phrases.home).entity(
            "Post", f"{village.key}/{title}", f"{village.name}{title}", title, title=title
        )
        return post, "", [Statement(post, "POST_IN", village, (), "list-title", 0.9)]

    @staticmethod
    def led(lead: str, seat: Seat) -> Entity | None:
        """The row's village or zone that the words before a bare title speak of ('村委会', '工业园区')."""
        if _VILLAGE.fullmatch(lead):
            return seat.village or next((b for b in seat.bodies if _VILLAGES_OWN.search(b.name)), None)
        there = [b for b in (*seat.bodies, seat.town, seat.county) if b is not None]
        name = lead.replace("管委会", "管理委员会")
        return next((b for b in there if b.name.endswith((lead, name)) or lead == f"{b.name}管委会"), None)

    @staticmethod
    def meaningless(chain: Chain, seat: Seat) -> bool:
        """Whether a chain only names what the column says (河长, 网格员); a 段长 beside a 公路管理段 is its head."""
        return all(_RELATION.search(p.title) and not p.own and not headed(p.title, seat) for p in chain.posts)

    @staticmethod
    def entered(post: Post, posts: Posts) -> Held:
        """A post entered in the notice's things, with the fact of where it sits taken from the phrase."""
        facts, mentions = posts.scene.page.facts, posts.scene.mentions
        n, m, taken = len(facts), len(mentions), len(posts.scene.taken)
        e = posts.enter(post)
        new = facts[n:]
        del facts[n:], mentions[m:], posts.scene.taken[taken:]
        return e, post.status, new

    def body(self, post: Post, posts: Posts, seat: Seat, previous: Entity | None, lead: str = "") -> Entity | None:
        """The body of a post: its own; for a bare title, the row's. ``lead`` are the words before the title, of which
        nobody knows a body: they name their own where none in the row is such a one ('环保所' + '所长')."""
        body = post.body
        loose = body is None or body.key.startswith("~")
        own_city = seat.county if seat.of_county and not post.own else None
        if (m := _GOVERNMENTS.match(post.title)) and own_city is not None and own_city.name.endswith(m.group(1)):
            return posts.seat(own_city, post.title, "gov")
        if not loose:
            return body
        if (
            body is not None
            and post.own
            and seat.town is not None
            and body.key.startswith((f"{seat.town.key}/", f"{seat.town.key}人民政府"))
        ):
            return body  # of a township that the tables do not have
        if body is not None and body.label == "Agency" and post.own and not body.props.get("generic"):
            own = seat.home.places.get("township") or seat.home.places.get("county")
            over = seat.town or seat.county or (region(posts.scene, own, inferred=True) if own else None)
            if over is not None:  # '农业农村办公室主任' of a township
                core = body.key.removeprefix("~/").replace("/", "")
                return enter(posts.scene, Prefix(0, over), core, str(body.props.get("kind") or "department"), core)
        if _BUREAU.fullmatch(lead) and (known := of_level(posts.scene, lead)):
            return known
        if lead and (under := self.under(lead, unit_of(post.title), posts, seat)) is not None:
            return under
        rule = titles()[post.title].at if post.title in titles() else "same"
        if m := _GOVERNMENTS.match(post.title):
            return self.government(m.group(1), posts, seat, post.title)
        if re.match(r"村|支书|党支部|支部|党总支", post.title) and seat.village is not None:
            return seat.village
        if post.title.startswith("村"):
            return next((b for b in seat.bodies if _VILLAGES_OWN.search(b.name)), None)
        if previous is not None:
            return previous
        unit = unit_of(post.title)
        if unit:
            fits = [b for b in seat.bodies if re.search(f"(?:{unit})$", b.name) and not b.props.get("generic")]
            if fits:
                return fits[0]
            said = body.name if body is not None and post.own else lead
            if len(said) > 2 and re.search(f"(?:{unit})$", said):
                if over := self.begun(said, posts):
                    core = said[said.index(over.name) + len(over.name) :]
                    return enter(posts.scene, Prefix(0, over), core, "department", core)
                core = re.sub(r"^[镇乡]", "", said)
                return enter(posts.scene, Prefix(0, seat.town), core, "department", core) if seat.town else None
        if rule in ("party", "place") or _ORGANS.match(post.title):
            if seat.town is not None:
                return seat.town
            places = [b for b in seat.bodies if b.label == "Region"]
            if places:
                return posts.seat(places[0], post.title, rule)
            above = seat.home.places.get("township") or seat.home.places.get("county")
            if (
                _ORGANS.match(post.title)
                and above is not None
                and not (above.level == "county" and _TOWNS.match(post.title))
            ):
                return posts.seat(region(posts.scene, above, inferred=True), post.title, rule)
        departments = [
            b
            for b in seat.bodies
            if b.label == "Agency" and not b.props.get("generic") and b.props.get("kind") != "government"
        ]
        if len(departments) == 1 or (departments and rule == "same" and unit):
            return departments[0]
        if seat.bodies and len(seat.bodies) == 1 and not seat.bodies[0].props.get("generic"):
            return seat.bodies[0]
        own = seat.home.places.get("township") if _RANK.search(post.title) else None
        if own is not None and seat.town is None:  # the cadres of a township's own roster
            return posts.seat(region(posts.scene, own, inferred=True), post.title, "gov")
        return seat.village if re.search("村", post.title) and seat.village else seat.town

    @staticmethod
    def begun(said: str, posts: Posts) -> Entity | None:
        """The township that the name of a body begins with ('敬安镇村建中心')."""
        towns = [x for _, _, x in posts.scene.region_spans if x.props.get("level") == "township"]
        return next((x for x in towns if -1 < said.find(x.name) < len(said) - len(x.name) - 1), None)

    @staticmethod
    def under(lead: str, unit: str, posts: Posts, seat: Seat) -> Entity | None:
        """The body of the row that the words before a bare title name by their end ('局' + 党委委员), or a part of the only one
        ('戴南分局', '园区办')."""
        named = [b for b in seat.bodies if b.label == "Agency" and not b.props.get("generic")]
        fits = [b for b in named if b.name.endswith(lead)]
        if len(fits) == 1:
            return fits[0]
        if len(named) != 1 or len(lead) < 3 or seat.town is not None or not re.search(f"(?:{unit or _PARTS})$", lead):
            return None
        code, _, own = named[0].key.partition("/")
        place = gazetteer().get(code) if own == "人民政府" or own.endswith("街道办事处") else None
        if place is None and not re.search(f"(?:{_PARTS})$", lead):
            return None
        over = region(posts.scene, place, inferred=True) if place is not None else named[0]
        return enter(posts.scene, Prefix(0, over), lead, "department", lead)

    def government(self, level: str, posts: Posts, seat: Seat, title: str) -> Entity | None:
        """The government that a bare 县长, 镇长 heads: of the row's bodies or places the one of that level."""
        for b in (*seat.bodies, seat.town, seat.county):
            if b is None:
                continue
            if b.label == "Agency" and b.key.endswith("/人民政府") and re.search(rf"{level}(?:人民)?政府$", b.name):
                return b
            if b.label == "Region" and b.name.endswith(level):
                return posts.seat(b, title, "gov")
        return None

    def hold(self, person: Entity, posts: Sequence[Held], spans: tuple[Span, ...], status: str = "") -> None:
        """HOLDS for every post of a title phrase; ``spans`` are the cells it stands in."""
        for post, how, facts in posts:
            for f in facts:
                self.draft.fact(f, spans[-1:])
            if post.props.get("unresolved") and not facts:
                continue
            how = how or status
            self.draft.mention(post, spans[-1])
            self.draft.fact(
                Statement(person, "HOLDS", post, spans, "list-title", 0.93, props={"status": how} if how else {})
            )

    @staticmethod
    def code_of(posts: Sequence[Held]) -> str:
        """The division that the bodies of a title phrase are in."""
        return seat_of(f.target for _, _, facts in posts for f in facts if f.type == "POST_IN")
