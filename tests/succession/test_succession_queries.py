"""Questions on a renamed body take the old one's duties along; asked by the old name they say what followed it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.ask import catalogue, run
from kg.loading import Defaults, files, load
from kg.store import Store

BEFORE = """临邑县油烟治理工作方案

发布日期：2024-03-02　来源：临邑县人民政府

县城市管理局要在6月底前完成餐饮油烟净化设施改造。
"""
RENAMED = """关于临邑县城市管理局更名的通知

发布日期：2024-05-06　来源：中共临邑县委机构编制委员会

经研究，决定将临邑县城市管理局更名为临邑县综合行政执法局，原临邑县城市管理局承担的职责由临邑县综合行政执法局承担。
"""


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_duties_of_a_renamed_body_by_either_name(
    make_store: Callable[[], Store], tmp_path: Path, order: tuple[int, ...]
) -> None:
    store = make_store()
    for n in order:
        path = tmp_path / f"{n}.txt"
        path.write_text((BEFORE, RENAMED)[n], "utf-8")
        load(store, files([str(path)]), Defaults())
    for subject, through in (("临邑县综合行政执法局", "formerly"), ("临邑县城市管理局", "")):
        [row] = run(store, catalogue()["duties/of"], {"subject": subject}).rows
        assert row["duty"].startswith("县城市管理局要在6月底前完成餐饮油烟")
        assert (row["through"], row["successor"]) == (through, "临邑县综合行政执法局")
    [told] = store.query(
        "MATCH (a:Agency)-[r:SUCCEEDS]->(b:Agency) RETURN a.name AS new, b.name AS old, r.date AS day, r.quotes AS said"
    )
    assert (told["new"], told["old"], told["day"]) == ("临邑县综合行政执法局", "临邑县城市管理局", "2024-05-06")
    assert told["said"] == ["临邑县城市管理局更名为临邑县综合行政执法局"]
