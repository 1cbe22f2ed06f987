"""Who holds a post as one notice after another tells it, on both stores and in whatever order they come."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from kg.ask import run
from kg.chain import accountability
from kg.export import render
from kg.loading import Defaults, read
from kg.lookup import find
from kg.store import Store, open_store

GOV, MAYOR = "agency:320322/人民政府", "post:320322/人民政府/县长"


def notice(published: str, title: str, text: str) -> str:
    return f"{title}\n\n发布日期：{published}　来源：沛县人民政府\n\n{text}\n"


ACTING = notice("2024-04-10", "沛县召开环保例会", "4月9日，代县长燕归南主持召开环保例会，县水务局局长巫马青参加。")
OUTRIGHT = notice("2024-07-10", "沛县召开环保推进会", "7月9日，县长燕归南主持召开环保推进会。")
BEFORE = notice(
    "2024-01-10",
    "沛县召开环保会议",
    "1月9日，县长古月明主持召开环保会议。古月明要求，县水务局要在2024年5月底前完成排口整治。",
)


def put(store: Store, *texts: str) -> Store:
    for text in texts:
        store.put(read(text.encode(), "a.txt", Defaults()))
    return store


def held(store: Store, day: str | None, post: str = "县长") -> list[tuple[str, str, str]]:
    rows = run(store, "people/who-held", {"post": post, "body": GOV, **({"date": day} if day else {})}).rows
    return [(row["person"], row["post"], row["status"]) for row in rows]


def same_in_every_order(texts: tuple[str, ...], tmp_path: Path) -> None:
    told = set()
    for n, order in enumerate(permutations(texts)):
        with open_store(tmp_path / f"{n}.kgl") as store:
            put(store, *order, order[0])
            told.add(render(store.graph(), "json"))
    assert len(told) == 1


@pytest.mark.parametrize(
    ("day", "who"),
    [
        ("2024-02-01", [("古月明", "沛县人民政府县长", "在任")]),
        ("2024-05-01", [("燕归南", "沛县人民政府县长", "代理")]),
        ("2024-08-01", [("燕归南", "沛县人民政府县长", "在任")]),
        (None, [("燕归南", "沛县人民政府县长", "在任")]),
    ],
)
def test_who_acts_holds_the_post_itself_with_the_status_of_one_who_acts(
    make_store: Callable[[], Store], day: str | None, who: list[tuple[str, str, str]]
) -> None:
    assert held(put(make_store(), BEFORE, ACTING, OUTRIGHT), day) == who


def test_where_somebody_acts_the_post_is_no_gap_and_supervision_names_one_post(
    make_store: Callable[[], Store],
) -> None:
    store = put(make_store(), BEFORE, ACTING)
    posts = {
        n.id
        for n in store.graph().nodes.values()
        if n.label == "Post" and n.id.startswith(GOV.replace("agency", "post"))
    }
    assert posts == {MAYOR}
    chain = accountability(store, find(store, "agency:320322/水务局"))
    assert next(b for b in chain.boxes if b.name == "燕归南").title == "县长（代理）"
    assert not [gap for gap in chain.gaps if "县长" in gap.box]
    rows = run(store, "supervision/who-supervises", {"subject": "巫马青"}).rows
    assert not [row for row in rows if "代县长" in f"{row['supervisor']}{row['supervised']}"]
    assert held(store, None, "代县长") == [("燕归南", "沛县人民政府县长", "代理")]


def test_notices_about_who_acts_come_to_the_same_in_every_order(tmp_path: Path) -> None:
    same_in_every_order((BEFORE, ACTING, OUTRIGHT), tmp_path)


def test_who_is_relieved_of_acting_when_named_outright_holds_the_post(make_store: Callable[[], Store]) -> None:
    both = notice(
        "2024-06-01", "沛县人民政府任免通知", "免去燕归南的沛县人民政府代县长职务；任命燕归南为沛县人民政府县长。"
    )
    assert held(put(make_store(), both), None) == [("燕归南", "沛县人民政府县长", "在任")]


PORTFOLIO = notice(
    "2023-10-12",
    "沛县召开攻坚推进会",
    "10月10日，沛县召开攻坚推进会。副县长司徒兰出席会议，县生态环境局局长第五明参加会议。副县长司徒兰分管生态环境工作。",
)
DISMISSAL = notice(
    "2024-02-20",
    "沛县人民政府关于职务任免的通知",
    "任命公西静为沛县人民政府副县长；\n免去司徒兰的沛县人民政府副县长职务。",
)
AFTER = notice("2024-03-06", "沛县召开大气调度会", "3月5日，沛县召开大气调度会。副县长公西静讲话。")
BUREAU = "agency:320322/生态环境局"


def over(store: Store, day: str) -> bool:
    """Whether a question and a chain as of a day put the deputy over the bureau."""
    given = {"as_of": day} if day else {}
    asked = {row["supervisor"] for row in run(store, "supervision/who-supervises", {"subject": BUREAU}, **given).rows}
    drawn = accountability(store, find(store, BUREAU), direction="up", as_of=day)
    steps = {drawn.box(s.upper).name for s in drawn.steps if any(e.target == BUREAU for e in s.links)}
    charged = {row["who"] for row in run(store, "topics/in-whose-portfolio", {"topic": "生态环境保护"}, **given).rows}
    assert ("司徒兰" in asked) == ("司徒兰" in charged) == ("司徒兰" in steps)
    return "司徒兰" in asked


@pytest.mark.parametrize("day", ["2023-12-20", "2024-02-19", "2024-02-20", "2024-06-01", "", "all"])
def test_a_dismissal_ends_a_portfolio_on_its_day_and_not_before(make_store: Callable[[], Store], day: str) -> None:
    store = put(make_store(), DISMISSAL, PORTFOLIO, AFTER)
    assert over(store, day) == (day in ("2023-12-20", "2024-02-19", "all"))


def test_what_a_dismissal_ends_is_told_by_the_holding_and_comes_back_without_it(
    make_store: Callable[[], Store],
) -> None:
    store = put(make_store(), PORTFOLIO, DISMISSAL)
    (derived,) = (e for e in store.graph().edges if e.rule == "portfolio-covers-the-bureau")
    assert derived.props["superseded"] == "2024-02-20" and derived.props["superseded_by"] in derived.premises
    store.remove(next(n.id for n in store.notices() if "任免" in n.title))
    store.derive()
    assert over(store, "") and not any("superseded" in e.props for e in store.graph().edges)


def test_notices_of_a_dismissal_come_to_the_same_in_every_order(tmp_path: Path) -> None:
    same_in_every_order((PORTFOLIO, DISMISSAL, AFTER), tmp_path)


@pytest.mark.parametrize(
    ("day", "who"),
    [
        ("2024-02-19", [("司徒兰", "2024-02-20", "副县长司徒兰")]),
        ("2024-02-20", [("公西静", None, "副县长公西静")]),
        (None, [("公西静", None, "副县长公西静")]),
    ],
)
def test_who_held_a_post_before_a_dismissal_was_in_office_until_then(
    make_store: Callable[[], Store], day: str | None, who: list[tuple[str, str | None, str]]
) -> None:
    store = put(make_store(), AFTER, DISMISSAL, PORTFOLIO)
    rows = run(store, "people/who-held", {"post": "副县长", "body": GOV, **({"date": day} if day else {})}).rows
    assert [(row["person"], row["until"], row["quote"]) for row in rows] == who
    assert {row["status"] for row in rows} == {"在任"}


def test_who_is_appointed_again_has_not_left(make_store: Callable[[], Store]) -> None:
    again = notice("2024-09-02", "沛县人民政府关于职务任免的通知", "任命司徒兰为沛县人民政府副县长。")
    store = put(make_store(), again, DISMISSAL, PORTFOLIO)
    assert ("司徒兰", "沛县人民政府副县长", "在任") in held(store, None, "副县长")


ELECTED = notice(
    "2024-05-20", "沛县人大常委会公告", "5月18日，沛县第十八届人民代表大会第三次会议选举燕归南为沛县人民政府县长。"
)


@pytest.mark.parametrize(("day", "status"), [("2024-04-20", "代理"), ("2024-05-17", "代理"), ("2024-05-18", "在任")])
def test_who_acted_and_is_elected_held_the_post_before(make_store: Callable[[], Store], day: str, status: str) -> None:
    assert held(put(make_store(), ELECTED, ACTING), day) == [("燕归南", "沛县人民政府县长", status)]


def test_who_is_elected_anew_has_held_the_post_since_before(make_store: Callable[[], Store]) -> None:
    store = put(make_store(), OUTRIGHT.replace("2024-07-10", "2024-01-10").replace("7月9日", "1月9日"), ELECTED)
    assert held(store, "2024-02-01") == [("燕归南", "沛县人民政府县长", "在任")]


def test_notices_of_an_election_come_to_the_same_in_every_order(tmp_path: Path) -> None:
    same_in_every_order((ELECTED, ACTING, OUTRIGHT), tmp_path)
