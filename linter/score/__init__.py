"""How each unit stands: scores from outcomes, and what is written of them for a supervisor."""
