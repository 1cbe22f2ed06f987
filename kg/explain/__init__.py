"""Why a notice reads as it does: its mentions, its statements, and what was left unread; and that summed over a folder."""

from kg.explain.model import Explanation, Named, Unread, explanation_json

__all__ = ["Explanation", "Named", "Unread", "explanation_json"]
