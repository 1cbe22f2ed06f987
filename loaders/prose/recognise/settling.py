"""Which body an open post sits in: that of the post before it, a group in hand, what its level word means here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.classes import listed
from loaders.prose.recognise.hand import corps_in_hand, group_in_hand, village_before, village_in_hand, zone_in_hand
from loaders.prose.recognise.lexicon import Title, row_of, table, titles
from loaders.prose.recognise.own_firm import own_firm
from loaders.prose.recognise.phrase import Post
from loaders.prose.recognise.seats import DEPUTY, Seats
from loaders.words import TEAM_HEADS

OTHERS = lazy("[省市县区州旗][厅局]$")  # '县局局长': of another bureau than the one in hand, or it would be known
GROUP_TITLE = lazy(f"(?:{TEAM_HEADS}|指挥|政委|主任委员|委员|成员|[组队]员|顾问)$")
OF_VILLAGE = lazy("村|支委")
OF_A_TEAM = lazy("(?:专家|评审|验收|考核|技术|评估|核查|工作|调研|观察)组$")
"""Right before 组长: whose group is not the one in hand."""
OF_LEVEL = lazy(r"[省市县区州旗](?:第?一?总|级)")
OF_TOWN = lazy(r"(?:[镇乡]|街道)(?:第?一?总|级总)")
CHIEF = lazy(r"[河湖林田湾]段?长(?:助理)?$")
CORPS_HEAD = lazy(r"^副?([师团连])长$")
CORPS_POST = lazy(r"政委$|政治委员$|司令员$|^副?[师团]长$")
OF_CONGRESS = lazy(r"人大(副?主席)$")
OF_DELEGATES = lazy("/[省市县区州旗盟]?(?:政协|人大|人民代表大会)")
CONGRESS = lazy(r"/(?:[省市县区州旗盟]?(?:政协|人大)|.*(?:联合会|工会|协会|妇联|工商联|主席团))$")


@cache
def village_titles() -> frozenset[str]:
    """Titles that somebody bears in a village."""
    return frozenset(table("titles.toml")["village"]["words"].split())


@cache
def firm_titles() -> frozenset[str]:
    """Titles that in a firm's own notice are borne in the firm, where nothing else is said."""
    return frozenset(table("titles.toml")["firm"]["words"].split())


def settle(seats: Seats, before: Post | None, post: Post, beside: Entity | None = None) -> None:
    """Settle the body of a post: its own, that of the post before it, a group in hand, or what its level word means
    here. ``beside`` is the place of the post that somebody listed before holds ('石家庄市委书记张某、市长')."""
    rule = titles().get(post.title, Title(post.title, "same")).at
    body = post.body
    if body is None and OF_LEVEL.match(post.title):
        body = seats.level_body(post.title, post.start)
    if body is None and OF_TOWN.match(post.title):
        body = seats.bodies.last_town(post.start)
    of_party = "党" in post.title or rule == "party"
    if (
        body is None
        and GROUP_TITLE.search(post.title)
        and not of_party
        and not OF_VILLAGE.match(post.title)
        and not OF_A_TEAM.search(seats.text, 0, post.start)
    ):
        body = group_in_hand(seats.bodies, post.start, post.title, post.end)
    if body is None and before is not None and post.title.startswith("党工委"):
        zone = seats.place_of(before.body)  # '经开区管委会主任、党工委副书记'
        if zone is not None:
            body, post.title = seats.small_party(zone, "党工委", post.title, post.start)
    if body is None and CHIEF.search(post.title):  # '区委书记、第一总河长'
        body = seats.place_of(before.body) if before else listed(seats.scene, post.title, post.start)
    if body is None and rule == "gov" and before is not None and post.title.endswith("主席"):
        body = before.body if before.body is not None and CONGRESS.search(before.body.key) else None
    if body is None and before is not None and before.body is not None and post.title.endswith("秘书长"):
        told = before.title == "常委" or OF_DELEGATES.search(before.body.key)
        body = before.body if told else None  # '市委常委、秘书长', '市人大常委会副主任、秘书长'
    if body is None and before is not None and CORPS_POST.search(post.title):
        body = seats.place_of(before.body)  # '六十四团党委书记、政委'
    if body is None and before is not None:
        own = rule in ("same", "party", "class") and not OF_CONGRESS.match(post.title)  # '镇党委委员、人大主席'
        body = before.body if own else seats.place_of(before.body)
    if rule in table("organs.toml")["national"]:
        body = seats.national(rule)
    if body is None and rule == "gov" and beside is not None:
        word = DEPUTY.sub("", post.title)[:1]
        body = beside if beside.name.endswith(word) else None
    if body is None and rule in ("gov", "place"):
        body = seats.level_body(post.title, post.start)
    if body is None and OF_VILLAGE.match(post.title):
        body = village_in_hand(seats.scene, post.start) or village_before(seats.scene, post.start)
    if body is None and rule == "gov" and DEPUTY.sub("", post.title)[:1] in ("镇", "乡"):
        body = seats.bodies.last_town(post.start)
    if (
        body is None
        and before is None
        and re.match(r"党委|人大|党工委|武装部|人武部|(?:宣传|组织|纪检|政法|统战)委员", post.title)
    ):
        body = seats.bodies.last_town(post.start)
    if body is None and before is None and post.title.startswith("党工委"):
        zone = zone_in_hand(seats.scene, post.start)
        if zone is not None:
            body, post.title = seats.small_party(zone, "党工委", post.title, post.start)
    if post.body is None and seats.text[post.start - 1 : post.start] == "团" and post.title.startswith("党委"):
        body = corps_in_hand(seats.scene, "团") or body  # '团党委书记'
    if post.body is None and (corps := CORPS_HEAD.search(post.title)):
        other = body is not None and body.props.get("kind") == "party"
        body = corps_in_hand(seats.scene, corps.group(1)) or (None if other else body)
    if body is not None and body.label == "Region" and (chair := OF_CONGRESS.match(post.title)):
        body, post.title = seats.congress(body, post.start), chair.group(1)  # '镇长石明、人大主席方立': the town's
    if body is not None and body.label == "Region":
        body = seats.seat(body, post.title, rule, post.start)
    elif body is not None and rule == "gov" and body.props.get("kind") == "party" and "秘书长" not in post.title:
        body = None
    post.body = body


def share(seats: Seats, posts: Sequence[Post]) -> None:
    """Settle the posts of a chain that are still open by the head of a body named before ('厅长' of the 厅 in hand)."""
    if posts[0].body is not None or posts[0].own or OTHERS.search(seats.text, 0, posts[0].start):
        return
    for post in posts:
        if post.body is not None:
            return
        if titles().get(post.title, Title("", "same")).at != "same":
            return
    for post in posts:
        ending = row_of("heads").get(DEPUTY.sub("", post.title))
        if ending and (body := headed(seats, post.start, ending)) is not None:
            for p in posts:
                p.body = p.body or body
            return


def headed(seats: Seats, before: int, ending: str) -> Entity | None:
    """The body with such an ending named last before an offset in its paragraph, else the one that publishes."""
    scene = seats.scene
    ours = own_firm(seats.bodies, len(seats.text)) if ending == "公司" else None
    left = max(seats.text.rfind(c, 0, before) for c in "。；\n") + 1
    for start, _, x, _ in seats.bodies.back(before, scene.paragraph(before)):
        if ours is not None and (start < left or x.name.startswith(ours.name)):
            return ours  # '总经理' in a firm's own notice, its branches named before
        if x.name.endswith(ending) and not x.props.get("generic"):
            return x
    own = scene.page.meta.publisher
    if not own.endswith(ending):
        return None
    every = {id(x): x for _, x, _ in seats.bodies.at_end.values() if x.name == own or own in x.aliases}
    return next(iter(every.values())) if len(every) == 1 else None


def beside_name(seats: Seats, post: Post, start: int) -> None:
    """Settle an open post behind its holder's name by the body that ends where the name begins ('市环保局王某副处长')."""
    named = seats.bodies.at_end.get(start)
    if post.body is not None or named is None or named[1].props.get("generic"):
        return
    party = named[1].props.get("kind") == "party"
    if titles().get(post.title, Title("", "")).at == ("party" if party else "same"):
        post.body = named[1]


def follow(seats: Seats, posts: Sequence[Post]) -> None:
    """A bare deputy's title takes the body of the chief named before it in the paragraph ('人大常委会主任A。副主任B')."""
    paragraphs = iter(seats.scene.page.paragraphs)
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
        elif not post.own and post.title == "副书记" and "党委书记" in chiefs:
            post.body = chiefs["党委书记"]  # '镇党委书记石明，镇长路平，副书记方立'
        elif not post.own and base == "秘书长":
            post.body = next((x for x in reversed(chiefs.values()) if CONGRESS.search(x.key)), None)
        elif not post.own and post.title in firm_titles() and (firm := own_firm(seats.bodies, len(seats.text))):
            post.body = firm
        elif not post.own and post.title in village_titles():
            post.body = village_in_hand(seats.scene, post.start)
