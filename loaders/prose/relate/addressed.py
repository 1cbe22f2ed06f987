"""Whom a document calls at its head ('各镇人民政府，市直有关部门：') and asks to act ('现印发给你们，请认真组织实施'); whom the words
ask that announce somebody's points ('对某镇禁烧工作提出了要求：一是…'); whom a 约谈 has called in, of those who speak there."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.page import Span
from loaders.prose.relate.attribution import Told, Voice
from loaders.prose.relate.events import Events
from loaders.prose.relate.parties import Bearer, Parties
from loaders.prose.relate.slots import BODIES, PEOPLE, SLOT

_ASKED = lazy(
    "给你们，(?:请|望)|(?:^|(?<=[，。；\n 　、.．]))请(?:认真|按时|准时|准备|携带|提交|将|尽快|做好|对照检查|填报|遵照|结合|各自|抓好|切实|严格|按照|组织|抓紧|依法|依规|立即|及时|迅速|尽快|高度重视|对照|于|在[0-9])|(?:^|(?<=[，。；\n 　、.．]))请你(?:们|[省市县区旗州盟镇乡局厅委办院部]|单位|公司|厂)"
    "|提出(?:如下|以下)[^，。；：]{0,6}(?:建议|要求|意见)：$|(?:责令|责成|要求)你(?:们|单位|公司|厂|[省市县区旗州盟镇乡局办院部])|(?:^|(?<=[，。；\n 　.、]))你(?:单位|公司|厂|[县市区旗州镇乡](?:人民)?政府)(?:要|应|须|必须)"
)
# a line of a form that says whom the rest is sent: '被督办单位：石桥县人民政府', '当事人：某某公司'
_FORM = lazy("[ 　]*(?:被(?:督办|约谈|检查|整改|通知|提醒|交办)(?:单位|对象|企业|人)|受文单位|当事人(?:名称)?)：")
_DEMANDS = lazy(
    "[ 　]*(?:[一二三四五六七][、.．])?(?:督办|整改|办理|约谈)(?:要求|意见)：?"
)  # another line of such a form
_HEAD = 12  # paragraphs among which a document calls its addressees
_ASKED_OF = lazy(
    f"(?<!针)对(?P<S>{SLOT})[^，。；：\\n]{{0,20}}?提出了?[^，。；：\\n]{{0,8}}?(?:要求|意见|希望|建议|[两二三四五六七八几0-9][点条项])[：。，]?$"
)
_HANDED = lazy(
    f"(?:移交|交办|转办|反馈)(?:给|至)?(?P<S>{SLOT})[^，。；：\\n]{{0,8}}，(?:并)?要求$"
    f"|[对向给](?:[^，。；：\\n{PEOPLE}{BODIES}]{{2,16}}的)?(?P<T>{SLOT})(?:分别|紧急|及时|逐一)*(?:下发|发出|下达|印发|送达|发去|发送)了?[^，。；：\\n]{{2,20}}，(?:并)?要求$"
    f"|(?P<U>{SLOT})(?:还|也|均|都|分别)*被(?:[^。；：\\n]{{2,24}}，(?:并|还|同时)*被?)?要求$"  # '各镇被要求于…前…'
)
_AT_SUMMONS = lazy(
    "约谈(?:时|中|会上|现场)[^，。；]{0,4}(?:强调|要求|指出|提出|明确|说)[，：]?$|约谈[^。；]{0,60}，(?:并)?要求[，：]?$"
)
_ADVISED = lazy(
    f"[向对给](?P<S>{SLOT})(?:分别|公开|依法|及时)*(?:提出|制发|发出|发送|送达|宣告送达)了?[^，。；：\n]{{0,8}}(?:检察|监察)建议书?，(?:并)?(?:依法)?(?:督促|建议|要求|敦促)$"
)
_MANY = lazy("^(?:各|两|三|上述|相关|有关|涉案)?(?:行政机关|单位|职能部门|部门)$")
_BEING_CALLED = lazy("被(?:集中|公开)?约谈的?")
_FIRM = lazy("企业|公司|厂")
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
            return self.parties.read(handed.start(next(g for g in "STU" if handed[g])), handed.end())[1]
        if told.told and (said := _ASKED_OF.search(self.parties.text, *here)):
            found = self.parties.read(said.start("S"), said.end())[1]
            self._of = told.voice, [b for b in found if not b.entity.name.startswith(_OURS)]
        if told.told and _AT_SUMMONS.search(self.parties.text, *here) and (found := self._called_in(told.clause.start)):
            self._of = told.voice, found
        return self._of[1] if self._of is not None and self._of[0] is told.voice else []

    def advised(self, told: Told, caused: list[Bearer]) -> list[Bearer]:
        """Whom '向甲、乙提出检察建议，督促各行政机关依法履职' means by such a class; ``caused`` where it says nobody else."""
        said = _ADVISED.search(self.parties.text, told.clause.start, told.content)
        of_them = all(_MANY.search(b.entity.name) or b.rule == "其" for b in caused)
        return self.parties.read(said.start("S"), said.end())[1] if said and of_them else caused

    def meant(self, bearers: list[Bearer]) -> list[Bearer]:
        """``bearers`` with those whom the 约谈 told of called in for such words as '被约谈的区县'."""
        return [x for b in bearers for x in self._being_called(b) or [b]]

    def _being_called(self, bearer: Bearer) -> list[Bearer]:
        before = max(0, bearer.span.start - 6)
        words = self.parties.page.text[before : bearer.span.end]
        if not bearer.entity.props.get("generic") or not (said := _BEING_CALLED.search(words)):
            return []
        found = self._called_in(bearer.span.start)
        alike = all(bool(_FIRM.search(b.entity.name)) is bool(_FIRM.search(words)) for b in found)
        return found if alike and len(words) - said.end() <= 4 and not words.endswith(("人", "领导")) else []

    def _called_in(self, at: int) -> list[Bearer]:
        """Whom the 约谈 that an offset speaks of called in, as its words name them; [] where they name nobody."""
        events = Events.of(self.parties.slots)
        event = events.current(events.clauses.index(at))
        if event is None or event.kind != "summons" or "O" not in event.match.re.groupindex:
            return []
        run = self.parties.slots.run(event.match.start("O"))
        bodies = [(h.span, e) for h in run.heads for e in h.entities if e.label != "Person"] if run else []
        return [Bearer(e, span, "约谈") for span, e in bodies if not e.props.get("generic")]


def addressed(parties: Parties, clause: Span) -> list[Bearer]:
    """Those whom the line above a clause calls, where the clause asks them to act; [] where it asks nobody so."""
    form_only = _DEMANDS.fullmatch(parties.page.text, *clause) is not None
    if not form_only and not _ASKED.search(parties.page.text, *clause):
        return []
    page = parties.page
    for paragraph in page.paragraphs[:_HEAD]:
        end = paragraph.start + len(page.quote(paragraph).rstrip()) - 1
        if (form := _FORM.match(parties.page.text, paragraph.start)) and end < clause.start:
            return parties.alone(form.end(), end + 1)
        if not form_only and paragraph.start < end < clause.start and parties.text[end] == "：":
            return parties.alone(paragraph.start, end)
    return []
