"""The schema, read from ``ontology/*.ttl``: ``vocabulary()`` is the one door to it."""

from kg.vocabulary.load import load_vocabulary, vocabulary
from kg.vocabulary.model import LabelInfo, PropertyInfo, Scheme, SchemeRule, Topic, TypeInfo, Vocabulary

__all__ = [
    "LabelInfo",
    "PropertyInfo",
    "Scheme",
    "SchemeRule",
    "Topic",
    "TypeInfo",
    "Vocabulary",
    "load_vocabulary",
    "vocabulary",
]
