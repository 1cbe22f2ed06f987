"""Reports: what is lacking in the accountability of a graph, each finding with the words it rests on."""

from kg.report.gaps import Finding, Report, gaps, growing
from kg.report.write import FORMATS, write

__all__ = ["FORMATS", "Finding", "Report", "gaps", "growing", "write"]
