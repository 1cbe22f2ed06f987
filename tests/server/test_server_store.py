"""What only a real server can show: who may come in, what it refuses, what it survives, and how it plans."""

from __future__ import annotations
