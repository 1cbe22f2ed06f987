"""The chain of accountability: from a duty, place, body, post or person up to who answers at the top, and down to who does the work.

Moves, lanes and words are data: ``rules.toml`` and ``lanes.toml`` beside this file.
"""

from kg.chain.answer import DIRECTIONS, accountability
from kg.chain.model import Box, Chain, Gap, Lane, Shown, Source, Step

__all__ = ["DIRECTIONS", "Box", "Chain", "Gap", "Lane", "Shown", "Source", "Step", "accountability"]
