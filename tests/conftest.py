"""What all tests share: the examples' generator in reach, and how property tests draw.

They draw anew on a developer's machine and the same examples each time in CI. Time is measured in
benchmarks/, not here: no example has a deadline.
"""

import os
import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parents[1]))
settings.register_profile("drawn", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "drawn")
