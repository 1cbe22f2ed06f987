"""Whose posts the people of a row hold: of the body beside them, of the place that their reach, area or grid is called by."""

from __future__ import annotations

from lists_readings import read

Pairs = set[tuple[str, str]]


def said(text: str, type_: str) -> Pairs:
    r = read(text)
    names = {n.id: n.name for n in r.nodes}
    return {(names[e.source], names[e.target]) for e in r.edges if e.type == type_ and not e.derived}


def test_a_post_behind_a_body_is_that_bodys_and_several_go_in_turn() -> None:
    text = (
        "沛县县领导包镇责任表\n县领导,职务,分包乡镇,包镇单位,单位负责人,负责人职务\n"
        "冉志高,副县长,龙固镇,县水利局,仲海波,局长\n"
        "禚丽华,副县长,敬安镇,县城管局、县公安局,康敬之、牛海生,局长、政委\n"
    )
    assert {
        ("仲海波", "沛县水利局局长"),
        ("康敬之", "沛县城市管理局局长"),
        ("牛海生", "沛县公安局政委"),
    } <= said(text, "HOLDS")


def test_no_place_has_a_bureaus_head() -> None:
    text = "沛县包保名册\n乡镇,包保责任人,职务\n龙固镇,仲海波,局长\n敬安镇,逄金山,镇长\n"
    assert said(text, "HOLDS") == {("逄金山", "敬安镇人民政府镇长")}


def test_people_of_a_reach_are_of_the_township_or_village_that_it_is_called_by() -> None:
    text = (
        "沛县三级河长名单\n河流,县级河长,职务,镇级河段,镇级河长,职务,村级河段,村级河长,职务\n"
        "沿河,冉志高,副县长,龙固镇段,仲海波,镇党委书记,前程村段,康敬之,村党总支书记\n"
    )
    assert said(text, "HOLDS") == {
        ("冉志高", "沛县人民政府副县长"),
        ("仲海波", "龙固镇党委书记"),
        ("康敬之", "前程村党总支书记"),
    }


def test_a_post_of_a_township_that_nothing_names_is_not_the_countys() -> None:
    text = "沛县河长名单\n河流,责任河段,河长,职务\n沿河,城区段,仲海波,{}\n"
    for post in ("镇党委书记", "党委书记", "街道党工委书记", "人大主席"):
        assert said(text.format(post), "HOLDS") == set()


def test_people_of_an_area_or_grid_that_is_a_township_are_its_people() -> None:
    text = "沛县田长公示\n责任片区,二级田长\n大屯街道,仲海波（街道党工委书记）\n"
    assert said(text, "HOLDS") == {("仲海波", "大屯街道党工委书记")}
    text = (
        "沛县网格化监管名单\n一级网格,一级网格长,二级网格,二级网格长,职务,三级网格,三级网格长\n"
        "沛县,冉志高,龙固镇,逄金山,镇长,前程村,康敬之\n沛县,冉志高,敬安镇,仲海波,党委书记,王庄村,牛海生\n"
    )
    assert said(text, "HOLDS") == {("逄金山", "龙固镇人民政府镇长"), ("仲海波", "敬安镇党委书记")}
    assert len([n for n in read(text).nodes if n.name == "冉志高"]) == 1


def test_ranks_in_a_townships_own_roster_are_its_governments() -> None:
    text = "龙固镇包村干部名册\n村名,包村干部,职务\n前程村,仲海波,三级主任科员\n"
    assert said(text, "HOLDS") == {("仲海波", "龙固镇人民政府三级主任科员")}


def test_a_body_that_a_leader_keeps_in_touch_with_leads_nobody() -> None:
    text = (
        "沛县人民政府领导工作分工表\n姓名,职务,分管工作,分管单位,联系单位\n"
        "冉志高,副县长,负责生态环境工作,县水利局,县气象局、县供电公司\n"
    )
    assert said(text, "SUPERVISES") == {("冉志高", "沛县水利局")}
    assert {who for who, _ in said(text, "BEARS")} == {"冉志高"}


def test_an_order_to_account_in_writing_is_called_so() -> None:
    text = "沛县问责情况表\n姓名,职务,问责事由,处理方式\n冉志高,县水利局副局长,巡查缺位,责令作出书面检查\n"
    r = read(text)
    assert [e.props["form"] for e in r.edges if e.type == "SANCTIONED"] == ["责令作出书面检查"]


def test_what_is_to_be_put_right_is_no_punishment() -> None:
    text = "沛县扬尘督查通报\n工地名称,存在问题,处理意见,整改责任人\n东方花园,裸土未覆盖,{},缪天成\n"
    assert said(text.format("限期3日内整改"), "SANCTIONED") == set()
    assert {who for who, _ in said(text.format("通报批评"), "SANCTIONED")} == {"缪天成"}


def test_a_partys_department_named_by_its_head_has_its_usual_name() -> None:
    r = read("沛县包镇表\n县领导,职务,包保乡镇\n冉志高,县委常委、统战部部长,龙固镇\n敬不凡,副县长,敬安镇\n")
    assert any("沛县委统战部" in n.aliases for n in r.nodes)


def test_a_post_beside_says_more_than_a_header_and_a_firms_own_people_are_not_in_charge_of_it() -> None:
    text = "沛县包保企业表\n企业名称,包保领导,企业责任人,职务,联络员\n大屯纸业有限公司,冉志高,阮小六,总经理,缪天成\n"
    assert said(text, "HOLDS") == {("阮小六", "大屯纸业有限公司总经理")}
    assert {who for who, _ in said(text, "IN_CHARGE_OF")} == {"冉志高", "缪天成"}


def test_who_helps_is_not_in_charge_of_a_place() -> None:
    text = "沛县林长责任区域表\n林长,责任区域,对口协助单位\n冉志高,微山湖湿地保护区西片、龙固镇,县水利局\n"
    assert said(text, "IN_CHARGE_OF") == {("冉志高", "微山湖湿地保护区西片"), ("冉志高", "龙固镇")}


def test_praise_is_no_punishment_and_those_in_charge_of_a_place_are_not_punished_with_it() -> None:
    text = "沛县垃圾治理红黑榜\n乡镇,村,得分,包村干部,处理情况\n敬安镇,李庄村,61,逄金山,黄牌警告\n"
    assert said(text, "SANCTIONED") == set()
    text = "沛县考核问责清单\n姓名,处理结果\n逄金山,通报表扬\n缪天成,通报批评\n"
    assert {who for who, _ in said(text, "SANCTIONED")} == {"缪天成"}


def test_what_those_of_a_roster_do_is_no_item_that_can_be_done() -> None:
    text = "沛县河长名录\n河流,河长,职务,主要职责\n沿河,冉志高,副县长,负责沿河管护\n"
    assert said(text, "IN_CHARGE_OF") == {("冉志高", "沿河")}
    assert not [n for n in read(text).nodes if n.label == "Obligation"]


def test_a_deputy_head_of_a_division_of_the_corps_is_no_bureaus() -> None:
    rows = "治污责任清单\n重点任务,责任单位,责任领导\n清运废旧地膜,师市农业农村局,副师长 冉志高\n"
    assert said(f"石河子市{rows}", "HOLDS") == set()
    assert said(f"第八师石河子市{rows}", "HOLDS") == {("冉志高", "新疆生产建设兵团第八师副师长")}


def test_regiments_and_farms_of_the_corps_are_places_that_bear_a_duty() -> None:
    text = "第八师石河子市治污分工表\n任务,谁牵头\n清运废旧地膜,121团\n填平砂石坑,石总场、一四三团\n"
    r = read(text)
    names = {n.id: (n.label, n.name.removeprefix("新疆生产建设兵团")) for n in r.nodes}
    assert {names[e.source] for e in r.edges if e.type == "BEARS"} == {
        ("Region", "第八师121团"),
        ("Region", "石总场"),
        ("Region", "第八师一四三团"),
    }


def test_those_who_divide_a_bureaus_work_have_their_posts_in_it_and_do_not_stand_over_it() -> None:
    text = (
        "沛县水利局领导班子成员分工表\n姓名,职务,工作分工,分管科室\n"
        "冉志高,党组书记、局长,主持县水利局全面工作,—\n仲海波,三级调研员,负责河道保洁,县水政监察大队\n"
    )
    assert said(text, "HOLDS") == {
        ("冉志高", "沛县水利局党组书记"),
        ("冉志高", "沛县水利局局长"),
        ("仲海波", "沛县水利局三级调研员"),
    }
    assert {who for who, _ in said(text, "SUPERVISES")} == {"仲海波"}


def test_in_a_zones_own_list_a_bare_title_of_its_party_or_government_is_the_zones() -> None:
    text = (
        "徐州经济技术开发区治污任务分解表\n重点任务,责任单位,挂点领导\n"
        "道路保洁提标,大庙街道办事处,党工委委员、管委会副主任 冉志高\n"
    )
    assert said(text, "HOLDS") == {
        ("冉志高", "徐州经济技术开发区党工委委员"),
        ("冉志高", "徐州经济技术开发区管理委员会副主任"),
    }
    text = "沛县治污任务分解表\n重点任务,属地,挂点领导\n道路保洁提标,龙固镇,冉志高（党工委委员）\n"
    assert said(text, "HOLDS") == set()


def test_titles_that_begin_with_the_village_are_its() -> None:
    text = "沛县龙固镇网格员公示表\n村,网格名称,网格长,网格长职务\n三里村,三里东网格,冉志高,{}\n"
    assert said(text.format("村党总支副书记"), "HOLDS") == {("冉志高", "三里村党总支副书记")}
    assert said(text.format("社区党委书记"), "HOLDS") == {("冉志高", "三里村党委书记")}


def test_a_party_post_beside_a_bureaus_is_not_the_townships() -> None:
    text = "沛县整改台账\n问题,属地,责任人\n裸土未覆盖,龙固镇,冉志高（党委委员、副局长）\n"
    assert said(text, "HOLDS") == set()


def test_a_row_of_another_county_than_the_titles_speaks_from_there() -> None:
    text = (
        "沛县整改调度表\n县区,整改措施,责任单位,包保领导\n"
        "沛县,苫盖裸土,县水利局,副县长 冉志高\n丰县,清运垃圾,县城市管理局,副县长 仲海波\n"
    )
    assert said(text, "HOLDS") == {("冉志高", "沛县人民政府副县长"), ("仲海波", "丰县人民政府副县长")}
