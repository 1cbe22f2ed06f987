"""The Turtle files against themselves: everything named, defined, bounded and said the same way in each place."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from kg.resources import ontology_dir
from kg.vocabulary import vocabulary

AKG = Namespace("https://w3id.org/accountability-kg#")
OA = Namespace("http://www.w3.org/ns/oa#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
TERM_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDFS.Datatype)
FOREIGN = {
    "http://www.w3.org/ns/org#",
    "http://www.w3.org/ns/prov#",
    "http://www.w3.org/ns/odrl/2/",
    "http://www.w3.org/2004/02/skos/core#",
    "http://www.w3.org/2006/time#",
    "https://schema.org/",
    "http://www.w3.org/ns/sosa/",
    "http://purl.org/dc/terms/",
    "http://xmlns.com/foaf/0.1/",
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/2001/XMLSchema#",
    "http://www.w3.org/ns/shacl#",
}


@cache
def whole() -> Graph:
    graph = Graph()
    for file in sorted(ontology_dir().glob("*.ttl")):
        graph.parse(file, format="turtle")
    return graph


def terms() -> list[Node]:
    return sorted({t for kind in TERM_KINDS for t in whole().subjects(RDF.type, kind) if str(t).startswith(str(AKG))})


def classes(term: Node, predicate: Node) -> set[Node]:
    end = whole().value(term, predicate)
    union = whole().value(end, OWL.unionOf) if end is not None else None
    return {end} - {None} if union is None else set(Collection(whole(), union))  # type: ignore[arg-type]


def relationships() -> list[Node]:
    return sorted(whole().subjects(AKG.statementClass, None))


def labels() -> set[Node]:
    return set(whole().subjects(RDFS.subClassOf, AKG.Thing))


def test_the_files() -> None:
    assert [f.name for f in sorted(ontology_dir().glob("*.ttl"))] == [
        "core.ttl", "fields.ttl", "schemes.ttl", "shapes.ttl", "topics.ttl", "values.ttl"
    ]  # fmt: skip


def test_labels_and_relationships_are_the_agreed_ones() -> None:
    schema = vocabulary()
    assert list(schema.labels) == sorted(
        "Person Post Agency Region Meeting Obligation Target Observation Topic Scheme AccountabilityList Notice".split()
    )
    assert list(schema.types) == sorted(
        """HOLDS POST_IN PART_OF GOVERNS WITHIN CONVENED CHAIRED SPOKE_AT ATTENDED CONCERNS ASSIGNED BEARS APPLIES_IN
        ABOUT HAS_TARGET OBSERVED_IN LISTED_IN SECURES IN_CHARGE_OF FULFILS SUPERVISES HAS_PORTFOLIO SANCTIONED SUCCEEDS
        REVISION_OF RESEMBLES PART_OF_SCHEME STATED_IN""".split()
    )


def test_there_are_terms_to_look_at() -> None:
    assert len(terms()) > 80


@pytest.mark.parametrize("term", terms(), ids=lambda t: str(t).rpartition("#")[2])
def test_every_term_is_labelled_and_defined_in_both_languages(term: Node) -> None:
    for predicate in (RDFS.label, RDFS.comment):
        texts = {o.language: str(o) for o in whole().objects(term, predicate) if isinstance(o, Literal)}
        assert sorted(texts) == ["en", "zh"]
        assert re.search("[\u4e00-\u9fff]", texts["zh"])
        assert re.search("[A-Za-z]", texts["en"])
    assert len(list(whole().objects(term, SKOS.notation))) == 1


def test_names_are_unique_within_their_kind() -> None:
    for kind in TERM_KINDS:
        names = Counter(str(whole().value(t, SKOS.notation)) for t in terms() if (t, RDF.type, kind) in whole())
        assert [n for n, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    "term",
    [t for t in terms() if {OWL.ObjectProperty, OWL.DatatypeProperty} & set(whole().objects(t, RDF.type))],
    ids=lambda t: str(t).rpartition("#")[2],
)
def test_domain_and_range_exist(term: Node) -> None:
    declared = set(whole().subjects(RDF.type, OWL.Class)) | {OA.Annotation, OWL.ObjectProperty}
    assert classes(term, RDFS.domain) and classes(term, RDFS.domain) <= declared
    if (term, RDF.type, OWL.DatatypeProperty) in whole():
        assert whole().value(term, RDFS.range) in {
            XSD.string,
            XSD.boolean,
            XSD.decimal,
            XSD.date,
            XSD.dateTime,
            AKG.day,
        }
    else:
        assert classes(term, RDFS.range) and classes(term, RDFS.range) <= declared


def test_every_own_term_that_is_used_is_declared() -> None:
    used = {t for triple in whole() for t in triple if str(t).startswith(str(AKG))}
    assert used - set(terms()) == set()


def test_other_vocabularies_are_spelt_right() -> None:
    used = {re.sub(r"[^#/]*$", "", str(t)) for row in whole() for t in row if str(t).startswith("http")}
    own = {n for n in used if n.startswith("https://w3id.org/accountability-kg")} | {"https://w3id.org/"}
    assert used - own - {"https://spdx.org/licenses/"} <= FOREIGN
    for needed in ("org#", "prov#", "odrl/2/", "core#", "time#", "schema.org/", "dc/terms/", "foaf/0.1/", "oa#"):
        assert any(n.endswith(needed) for n in used), needed


# ── shapes ──


def shape_targets(predicate: Node) -> dict[Node, Node]:
    return {o: s for s, o in whole().subject_objects(predicate)}


def test_targets_of_shapes_exist() -> None:
    known = set(whole().subjects(RDF.type, OWL.Class))
    known |= {OA[n] for n in ("Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector")}
    assert set(whole().objects(None, SH.targetClass)) <= known
    for predicate in (SH.targetSubjectsOf, SH.targetObjectsOf):
        assert set(whole().objects(None, predicate)) <= set(relationships())
    untargeted = [
        s for s in whole().subjects(RDF.type, SH.NodeShape)
        if not any((s, p, None) in whole() for p in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf))
    ]  # fmt: skip
    assert untargeted == []


@pytest.mark.parametrize("relation", relationships(), ids=lambda t: str(t).rpartition("#")[2])
@pytest.mark.parametrize(
    ("side", "target"), [(RDFS.domain, SH.targetSubjectsOf), (RDFS.range, SH.targetObjectsOf)], ids=["domain", "range"]
)
def test_shapes_allow_the_ends_that_the_classes_do(relation: Node, side: Node, target: Node) -> None:
    shape = shape_targets(target).get(relation)
    if classes(relation, side) == {AKG.Thing}:
        assert shape is None  # anything may stand there
        return
    alternatives = whole().value(shape, SH["or"])
    found = {shape} if alternatives is None else set(Collection(whole(), alternatives))  # type: ignore[arg-type]
    assert {whole().value(f, SH["class"]) for f in found} == classes(relation, side)


def owned() -> list[tuple[Node, Node]]:
    """Each datatype property with each class it belongs to."""
    return sorted(
        (owner, p) for p in terms() if (p, RDF.type, OWL.DatatypeProperty) in whole()
        for owner in classes(p, RDFS.domain) if owner != AKG.SchemeRule
    )  # fmt: skip


def shape_of(owner: Node) -> Node | None:
    targets = labels() if owner == AKG.Thing else {owner}
    found = [
        s for s in whole().subjects(RDF.type, SH.NodeShape)
        if set(whole().objects(s, SH.targetClass)) == targets and (s, SH.property, None) in whole()
    ]  # fmt: skip
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(("owner", "prop"), owned(), ids=lambda t: str(t).rpartition("#")[2])
def test_shapes_bound_every_property_as_the_class_does(owner: Node, prop: Node) -> None:
    rows = [r for r in whole().objects(shape_of(owner), SH.property) if whole().value(r, SH.path) == prop]
    assert len(rows) == 1
    wanted = whole().value(prop, RDFS.range)
    if (union := whole().value(wanted, OWL.unionOf)) is not None:
        either = whole().value(rows[0], SH["or"])
        assert [whole().value(x, SH.datatype) for x in whole().items(either)] == list(whole().items(union))
    else:
        assert whole().value(rows[0], SH.datatype) == wanted
    functional = (prop, RDF.type, OWL.FunctionalProperty) in whole()
    assert whole().value(rows[0], SH.maxCount) == (Literal(1) if functional else None)


def test_shapes_speak_of_no_other_property() -> None:
    known = set(owned())
    for owner in {o for o, _ in known}:
        paths = {whole().value(r, SH.path) for r in whole().objects(shape_of(owner), SH.property)}
        own = {p for p in paths if str(p).startswith(str(AKG))} - {AKG.evidence, AKG.premises}
        assert own == {p for o, p in known if o == owner}


def test_allowed_values_are_explained() -> None:
    count = 0
    for row, values in whole().subject_objects(SH["in"]):
        scheme = whole().value(row, RDFS.seeAlso)
        if scheme is None:
            continue
        count += 1
        explained = {str(whole().value(c, SKOS.notation)) for c in whole().subjects(SKOS.inScheme, scheme)}
        assert {str(v) for v in Collection(whole(), values)} == explained
    assert count == 7


def test_only_what_the_shapes_excuse_may_lack_evidence() -> None:
    excused = {
        str(v) for r, values in whole().subject_objects(SH["in"]) if whole().value(r, SH.path) == RDF.predicate
        for v in Collection(whole(), values)
    }  # fmt: skip
    assert excused == {t.iri for t in vocabulary().types.values() if t.evidence_optional} == {str(AKG.statedIn)}


# ── topics and schemes ──


def test_topics() -> None:
    topics = vocabulary().topics
    assert len(topics) >= 40
    by_notation = {t.notation: t for t in topics}
    for topic in topics:
        seen = set()
        while topic.broader:
            assert topic.notation not in seen, "a topic is broader than itself"
            seen.add(topic.notation)
            topic = by_notation[topic.broader]
        assert topic.notation == "environment"


def test_no_word_names_two_topics() -> None:
    words = Counter(w for t in vocabulary().topics for w in {t.name, *t.alt_labels})
    assert [w for w, n in words.items() if n > 1] == []
    assert [w for w in words if len(w) < 2] == []
    assert len(words) > 500


def test_topics_cover_what_notices_speak_of() -> None:
    words = {w for t in vocabulary().topics for w in (t.name, *t.alt_labels)}
    wanted = """散煤 扬尘 秸秆禁烧 臭氧 VOCs 重污染天气应急 机动车 非道路移动机械 散乱污 清洁取暖 河湖长 黑臭水体
        问责 整改 餐饮油烟 饮食油烟 噪声 土壤 固废 危险废物 水源地 烟花爆竹 燃煤锅炉 网格化 联防联控
        约谈 督察""".split()
    assert [w for w in wanted if w not in words] == []


def test_fields_of_government_work_stand_beside_the_topics() -> None:
    fields, topics = vocabulary().fields, vocabulary().topics
    assert len(fields) >= 25 and not {f.notation for f in fields} & {t.notation for t in topics}
    words = Counter(w for f in fields for w in {f.name, *f.alt_labels})
    assert [w for w, n in words.items() if n > 1] == [] and [w for w in words if len(w) < 2] == []
    assert all(f.bureaus and f.en and f.comment_zh and f.comment_en and not f.broader for f in fields)
    assert all(re.search("[局委办队会心室]$", name) for f in fields for name in f.bureaus)
    wanted = """农业农村 住房和城乡建设 交通运输 城市管理 水利 自然资源 林业和草原 工业和信息化 发展改革 公安 应急管理
        市场监管 气象 财政 教育 卫生健康 文化旅游 民政 商务 科技 信访""".split()
    assert [w for w in wanted if w not in {f.name for f in fields}] == []


def test_the_words_of_coastal_waters_speak_of_the_sea_only() -> None:
    words = {t.notation: {t.name, *t.alt_labels} for t in vocabulary().topics}
    assert "海岸线" in words["sea"] and not {"岸线", "船舶污染"} & words["sea"]
    assert "河岸线" in words["river-chief"]


def test_schemes() -> None:
    schemes = {s.name: s for s in vocabulary().schemes}
    assert {(r.type, r.source, r.target) for r in schemes["三保三包"].rules} == {
        ("SECURES", "周", "月"),
        ("SECURES", "月", "季"),
        ("SECURES", "季", "年"),
        ("IN_CHARGE_OF", "县级领导", "乡镇"),
        ("IN_CHARGE_OF", "部门", "重点区域"),
        ("IN_CHARGE_OF", "乡镇干部", "村"),
    }
    for scheme in schemes.values():
        assert scheme.comment_en and scheme.comment_zh
        assert all(r.source and r.target and r.type in vocabulary().types for r in scheme.rules)
