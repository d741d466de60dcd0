"""Many cases at once: lists, filters, totals, changes in bulk, imports and exports."""
