"""Who was called in at a 约谈 is looked after by whoever called them in."""

from __future__ import annotations

import pytest
from marked_text import marked

from loaders.prose import read
from loaders.prose.relate import meetings

CASES = [
    pytest.param(
        "5月8日，{Agency:市政府}召开空气质量约谈会，{Agency:市水利局}参加。会上，{Agency:市环保局}通报了情况，{Region:石桥镇}递交了整改承诺书并作表态发言。",
        {"市政府 > 石桥镇"},
        {"石桥镇"},
        id="not who reports to those who answer",
    ),
    pytest.param(
        "5月8日，{Agency:市攻坚办}召开秸秆禁烧约谈会。{Region:石桥镇}、{Region:大因镇}作表态发言。",
        {"市攻坚办 > 石桥镇", "市攻坚办 > 大因镇"},
        {"石桥镇", "大因镇"},
        id="who answers at it",
    ),
    pytest.param(
        "5月8日，{Agency:市生态环境局}{Post:局长}{Person:方远征}主持公开约谈，到场的是{Region:石桥镇}负责人。"
        "{Agency:市水利局}参加。",
        {"市生态环境局 > 石桥镇"},
        {"石桥镇"},
        id="who came where its chair is told",
    ),
    pytest.param(
        "5月8日，{Agency:石桥铸造有限公司}的负责人坐进了{Agency:县生态环境局}的约谈会会场。{Agency:县水利局}参加。",
        {"县生态环境局 > 石桥铸造有限公司"},
        set(),
        id="who sat down at it",
    ),
    pytest.param(
        "5月8日，{Agency:市攻坚办}约谈{Agency:石桥县政府}。{Agency:石桥县政府}{Post:县长}{Person:罗文柏}、"
        "{Region:大因镇}{Post:镇长}{Person:康敬之}接受约谈，{Agency:市水利局}派员旁听。",
        {"市攻坚办 > 大因镇"},
        {"大因镇"},
        id="whose heads answered beside those that are named",
    ),
    pytest.param(
        "5月8日，{Agency:市攻坚办}召开秸秆禁烧约谈会。{Region:石桥镇}{Post:镇长}{Person:方远征}接受约谈。",
        {"市攻坚办 > 石桥镇"},
        {"石桥镇"},
        id="whose head accepts it",
    ),
    pytest.param(
        "5月8日，{Agency:市攻坚办}召开秸秆禁烧推进会。{Region:石桥镇}作表态发言。", set(), set(), id="no summons"
    ),
]


@pytest.mark.parametrize(("text", "over", "concerns"), CASES)
def test_whom_a_summons_is_over(text: str, over: set[str], concerns: set[str]) -> None:
    found = meetings.relate(marked(text))
    assert {f"{s.source.name} > {s.target.name}" for s in found if s.type == "SUPERVISES"} == over
    assert {s.target.name for s in found if s.type == "CONCERNS"} == concerns


def test_departments_of_no_place_are_not_over_anybody() -> None:
    told = (
        "三县政府和环保部门被约谈\n\n5月8日，河南省水利厅约谈会在郑州召开，约谈了平顶山市人民政府、许昌市环保局。"
        "三县政府和环保部门负责人表态。"
    )
    found = read(told.encode(), "通报.txt")
    names = {n.id: n.name for n in found.nodes}
    over = {names[e.target] for e in found.edges if e.type == "SUPERVISES" and not e.derived}
    assert over == {"平顶山市人民政府", "许昌市环境保护局"}
