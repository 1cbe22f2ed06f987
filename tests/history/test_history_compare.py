"""Two states of a list side by side: what the saved question says, and for any two states; each value with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.ask import run
from kg.errors import SubjectError
from kg.history.compare import CHANGES, Line, compare
from kg.history.listed import Word, series, states
from kg.loading import Defaults, load
from kg.store import Store, open_store

SAMPLES = Path(__file__).parents[2] / "kg" / "samples"
HEAD = "序号,存在问题,整改措施,牵头单位,督办领导,整改时限,进展情况,是否销号"
FILES = {
    "spring.csv": f"""涞水县河道整治整改清单（2024年3月）
填报单位：涞水县水利局,,,,,,2024年3月31日,
{HEAD}
1,王村口段垃圾成堆,清运王村口段河道垃圾并设置围挡,王村镇政府,副县长伍思齐,2024年5月底,正在清运,否
2,养殖尾水直排拒马河,督促养殖场建设三级沉淀池,县农业农村局,副县长伍思齐,2024年8月底,正在施工,否
3,沿河餐饮油污入河,对餐饮店安装隔油池,县城管局,副县长伍思齐,2024年6月底,未启动,否
4,岸坡植被破坏,修复北岸植被九亩,县水利局,副县长伍思齐,2024年4月底,已完成,是
5,城区雨污合流,改造雨污合流管网,县住建局,副县长伍思齐,2024年12月底,按序时推进,否
""",
    "summer.csv": f"""涞水县河道整治整改清单（2024年6月）
填报单位：涞水县水利局,,,,,,2024年6月30日,
{HEAD}
1,王村口段垃圾成堆,清运王村口段河道垃圾并设置硬质围挡,王村镇政府,副县长伍思齐,2024年5月底,已清运完毕,是
2,养殖尾水直排拒马河,督促养殖场建设三级沉淀池,县农业农村局,副县长伍思齐,2024年10月底,正在施工,否
3,沿河餐饮污水直排,对餐饮店加装隔油设施,县城管局,副县长伍思齐,2024年6月底,未启动,否
4,城区雨污合流,改造雨污合流管网,县住建局,副县长伍思齐,2024年12月底,按序时推进,否
""",
    "autumn.csv": f"""涞水县河道整治整改清单（2024年9月）
填报单位：涞水县水利局,,,,,,2024年9月30日,
{HEAD}
1,养殖尾水直排拒马河,督促养殖场建设三级沉淀池,县生态环境局,副县长贺兰亭,2024年10月底,基本完成,否
2,城区雨污合流,改造雨污合流管网,县住建局,副县长贺兰亭,2024年12月底,按序时推进,否
3,拒马湖无水质监测,建设水质自动监测站,县生态环境局,副县长贺兰亭,2025年3月底,正在选址,否
""",
    "punished.csv": """涞水县河道整治问责清单（2024年9月20日）
序号,姓名,单位及职务,问责事由,问责方式,决定机关,对应清单序号
1,冉守拙,县农业农村局副局长,养殖尾水直排整改不力,诫勉谈话,县纪委监委,2
""",
    "stages-1.csv": """易县扬尘整治整改清单（2024年3月）
序号,存在问题,整改措施,责任单位,整改时限,完成情况
1,工地围挡破损,更换工地破损围挡,县住建局,2024年12月底,已完成
2,渣土车带泥上路,建设渣土车冲洗平台,县城管局,2024年12月底,已完成
3,料场裸露,苫盖砂石料场,县水利局,2024年12月底,正在推进
""",
    "stages-2.csv": """易县扬尘整治整改清单（2024年6月）
序号,存在问题,整改措施,责任单位,整改时限,完成情况
1,工地围挡破损,更换工地破损围挡,县住建局,2024年12月底,已销号
2,渣土车带泥上路,建设渣土车冲洗平台,县城管局,2024年12月底,仍在推进
3,料场裸露,苫盖砂石料场,县水利局,2024年12月底,还在苫盖，仍在推进
""",
    "roster-1.csv": """涞水县秸秆禁烧包保名册（2024年5月）
镇,村,包保干部
王村镇,东岭子村,洪砚秋
王村镇,西岭子村,祁长庚
""",
    "roster-2.csv": """涞水县秸秆禁烧包保名册（2024年9月）
镇,村,包保干部
王村镇,东岭子村,洪砚秋
王村镇,西岭子村,尤思远
王村镇,南岭子村,祁长庚
""",
}
RIVER, ROSTER = "涞水县河道整治整改清单", "涞水县秸秆禁烧包保名册"


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "neo4j":
        address: str | Path = request.getfixturevalue("neo4j_emptied")()
    else:
        address = tmp_path_factory.mktemp("compare") / "graph.kgl"
    samples = [(p.name, p.read_bytes(), "") for p in sorted(SAMPLES.glob("1[456]-*.csv"))]
    with open_store(address) as made:
        tally = load(made, [*((name, text.encode(), "") for name, text in FILES.items()), *samples], Defaults())
        assert tally.new == len(FILES) + len(samples)
        yield made


def told(line: Line) -> tuple[str, set[str]]:
    return line.now.duty.text, set(line.changes)


def test_states_of_a_list_stand_together_newest_first(store: Store) -> None:
    found = [[s.day for s in group] for group in series(store) if group[0].title.startswith("涞水县河道整治整改")]
    assert found == [["2024-09-30", "2024-06-30", "2024-03-31"]]
    (roster,) = [[s.title[-9:] for s in group] for group in series(store) if group[0].kind == "包保名册"]
    assert roster == ["（2024年9月）", "（2024年5月）"], "without a day, too"
    assert sum(len(group) for group in series(store)) == len(states(store)) == len(FILES) + 3


def test_two_neighbouring_states_are_compared_as_the_saved_question_does(store: Store) -> None:
    for state in states(store).values():
        if state.kind == "问责清单":
            continue
        asked = run(store, "lists/changes", {"list": state.uid})
        mine = compare(store, state.uid).rows()
        columns = [
            c
            for c in mine.columns
            if c in asked.columns and c not in ("change", "notice", "quote", "confidence", "basis")
        ]
        assert [[row[c] for c in columns] for row in mine] == [[row[c] for c in columns] for row in asked], state.title
        for row, other in zip(mine, asked, strict=True):
            assert row["change"].split(", ") == [part.split()[0] for part in other["change"].split(", ")]
            assert (row["confidence"], row["basis"]) == (other["confidence"], other["basis"])


def test_any_two_states_are_compared_over_those_between(store: Store) -> None:
    (river,) = [group for group in series(store) if group[0].title.startswith(RIVER)]
    found = compare(store, river[0].uid, river[2].uid)
    assert [told(line) for line in found.lines] == [
        ("督促养殖场建设三级沉淀池", {"progressed", "deadline_moved", "bearer_changed", "punished"}),
        ("改造雨污合流管网", {"unchanged"}),
        ("建设水质自动监测站", {"new"}),
        ("清运王村口段河道垃圾并设置围挡", {"dropped"}),
        ("对餐饮店安装隔油池", {"dropped"}),
        ("修复北岸植被九亩", {"dropped"}),
    ]
    turned = compare(store, river[2].uid, river[0].uid)
    assert turned == found, "the later state is the new one, whichever is named first"


def test_what_is_closed_or_taken_up_again_after_it_was_done_has_changed(store: Store) -> None:
    found = compare(store, "易县扬尘整治整改清单")
    assert [(line.changes, line.now.status) for line in found.lines] == [
        (("progressed",), "已销号"),
        (("set_back",), "推进中"),
        (("unchanged",), "推进中"),
    ]


def test_what_is_in_doubt_is_not_merged(store: Store) -> None:
    (river,) = [group for group in series(store) if group[0].title.startswith(RIVER)]
    found = compare(store, river[1].uid)
    new, old = [line for line in found.lines if "doubtful" in line.changes]
    assert new.old is None and new.perhaps and new.perhaps.duty.text == "对餐饮店安装隔油池" == old.now.duty.text
    assert old.new is None and old.perhaps and old.perhaps.duty.text == "对餐饮店加装隔油设施" == new.now.duty.text
    assert new.confidence == old.confidence and 0.4 < (new.confidence or 0) < 0.75 and "wording" in new.basis
    surer = compare(store, river[1].uid, least=0.75)
    assert not [line for line in surer.lines if "doubtful" in line.changes]


def test_every_value_names_the_cell_that_its_words_stand_in(store: Store) -> None:
    rows = {name: [line.split(",") for line in text.splitlines()] for name, text in FILES.items()}

    def words(line: Line) -> list[Word]:
        sides = [i for i in (line.old, line.new) if i]
        singles = [w for i in sides for w in (i.duty, i.problem, i.deadline, i.progress) if w]
        return [*singles, *(w for i in sides for w in i.parties), *line.punished]

    seen = 0
    for name in (RIVER, ROSTER):
        for word in (w for line in compare(store, name).lines for w in words(line)):
            file, _, cell = word.cell.partition("#")
            assert word.quote in rows[file][int(cell[1:]) - 1][ord(cell[0]) - 65]
            assert store.notice(word.notice).text[word.start :].startswith(word.quote)
            seen += 1
    assert seen > 40


def test_the_day_decides_what_is_overdue_and_which_punishments_count(store: Store) -> None:
    def overdue(day: str) -> list[str]:
        lines = compare(store, RIVER, as_of=day).lines
        return [line.now.duty.text for line in lines if "overdue" in line.changes]

    assert overdue("") == []
    assert overdue("2024-11-01") == ["督促养殖场建设三级沉淀池"]
    assert "punished" in compare(store, RIVER, as_of="2024-09-20").counts
    assert "punished" not in compare(store, RIVER, as_of="2024-09-19").counts


def test_places_of_a_roster_are_compared(store: Store) -> None:
    found = compare(store, ROSTER)
    assert {told(line)[0]: line.changes for line in found.lines} == {
        "东岭子村": ("unchanged",), "西岭子村": ("bearer_changed",), "南岭子村": ("new",),
    }  # fmt: skip
    assert found.counts == {"new": 1, "bearer_changed": 1, "unchanged": 1}


def test_what_is_no_other_state_is_refused(store: Store) -> None:
    with pytest.raises(SubjectError, match="no other state") as refused:
        compare(store, RIVER, ROSTER + "（2024年5月）")
    assert {name for _, _, name in refused.value.candidates} == {RIVER + "（2024年3月）", RIVER + "（2024年6月）"}
    with pytest.raises(SubjectError, match="nothing is called"):
        compare(store, "没有这份清单")


def test_all_that_may_be_said_is_known(store: Store) -> None:
    for state in states(store).values():
        assert {c for line in compare(store, state.uid).lines for c in line.changes} <= set(CHANGES)
