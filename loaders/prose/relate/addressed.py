"""Whom a document calls at its head ('各镇人民政府，市直有关部门：') and asks to act ('现印发给你们，请认真组织实施')."""

from __future__ import annotations

import re

from loaders.prose.page import Span
from loaders.prose.relate.parties import Bearer, Parties

_ASKED = re.compile("给你们，(?:请|望)|(?:^|(?<=[，。；\n 　]))请(?:认真|遵照|结合|各自|抓好|切实|严格|按照|组织|抓紧)")
_HEAD = 12  # paragraphs among which a document calls its addressees
_LISTED = re.compile("[，、；]")


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
