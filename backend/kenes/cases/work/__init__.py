"""Who works on a case: assignment, queues, capacity, absence."""
