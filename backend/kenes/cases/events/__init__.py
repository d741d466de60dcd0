"""What happens to cases, by topic. Ids and codes only."""
