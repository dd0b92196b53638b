"""Mutated files fed to the readers: `python -m benchmarks.fuzz.text --minutes 10`."""
