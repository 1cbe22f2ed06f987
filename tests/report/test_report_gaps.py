"""The report on gaps: every kind is found, with its words, notice and day, in every format and on every store."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.errors import QueryError, SubjectError
from kg.report import FORMATS, gaps, write
from kg.report.gaps import Report
from kg.report.scope import around, within
from kg.store import Store


def said(report: Report) -> dict[str, list[str]]:
    return {s.key: [f.said[0] for f in s.findings] for s in report.sections}


def test_every_kind_of_gap_is_found(store: Store) -> None:
    assert said(gaps(store, scope=within(store, "临邑县"))) == {
        "no-bearer": ["提级办理"],
        "no-person": ["临邑县农业农村局：承担 1 项未完成任务；最近一项：指导减药"],
        "holder-changed": ["临邑县水利局：封堵排口；临邑县水利局局长颜秋浦任至2024-05-10；此后见宿怀英；到期2024-06-30"],
        "uncovered": ["德平镇双庙李村：村无包村干部", "临邑县林子镇：乡镇无包联领导", "临邑县临北开发区：片区无包片部门"],
        "overdue": ["封堵排口；承担：临邑县水利局；到期2024-06-30；逾期 20 天"],
        "contradictory": ["临邑县人民政府县长：关未央与阮守拙在2024-07-20同时任职"],
    } | {"uncovered": sorted_gaps(store)}  # fmt: skip


def sorted_gaps(store: Store) -> list[str]:
    """The order of the uncovered places is the query's; which they are is fixed."""
    found = said(gaps(store, scope=within(store, "临邑县")))["uncovered"]
    assert set(found) == {
        "临邑县林子镇：乡镇无包联领导",
        "德平镇双庙李村：村无包村干部",
        "临邑县临北开发区：片区无包片部门",
    }
    return found


def test_every_finding_opens_its_words(store: Store) -> None:
    report = gaps(store)
    texts = {n.id: store.notice(n.id) for n in store.notices()}
    for section in report.sections:
        for finding in section.findings:
            assert finding.quotes and all(finding.said)
            for quote in finding.quotes:
                notice = texts[quote.notice]
                assert quote.text in notice.text and quote.title == notice.title and quote.date == notice.published
    (twice,) = report.sections[-1].findings
    assert {q.text for q in twice.quotes} == {"县长阮守拙讲话。", "县长关未央主持。"}


def test_the_report_speaks_as_of_a_day(store: Store) -> None:
    early = said(gaps(store, as_of="2024-05-01"))
    assert early["holder-changed"] == [] and early["contradictory"] == []
    assert [line.split("；")[0] for line in early["overdue"]] == ["清淤"]
    before = said(gaps(store, as_of="2024-03-15"))
    assert before["uncovered"] == [] and before["no-bearer"] == ["提级办理"]


def test_stated_only_knows_no_successor(store: Store) -> None:
    found = said(gaps(store, stated_only=True))
    assert found["holder-changed"] == [] and found["uncovered"] == []
    assert found["contradictory"]


def test_a_region_or_a_thing_narrows_it(store: Store) -> None:
    assert "清淤" in str(said(gaps(store))["overdue"])
    near = gaps(store, scope=around(store, "临邑县水利局"))
    assert {s.key: len(s.findings) for s in near.sections} == {
        "no-bearer": 0, "no-person": 0, "holder-changed": 1, "uncovered": 0, "overdue": 1, "contradictory": 0
    }  # fmt: skip
    assert "有关" in near.caption[0] and "范围" in gaps(store, scope=within(store, "临邑县")).caption[0]
    with pytest.raises(SubjectError):
        within(store, "无此地")


def test_all_formats_say_the_same(store: Store) -> None:
    report = gaps(store)
    rows = json.loads(write(report, "json"))
    assert len(rows) == report.count == len(list(csv.DictReader(io.StringIO(write(report, "csv")))))
    for format in ("text", "html", "markdown"):
        written = write(report, format)
        assert written.endswith("\n") and written == write(gaps(store), format)
        flat = re.sub(r"[\s\\]", "", written)
        for row in rows:
            assert re.sub(r"\s", "", row["finding"].split("；")[0]) in flat, format
    page = write(report, "html")
    assert 'href="https://example.org/plan"' in page and "script-src &#x27;none&#x27;" in page
    assert "<script" not in page
    assert write(report, "text", lang="en").startswith("Gaps in the chain")
    assert {*FORMATS} == {"text", "html", "markdown", "csv", "json"}
    with pytest.raises(QueryError, match="formats"):
        write(report, "pdf")


# -- at the prompt


def kg(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> str:
    import kg as package

    place = str(tmp_path_factory.mktemp("samples") / "graph.kgl")
    done = kg("--store", place, "load", str(Path(package.__file__).parent / "samples"))
    assert done.exit_code == 0, done.stderr
    return place


def test_the_samples_have_every_kind_of_gap(samples: str, tmp_path: Path) -> None:
    done = kg("--store", samples, "report", "gaps", "--format", "json")
    assert {row["kind"] for row in json.loads(done.stdout)} == {
        "no-bearer", "no-person", "holder-changed", "uncovered", "overdue", "contradictory"
    }  # fmt: skip
    target = tmp_path / "gaps.md"
    told = kg("--store", samples, "report", "gaps", "--region", "沛县", "--as-of", "2023-12-31", "-o", str(target))
    assert told.exit_code == 0 and "findings" in told.stdout
    assert target.read_text("utf-8").startswith("# 责任链缺口\n\n截至 2023-12-31 · 范围：沛县")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(("--as-of", "昨天"), "--as-of"), (("--region", "沛县", "--around", "沛县"), "exclude"), (("--region", "无此地"), "无此地"),
     (("-o", "gaps.pdf"), "gaps.pdf"), (("--format", "pdf"), "pdf")],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_one_line(samples: str, arguments: tuple[str, ...], told: str) -> None:
    done = kg("--store", samples, "report", "gaps", *arguments)
    assert done.exit_code == 2 and told in done.stderr.splitlines()[0] and "Traceback" not in done.stderr
