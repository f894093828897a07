"""The records that come out of matching, rotating and planning: data, and nothing else."""
