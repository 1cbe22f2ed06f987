"""Who inspects along with whom a verb's subject names: those named with him over a comma, those he brings, his committee."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.page import Entity, Span
from loaders.prose.relate.named import Named
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE, Slots
from loaders.words import COUNCILS, COUNT, INSPECTION

_WITH = lazy(f"(?:将|要|应|须|拟|已|又|还|再次|随后)+(?:会同|联合|携手)(?=[{PEOPLE}{BODIES}])")
_HELPED = lazy(f"(?:要|将|须)?牵头、(?=[{BODIES}]{FILL}*(?:等?单位|负责|积极)*(?:配合|参加|参与|协助|协同)[，；])")
_BRINGS = lazy(f"(?:一行)?(?:带领|率领|率|带着|领着|带上|叫上|带)(?=[{BODIES}])")
_HEADS = lazy("(?:[^，。；\n]{0,8}?)(?:的|负责人|负责同志|领导|干部|人员|骨干|同志|代表|一把手|成员|专家|队员)(?!一行)")
_TEAM = lazy("[组队]$|专班$|班子$")  # 大队 and 支队 too, elsewhere offices: whom somebody brings are but his hands
_MEMBERS = lazy("(?:带领|率领|率|组织)[^，。；\n]{0,30}委员")
_MAKE_UP = lazy(
    "(?:要|将|应|须|已|分别|联合|共同|牵头|抽调[^，。；]{2,24}?|各)*(?:组成|组建|成立)了?(?:由[^，。；]{2,30}?组成的)?"
    f"(?P<T>(?!{COUNT}[个支]|若干)[^，。；、]{{0,6}}?{INSPECTION}[组队])"
)
_COUNCIL = lazy(COUNCILS)
_INSPECTORATE = lazy("督[察查导].{0,4}(?:局|组|中心|办公?室?)$|专员办(?:公室)?$|帮扶组$")
_PARTED = lazy("[，、](?![陪会带率听要安部委受随同])[\u4e00-\u9fff]{0,8}$")
_OPENS = lazy("(?:^|[。；\n])[^。；\n\ue000-\ue021]{0,24}$")


def together(who: Run, at: int, slots: Slots) -> list[Entity]:
    """Those who do what the verb at ``at`` says besides its subject ``who``."""
    found = [*_with(who, at, slots), *_before(who, slots), *_brought(who, at, slots), *_council(who, at, slots)]
    return [*found, *_made_up(who, at, slots), *_sent_by(who, slots)]


def _with(who: Run, at: int, slots: Slots) -> list[Entity]:
    """'甲将会同乙对…督导', '甲牵头、乙配合，对…督导'."""
    along = _WITH.match(slots.text, who.span.end, at) or _HELPED.match(slots.text, who.span.end, at)
    run = slots.run(along.end()) if along else None
    return _named(run) if run is not None and run.span.end <= at else []


def _before(who: Run, slots: Slots) -> list[Entity]:
    """'县委书记甲，县委副书记、县长乙到…督导': people whom but a comma parts from the subject, or a title that nobody has read,
    and who open the sentence."""
    found: list[Entity] = []
    while who.people and (gap := _PARTED.search(slots.text, max(0, who.span.start - 12), who.span.start)):
        run = slots.run(gap.start() - 1)
        if run is None or not run.people or run.bodies or run.span.end != gap.start():
            break
        found += run.people
        who = run
    return found if _OPENS.search(slots.text, max(0, who.span.start - 40), who.span.start) else []


def _brought(who: Run, at: int, slots: Slots) -> list[Entity]:
    """'甲带领县水利局、县住建局到…督导': bodies that somebody brings, not the heads of some."""
    brings = _BRINGS.match(slots.text, who.span.end, at) if who.people else None
    run = slots.run(brings.end()) if brings else None
    named = [k for k in run.marks if not k.generic] if run is not None and run.span.end <= at else []
    if run is None or not named or _HEADS.match(slots.page.text, named[-1].span.end, at):
        return []
    return [b for b in _named(run) if b.label == "Agency" and not _TEAM.search(b.name)]


def _sent_by(who: Run, slots: Slots) -> list[Entity]:
    """'省督察专员办专员甲一行到…督导': the inspectorate whose people they are."""
    if not who.people or not slots.page.quote(who.span).endswith("一行"):
        return []
    return [b for p in who.people if (b := slots.body_of(p)) is not None and _INSPECTORATE.search(b.name)]


def _council(who: Run, at: int, slots: Slots) -> list[Entity]:
    """'县政协副主席甲带领12名委员对…开展民主监督': it is the council's look too."""
    if not who.people or not _MEMBERS.match(slots.text, who.span.end, at):
        return []
    return [b for p in who.people if (b := slots.body_of(p)) is not None and _COUNCIL.search(b.name)]


def _made_up(who: Run, at: int, slots: Slots) -> list[Entity]:
    """'甲局、乙局组成联合督查组，对…督查': the one team that several make up; what one sends out, or several teams, are but hands."""
    team = _MAKE_UP.match(slots.page.text, who.span.end, at) if len(who.bodies) > 1 and not who.people else None
    if team is None:
        return []
    span = Span(*team.span("T"))
    run = slots.run(span.start)
    return list(run.heads[-1].entities) if run and run.heads else [Named.of(slots).generic(team["T"], span, acts=True)]


def _named(run: Run) -> list[Entity]:
    return [b for b in run.bodies if not b.props.get("generic")]
