"""What follows from what notices state, by the rules of ``ontology/derivations.toml``: made in a store, or told in words."""

from kg.derive.rules import Rule, Seat, rules, seat
from kg.derive.settle import settle

__all__ = ["Rule", "Seat", "rules", "seat", "settle"]
