"""Recognition: who and what is named in a cleaned page, as mentions of things.

Order matters and is all there is to it: places first, then bodies (which begin with places), then collectives, then
people (whose titles begin with bodies). A later step never cuts into what an earlier one has read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from loaders.prose.page import Page
from loaders.prose.recognise import apart, bodies, corps, generics, home, regions, sure
from loaders.prose.recognise.appointments import Appointments
from loaders.prose.recognise.people import People
from loaders.prose.recognise.posts import Posts, classes
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.surroundings import Bodies
from loaders.prose.recognise.tokens import lex


def recognise(page: Page, hints: Sequence[str] = ()) -> Page:
    """Fill ``page.mentions`` (in order of span) and ``page.facts``; returns the same page. ``hints`` are names that stand
    beside the notice (the site's) and may tell whose it is."""
    scene = Scene(page, lex(page.text))
    if names := sure.spans(scene.tokens):
        scene.tokens = lex(page.text, names=names)
    home.settle(scene, hints)
    if words := home.local_names(scene):
        scene.tokens = lex(page.text, words, names)
    ends = regions.read(scene)
    corps.read(scene, ends)
    found = bodies.read(scene, ends)
    for start, end, entity in scene.region_spans:
        if page.text.startswith("段", end):  # '岷江青神段' is a reach, no place
            continue
        free = scene.free(start, end)
        if free or (
            (start, end) in scene.uppers and in_a_sentence(page, start)
        ):  # '安徽省六安市' in '安徽省六安市金寨县委' is named beside the body
            entity.props.pop("inferred", None)
            scene.mention(entity, start, end, take=free)
    classes(scene, found)
    everybody(scene, found)
    generics.read(scene)
    page.mentions = sorted(scene.mentions, key=lambda m: (m.span, m.entity.label, m.entity.name))
    return page


def in_a_sentence(page: Page, offset: int) -> bool:
    """Whether an offset stands in running text, not in a signature, a headline or an address."""
    k = bisect_right(page.paragraphs, offset, key=lambda p: p.start) - 1
    return k >= 0 and any(c in page.quote(page.paragraphs[k]) for c in "。，；")


def everybody(scene: Scene, found: Bodies) -> None:
    """People and their posts: those beside a title, those a verb of office names, the rest, then what the verbs say."""
    posts = Posts(scene, found)
    phrases = posts.chains()
    people = People(scene, posts.seats, phrases)
    appointments = Appointments(people)
    people.sure()
    claimed = [appointments.claims(chain) for chain in phrases]
    for n, chain in enumerate(phrases):
        if not claimed[n]:
            people.holders(chain, phrases[n + 1].start if n + 1 < len(phrases) else len(scene.page.text))
    appointments.moved()
    for chain in phrases:
        appointments.before_verbs(chain)
    apart.read(people)
    for chain in phrases:
        appointments.proposed(chain)
        appointments.read(chain)
        people.surname_and_title(chain)
