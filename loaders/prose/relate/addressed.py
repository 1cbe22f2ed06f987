"""Whom a document calls at its head ('各镇人民政府，市直有关部门：') and asks to act ('现印发给你们，请认真组织实施'); whom the words
ask that announce somebody's points ('对某镇禁烧工作提出了要求：一是…')."""

from __future__ import annotations

import re

from loaders.prose.page import Span
from loaders.prose.relate.attribution import Told, Voice
from loaders.prose.relate.parties import Bearer, Parties
from loaders.prose.relate.slots import SLOT

_ASKED = re.compile("给你们，(?:请|望)|(?:^|(?<=[，。；\n 　]))请(?:认真|遵照|结合|各自|抓好|切实|严格|按照|组织|抓紧)")
_HEAD = 12  # paragraphs among which a document calls its addressees
_LISTED = re.compile("[，、；]")
_ASKED_OF = re.compile(
    f"对(?P<S>{SLOT})[^，。；：\\n]{{0,20}}?提出了?[^，。；：\\n]{{0,8}}?(?:要求|意见|希望|建议|[两二三四五六七八几0-9][点条项])[：。，]?$"
)
_HANDED = re.compile(f"(?:移交|交办|转办|反馈)(?:给|至)?(?P<S>{SLOT})[^，。；：\\n]{{0,8}}，(?:并)?要求$")
_OURS = ("我", "本", "全")  # the place whose notice it is: that says of nobody that he must


class Announced:
    """Of whom the points that somebody makes are asked, and what somebody hands over ('将问题移交某市，要求…')."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self._of: tuple[Voice, list[Bearer]] | None = None

    def asked(self, told: Told) -> list[Bearer]:
        """Those whom the words before a clause's points ask to act, and the same for the points after it; [] where nobody."""
        here = (told.clause.start, told.content)
        if told.told and (handed := _HANDED.search(self.parties.text, *here)):
            return self.parties.read(handed.start("S"), handed.end())[1]
        if told.told and (said := _ASKED_OF.search(self.parties.text, *here)):
            found = self.parties.read(said.start("S"), said.end())[1]
            self._of = told.voice, [b for b in found if not b.entity.name.startswith(_OURS)]
        return self._of[1] if self._of is not None and self._of[0] is told.voice else []


def addressed(parties: Parties, clause: Span) -> list[Bearer]:
    """Those whom the line above a clause calls, where the clause asks them to act; [] where it asks nobody so."""
    if not _ASKED.search(parties.text, *clause):
        return []
    page = parties.page
    for paragraph in page.paragraphs[:_HEAD]:
        end = paragraph.start + len(page.quote(paragraph).rstrip()) - 1
        if paragraph.start < end < clause.start and parties.text[end] == "：":
            return _called(parties, paragraph.start, end)
    return []


def _called(parties: Parties, at: int, end: int) -> list[Bearer]:
    """The doers of a line that names nobody and nothing else; [] where it says more."""
    out: list[Bearer] = []
    while at < end:
        stop, found = parties.read(at, end)
        if not found:
            m = _LISTED.search(parties.text, at, end)
            stop = m.start() if m else end
            found = parties.unknown(at, stop)
        if not found or (stop < end and not _LISTED.match(parties.text, stop)):
            return []
        out += found
        at = stop + 1
    return out
