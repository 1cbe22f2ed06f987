"""Leaders' division of labour: the bodies that stand under them, the work that is theirs, the offices that they have beside."""

from __future__ import annotations

from collections.abc import Callable

from kg.lazy import lazy
from loaders.lists.cell import Words
from loaders.lists.draft import Draft
from loaders.lists.people import is_title
from loaders.lists.row import Bearer, Row
from loaders.lists.rows import Rows
from loaders.prose.page import Entity, Span
from loaders.prose.relate.portfolio import fields

_NAME = 40  # characters of a duty's short name
_BESIDE = lazy(r"兼任?([^，。；、\n]{4,24})")  # '兼任县河长办主任'
_FIELDS = lazy(
    r"(?![^、]*(?:负责|主持|领导|分管|协管|协助|主管|牵头|抓|做好|组织|统筹|联系|指导|承担|推进|落实|开展|加强))"
    r"[^、，。；]{2,14}(?:、[^、，。；]{2,14})*(?<!工作)"
)  # '教育、卫生健康': only what the leader's field is
_WORK = lazy(r"工作|分工|领域|业务|事项")


class Portfolio:
    """Reads the columns of portfolios, row by row; ``key`` gives a duty its part of an id."""

    def __init__(
        self, draft: Draft, rows: Rows, about: Entity, duties: bool, key: Callable[[Row, str], str]
    ) -> None:  # fmt: skip
        self.draft, self.rows, self.about, self.duties, self.key = draft, rows, about, duties, key

    def row(self, row: Row) -> None:
        """What the row's leaders have: bodies stand under them, the work is theirs to answer for."""
        leaders = [
            b for b in row.bearers if b.entity.label != "Agency" and (b.column.kind == "name" or not self.duties)
        ]  # a 联系单位 beside is nobody's leader, nor has each who bears a duty the same portfolio
        for column, cell, w in row.words("portfolio"):
            whole = w.span(cell, 0, len(w.text))
            phrase = self.rows.phrases.read(w.text.replace("\n", "、"), row.home)
            held = [m.span(1) for m in _BESIDE.finditer(w.text) if is_title(m[1])]
            for start, end in held:
                self.hold(row, leaders, w.text[start:end], w.span(cell, start, end))
            bodies = [
                m for m in phrase.mentions
                if m.entity.label == "Agency" and not m.entity.props.get("generic") and not self.whole(m.entity)
                and not any(s <= m.span.start < e for s, e in held)
            ]  # fmt: skip
            for leader in leaders:
                for m in bodies:
                    at = w.span(cell, m.span.start, m.span.end)
                    self.draft.mention(m.entity, at)
                    self.draft.say(
                        leader.entity, "SUPERVISES", m.entity, (leader.span, at), "column-分管", 0.93, kind="portfolio"
                    )
            self.topics(leaders, w, [*held, *((m.span.start, m.span.end) for m in phrase.mentions)], whole)
            if not self.duties and _WORK.search(column.header) and not _FIELDS.fullmatch(w.text):
                text = w.text.replace("\n", "")
                duty = Entity("Obligation", short(text), props={"text": text})
                duty.key = self.key(row, text)
                self.draft.say(duty, "LISTED_IN", self.about, (whole,), "list-row", 0.99)
                for leader in leaders:
                    self.draft.say(leader.entity, "BEARS", duty, (leader.span, whole), "column-分管", 0.93, role="责任")

    def hold(self, row: Row, leaders: list[Bearer], title: str, at: Span) -> None:
        """The office that a portfolio says its leader has beside."""
        for b in leaders:
            if b.entity.label == "Person":
                posts = self.rows.persons.posts(title, self.rows.seat(row, b.column))
                self.rows.persons.hold(b.entity, posts, (b.span, at))

    def topics(self, leaders: list[Bearer], w: Words, taken: list[tuple[int, int]], whole: Span) -> None:
        """The fields of work that a cell's words name beyond what is ``taken``."""
        words = "".join("\uf000" if any(s <= k < e for s, e in taken) else c for k, c in enumerate(w.text))
        for topic in fields(words):
            for leader in leaders:
                self.draft.say(leader.entity, "HAS_PORTFOLIO", topic, (leader.span, whole), "column-分管", 0.93)

    def whole(self, body: Entity) -> bool:
        """Whether a body is the one itself whose work is divided ('主持区政府全面工作', '主持局全面工作')."""
        if any(body is x for x in self.rows.phrases.own_body):
            return True
        own = body.key.split("/", 1)[0] == self.rows.phrases.home.code
        return own and body.props.get("kind") in ("government", "party")


def short(text: str) -> str:
    """A duty's name: its words, cut where they are many."""
    return text if len(text) <= _NAME else f"{text[:_NAME]}…"
