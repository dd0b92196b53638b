"""Results kept over time: records of judged reports, runs, and what people decided of findings."""
