"""Who supervises whom and who is in charge of what, sentence by sentence (supervision_cases.toml): all of it and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from marked_text import marked

from loaders.prose.relate import contracts, supervision

CASES = tomllib.loads((Path(__file__).parent / "supervision_cases.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_relations_of_a_sentence(case: dict[str, Any]) -> None:
    page = marked(case["text"], title=case.get("title", ""))
    found = [*supervision.relate(page), *contracts.relate(page)]
    told = {
        kind: {f"{s.source.name} > {s.target.name}" for s in found if s.type == kind}
        for kind in ("SUPERVISES", "IN_CHARGE_OF")
    }
    assert told == {"SUPERVISES": set(case.get("supervises", ())), "IN_CHARGE_OF": set(case.get("charge_of", ()))}


def test_names_of_cases_differ() -> None:
    assert len({c["name"] for c in CASES}) == len(CASES)
