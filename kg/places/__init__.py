"""Divisions of China from province to township, their short forms and past names, and named areas.

>>> from kg.places import gazetteer, place_of
>>> place_of("望都县人民政府办公室").full_name
'河北省保定市望都县'
>>> gazetteer().resolve("满城县", as_of="2016-05-01").name
'满城区'
"""

from __future__ import annotations

from kg.places.chain import Chain, Step, parse_chain, place_of
from kg.places.gazetteer import Candidate, Gazetteer, Name, gazetteer
from kg.places.place import Form, Level, Place, government_level_word, split_ending, without_peoples

__all__ = [
    "Candidate",
    "Chain",
    "Form",
    "Gazetteer",
    "Level",
    "Name",
    "Place",
    "Step",
    "gazetteer",
    "government_level_word",
    "parse_chain",
    "place_of",
    "split_ending",
    "without_peoples",
]
