"""The statistics table of reports before 2019: found in the flow, read from grids and from text."""

from linter.report.statistics.recovery import take_statistics

__all__ = ["take_statistics"]
