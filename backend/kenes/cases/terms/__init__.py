"""Legal terms of a case: computed, met, moved, reminded of, and what follows when they pass."""
