"""Reading the schema: fast when it was read before, never stale, and in one line when it cannot be read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg import resources
from kg.errors import KgError, VocabularyError
from kg.vocabulary import load_vocabulary, vocabulary


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resources.ontology_dir(), tmp_path / "ontology"))


def change(ontology: Path, old: str, new: str, file: str = "core.ttl") -> None:
    text = (ontology / file).read_text("utf-8")
    assert old in text
    (ontology / file).write_text(text.replace(old, new), "utf-8")


def test_what_is_read() -> None:
    schema = vocabulary()
    assert schema.version.count(".") == 2
    bears = schema.types["BEARS"]
    assert bears.domain == {"Person", "Post", "Agency", "Region"} and bears.range == {"Obligation"}
    assert bears.qualifier == "role" and bears.properties["role"].values == ("牵头", "配合", "责任", "督办")
    assert schema.types["SUPERVISES"].properties["kind"].value_labels["portfolio"] == ("分管", "portfolio")
    assert schema.types["SANCTIONED"].qualifier == "form"
    assert schema.types["PART_OF_SCHEME"].domain == set(schema.labels)
    post = schema.labels["Post"]
    assert set(post.required) == {"uid", "name", "title"} and post.zh == "职务"
    assert post.properties["aliases"].many and post.properties["generic"].datatype == "boolean"
    assert "http://www.w3.org/ns/org#Post" in post.aligned
    assert schema.types["HOLDS"].aligned == ("http://www.w3.org/ns/org#holds",)
    assert schema.types["SUPERVISES"].aligned_inverse == ("http://www.w3.org/ns/org#reportsTo",)


def test_second_load_needs_no_rdf_parser(tmp_path: Path) -> None:
    script = "import sys; from kg.vocabulary import vocabulary; vocabulary(); print('rdflib' in sys.modules)"
    where = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path), "HOME": str(tmp_path)}
    runs = [
        subprocess.run([sys.executable, "-c", script], env=where, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert [r.strip() for r in runs] == ["True", "False"]


def test_a_changed_ontology_is_read_again(ontology: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    before = load_vocabulary(ontology, cache)
    change(ontology, '"承担"@zh, "bears"@en', '"承担"@zh, "carries"@en')
    after = load_vocabulary(ontology, cache)
    assert (before.types["BEARS"].en, after.types["BEARS"].en) == ("bears", "carries")
    assert len(list(cache.glob("*.json"))) == 2 and not list(cache.glob("*.tmp"))


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version": "9"}', b"\xff\xfe"], ids=repr)
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    whole = load_vocabulary(resources.ontology_dir(), tmp_path)
    (cached,) = tmp_path.glob("*.json")
    cached.write_bytes(damage)
    assert load_vocabulary(resources.ontology_dir(), tmp_path) == whole
    assert len(cached.read_bytes()) > 1000


def test_a_cache_that_cannot_be_written_does_not_matter(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert load_vocabulary(resources.ontology_dir(), blocked / "cache").labels


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("akg:holds a owl:ObjectProperty", "akg:holds a owl:ObjectProperty owl:Thing", "core.ttl is not Turtle"),
        ('skos:notation "HOLDS"', 'skos:altLabel "HOLDS"', "has no skos:notation"),
        ('"担任"@zh', '"担任"@ja', "has no label in 'zh'"),
        ("owl:versionInfo", "rdfs:comment", "has no owl:versionInfo"),
        ("rdfs:domain akg:Post ; rdfs:range xsd:string", "rdfs:domain akg:Post ; rdfs:range xsd:time", "datatype"),
    ],
)
def test_a_broken_ontology_is_refused_in_one_line(
    ontology: Path, tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    change(ontology, old, new)
    with pytest.raises(VocabularyError, match=complaint) as refused:
        load_vocabulary(ontology, tmp_path)
    assert "\n" not in str(refused.value)


def test_no_ontology_at_all(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="no ontology here"):
        load_vocabulary(tmp_path, tmp_path)


def test_folders_of_an_installed_wheel(tmp_path: Path) -> None:
    """As hatch lays a wheel out: the folders inside the package, and nothing beside it."""
    package = tmp_path / "kg"
    shutil.copytree(resources.ontology_dir(), package / "ontology")
    (package / "queries").mkdir()
    for name in ("__init__.py", "errors.py", "resources.py"):
        shutil.copy(Path(resources.__file__).with_name(name), package)
    script = "from kg.resources import *; print(ontology_dir()); print(queries_dir())"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == [str(package / "ontology"), str(package / "queries")]


def test_folders_that_are_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "kg")
    with pytest.raises(KgError, match="ontology/ is missing"):
        resources.ontology_dir()
