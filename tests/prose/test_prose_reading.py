"""From a file to a Reading: quotes, identity, what is derived and what stays open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.model import Reading, reading_from_json, reading_json
from kg.vocabulary import vocabulary
from loaders.prose import read

ROOT = Path(__file__).parents[2]
NOTICES = sorted(
    p
    for folder in ("kg/samples", "tests/gold/seen")
    for p in (ROOT / folder).iterdir()
    if p.suffix in (".txt", ".html")
)


def reading(text: str, **given: str) -> Reading:
    return read(text.encode(), "通知.txt", **given)


def ids(r: Reading, label: str) -> set[str]:
    return {n.id for n in r.nodes if n.label == label}


def edges(r: Reading, type_: str) -> set[tuple[str, str]]:
    return {(e.source, e.target) for e in r.edges if e.type == type_}


MEETING = """{place}召开大气污染防治工作推进会

发布日期：2023-05-10　来源：{publisher}

　　5月9日，{place}召开大气污染防治工作推进会。副县长柯望岚出席会议并讲话，{place}生态环境局局长谷成栋主持会议。
　　柯望岚强调，{place}生态环境局要在6月底前完成工业炉窑排查。
"""


@pytest.mark.parametrize("path", NOTICES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_every_quote_is_the_notices_own_words_and_the_schema_holds(path: Path) -> None:
    r = read(path)
    for edge in r.edges:
        assert edge.evidence, edge.key
        for e in edge.evidence:
            assert e.notice == r.notice.id
            assert r.notice.text[e.start : e.end] == e.quote != ""
    vocabulary().check(r)


def test_what_comes_of_failings_is_for_who_was_told_first_where_that_is_over_the_others() -> None:
    r = reading(
        "督察反馈\n　　督察要求，陕西省委、省政府要压实责任；榆林市要抓紧整改；对失职失责问题，要责成有关部门调查追责。\n"
    )
    [duty] = [n.id for n in r.nodes if n.label == "Obligation" and "失职" in str(n.props["text"])]
    assert {who for who, what in edges(r, "BEARS") if what == duty} == {
        "agency:610000/委员会",
        "agency:610000/人民政府",
    }
    assert not edges(r, "SUPERVISES")


@pytest.mark.parametrize("path", NOTICES[:12], ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_reading_again_gives_the_same_and_json_brings_it_back(path: Path) -> None:
    once = reading_json(read(path))
    assert once == reading_json(read(path))
    assert reading_json(reading_from_json(json.loads(json.dumps(once)))) == once


def test_a_person_of_one_county_is_one_person_in_two_notices() -> None:
    first = reading(MEETING.format(place="丰县", publisher="丰县人民政府"))
    second = reading("丰县生态环境局局长谷成栋带队检查扬尘工地。", publisher="丰县人民政府", published="2023-06-01")
    assert "person:谷成栋@320321" in ids(first, "Person") & ids(second, "Person")


def test_namesakes_of_two_counties_are_two_people() -> None:
    one = reading(MEETING.format(place="丰县", publisher="丰县人民政府"))
    other = reading(MEETING.format(place="睢宁县", publisher="睢宁县人民政府"))
    assert not ids(one, "Person") & ids(other, "Person")
    assert {n.name for n in one.nodes if n.label == "Person"} == {n.name for n in other.nodes if n.label == "Person"}


def people(text: str) -> dict[str, set[str]]:
    r = reading(f"丰县要闻\n\n发布日期：2023-05-10　来源：丰县人民政府\n\n{text}\n")
    return {p: {post for who, post in edges(r, "HOLDS") if who == p} for p in ids(r, "Person")}


def test_who_has_a_post_in_a_township_is_told_by_it_whoever_else_is_named() -> None:
    head, deputy, other = "post:320321102/人民政府/镇长", "post:320321/人民政府/副县长", "post:320321105/人民政府/镇长"
    alone = people("5月9日，首羡镇镇长谷成栋参加巡查。")
    assert alone == {"person:谷成栋@320321102": {head}}
    assert people("5月9日，副县长谷成栋、首羡镇镇长谷成栋、欢口镇镇长谷成栋参加巡查。") == {
        **alone,
        "person:谷成栋@320321": {deputy},
        "person:谷成栋@320321105": {other},
    }
    moved = people("任命谷成栋为首羡镇镇长，免去谷成栋的欢口镇镇长职务。")
    assert moved == {"person:谷成栋@320321102": {head, other}}, "one person, who is now where they were sent"


def test_a_name_beside_posts_of_two_bodies_in_one_sentence_is_two_people() -> None:
    deputy, bureau = "post:320321/人民政府/副县长", "post:320321/水务局/局长"
    two = {"person:谷成栋@320321": {deputy}, "person:谷成栋@320321/水务局": {bureau}}
    assert people("5月9日，副县长谷成栋，县水务局局长谷成栋参加会议。会后，谷局长巡查了河道。") == two
    assert people("5月9日，县水务局局长谷成栋向副县长谷成栋汇报了工作。县水务局局长谷成栋陪同巡查。") == two
    both = {"person:谷成栋@320321": {deputy, "post:320321/公安局/局长"}}
    assert people("5月9日，副县长、县公安局局长谷成栋参加会议。") == both
    assert people("5月9日，副县长谷成栋参加会议。县公安局局长谷成栋巡查了河道。") == both, (
        "in two sentences of one notice"
    )


def test_towns_and_bureaus_are_punished_as_such_each_for_its_own_reason() -> None:
    r = reading(
        "关于对首羡镇等2个镇予以通报批评的通报\n\n发布日期：2023-05-10　来源：丰县人民政府\n\n"
        "经县政府研究，决定对首羡镇、欢口镇予以通报批评，给予欢口镇镇长谷成栋诫勉谈话，责令首羡镇镇长柯望岚在全县大会上作检讨。"
        "县水务局因清淤滞后，被县政府通报批评。散煤治理推进不力，县发展和改革委员会副主任范予安被诫勉谈话。\n"
    )
    said = {
        e.source: (e.props["form"], e.props.get("reason"), e.props.get("by")) for e in r.edges if e.type == "SANCTIONED"
    }
    assert said == {
        "agency:320321102/人民政府": ("通报批评", None, None),
        "agency:320321105/人民政府": ("通报批评", None, None),
        "person:谷成栋@320321105": ("诫勉谈话", None, None),
        "person:柯望岚@320321102": ("书面检查", None, None),
        "agency:320321/水务局": ("通报批评", "清淤滞后", "丰县人民政府"),
        "person:范予安@320321": ("诫勉谈话", "散煤治理推进不力", None),
    }


SPEECH = """{title}

发布日期：2023-09-18　来源：丰县人民政府

同志们：
　　{said}县生态环境局要在9月底前完成应急减排清单修订。
"""
TITLE = "谷成栋同志在全县大气污染防治攻坚动员会上的讲话"


def test_who_says_i_in_a_speech_holds_the_post_that_they_tell_of() -> None:
    def speaker(said: str, title: str = TITLE) -> set[tuple[str, str]]:
        r = reading(SPEECH.format(title=title, said=said))
        [who] = ids(r, "Person")
        assert {source for source, _ in edges(r, "ASSIGNED")} == {who}
        return edges(r, "HOLDS")

    held = {("person:谷成栋@320321", "post:320321/人民政府/县长")}
    assert speaker("我到丰县担任县长刚满两周。") == held
    assert speaker("今年3月，我任县长。", f"{TITLE}\n谷成栋") == held
    assert not speaker("我担任县长期间，有过教训。")
    assert not speaker("有人说：“我担任县长。”")


def test_a_title_is_a_post_in_a_body_and_no_part_of_the_name() -> None:
    r = reading(MEETING.format(place="丰县", publisher="丰县人民政府"))
    assert ("person:柯望岚@320321", "post:320321/人民政府/副县长") in edges(r, "HOLDS")
    assert ("post:320321/人民政府/副县长", "agency:320321/人民政府") in edges(r, "POST_IN")
    assert next(n for n in r.nodes if n.id.startswith("person:柯")).name == "柯望岚"


def test_a_town_that_no_table_settles_acts_by_its_government_too() -> None:
    r = reading("近日，麻柳镇约谈了5家企业。镇长柯望岚出席。\n")
    [(who, _)] = edges(r, "SUPERVISES")
    assert who.endswith("/麻柳镇人民政府")
    assert {body for _, body in edges(r, "POST_IN")} == {who}


def test_a_county_stands_in_its_city_and_province_and_each_has_its_government() -> None:
    r = reading(MEETING.format(place="丰县", publisher="丰县人民政府"))
    assert {("region:320321", "region:320300"), ("region:320300", "region:320000")} <= edges(r, "WITHIN")
    assert {(f"agency:{code}/人民政府", f"region:{code}") for code in (320000, 320300, 320321)} <= edges(r, "GOVERNS")
    assert all(e.rule and e.evidence for e in r.edges if e.derived)
    assert next(n for n in r.nodes if n.id == "agency:320000/人民政府").props["inferred"] is True


def test_stated_and_derived_are_never_one_edge() -> None:
    for path in NOTICES:
        keys = [e.key for e in read(path).edges]
        assert len(keys) == len(set(keys))


def test_what_a_level_word_means_stays_open_until_somebody_says() -> None:
    text = "市生态环境局要在9月底前完成油气回收检查。"
    left_open = reading(text)
    assert any("place left open" in r for r in left_open.remarks)
    assert all(n.props.get("unresolved") for n in left_open.nodes if n.name == "市生态环境局")
    settled = reading(text, place="江苏省徐州市")
    assert "agency:320300/生态环境局" in ids(settled, "Agency")
    assert not any("place left open" in r for r in settled.remarks)


def test_no_place_is_asked_for_where_none_would_settle_whose_a_body_is() -> None:
    r = reading("对弄虚作假的，一律移送公安机关处理。", place="江苏省徐州市")
    assert any(x == "not said whose they are: 公安机关" for x in r.remarks)
    assert not any("place left open" in x for x in r.remarks)


def test_two_notices_that_leave_their_place_open_share_no_body() -> None:
    one, other = reading("市生态环境局要加强巡查。"), reading("市生态环境局要做好监测。")
    assert not ids(one, "Agency") & ids(other, "Agency")


def test_a_notice_that_says_nothing_of_the_subject_loads_and_says_so() -> None:
    r = reading("本周末图书馆闭馆维护，下周一恢复开放。")
    assert not ids(r, "Obligation")
    assert any("no duties" in x for x in r.remarks)


@pytest.mark.parametrize(
    ("head", "same"),
    [
        ("原文链接：https://www.example.gov.cn/a/1.html", True),
        ("丰政发〔2023〕7号", True),
        ("（按语）", False),
    ],
)
def test_a_corrected_notice_keeps_its_id_by_address_or_document_number(head: str, same: bool) -> None:
    first = reading(f"关于做好禁烧工作的通知\n\n{head}\n\n丰县生态环境局要加强巡查。\n")
    later = reading(f"关于做好禁烧工作的通知\n\n{head}\n\n丰县生态环境局要加强夜间巡查。\n")
    assert (first.notice.id == later.notice.id) is same


def test_every_name_of_a_list_of_members_over_several_lines_holds_the_post() -> None:
    text = """关于成立莒南县秸秆禁烧工作领导小组的通知

成立莒南县秸秆禁烧工作领导小组，名单如下：
组 长：吴 昊
成 员：陈建新 周 健 宋 华 岳建军
虢国民 钱 亮 李果实
"""
    members = {source for source, target in edges(reading(text), "HOLDS") if target.endswith("/成员")}
    names = {n.name for n in reading(text).nodes if n.id in members}
    assert names == {"陈建新", "周健", "宋华", "岳建军", "虢国民", "钱亮", "李果实"}


ROSTER = [
    ("组长", "康敬之", "县委副书记、县长"), ("副组长", "缑小平", "副县长"), ("成员", "穆清和", "县政府办公室主任"),
    ("成员", "逄志安", "县生态环境局局长"), ("成员", "折远", "贾村镇党委副书记、镇长"), ("成员", "艾林", "寺庄乡乡长"),
]  # fmt: skip


@pytest.mark.parametrize("gap", [" ", "　", "    ", "\t"])
@pytest.mark.parametrize(
    ("form", "joint"),
    [
        ("{name}{gap}{post}", "\n　　"),
        ("{post}{gap}{name}", "\n　　"),
        ("{name}（{post}）", "\n　　"),
        ("{name}（{post}）", "　　"),
        ("{name}（{post}）", "、"),
    ],
)
def test_a_roster_is_read_however_its_lines_are_set(form: str, joint: str, gap: str) -> None:
    pad = gap.replace("\t", " ")[0]
    lines: list[str] = []
    for n, (label, name, post) in enumerate(ROSTER):
        person = form.format(name=name if len(name) > 2 else f"{name[0]}{pad}{name[1]}", post=post, gap=gap)
        lines.append(joint + person if n and ROSTER[n - 1][0] == label else f"\n　　{label}：{person}")
    text = (
        "望都县关于成立秸秆禁烧工作领导小组的通知\n\n　　经研究，决定成立望都县秸秆禁烧工作领导小组，组成人员如下："
        + "".join(lines)
        + "\n　　领导小组下设办公室，设在县生态环境局。\n"
    )
    group = {(s, t) for s, t in named_edges(reading(text), "HOLDS") if "领导小组" in t}
    assert group == {(name, f"望都县秸秆禁烧工作领导小组{label}") for label, name, _ in ROSTER}


def test_a_space_within_a_name_says_where_it_ends() -> None:
    text = """望都县开展夜查

　　5月9日，副县长果 勇主持会议，石桥镇镇长靳 松正在现场守着，环保网格员盖 亮补填了台账，县水利局局长樊 锁柱陪同，
县委书记郭 霆在县里等候，县长 王 刚、柳湾镇镇长李 建 军参加。果勇要求，石桥镇要加密巡查。
固店镇副镇长石 磊关机失联，高岭乡乡长米 庆 和主持夜会，县委常委路　永　平时常到场。
（通讯员 钟 声 文/图）
"""
    found = {n.name for n in reading(text).nodes if n.label == "Person"}
    assert found == {"果勇", "靳松", "盖亮", "樊锁柱", "郭霆", "王刚", "李建军", "石磊", "米庆和", "路永平"}


def test_a_name_keeps_the_brackets_of_its_page() -> None:
    found = reading("关于落实河长制的通知\n\n一、逐条公示河长名单。（责任单位：各县〔区〕政府）")
    [class_] = [n for n in found.nodes if "县（区）政府" in n.name]
    assert "各县〔区〕政府" in class_.aliases


def test_stations_are_of_the_town_whose_notice_it_is() -> None:
    text = (
        "发布机构 | 杜楼镇 | 发文日期 | 2019-08-06 |\n\n各村：\n我镇禁烧工作由农技站牵头，派出所、镇纪委、司法所配合。"
    )
    names = {n.name for n in reading(text).nodes if n.label == "Agency"}
    assert {"杜楼镇农技站", "杜楼镇派出所", "杜楼镇司法所"} <= names


def named_edges(r: Reading, type_: str) -> set[tuple[str, str]]:
    """The edges of a type by the names of their ends."""
    names = {n.id: n.name for n in r.nodes}
    return {(names[s], names[t]) for s, t in edges(r, type_)}


def test_offices_of_several_places_that_one_word_names_are_watched_and_not_the_first_place() -> None:
    r = reading("保定市大气办约谈\n　　保定市大气办约谈曲阳县、望都县河长办。\n")
    watched = {target for _, target in named_edges(r, "SUPERVISES")}
    assert watched == {"曲阳县河长制办公室", "望都县河长制办公室"}


def test_zones_that_share_their_kind_bear_by_their_committees() -> None:
    r = reading("山西省生态环境厅通知\n　　临汾、侯马经济开发区管委会要认真组织实施。\n")
    assert {who for who, _ in named_edges(r, "BEARS")} == {
        "临汾经济开发区管理委员会",
        "侯马经济开发区管理委员会",
    }


def test_a_notice_in_a_newspaper_is_of_the_government_that_issues_it() -> None:
    r = reading("黎城县人民政府办公室关于印发方案的通知\n来源：长治日报\n　　方案已经县人民政府同意，请认真实施。\n")
    assert "黎城县人民政府" in {n.name for n in r.nodes if not n.props.get("inferred")}


def test_whoever_is_spoken_to_has_an_area_of_their_own_and_it_is_no_prefecture() -> None:
    r = reading("望都县禁放通知\n　　各乡镇要动员本地区、本单位人员做好禁放工作。\n")
    assert named_edges(r, "APPLIES_IN") == set()


def test_a_title_behind_a_committee_and_its_government_is_of_both() -> None:
    r = reading("保定市林长制方案\n　　市级总林长由市委、市政府主要负责同志担任。\n", place="河北省保定市")
    assert {body for _, body in named_edges(r, "POST_IN")} == {"中共保定市委员会", "保定市人民政府"}


def test_whose_a_speech_is_the_line_of_its_speaker_tells_and_one_place_far_away_does_not() -> None:
    said = "同志们：\n曲周县、永年区、磁县排名靠后。今天，某某同志到北京开会去了，市生态环境局要每周通报一次。\n"
    by_line = reading(f"在治污例会上的讲话\n\n邯郸市副市长  缑 小 平\n（2023年5月9日）\n\n{said}")
    by_places = reading(f"在治污例会上的讲话\n\n（2023年5月9日）\n\n{said}")
    for r in (by_line, by_places):
        assert "邯郸市生态环境局" in {n.name for n in r.nodes if n.label == "Agency"}
