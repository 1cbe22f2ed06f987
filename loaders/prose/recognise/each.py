"""One title of several bodies and as many names behind it: each holds the post in one ('甲镇、乙镇党委书记石某、路某')."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.edges import SHORT_WORD, edge
from loaders.prose.recognise.lexicon import titles
from loaders.prose.recognise.names import forward
from loaders.prose.recognise.naming import Prefix, enter
from loaders.prose.recognise.people import People
from loaders.prose.recognise.phrase import NO_TITLE, Chain, Post
from loaders.prose.recognise.seats import Seats
from loaders.words import COUNT

JOINT = lazy("、|以及|及|和|与")
BEFORE = lazy("(?:、|以及|及|和|与)$")
TOGETHER = lazy(f"(?:等?{COUNT}个?(?:[地镇乡县区市村局家]|街道|单位|部门|乡镇|镇街|村居|社区)(?:的)?)$")
OF_MANY = lazy("领导|成员|代表|干部|委员|人员|秘书长|顾问")
RULING = frozenset(("party", "government"))
DEALT = lazy("分别(?:担任|兼任|出任|挂任|任|为)$")
NAMES = 8
REACH = 60

Named = tuple[int, int]


def deal(people: People, chain: Chain) -> bool:
    """Enter who holds the post in which of several bodies; False where there are not as many names as bodies."""
    post = chain.posts[0]
    if len(chain.posts) > 1 or OF_MANY.search(post.title):
        return False
    names = list(listed(people, chain.end))
    if len(names) < 2:
        return False
    bodies = several(people.seats, post)
    if len(bodies) != len(names):
        return False
    for (start, end), (at, body, title) in zip(names, bodies, strict=True):
        one = Post(at, post.end, title, post.status, body, own=True)
        people.hold(people.person(start, end), Chain([one]), start, end, appointed=True)
    return True


def listed(people: People, at: int) -> list[Named]:
    """The names from an offset on that marks or 和 join; none where one of them is no name."""
    found: list[Named] = []
    while len(found) < NAMES:
        end = forward(people.t, at, loose=True, firm=True)
        if not end or not people.met(at, end):
            return []
        found.append((at, end))
        joint = JOINT.match(people.text, end)
        if joint is None:
            return found if edge(people.t, end) >= SHORT_WORD else []
        at = joint.end()
    return []


def shared(seats: Seats, post: Post) -> list[Post]:
    """The posts of several bodies that a verb deals out ('石某、路某分别任甲镇、乙镇党委书记'); none without such a verb."""
    if OF_MANY.search(post.title) or seats.text.find("分别", max(0, post.start - REACH), post.start) < 0:
        return []
    bodies = several(seats, post)
    if not bodies or not DEALT.search(seats.text, max(0, bodies[0][0] - 6), bodies[0][0]):
        return []
    return [Post(at, post.end, title, post.status, body, own=True) for at, body, title in bodies]


def several(seats: Seats, post: Post) -> list[tuple[int, Entity, str]]:
    """The bodies that stand before a title as a list, each with where it begins and the title as it reads there."""
    text = seats.text
    said = post.end - len(post.title)  # of '三镇镇长' the post takes in the level word
    together = TOGETHER.search(text, max(0, said - 8), said) if said - post.start < 2 else None
    at, found = (together.start(), list[tuple[int, Entity]]()) if together else (post.start, [])
    if not together and (post.body is None or not post.own):
        return []
    while True:
        if found or not together:
            joint = BEFORE.search(text, max(0, at - 2), at)
            if joint is None:
                break
            at = joint.start()
        if at in seats.bodies.at_end:
            start, body, _ = seats.bodies.at_end[at]
        elif at in seats.bodies.ends:
            start, body = seats.bodies.ends[at]
        else:
            break
        found.insert(0, (start, body))
        at = start
    if not found or any(e.props.get("kind") in RULING or e.props.get("generic") for _, e in found):
        return []
    if together:
        return [(start, *seat(seats, body, post, start)) for start, body in found]
    last, own = seats.place_of(post.body), post.body
    out = list[tuple[int, Entity, str]]()
    if own is None:
        return []
    for start, other in found:
        if other.label == "Region" and own.label == "Agency":
            if last is None or not own.key.startswith(f"{last.key}/"):
                return []
            other = alike(seats, other, own.key.removeprefix(f"{last.key}/"), own)
        elif other.label != own.label:
            return []
        out.append((start, other, post.title))
    return [*out, (post.start, own, post.title)]


def alike(seats: Seats, place: Entity, core: str, body: Entity) -> Entity:
    """The body of a place that another's is for its own."""
    if known := seats.scene.entities.get(("Agency", f"{place.key}/{core}")):
        return known
    e = enter(seats.scene, Prefix(0, place), core, str(body.props.get("kind")), "")
    if body.props.get("inferred"):
        e.props["inferred"] = True
    return e


def seat(seats: Seats, body: Entity, post: Post, start: int) -> tuple[Entity, str]:
    """Where the post sits of a place in a list that a number sums up ('甲镇、乙镇两地党委书记')."""
    if body.label != "Region":
        return body, post.title
    organ = next((x for x in ("党委", "党工委", "党支部", "党总支") if post.title.startswith(x)), "")
    if organ:
        return seats.small_party(body, organ, post.title, start)
    rule = titles().get(post.title, NO_TITLE).at
    return seats.seat(body, post.title, rule, start) or body, post.title
