"""Rows as their authors make them: what their words mean beside one another."""

from __future__ import annotations

from kg.loading import Defaults
from kg.model import Reading
from loaders.lists import LOADER


def said(text: str, *types: str) -> set[str]:
    reading = read(text)
    names = {n.id: n.name for n in reading.nodes}
    return {
        f"{names.get(e.source, e.source)} {e.type} {names.get(e.target, e.target)}"
        for e in reading.edges
        if e.type in types and not e.derived
    }


def read(text: str) -> Reading:
    found = LOADER.read(text.encode(), "list.csv", Defaults(place="江苏省南京市"))
    assert found is not None
    return found


def test_the_office_of_a_subdistrict_beside_a_bureau_bears_and_has_the_title_that_says_no_more() -> None:
    text = (
        "栖霞区扬尘问题整改清单\n序号,整改措施,牵头单位,责任单位,责任人\n"
        "1,堆场覆盖防尘网,区城管局,八卦洲街道、区水务局,顾怀瑾（街道办主任）\n"
    )
    assert said(text, "BEARS", "HOLDS") == {
        "栖霞区城市管理局 BEARS 堆场覆盖防尘网", "八卦洲街道办事处 BEARS 堆场覆盖防尘网", "栖霞区水务局 BEARS 堆场覆盖防尘网",
        "顾怀瑾 BEARS 堆场覆盖防尘网", "顾怀瑾 HOLDS 八卦洲街道办事处主任",
    }  # fmt: skip


def test_each_table_of_a_file_has_its_own_title() -> None:
    text = (
        "溧水区秸秆禁烧包保名册\n序号,包保领导,职务,包保镇街\n1,戚如松,副区长,东屏街道\n2,白云舟,副区长,白马镇\n\n"
        "附：村级包保责任人\n镇街,村（社区）,包村干部\n白马镇,金谷村,谭子明\n"
    )
    titles = {str(n.props["title"]) for n in read(text).nodes if n.label == "AccountabilityList"}
    assert titles == {"溧水区秸秆禁烧包保名册", "村级包保责任人"}


def test_a_leader_has_bureaus_and_topics_in_the_portfolio_and_not_the_government_whose_work_is_divided() -> None:
    text = (
        "江宁区人民政府领导班子成员工作分工\n姓名,职务,分管工作,分管部门\n"
        '任嘉树,区长,主持区政府全面工作,区审计局\n苗若兰,副区长,"负责生态环境、水务等工作",江宁生态环境局\n'
    )
    assert said(text, "SUPERVISES", "HAS_PORTFOLIO") == {
        "任嘉树 SUPERVISES 江宁区审计局", "苗若兰 SUPERVISES 江宁区生态环境局", "苗若兰 HAS_PORTFOLIO 生态环境保护",
        "苗若兰 HAS_PORTFOLIO 水利",
    }  # fmt: skip


def test_beside_a_river_merged_over_its_reaches_each_chief_has_a_reach() -> None:
    from lists_makers import Sheet, xlsx

    rows = [
        ["六合区河长名单"],
        ["河流名称", "区级河长", "镇级河长", "河段"],
        ["滁河", "蒋问渠", "阮白石", "滁河龙袍段"],
        [None, None, "尚清源", "滁河雄州段"],
    ]
    found = LOADER.read(xlsx(Sheet("河长", rows, ["A3:A4", "B3:B4"])), "r.xlsx", Defaults(place="江苏省南京市"))
    assert found is not None
    names = {n.id: n.name for n in found.nodes}
    assert {(names[e.source], names[e.target]) for e in found.edges if e.type == "IN_CHARGE_OF"} == {
        ("蒋问渠", "滁河"), ("阮白石", "滁河龙袍段"), ("尚清源", "滁河雄州段"),
    }  # fmt: skip


def test_a_day_in_figures_alone_is_a_deadline_and_no_telephone_number() -> None:
    text = (
        "溧水区扬尘整改清单\n序号,整改措施,责任单位,完成时限\n1,更换围挡,区住建局,20240815\n2,清运渣土,区城管局,45473\n"
        "3,绿化裸地,区林业局,2024.06—2024.09\n4,修补路面,区交通运输局,66223344\n"
    )
    found = {n.name: (n.props.get("deadline"), n.props.get("due")) for n in read(text).nodes if n.label == "Obligation"}
    assert found == {
        "更换围挡": ("20240815", "2024-08-15"), "清运渣土": ("2024-06-30", "2024-06-30"),
        "绿化裸地": ("2024.06—2024.09", "2024-09-30"), "修补路面": (None, None),
    }  # fmt: skip


def test_in_a_roster_of_firms_the_towns_people_have_the_firm_whatever_their_level() -> None:
    text = (
        "六合区涉气企业三级包联责任表\n序号,企业名称,属地,区级包联领导,镇（街道）包联责任人,村级网格员,包村干部,企业环保负责人\n"
        "1,南京六桥铸造有限公司,龙袍街道,蒋问渠（副区长）,阮白石,尚清源,戚如松,谭子明\n"
    )
    assert said(text, "IN_CHARGE_OF", "HOLDS") == {
        "蒋问渠 IN_CHARGE_OF 南京六桥铸造有限公司", "阮白石 IN_CHARGE_OF 南京六桥铸造有限公司", "蒋问渠 HOLDS 六合区人民政府副区长",
        "尚清源 IN_CHARGE_OF 南京六桥铸造有限公司", "戚如松 IN_CHARGE_OF 龙袍街道", "谭子明 HOLDS 南京六桥铸造有限公司环保负责人",
    }  # fmt: skip


def test_a_task_over_several_items_is_no_part_of_what_each_must_do() -> None:
    from lists_makers import Sheet, xlsx

    rows = [
        ["六合区水污染防治责任清单"], ["序号", "重点任务", "具体要求", "牵头单位"],
        [1, "管网提质", "改造雨污管网6公里", "区水务局"], [2, None, "封堵错接排口9个", "区城管局"], [3, "应急", "建成拦截坝2座", "区应急局"],
    ]  # fmt: skip
    found = LOADER.read(xlsx(Sheet("表", rows, ["A1:D1", "B3:B4"])), "r.xlsx", Defaults(place="江苏省南京市"))
    assert found is not None
    duties = {str(n.props["text"]): n.props.get("fields") for n in found.nodes if n.label == "Obligation"}
    assert duties == {
        "改造雨污管网6公里": ["重点任务：管网提质"], "封堵错接排口9个": ["重点任务：管网提质"], "应急；建成拦截坝2座": None,
    }  # fmt: skip


def test_a_labelled_day_in_figures_alone_is_the_lists_and_a_telephone_number_is_none() -> None:
    head = "溧水区扬尘整改清单\n{}\n序号,整改措施,责任单位\n1,更换围挡,区住建局\n"
    for line, day in (
        ("发布日期：20240506,,", "2024-05-06"),
        ("统计至2024年5月8日,,", "2024-05-08"),
        ("联系电话：20240506,,", None),
    ):
        (found,) = [n.props for n in read(head.format(line)).nodes if n.label == "AccountabilityList"]
        assert found.get("date") == day


def test_the_line_over_a_table_names_it_and_not_the_short_title_of_the_page() -> None:
    rows = "".join(f"<tr><td>{k}</td><td>河岸堆放{k}车垃圾</td><td>县水利局</td><td>已办结</td></tr>" for k in (1, 2))
    page = (
        "<html><head><title>信访公开</title></head><body><p>沛县群众来信来电办理情况一览表（第三批）</p><table>"
        f"<tr><td>序号</td><td>反映问题</td><td>责任单位</td><td>是否办结</td></tr>{rows}</table></body></html>"
    )
    r = LOADER.read(page.encode(), "list.html", Defaults())
    assert r is not None
    assert [n.name for n in r.nodes if n.label == "AccountabilityList"] == ["沛县群众来信来电办理情况一览表（第三批）"]
