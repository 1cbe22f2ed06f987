"""Every row of the tables supervision, contracts, portfolio and sanctions reads its own example, and nothing else in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from marked_text import marked

from loaders.prose.page import Page, Statement
from loaders.prose.relate import contracts, portfolio, sanctions, supervision
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.slots import Slots


def rows(name: str, *sections: str) -> list[object]:
    return [pytest.param(row, id=row.name) for section in sections for row in table(name)[section]]


def pairs(relate: Callable[[Page], list[Statement]], page: Page, kind: str) -> set[str]:
    return {f"{s.source.name} > {s.target.name}" for s in relate(page) if s.type == kind}


def stands_in(row: Row, page: Page) -> bool:
    return bool(list(row.pattern.finditer(Slots(page).text)) or list(row.pattern.finditer(page.text)))


@pytest.mark.parametrize("row", rows("supervision", "rows", "follow", "close", "rounds"))
def test_supervision(row: Row) -> None:
    page = marked(row.example, publisher=row.get("publisher"), title=row.get("title"))
    assert pairs(supervision.relate, page, "SUPERVISES") == set(row.gives)
    assert stands_in(row, page)
    said = {supervision.kind(r, m) for r, m in table("supervision").sieve("rows").over(Slots(page).bare).matches()}
    assert {s.props["kind"] for s in supervision.relate(page)} <= {*said, row.get("kind")}


@pytest.mark.parametrize("row", rows("supervision", "kinds"))
def test_kinds_of_supervision(row: Row) -> None:
    assert supervision.said_by(row.example) == row.name


def test_what_a_verb_says_is_its_kind_else_the_row_tells() -> None:
    said = {
        "inspection": "督察 督导 督查 检查 暗访 巡查 督促指导 监督 监管 检查指导 督促",
        "discipline": "问责 通报批评 约谈 公开曝光",
        "guidance": "指导 帮扶 驻点帮扶 调度",
        "portfolio": "分管 协管",
        "": "领导 责成 责令 管理 到 赴",
    }
    assert {verb: supervision.said_by(verb) for verbs in said.values() for verb in verbs.split()} == {
        verb: kind for kind, verbs in said.items() for verb in verbs.split()
    }


@pytest.mark.parametrize("row", rows("contracts", "rows", "roster", "classes", "beside", "chiefs"))
def test_contracts(row: Row) -> None:
    page = marked(row.example)
    assert pairs(contracts.relate, page, "IN_CHARGE_OF") == set(row.gives)
    assert stands_in(row, page)
    watched = pairs(contracts.relate, page, "SUPERVISES")
    assert watched == (set(row.gives) if row.fields.get("supervises") else set())


@pytest.mark.parametrize("row", rows("sanctions", "rows", "lists"))
def test_sanctions(row: Row) -> None:
    found = sanctions.relate(marked(row.example))
    assert {f"{s.props['form']} {s.source.name}" for s in found} == set(row.gives)
    assert all(s.target.label == "Notice" and not s.target.name for s in found)


@pytest.mark.parametrize("row", rows("portfolio", "rows"))
def test_portfolio(row: Row) -> None:
    found = portfolio.relate(marked(row.example))
    assert {f"{s.target.name} {s.source.name}" for s in found if s.rule == row.name} == set(row.gives)
    assert {s.type for s in found} == {"HAS_PORTFOLIO"}


@pytest.mark.parametrize("row", rows("portfolio", "fields"))
def test_words_of_a_portfolio(row: Row) -> None:
    assert [str(topic.props["notation"]) for topic in portfolio.fields(row.example)] == list(row.gives)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("住房和城乡建设、交通运输、城市管理等方面", ["住房和城乡建设", "交通运输", "城市管理"]),
        ("农业农村、水利和林草工作", ["农业农村", "水利", "林业和草原"]),
        ("发展和改革、工业信息化、科技创新，联系气象、税务", ["发展改革", "工业和信息化", "科技"]),
        ("教育体育、卫健、文旅及信访工作", ["教育", "卫生健康", "文化旅游", "信访"]),
        ("全县市场监督管理、应急管理工作", ["市场监管", "应急管理"]),
        ("职业教育培训、新农村建设、公安机关联络、水利枢纽", []),
        ("联系县气象局，负责水务建设", ["水利"]),
        ("生态环境、自然资源、住建领域", ["生态环境保护", "自然资源", "住房和城乡建设"]),
    ],
)
def test_fields_of_government_work(words: str, named: list[str]) -> None:
    assert [t.name for t in portfolio.fields(words)] == named


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("{Post:副县长}{Person:林晓}协助{Post:县长}{Person:高峻}分管生态环境工作。", {"林晓"}),
        ("{Post:副县长}{Person:林晓}协助县长负责财政等方面的工作。", {"林晓"}),
        ("会议由分管城建的{Post:副县长}{Person:林晓}主持。", {"林晓"}),
        ("{Post:副县长}{Person:林晓}：分管公安、司法。", {"林晓"}),
        ("{Agency:县农业农村局}负责农业农村等方面工作。", set()),
        ("{Post:副县长}{Person:林晓}分管领域内起火的，从严问责。", set()),
    ],
)
def test_whose_portfolio_it_is(text: str, holder: set[str]) -> None:
    assert {s.source.name for s in portfolio.relate(marked(text))} == holder


def test_a_body_in_a_portfolio_is_no_topic_and_an_unnamed_deputy_has_none() -> None:
    page = marked("副县长{Person:牛海生}分管{Agency:县大气污染防治办公室}。分管大气污染防治的{Post*:副县长}每周调度。")
    assert portfolio.relate(page) == []
