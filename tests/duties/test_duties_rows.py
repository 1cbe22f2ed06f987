"""Every row of the tables duties, speech and bearers reads its own example, and every row that stops a duty stops it."""

from __future__ import annotations

import pytest
from marked_text import marked

from loaders.prose.relate import duties
from loaders.prose.relate.attribution import Attribution, Told
from loaders.prose.relate.directive import Directives
from loaders.prose.relate.doers import Doers
from loaders.prose.relate.duty import Reader
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.slots import Slots

PLAN = "关于印发扬尘整治工作方案的通知"


def rows(name: str, *sections: str) -> list[object]:
    return [pytest.param(row, id=f"{section}-{row.name}") for section in sections for row in table(name)[section]]


def voices(text: str) -> list[Told]:
    page = marked(text)
    return [t for _, told in Attribution(page, Slots(page)).read() for t in told]


@pytest.mark.parametrize("row", rows("duties", "modal"))
def test_word_of_obligation_makes_a_duty(row: Row) -> None:
    page = marked(row.example, title="" if row.get("force") != "task" else PLAN)
    found = Reader(page).read()
    assert (
        [d.verdict.rule for d in found] == [row.name]
        or row.name in [m.row.name for m in Reader(page).directives.modals(0, len(page.text))]
        and len(found) == 1
    )


@pytest.mark.parametrize("row", rows("duties", "not", "told"))
def test_what_only_looks_like_a_duty_is_none(row: Row) -> None:
    page = marked(row.example, title=PLAN)
    directives = Directives(Slots(page).text, page.text)
    assert row.pattern.search(Slots(page).text if row.get("on") == "slots" else page.text)
    assert Reader(page).read() == []
    assert directives.text


@pytest.mark.parametrize("row", rows("duties", "slogan"))
def test_heading_without_deed_is_no_duty(row: Row) -> None:
    assert Reader(marked(f"会议要求，要抓好整改。一要{row.example}形势不容乐观。")).read()[1:] == []


@pytest.mark.parametrize("row", rows("speech", "opening", "inner", "quoted", "turn", "after"))
def test_words_of_speech_name_their_speaker(row: Row) -> None:
    told = [t for t in voices(row.example) if t.voice.rule == row.name]
    first = marked(row.example).mentions[0].entity.name
    assert [[e.name for e in t.voice.speakers] for t in told] == [[first]]
    assert told[0].voice.force == row.get("force")


@pytest.mark.parametrize("row", rows("speech", "sent"))
def test_a_letter_speaks_for_who_wrote_it(row: Row) -> None:
    told = voices(row.example)[-1]
    assert [e.name for e in told.voice.speakers] == [marked(row.example).mentions[0].entity.name]


@pytest.mark.parametrize("row", rows("speech", "announce"))
def test_points_announced_go_on_over_paragraphs(row: Row) -> None:
    told = voices(f"{row.example}\n一是管住源头。各镇要逐户登记。\n二是管住路面。要增加洒水。")
    assert {e.name for t in told for e in t.voice.speakers} == {"郭砚秋"}
    assert all(t.voice.force == "order" for t in told)


@pytest.mark.parametrize("row", rows("speech", "history"))
def test_words_told_as_history_open_no_turn(row: Row) -> None:
    told = voices(f"{{Person:季凤岐}}强调，各镇要早动手。{row.example}各镇要查漏补缺。")
    assert [e.name for e in told[-1].voice.speakers] == ["季凤岐"]


@pytest.mark.parametrize("row", rows("speech", "acts"))
def test_what_a_speaker_then_does_ends_his_turn(row: Row) -> None:
    told = voices(row.example)
    assert [t.voice.force for t in told] == ["order", ""]


@pytest.mark.parametrize("row", rows("speech", "host"))
def test_headline_says_whose_words_a_report_holds(row: Row) -> None:
    page = marked("{Agency:青山县生态环境局}通报了情况。{Agency*:各企业}须在月底前完成改造。", title=row.example)
    told = [t for _, told in Attribution(page, Slots(page)).read() for t in told]
    assert [(t.voice.rule, [e.name for e in t.voice.speakers]) for t in told[-1:]] == [("host", ["青山县生态环境局"])]


@pytest.mark.parametrize("row", rows("speech", "tells"))
def test_opening_says_whose_circular_a_report_tells_of(row: Row) -> None:
    told = voices(f"{row.example}\n当前形势严峻。{{Agency*:各企业}}须在月底前完成改造。")
    first = marked(row.example).mentions[0].entity.name
    assert [e.name for e in told[-1].voice.speakers] == [first]


@pytest.mark.parametrize("row", rows("bearers", "role", "by"))
def test_doers_have_their_roles(row: Row) -> None:
    page = marked(row.example, title=PLAN)
    slots = Slots(page)
    doers = Doers(page, slots, Directives(slots.text, page.text))
    wanted = {row.get("S"), row.get("B"), row.get("role")} - {""}
    assert {b.role for b in doers.roles(0, len(page.text)) if b.rule == row.name} == wanted


@pytest.mark.parametrize("row", rows("bearers", "listed_role"))
def test_label_of_a_list_says_the_role(row: Row) -> None:
    page = marked(f"完善预警会商机制。（{row.example}：{{Agency:市生态环境局}}）", title=PLAN)
    slots = Slots(page)
    doers = Doers(page, slots, Directives(slots.text, page.text))
    assert [b.role for b in doers.listed(0, len(page.text))] == [row.name]


@pytest.mark.parametrize("row", rows("bearers", "listed"))
def test_list_in_brackets_gives_the_duty_its_doer(row: Row) -> None:
    found = duties.relate(marked(row.example, title=PLAN))
    assert [(s.source.name, s.props["role"]) for s in found if s.type == "BEARS"] == [("市生态环境局", "责任")]


@pytest.mark.parametrize("row", rows("bearers", "henceforth"))
def test_who_does_all_that_follows(row: Row) -> None:
    first, second = Reader(marked(row.example, title=PLAN)).read()
    assert [b.rule for b in second.bearers].count("以下均需") == 1
    assert "以下均需" not in [b.rule for b in first.bearers]


def test_rows_are_counted() -> None:
    counted = {name: {k: len(v) for k, v in table(name).sections.items()} for name in ("duties", "speech", "bearers")}
    assert counted == {
        "duties": {"modal": 26, "not": 59, "told": 56, "slogan": 9},
        "speech": {
            "opening": 13,
            "announce": 8,
            "inner": 12,
            "quoted": 9,
            "host": 3,
            "tells": 4,
            "history": 1,
            "turn": 3,
            "after": 3,
            "acts": 1,
            "sent": 3,
        },
        "bearers": {"role": 12, "henceforth": 1, "by": 5, "listed": 1, "listed_role": 4},
    }
