"""Pages of the sandbox for people, and their twins for scripts."""
