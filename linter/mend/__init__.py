"""Files written anew after a judgement: copies with notes at the places of the findings, and safe fixes."""
