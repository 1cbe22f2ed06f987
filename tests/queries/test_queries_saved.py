"""Each saved query on a small graph: the rows it must give, and that its front matter tells the truth."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kg.ask import catalogue, run
from kg.store import Store

CATALOGUE = catalogue()
NAMED = {
    "supervision/who-supervises", "supervision/whom-does-it-supervise", "supervision/path", "duties/of",
    "duties/in-region", "duties/without-bearer", "duties/due-before", "duties/assigned-by", "people/posts-of",
    "people/who-held", "people/in-body", "people/sanctions", "meetings/who-took-part", "meetings/what-was-imposed",
    "meetings/about-region", "contracts/who-is-in-charge-of", "targets/of-region", "targets/figures", "topics/duties-on", "topics/in-whose-portfolio",
    "notices/statements-of", "notices/about-region", "places/agencies-of", "lists/changes", "lists/items-of",
    "lists/overdue",
    "schemes/coverage-gaps", "schemes/contracts-of", "schemes/load", "schemes/roll-up", "chains/accountability",
    "gaps/bearers-without-person", "gaps/holder-changed", "gaps/overdue", "gaps/two-holders",
}  # fmt: skip

# query, parameters, columns looked at, rows
CASES: list[tuple[str, dict[str, Any], str, list[tuple[Any, ...]]]] = [
    ("supervision/who-supervises", {"subject": "望都县"}, "step supervisor supervised how derived", [
        (1, "望都县人民政府", "望都县", "GOVERNS", True), (1, "欧阳牧", "望都县", "IN_CHARGE_OF", False),
        (1, "保定市", "望都县", "WITHIN", True), (2, "保定市人民政府", "保定市", "GOVERNS", True),
        (2, "保定市人民政府副市长", "欧阳牧", "HOLDS", False),
        (2, "欧阳牧", "望都县人民政府", "SUPERVISES contract", False),
        (2, "保定市人民政府", "望都县人民政府", "SUPERVISES rank", True), (2, "河北省", "保定市", "WITHIN", True),
        (3, "河北省人民政府", "河北省", "GOVERNS", True),
        (3, "保定市人民政府", "保定市人民政府副市长", "POST_IN", False),
        (3, "河北省人民政府", "保定市人民政府", "SUPERVISES rank", True),
    ]),
    ("supervision/who-supervises", {"subject": "顾清和"}, "step supervisor how", [
        (1, "望都县人民政府副县长", "HOLDS"), (2, "望都县人民政府", "POST_IN"), (3, "欧阳牧", "SUPERVISES contract"),
        (3, "保定市人民政府", "SUPERVISES rank"), (4, "保定市人民政府副市长", "HOLDS"),
        (4, "河北省人民政府", "SUPERVISES rank"), (5, "保定市人民政府", "POST_IN"),
    ]),
    ("supervision/whom-does-it-supervise", {"subject": "望都县人民政府"}, "step supervised how", [
        (1, "望都县", "GOVERNS"), (1, "望都县生态环境局", "PART_OF"),
    ]),
    ("supervision/whom-does-it-supervise", {"subject": "保定市", "depth": "2"}, "step supervised supervisor", [
        (1, "保定市", "保定市人民政府"), (1, "望都县人民政府", "保定市人民政府"), (2, "望都县", "望都县人民政府"),
    ]),
    ("supervision/whom-does-it-supervise", {"subject": "欧阳牧"}, "supervised how", [
        ("望都县", "IN_CHARGE_OF"), ("望都县人民政府", "SUPERVISES contract"),
    ]),
    ("supervision/path", {"a": "固店镇", "b": "河北省人民政府"}, "step from how to", [
        (1, "固店镇", "WITHIN", "望都县"), (2, "望都县人民政府", "GOVERNS", "望都县"),
        (3, "保定市人民政府", "SUPERVISES rank", "望都县人民政府"),
        (4, "河北省人民政府", "SUPERVISES rank", "保定市人民政府"),
    ]),
    ("duties/of", {"subject": "望都县生态环境局"}, "duty bearer role through successor due", [
        ("9月底前取缔全部散煤销售点", "望都县生态环境局", "责任", "", "", "2024-09-30"),
        ("负责工地扬尘", "望都县环境保护局", "牵头", "formerly", "望都县生态环境局", "2018-12-31"),
    ]),
    ("duties/of", {"subject": "望都县环境保护局"}, "duty through successor", [
        ("负责工地扬尘", "", "望都县生态环境局"),
    ]),
    ("duties/in-region", {"region": "望都县"}, "duty bearer role applies_in", [
        ("9月底前取缔全部散煤销售点", "固店镇", "配合", "望都县"),
        ("9月底前取缔全部散煤销售点", "望都县生态环境局", "责任", "望都县"),
        ("散煤抽检合格率不低于98%", "各有关部门", "责任", "望都县"),
        ("负责工地扬尘", "望都县环境保护局", "牵头", "固店镇"),
    ]),
    ("duties/in-region", {"region": "固店镇"}, "duty", [  # it bears the first, the second applies there
        ("9月底前取缔全部散煤销售点",), ("9月底前取缔全部散煤销售点",), ("负责工地扬尘",),
    ]),
    ("duties/without-bearer", {}, "duty collective", [("散煤抽检合格率不低于98%", "各有关部门"), ("开展洒水作业", "")]),
    ("duties/without-bearer", {"topic": "扬尘"}, "duty", [("开展洒水作业",)]),
    ("duties/without-bearer", {"region": "保定市"}, "duty", [("散煤抽检合格率不低于98%",)]),
    ("duties/due-before", {"date": "2024-09-30"}, "due bearer", [
        ("2024-09-30", "固店镇"), ("2024-09-30", "望都县生态环境局"),
    ]),
    ("duties/due-before", {"date": "2024-09-29"}, "due", []),
    ("duties/due-before", {"date": "2024-09-29", "done": "true"}, "due status", [("2018-12-31", "已完成")]),
    ("duties/assigned-by", {"subject": "林知远"}, "duty bearer", [("散煤抽检合格率不低于98%", "各有关部门")]),
    ("people/posts-of", {"person": "林知远"}, "post body status since", [
        ("望都县人民政府县长", "望都县人民政府", "在任", "2023-01-10"),
    ]),
    ("people/posts-of", {"person": "何以宁"}, "post", []),
    ("people/who-held", {"post": "县长"}, "person", [("林知远",)]),
    ("people/who-held", {"post": "县长", "body": "望都县", "date": "2023-01-09"}, "person until known", [
        ("何以宁", "2023-01-10", "yes"),
    ]),
    ("people/who-held", {"post": "县长", "body": "望都县", "date": "2025-01-01"}, "person known", [("林知远", "unknown")]),
    ("people/who-held", {"post": "副县长", "date": "2020-01-01"}, "person known", [("顾清和", "unknown")]),
    ("people/who-held", {"post": "副县长", "date": "2024-03-16"}, "person known", [("顾清和", "yes")]),
    ("people/who-held", {"post": "县长", "body": "县政府", "date": "2023-01-10"}, "person until", [("林知远", None)]),
    ("people/in-body", {"body": "望都县人民政府"}, "person post", [
        ("顾清和", "望都县人民政府副县长"), ("林知远", "望都县人民政府县长"),
    ]),
    ("people/sanctions", {}, "who form reason by for item", [
        ("范予安", "诫勉谈话", "河滩垃圾清运不力", None, "安新县河道整治问责清单", "清运河滩垃圾"),
        ("何以宁", "诫勉谈话", "工地扬尘", "保定市纪委", "问责清单", ""),
    ]),
    ("lists/changes", {"list": "河道整治整改清单"}, "item change before bearer_before due_before status_before punished", [
        ("1", "done 已完成", "封堵河道两侧排污口", "安新县水利局", "2030-05-31", "推进中", ""),
        ("2", "overdue 超期, punished 被问责", "清运河滩垃圾", "安新县水利局", "2030-04-30", "推进中", "范予安 诫勉谈话"),
        ("3", "deadline_moved 延期", "改造雨污分流管网9公里", "安新县住房和城乡建设局", "2030-12-31", "推进中", ""),
        ("4", "deadline_moved 延期, bearer_changed 换人承担", "修复岸坡植被", "安新县水利局", "2030-05-31", "未启动", ""),
        ("5", "new 新增, doubtful 疑似", "拆除违建货运码头", "安新县住房和城乡建设局", "2030-06-30", "未启动", ""),
        ("6", "new 新增", None, "", None, None, ""),
        ("3", "dropped 不再列出, doubtful 疑似", "拆除沿河货运码头", "安新县住房和城乡建设局", "2030-08-31", "未启动", ""),
    ]),
    ("lists/changes", {"list": "河道整治整改清单", "as_of": "2030-06-15"}, "item change before punished", [
        ("1", "overdue 超期", None, ""), ("2", "overdue 超期", None, ""), ("3", "listed 在列", None, ""),
        ("4", "listed 在列", None, ""), ("5", "overdue 超期", None, ""),
    ]),
    ("lists/items-of", {"list": "河道整治整改清单（2030年3月）"}, "item duty bearer due status", [
        ("1", "封堵河道两侧排污口", "安新县水利局", "2030-05-31", "推进中"),
        ("2", "清运河滩垃圾", "安新县水利局", "2030-04-30", "推进中"),
        ("3", "拆除违建货运码头", "安新县住房和城乡建设局", "2030-06-30", "未启动"),
        ("4", "改造雨污分流管网9公里", "安新县住房和城乡建设局", "2030-12-31", "推进中"),
        ("5", "修复岸坡植被", "安新县水利局", "2030-05-31", "未启动"),
    ]),
    ("lists/overdue", {"as_of": "2030-06-10"}, "days item duty", [
        (41, "2", "清运河滩垃圾"), (10, "1", "封堵河道两侧排污口"), (10, "5", "修复岸坡植被"),
    ]),
    ("lists/overdue", {"as_of": "2030-08-01", "list": "河道整治整改清单"}, "days item duty", [
        (93, "2", "清运河滩垃圾"), (1, "4", "修复岸坡植被"),
    ]),
    ("meetings/who-took-part", {"meeting": "2024-03-15"}, "who part post", [
        ("望都县人民政府", "convened 召集", ""), ("顾清和", "chaired 主持", "望都县人民政府副县长"),
        ("林知远", "spoke 讲话", "望都县人民政府县长"), ("望都县生态环境局", "attended 参加", ""),
    ]),
    ("meetings/what-was-imposed", {"meeting": "散煤治理推进会"}, "duty by bearer", [
        ("9月底前取缔全部散煤销售点", "散煤治理推进会", "固店镇"),
        ("9月底前取缔全部散煤销售点", "散煤治理推进会", "望都县生态环境局"),
        ("散煤抽检合格率不低于98%", "林知远", "各有关部门"),
    ]),
    ("meetings/about-region", {"region": "保定市"}, "day meeting region", [("2024-03-15", "散煤治理推进会", "望都县")]),
    ("contracts/who-is-in-charge-of", {"subject": "望都县"}, "who place posts", [
        ("欧阳牧", "望都县", "保定市人民政府副市长"),
    ]),
    ("contracts/who-is-in-charge-of", {"subject": "保定市", "below": "是"}, "who place posts", [
        ("顾清和", "固店镇", "望都县人民政府副县长"), ("欧阳牧", "望都县", "保定市人民政府副市长"),
    ]),
    ("targets/of-region", {"region": "望都县"}, "indicator op value unit through duty", [
        ("关停数", None, 3.0, None, "notice", None), ("散煤抽检合格率", ">=", 98.0, "%", "duty", "散煤抽检合格率不低于98%"),
    ]),
    ("targets/figures", {"region": "保定市"}, "place indicator period value unit date", [
        ("望都县", "散煤抽检合格率", "4月份", 91.5, "%", "2024-05-01"),
    ]),
    ("topics/duties-on", {"topic": "散煤"}, "duty bearer", [
        ("9月底前取缔全部散煤销售点", "固店镇"), ("9月底前取缔全部散煤销售点", "望都县生态环境局"),
        ("散煤抽检合格率不低于98%", "各有关部门"),
    ]),
    ("topics/duties-on", {"topic": "扬尘", "region": "保定市"}, "duty", [("负责工地扬尘",)]),
    ("topics/in-whose-portfolio", {"topic": "散煤", "region": "望都县"}, "who posts topic", [("顾清和", "望都县人民政府副县长", "散煤")]),
    ("topics/in-whose-portfolio", {"topic": "散煤", "region": "固店镇"}, "who", []),
    ("notices/about-region", {"region": "固店镇"}, "date notice doc_number", [
        ("2024-05-01", "保定市包联名册", ""), ("2024-03-16", "望都县召开散煤治理推进会", ""),
        ("2018-05-02", "望都县扬尘治理责任清单", "望政〔2018〕7号"),
    ]),
    # more of what is lacking, and of schemes, in tests/report and tests/county
    ("schemes/coverage-gaps", {"region": "望都县"}, "gap", []),
    ("schemes/contracts-of", {"subject": "望都县"}, "who place class", [("欧阳牧", "望都县", None), ("顾清和", "固店镇", None)]),
    ("schemes/load", {}, "who charges towns places", [("欧阳牧", 1, 0, "望都县"), ("顾清和", 1, 1, "固店镇")]),
    ("schemes/roll-up", {"region": "望都县"}, "place indicator op value measured measured_period", [
        ("望都县", "散煤抽检合格率", ">=", 98.0, 91.5, "4月份"),
    ]),
    ("chains/accountability", {"subject": "取缔散煤销售点"}, "step level upper lower how holder gap derived", [
        (1, "county", "望都县生态环境局", "取缔散煤销售点", "BEARS 责任", "", "任职者不详", False),
        (1, "township", "固店镇", "取缔散煤销售点", "BEARS 配合", "", "任职者不详", False),
        (2, "county", "顾清和", "固店镇", "IN_CHARGE_OF", "", None, False),
        (2, "county", "望都县人民政府", "望都县生态环境局", "PART_OF", "县长林知远", None, True),
        (2, "county", "顾清和", "固店镇", "SUPERVISES contract", "", None, True),
        (2, "county", "望都县", "固店镇", "WITHIN", "县长林知远", None, True),
        (3, "county", "望都县人民政府", "望都县", "GOVERNS", "县长林知远", None, True),
        (3, "prefecture", "欧阳牧", "望都县", "IN_CHARGE_OF", "", None, False),
        (3, "prefecture", "欧阳牧", "望都县人民政府", "SUPERVISES contract", "", None, False),
        (3, "prefecture", "保定市人民政府", "望都县人民政府", "SUPERVISES rank", "", "任职者不详", True),
        (3, "prefecture", "保定市", "望都县", "WITHIN", "", "任职者不详", True),
        (4, "prefecture", "保定市人民政府", "保定市", "GOVERNS", "", "任职者不详", True),
        (4, "province", "河北省人民政府", "保定市人民政府", "SUPERVISES rank", "", "任职者不详", True),
        (4, "province", "河北省", "保定市", "WITHIN", "", "任职者不详", True),
        (5, "province", "河北省人民政府", "河北省", "GOVERNS", "", "任职者不详", True),
    ]),
    ("chains/accountability", {"subject": "欧阳牧", "direction": "down"}, "way step lower", [
        ("down", 1, "望都县"), ("down", 1, "望都县人民政府"), ("down", 2, "望都县"), ("down", 2, "望都县生态环境局"),
        ("down", 2, "固店镇"), ("down", 3, "取缔散煤销售点"), ("down", 3, "取缔散煤销售点"),
    ]),
    ("gaps/bearers-without-person", {}, "bearer duties", [
        ("安新县住房和城乡建设局", 3), ("安新县水利局", 2), ("固店镇", 1), ("望都县生态环境局", 1),
    ]),
    ("gaps/holder-changed", {}, "duty", []),
    ("gaps/overdue", {}, "due days bearers", [
        ("2024-09-30", 2131, "固店镇、望都县生态环境局"), ("2030-04-30", 93, "安新县水利局"),
        ("2030-07-31", 1, "安新县住房和城乡建设局"),
    ]),
    ("gaps/two-holders", {}, "post", []),
    ("places/agencies-of", {"region": "望都县"}, "agency part_of", [
        ("望都县人民政府", "望都县"), ("望都县生态环境局", "望都县人民政府"),
    ]),
]  # fmt: skip


def test_chinese_texts_have_chinese_marks() -> None:
    for name, saved in catalogue().items():
        for text in (saved.title["zh"], saved.description["zh"], *(p.text("zh") for p in saved.parameters)):
            assert text and not re.search(r"[,;:()?!]", text), (name, text)


def test_the_catalogue_is_as_listed() -> None:
    assert set(CATALOGUE) == NAMED and not CATALOGUE.broken
    assert {name for name, *_ in CASES} | {"notices/statements-of"} == NAMED


@pytest.mark.parametrize(("name", "params", "columns", "expected"), CASES)
def test_rows(store: Store, name: str, params: dict[str, Any], columns: str, expected: list[tuple[Any, ...]]) -> None:
    rows = run(store, name, params)
    assert rows.columns == CATALOGUE[name].columns
    assert [tuple(row[c] for c in columns.split()) for row in rows] == expected


def test_a_notices_statements_come_in_the_order_of_its_text(store: Store) -> None:
    rows = run(store, "notices/statements-of", {"notice": "望政〔2018〕7号"}, stated_only=True)
    assert [(row["source"], row["how"], row["target"]) for row in rows] == [
        ("何以宁", "HOLDS", "望都县人民政府县长"), ("望都县人民政府县长", "POST_IN", "望都县人民政府"),
        ("工地扬尘", "ABOUT", "扬尘"), ("工地扬尘", "APPLIES_IN", "固店镇"),
        ("望都县环境保护局", "BEARS 牵头", "工地扬尘"), ("洒水", "ABOUT", "扬尘"),
    ]  # fmt: skip
    text = store.notice("notice:旧").text
    assert all(text[row["at"] :].startswith(row["quote"]) for row in rows)
    assert len(run(store, "notices/statements-of", {"notice": "https://example.org/1"})) > 20


@pytest.mark.parametrize("name", sorted(NAMED))
def test_every_row_with_words_names_its_notice_and_says_if_it_is_derived(store: Store, name: str) -> None:
    columns = CATALOGUE[name].columns
    if "quote" in columns:
        assert "derived" in columns and ({"notice", "notice_id"} <= set(columns) or name == "notices/statements-of")
    ids = [i for i, column in enumerate(columns) if column.endswith("_id")]
    assert ids == list(range(len(columns) - len(ids), len(columns)))  # names before ids


def test_stated_only_leaves_out_what_was_derived(store: Store) -> None:
    everything = run(store, "supervision/who-supervises", {"subject": "望都县"})
    stated = run(store, "supervision/who-supervises", {"subject": "望都县"}, stated_only=True)
    assert any(row["derived"] for row in everything) and len(stated) == 3
    assert not any(row["derived"] for row in stated)
    assert all(row["quote"] in store.notice(row["notice_id"]).text for row in stated)


@pytest.mark.parametrize(
    ("as_of", "held"), [(None, []), ("2022-12-31", ["望都县人民政府县长"]), ("2023-01-10", []), ("2015-06-01", []),
                        ("all", ["望都县人民政府县长"])]
)  # fmt: skip
def test_holdings_as_of_a_day(store: Store, as_of: str | None, held: list[str]) -> None:
    rows = run(store, "people/posts-of", {"person": "何以宁"}, as_of=as_of)
    assert [row["post"] for row in rows] == held


def test_what_was_not_yet_said_on_a_day_is_left_out(store: Store) -> None:
    duties = {"subject": "望都县生态环境局"}
    assert [row["duty"] for row in run(store, "duties/of", duties, as_of="2020-01-01")] == ["负责工地扬尘"]
    assert run(store, "contracts/who-is-in-charge-of", {"subject": "望都县"}, as_of="2024-04-30").rows == []
