"""The people of a text: who is known, where they are named, by what they are called and which posts they hold."""

from __future__ import annotations

import re
from bisect import bisect_right, insort

from kg.lazy import lazy
from kg.model import Value
from loaders.prose.page import Entity, Span, Statement
from loaders.prose.recognise.edges import OTHER, edge, surname_length
from loaders.prose.recognise.lexicon import titles
from loaders.prose.recognise.names import REDACTED
from loaders.prose.recognise.phrase import NO_TITLE, Chain
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.seats import Seats
from loaders.prose.recognise.terms import Terms

SIGNS = lazy(r"[\s*•・]")  # what stands within a name and is no part of it, or a dot of another form
FAR = 40


def short_of(name: str) -> str:
    """What somebody is called beside a title: the first part of a name with a dot, the given name of one of three; '' for
    none."""
    first, dot, _ = name.partition("·")
    return first if dot else name[1:] if len(name) == 3 and surname_length(name, 0) == 1 else ""


class People:
    """The people of one scene as they are found, after its places, bodies and title chains."""

    def __init__(self, scene: Scene, seats: Seats, chains: list[Chain]) -> None:
        self.scene, self.seats, self.t, self.text = scene, seats, scene.tokens, scene.page.text
        self.chain_starts = {c.end: c.start for c in chains}
        self.chain_ends = self.chain_starts.keys()
        self.known: dict[str, Entity] = {}
        self.by_surname: dict[str, list[tuple[str, Entity]]] = {}
        self.by_short: dict[str, list[str]] = {}  # full names by what they are called for short
        self.dotted: dict[str, list[str]] = {}  # names with a dot, by their first character
        self.lengths: set[int] = set()  # of short names
        self.ends: list[int] = []  # where names end, in order
        self.named: dict[int, tuple[int, Entity]] = {}  # end of a name -> its start and person
        self.titles_of: dict[str, set[str]] = {}
        self.terms = Terms(scene.page)

    def sure(self) -> None:
        """People whose names their surroundings have settled."""
        for m in re.finditer("M", self.t.letters):
            s, e = self.t.starts[m.start()], self.t.starts[m.start() + 1]
            if self.scene.free(s, e):
                self.person(s, e)

    def met(self, start: int, end: int) -> bool:
        """Whether start..end may be read as a name: free, or read as one before."""
        return end in self.named or self.scene.free(start, end)

    def person(self, start: int, end: int) -> Entity:
        """The person named at start..end; the same name is the same person within one notice."""
        if end in self.named and self.named[end][0] == start:
            return self.named[end][1]
        surface = self.text[start:end]
        name = SIGNS.sub(lambda m: "·" if m.group() in "•・" else "", surface)
        whole = [n for n in self.dotted.get(name[0], ()) if n.startswith(f"{name}·")]
        if len(whole) == 1:  # '阿依江' of 阿依江·吐尔逊
            return self.called(self.known[whole[0]], start, end)
        e = self.scene.entity("Person", name, name)
        if REDACTED.fullmatch(surface):
            e.props["partial"] = True
        else:
            if name not in self.known:
                self.known[name] = e
                self.by_surname.setdefault(name[0], []).append((name, e))
                if "·" in name:
                    self.dotted.setdefault(name[0], []).append(name)
                if short := short_of(name):
                    self.by_short.setdefault(short, []).append(name)
                    self.lengths.add(len(short))
        self.note(start, end, e)
        self.scene.mention(e, start, end)
        return e

    def called(self, e: Entity, start: int, end: int) -> Entity:
        """A person by a part of the name."""
        short = self.text[start:end]
        e.aliases += [short] if short not in e.aliases else []
        self.note(start, end, e)
        self.scene.mention(e, start, end)
        return e

    def note(self, start: int, end: int, e: Entity) -> None:
        """Keep where a name stands."""
        if end not in self.named:
            insort(self.ends, end)
            self.named[end] = (start, e)

    def between(self, left: int, right: int) -> list[tuple[int, int, Entity]]:
        """The people named in left..right, in order: start, end, person."""
        ends = self.ends[bisect_right(self.ends, left) : bisect_right(self.ends, right)]
        return [(self.named[e][0], e, self.named[e][1]) for e in ends if self.named[e][0] >= left]

    def hold(
        self, person: Entity, chain: Chain, start: int, end: int, *, appointed: bool = False, status: str = ""
    ) -> None:
        """HOLDS and POST_IN for every post of a chain; the posts are mentioned as well. A bare title beside a name whose
        posts are known ('曹某副市长') adds nothing. ``appointed`` where a verb says so, with its ``status``."""
        first = chain.posts[0]
        held = self.titles_of.setdefault(person.name, set())
        if len(chain.posts) == 1 and not first.own and not appointed and any(t.endswith(first.title) for t in held):
            return
        if not appointed and not all(
            p.body is not None or len(chain.posts) > 1 or titles().get(p.title, NO_TITLE).at == "place"
            for p in chain.posts
        ):
            return
        for post in chain.posts:
            how = post.status or status
            entity = self.seats.enter(post)
            held_as, name = Span(post.start, post.end), Span(start, end)
            whole = held_as.joined(name)
            far = whole.end - whole.start > FAR  # a label and a name lines below it are quoted apart
            span = (held_as, name) if far else (whole,)
            props: dict[str, Value] = {"status": how} if how else {}
            if appointed:
                props |= self.terms.of(whole, how)
            self.scene.page.facts.append(Statement(person, "HOLDS", entity, span, "title-chain", 0.92, props=props))
            held.add(post.title)

    def so_called(self, surname: str, title: str) -> bool:
        """Whether somebody of a surname is known to hold a title."""
        return any(self.titled(name, title) for name, _ in self.by_surname.get(surname, ()))

    def titled(self, name: str, title: str) -> bool:
        """Whether somebody is known to hold a title, or one that it ends with."""
        return any(t.endswith(title) or title.endswith(t) for t in self.titles_of.get(name, ()))

    def surname_and_title(self, chain: Chain) -> None:
        """'张县长', '凡副局长', '买买提书记', '月明县长': the one known person of that surname, or called so, who holds that
        title."""
        post = chain.posts[0]
        start = post.end - len(post.title)
        free = [s for n in self.lengths if (s := start - n) >= 0 and self.scene.free(s, start)]
        told = [
            (s, name) for s in free
            for name in self.by_short.get(self.text[s:start], ()) if self.titled(name, post.title)
        ]  # fmt: skip
        if len(told) == 1:
            [(s, name)] = told
            alias = self.text[s : post.end]
            self.known[name].aliases += [alias] if alias not in self.known[name].aliases else []
            self.scene.mention(self.known[name], s, start)
            return
        for n in (1, 2):
            s = start - n
            if s < 0 or surname_length(self.text, s) != n or not self.scene.free(s, start):
                continue
            if (
                s
                and self.t.letter_at(s - 1) not in ("p", "V", "")
                and self.text[s - 1] not in "与和"
                and edge(self.t, s) < OTHER
            ):
                continue
            fits = [
                e
                for name, e in self.by_surname.get(self.text[s], ())
                if name.startswith(self.text[s:start]) and self.titled(name, post.title)
            ]
            if len(fits) == 1:
                alias = self.text[s : post.end]
                if alias not in fits[0].aliases:
                    fits[0].aliases.append(alias)
                self.scene.mention(fits[0], s, start)
