"""The local web page of `gongkai serve`: files dropped, judged apart, shown beside their tables."""
