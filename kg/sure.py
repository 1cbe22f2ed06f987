"""Statements by how sure they are."""

from __future__ import annotations

from kg.model import Reading


def sure(reading: Reading, least: float) -> Reading:
    """The reading without statements that are less sure (0..1), and without the things that only those named."""
    if not least:
        return reading
    edges = [e for e in reading.edges if e.confidence >= least]
    named = {uid for e in edges for uid in (e.source, e.target)}
    return Reading(reading.notice, [n for n in reading.nodes if n.id in named], edges, reading.remarks)
