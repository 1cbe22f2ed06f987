"""A Neo4j server of the user's own, from packages alone: no Java, no Maven, no Docker on the machine.

The server is Neo4j's Community edition (GPL-3.0). It is not part of this package: the user has it fetched, and it
runs as a process of its own that is spoken to over Bolt, on the loopback address only.
"""

from __future__ import annotations

from kg.server.jars import VERSION
from kg.server.place import LOCAL, Place
from kg.server.run import State, login, new_password, start, status, stop

__all__ = ["LOCAL", "VERSION", "Place", "State", "login", "new_password", "start", "status", "stop"]
