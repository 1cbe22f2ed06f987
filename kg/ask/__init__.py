"""Saved questions: ``queries/<topic>/<name>.cypher`` and the user's own, listed, checked and run."""

from kg.ask.describe import pasted, query_json
from kg.ask.parameters import Parameter, Suggestion, suggestions
from kg.ask.run import run
from kg.ask.saved import Catalogue, SavedQuery, catalogue

__all__ = [
    "Catalogue",
    "Parameter",
    "SavedQuery",
    "Suggestion",
    "catalogue",
    "pasted",
    "query_json",
    "run",
    "suggestions",
]
