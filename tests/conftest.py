"""Common to all tests: nothing of the user's own is touched, and laws are tried the same way on every machine."""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

# before anything reads them: the store, the queries and the cache of whoever runs the tests stay out of it
for _name in ("KG_STORE", "KG_QUERIES", "KG_DEBUG"):
    os.environ.pop(_name, None)
_HOME = tempfile.mkdtemp(prefix="kg-tests-")
os.environ["XDG_DATA_HOME"] = os.environ["LOCALAPPDATA"] = os.path.join(_HOME, "data")

# a busy machine is slow now and then; that breaks no law
settings.register_profile("project", deadline=None)
settings.load_profile("project")
