"""The mark-up of the meetings' tests, and calls of the command, serve here too."""

import sys
from pathlib import Path

for folder in ("meetings", "cli"):
    sys.path.insert(0, str(Path(__file__).parents[1] / folder))
