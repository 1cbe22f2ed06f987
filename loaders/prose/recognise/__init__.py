"""Recognition: who and what is named in a cleaned page, as mentions of things.

Order matters and is all there is to it: places first, then bodies (which begin with places), then collectives, then
people (whose titles begin with bodies). A later step never cuts into what an earlier one has read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from loaders.prose.page import Page
from loaders.prose.recognise import apart, bodies, corps, generics, headline, home, namesakes, regions, sides, sure
from loaders.prose.recognise.appointments import Appointments
from loaders.prose.recognise.holders import Holders
from loaders.prose.recognise.people import People
from loaders.prose.recognise.posts import Posts, classes
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.surroundings import Bodies
from loaders.prose.recognise.tokens import lex


def recognise(page: Page, hints: Sequence[str] = ()) -> Page:
    """Fill ``page.mentions`` (in order of span) and ``page.facts``; returns the same page. ``hints`` are names that stand
    beside the notice (the site's) and may tell whose it is."""
    scene = Scene(page, lex(page.text))
    if names := sure.spans(scene.tokens, page.parted):
        scene.tokens = lex(page.text, names=names)
    home.settle(scene, hints)
    sides.part(scene)
    if words := home.local_names(scene):
        scene.tokens = lex(page.text, words, names)
    ends = regions.read(scene)
    corps.read(scene, ends)
    found = bodies.read(scene, ends)
    for start, end, entity in scene.region_spans:
        if page.text.startswith("段", end):  # '岷江青神段' is a reach, no place
            continue
        if page.text.startswith("分局", end):  # '桓台分局'
            branch(scene, start, end)
            continue
        free = scene.free(start, end)
        if free or ((start, end) in scene.uppers and in_a_sentence(page, start) and ruled(scene, start)):
            entity.props.pop("inferred", None)
            scene.mention(entity, start, end, take=free)
    page.headed = headline.headed(scene)
    classes(scene, found)
    everybody(scene, found)
    generics.read(scene, found)
    sides.read(scene)
    page.mentions = sorted(scene.mentions, key=lambda m: (m.span, m.entity.label, m.entity.name))
    namesakes.part(page)
    return page


def branch(scene: Scene, start: int, end: int) -> None:
    """Mention the branch that a place and 分局 name short, where the notice names it in full."""
    word = scene.page.text[start : end + 2]
    known = [e for (label, _), e in scene.entities.items() if label == "Agency" and e.name.endswith(word)]
    if len(known) == 1 and scene.free(start, end + 2):
        if word not in known[0].aliases:
            known[0].aliases.append(word)
        scene.mention(known[0], start, end + 2)


def ruled(scene: Scene, offset: int) -> bool:
    """Whether a government or a party committee is named around an offset: '安徽省六安市金寨县委' names the city beside it,
    '盐城市阜宁县生态环境局' and a firm do not."""
    around = (m.entity for m in scene.mentions if m.span.start <= offset < m.span.end)
    return any(e.props.get("kind") in ("party", "government") for e in around)


def in_a_sentence(page: Page, offset: int) -> bool:
    """Whether an offset stands in running text, not in a signature, a headline or an address."""
    k = bisect_right(page.paragraphs, offset, key=lambda p: p.start) - 1
    return k >= 0 and any(c in page.quote(page.paragraphs[k]) for c in "。，；")


def everybody(scene: Scene, found: Bodies) -> None:
    """People and their posts: those beside a title, those a verb of office names, the rest, then what the verbs say."""
    posts = Posts(scene, found)
    phrases = posts.chains()
    people = People(scene, posts.seats, phrases)
    appointments, holders = Appointments(people), Holders(people)
    people.sure()
    claimed = [appointments.claims(chain) for chain in phrases]
    for n, chain in enumerate(phrases):
        if not claimed[n]:
            holders.find(chain, phrases[n + 1].start if n + 1 < len(phrases) else len(scene.page.text))
    appointments.moved()
    for chain in phrases:
        appointments.before_verbs(chain)
    apart.read(people)
    for chain in phrases:
        appointments.proposed(chain)
        appointments.read(chain)
        people.surname_and_title(chain)
