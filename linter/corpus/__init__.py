"""Many reports: whose they are, what they say of each other, and how they stand."""
