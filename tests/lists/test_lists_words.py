"""The tables of header words and cell words read their own examples."""

from __future__ import annotations

import pytest

from loaders.lists.words import columns, kind_by_title, meaning, plain_header, status_of, words

CASES = [(row, example) for row in columns() for example in row["examples"]]


@pytest.mark.parametrize(("row", "example"), CASES, ids=[f"{r['kind']}-{e}" for r, e in CASES])
def test_a_row_reads_its_examples(row: dict, example: str) -> None:
    found = meaning(plain_header(example))
    assert found is not None
    assert (found.kind, found.role, found.wants) == (row["kind"], row.get("role", ""), tuple(row.get("wants", ())))


@pytest.mark.parametrize(("row", "other"), [(r, x) for r in columns() for x in r.get("not", [])])
def test_a_row_leaves_others_alone(row: dict, other: str) -> None:
    found = meaning(plain_header(other))
    assert found is None or found.kind != row["kind"]


@pytest.mark.parametrize(
    "text",
    ["张三", "市生态环境局", "副市长", "无为市", "全部完成", "长期坚持", "拆除残留网箱16口", "合计", "汀江", "是"],
)
def test_data_is_no_header(text: str) -> None:
    assert meaning(plain_header(text)) is None


@pytest.mark.parametrize(("status", "example"), [(r["status"], e) for r in words()["status"] for e in r["examples"]])
def test_a_state_reads_its_examples(status: str, example: str) -> None:
    assert status_of(example) == status


@pytest.mark.parametrize(
    ("progress", "closed", "status"),
    [
        ("正在施工", "是", "已销号"),
        ("已建成，待验收销号", "否", "已完成"),
        ("正在施工", "否", "推进中"),
        ("", "2024-05-01", "已销号"),
        ("", "", ""),
        ("", "未销号", ""),
    ],
)
def test_whether_an_item_is_closed_counts_first(progress: str, closed: str, status: str) -> None:
    assert status_of(progress, closed) == status


@pytest.mark.parametrize(("kind", "example"), [(r["kind"], e) for r in words()["kind"] for e in r["examples"]])
def test_a_title_says_the_kind(kind: str, example: str) -> None:
    assert kind_by_title(example) == kind


@pytest.mark.parametrize(
    ("progress", "measure", "status"),
    [
        ("已改造5个小区", "完成12个小区雨污分流改造", "推进中"),
        ("已改造12个小区", "完成12个小区雨污分流改造", "已完成"),
        ("已全部改造，验收5个", "完成12个小区改造", "已完成"),
        ("已清运30吨", "清理河道5公里", "已完成"),
        ("已敷设3公里管网", "敷设6公里管网，封堵排口3个", "推进中"),
        ("年内计划改造20座，现已改造8座", "改造老旧管网", "推进中"),
        ("共36处，已完成整改36处", "整改排口", "已完成"),
    ],
)
def test_what_is_done_in_part_goes_on(progress: str, measure: str, status: str) -> None:
    assert status_of(progress, "", measure) == status


def test_words_offered_for_a_column_each_mean_something_else() -> None:
    found = [meaning(plain_header(word)) for word in words()["offered"]]
    assert None not in found and len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("progress", "closed", "status"),
    [
        ("立案查处；责令该厂6月底前完成密闭改造", "", ""),
        ("责令立即清理，现已清理完毕", "", "已完成"),
        ("责令该厂完成密闭改造", "正在办理", "推进中"),
        ("督促企业实施改造", "未办结", "未启动"),
        ("限期10日修复冲洗设施，增加洒水频次", "已办结", "已完成"),
        ("已清理沟渠并修复闸门", "未办结", "推进中"),
        ("修复闸门，落实值守人员", "未办结", "未启动"),
        ("取缔无证砂场3处", "未完成", "未启动"),
        ("已取缔砂场3处", "未完成", "推进中"),
        ("6户改好4户", "", "推进中"),
    ],
)
def test_what_is_ordered_is_not_done_and_a_cell_that_says_whether_goes_first(
    progress: str, closed: str, status: str
) -> None:
    assert status_of(progress, closed) == status
