"""Saved questions: ``queries/<topic>/<name>.cypher`` and the user's own, listed, checked and run."""

from kg.ask.parameters import Parameter, suggestions
from kg.ask.run import run
from kg.ask.saved import Catalogue, SavedQuery, catalogue

__all__ = ["Catalogue", "Parameter", "SavedQuery", "catalogue", "run", "suggestions"]
