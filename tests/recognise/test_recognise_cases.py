"""Tables of sentences: who, which posts, which bodies and which places are read from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.prose.cut import cut
from loaders.prose.page import Entity, Meta, Page
from loaders.prose.recognise import recognise

HERE = Path(__file__).parent


def cases(file: str) -> Iterator[object]:
    """(place, sentence, expected lines) of a table; '⏎' in a sentence is the end of a line."""
    place, sentence, expected = "", "", []
    for line in [*(HERE / file).read_text("utf-8").splitlines(), "@"]:
        if not line or line.startswith("#"):
            continue
        if line.startswith("@") or not (line[:2] in ("P:", "A:", "R:", "G:") or ": " in line):
            if sentence:
                yield pytest.param(place, sentence, expected, id=sentence[:24])
            place, sentence = (line[1:].strip(), "") if line.startswith("@") else (place, line.replace("⏎", "\n"))
            expected = []
        else:
            expected.append(line)


def read(place: str, sentence: str) -> Page:
    """One sentence as the body of a notice of a place."""
    return recognise(cut(Page(sentence, Meta(place=place, published="2023-05-01"))))


def spelt(e: Entity) -> set[str]:
    """All names of a thing."""
    return {e.name, *e.aliases}


def named(page: Page, label: str) -> list[Entity]:
    """The things of a class that a page names itself, each once."""
    found = {id(m.entity): m.entity for m in page.mentions if m.entity.label == label}
    return [e for e in found.values() if not (e.props.get("generic") or e.props.get("inferred"))]


def same(page: Page, label: str, wanted: list[str]) -> None:
    """Each wanted name belongs to one thing, and nothing else is there."""
    left = named(page, label)
    for name in wanted:
        fits = [e for e in left if name in spelt(e)]
        assert fits, (name, [sorted(spelt(e)) for e in left])
        left.remove(fits[0])
    assert not left, [e.name for e in left]


@pytest.mark.parametrize(("place", "sentence", "expected"), list(cases("names.cases")))
def test_names(place: str, sentence: str, expected: list[str]) -> None:
    page = read(place, sentence)
    assert sorted(e.name for e in named(page, "Person")) == sorted(expected[0][2:].split())


@pytest.mark.parametrize(("place", "sentence", "expected"), list(cases("posts.cases")))
def test_posts(place: str, sentence: str, expected: list[str]) -> None:
    page = read(place, sentence)
    bodies = {id(s.source): s.target for s in page.facts if s.type == "POST_IN"}
    got: dict[str, list[tuple[str, str, set[str]]]] = {}
    for s in page.facts:
        if s.type == "HOLDS":
            body = bodies.get(id(s.target))
            got.setdefault(s.source.name, []).append(
                (str(s.target.props["title"]), str(s.props.get("status", "")), spelt(body) if body else set())
            )
    wanted = {line.split(": ")[0]: line.split(": ")[1].split() for line in expected}
    assert set(got) == set(wanted), got
    for person, posts in wanted.items():
        left = list(got[person])
        for post in posts:
            post, _, status = post.partition("~")
            title, _, body = post.partition("@")
            fits = [
                g
                for g in left
                if g[0] == title and g[1] == status and (body == "?" or (body in g[2] if body else not g[2]))
            ]
            assert fits, (person, post, status, left)
            left.remove(fits[0])
        assert not left, (person, left)


@pytest.mark.parametrize(("place", "sentence", "expected"), list(cases("bodies.cases")))
def test_bodies(place: str, sentence: str, expected: list[str]) -> None:
    same(read(place, sentence), "Agency", expected[0][2:].split())


@pytest.mark.parametrize(("place", "sentence", "expected"), list(cases("regions.cases")))
def test_regions(place: str, sentence: str, expected: list[str]) -> None:
    same(read(place, sentence), "Region", expected[0][2:].split())


def test_groups_that_head_lines_of_a_towns_roster_are_the_towns() -> None:
    text = "成立板泉镇禁烧工作领导小组\n组长：方立\n督查巡视工作小组\n组长：石明\n副组长：路平"
    page = read("山东省临沂市莒南县", text)
    seats = {id(s.source): s.target.name for s in page.facts if s.type == "POST_IN"}
    held = {s.source.name: seats[id(s.target)] for s in page.facts if s.type == "HOLDS"}
    assert held == {
        "方立": "板泉镇禁烧工作领导小组",
        "石明": "板泉镇督查巡视工作小组",
        "路平": "板泉镇督查巡视工作小组",
    }


def test_a_village_lies_in_the_town_that_acts_not_in_one_named_for_a_former_post() -> None:
    page = read("江苏省徐州市沛县", "五段镇迅速行动。高云起由敬安镇副镇长调任现职。会后，他到所包的柳园村检查。")
    (village,) = [e for e in named(page, "Region") if e.name == "柳园村"]
    assert village.key.startswith("320322107/")


def test_the_first_chiefs_of_a_roster_are_of_the_level_that_heads_their_lines() -> None:
    page = read("山东省临沂市莒南县", "一、全县\n总河长两位：县委书记谷大川，县长郎世清\n副总河长1名：副县长毛以宁")
    seats = {id(s.source): s.target.name for s in page.facts if s.type == "POST_IN"}
    held = {(s.source.name, s.target.props["title"], seats[id(s.target)]) for s in page.facts if s.type == "HOLDS"}
    assert {h for h in held if "河长" in str(h[1])} == {
        ("谷大川", "总河长", "莒南县"),
        ("郎世清", "总河长", "莒南县"),
        ("毛以宁", "副总河长", "莒南县"),
    }


@pytest.mark.parametrize(
    ("title", "publisher", "text", "home"),
    [
        ("督查组在双辽督导", "四平市生态环境局", "市政协副主席方立带队对双辽市进行督查。", "220300"),
        ("方立一行到三明采访", "中国水利报", "方立到三明市将乐县采访，省水利厅陪同。", "350428"),
        ("", "", "我州召开动员会，把这项工作作为大理州的重点。\n大理日报（记者）", "532900"),
        ("", "", "省督察组向云南省反馈，随后到保山市，下沉施甸县、腾冲市。", "530500"),
        ("", "", "市政府副市长方立到南安市巡河。", ""),
        ("", "", "宁德网消息 全市环保会议召开，宁德市委常委方立参加。", "350900"),
        ("", "", "揭阳市副市长方立到我市调研，市长路鸣参加。\n普宁融媒 秦 远 时明", "445281"),
        ("中央督察沁县保障组会议召开", "", "我县召开保障会议，副县长方立主持。", "140430"),
        ("", "", "我县召开扬尘会议，学习沁县和襄垣县的做法。", ""),
        ("", "", "我市召开周例会，向介休市、平遥县授予红旗。", "140700"),
        ("", "", "市里召开会议，沁县、襄垣县分别发言。副市长方立讲话。", "140400"),
        ("", "", "我市召开调度会，对末位的介休市进行约谈，副市长方立参加。", "140700"),
        ("", "", "我市召开调度会，对介休市工地作出安排，副市长方立参加。", "140781"),
        ("", "", "全县推进会召开，县长方立主持。要让清水蓝天成为展现永靖美丽形象的底色。", "622923"),
        ("", "", "全县推进会召开，县长方立主持。要守护永靖蓝天，建设美丽永靖。", "622923"),
        ("", "", "全市推进会召开，市长方立主持。要为美丽永靖、幸福永靖添彩。", ""),
        ("", "智慧岳阳", "会后副市长方立对全市工作提出要求。", "430600"),
        ("", "掌上岳阳", "会后副县长方立对全县工作提出要求。", "430621"),
        ("", "", "我市召开推进会，市委常委、济南高新区管委会主任方立参加。", "370100"),
        ("", "", "市委常委、副市长、济南高新区党工委书记方立到我市工地检查。", "370100"),
        ("", "", "5月8日，眉县召开推进会，县委书记方立主持。", "610326"),
        ("", "", "5月8日，眉县、岐山县召开推进会，县委书记方立主持。", "610300"),
        ("", "", "我区召开专题会，研究《江津区扬尘整改方案》，区长方立主持。", "500116"),
        ("枣林镇禁烧方案", "枣林镇人民政府", "全镇禁止露天焚烧，各村抓好落实。", ""),
        ("杜楼镇禁烧方案", "杜楼镇人民政府", "全镇禁止露天焚烧，各村抓好落实。", "341322109"),
        ("", "", "合河口乡、上观音堂乡要达标，西柏坡镇要巩固。", "130131"),
        ("各地禁烧见闻", "", "杜楼镇禁止露天焚烧，全镇抓好落实。", ""),
        ("", "", "东城区管委会：预计漯河市扩散条件转差，我市启动橙色预警，学习望都县做法。", "411100"),
        ("", "", "市副总河长方立到我县湖寮镇巡河，随后从大埔码头去梅州。", "441422"),
        ("", "", "温州市委副书记、市长方立来瑞督查治水，温州市政府秘书长路鸣参加，我市领导秦远陪同。", ""),
    ],
)
def test_where_a_notice_speaks_from(title: str, publisher: str, text: str, home: str) -> None:
    page = recognise(cut(Page(text, Meta(title=title, publisher=publisher, published="2023-05-01"))))
    assert page.home == home


def test_level_words_mean_the_deepest_of_the_places_that_the_headline_names_in_one_another() -> None:
    meta = Meta(title="吉林省吉林市丰满区区长检查秸秆", publisher="吉林省农机网", published="2023-05-01")
    page = recognise(cut(Page("吉林省吉林市丰满区区长方立检查秸秆，区生态环境局陪同。", meta)))
    assert "丰满区生态环境局" in {e.name for e in named(page, "Agency")}


def test_level_words_in_a_province_s_notice_on_one_prefecture_are_its_own() -> None:
    meta = Meta(publisher="云南省生态环境厅", published="2023-05-01")
    page = recognise(cut(Page("近日，楚雄州人大一行到双柏县调研，州林业局、县水务局陪同。", meta)))
    assert {"楚雄彝族自治州林业局", "双柏县水务局"} <= {e.name for e in named(page, "Agency")}
    meta = Meta(publisher="吉林省生态环境厅", published="2023-05-01")
    page = recognise(cut(Page("近日，省督察局对榆树市检查，市生态环境局陪同。", meta)))
    assert "长春市生态环境局" in {e.name for e in named(page, "Agency")}


@pytest.mark.parametrize(
    ("said", "name"),
    [("张副县长", "张可心"), ("可心副县长", "张可心"), ("阿依江书记", "阿依江·吐尔逊"), ("可心主任", "")],
)
def test_who_is_called_by_a_part_of_the_name_beside_a_title_they_hold(said: str, name: str) -> None:
    text = f"县委书记阿依江·吐尔逊主持会议，副县长张可心讲话。会后，{said}又到板泉镇看了工地。"
    page = read("山东省临沂市莒南县", text)
    met = [m.entity.name for m in page.mentions if m.entity.label == "Person" and m.span.start > text.index("会后")]
    assert met == [name][: len(name)]


def test_companies_of_a_regiment_are_places_with_bodies_of_their_own() -> None:
    meta = Meta(title="分工", publisher="新疆生产建设兵团第七师一二八团")
    page = recognise(cut(Page("一二八团团长方立包一连、二连，一连党支部书记路鸣参加，团场各单位配合。", meta)))
    assert {"新疆生产建设兵团一二八团一连", "新疆生产建设兵团一二八团二连"} <= {e.name for e in named(page, "Region")}
    seats = {s.source.props["title"]: s.target.name for s in page.facts if s.type == "POST_IN"}
    assert seats["党支部书记"] == "新疆生产建设兵团一二八团一连党支部"


def test_the_corps_short_name_is_a_body_in_a_notice_of_its_own() -> None:
    meta = Meta(title="兵团召开行政常务会议", place="新疆维吾尔自治区")
    said = "自治区副主席、兵团党委副书记、司令员方立主持，兵团领导路鸣、石明参加，兵团党委常委、副司令员贾真讲话。"
    page = recognise(cut(Page(said, meta)))
    seats = {id(s.source): s.target.name for s in page.facts if s.type == "POST_IN"}
    held = {(s.source.name, s.target.props["title"], seats[id(s.target)]) for s in page.facts if s.type == "HOLDS"}
    corps = "新疆生产建设兵团"
    assert held == {
        ("方立", "副主席", "新疆维吾尔自治区人民政府"),
        ("方立", "党委副书记", corps),
        ("方立", "司令员", corps),
        ("路鸣", "领导", corps),
        ("石明", "领导", corps),
        ("贾真", "常委", f"{corps}党委"),
        ("贾真", "副司令员", corps),
    }
    page = recognise(cut(Page("一四三团召开会议，团长方立主持。", Meta(title="第八师一四三团部署工作"))))
    assert [s.target.name for s in page.facts if s.type == "POST_IN"] == [f"{corps}一四三团"]
    page = recognise(cut(Page("支援兵团建设。", Meta(title="石桥县会议", place="河北省"))))
    assert not named(page, "Agency")
