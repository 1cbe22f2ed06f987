"""Each shape on a small graph: a file of shapes/ holds the data and the report that is expected of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph

from kg.shacl import validate_rdf

CASES = sorted((Path(__file__).parent / "shapes").glob("*.ttl"))


def test_no_case_is_lost() -> None:
    assert len(CASES) == 38


@pytest.mark.parametrize("file", CASES, ids=lambda f: f.stem)
def test_shape(file: Path) -> None:
    graph = Graph().parse(file, format="turtle")
    expected = graph.value(None, RDF.type, SH.ValidationReport)
    wanted = {
        tuple(str(graph.value(r, p) or "") for p in (SH.focusNode, SH.sourceConstraintComponent, SH.resultPath))
        for r in graph.objects(expected, SH.result)
    }
    report = validate_rdf(graph)
    assert {(f.iri, str(SH) + f.constraint, f.path_iri) for f in report.findings} == wanted
    assert report.conforms == (not wanted) == graph.value(expected, SH.conforms).toPython()  # type: ignore[union-attr]

    # What a person reads: one line a finding in both languages, and the same findings in the other two forms.
    lines = report.text().splitlines()
    assert len(lines) == len(report.findings) + 1
    assert all(f.zh and f.en and f.line() in lines and "{" not in f.line().split("^")[0] for f in report.findings)
    data = json.loads(report.to_json())
    assert data["conforms"] == report.conforms and len(data["findings"]) == len(report.findings)
    again = Graph().parse(data=report.to_ttl(), format="turtle")
    assert len(list(again.objects(None, SH.result))) == len(report.findings)
    assert {str(n) for n in again.objects(None, SH.focusNode)} == {f.iri for f in report.findings}
