"""The interactive page of a graph: one file that works without a network."""

from kg.page.page import page

__all__ = ["page"]
