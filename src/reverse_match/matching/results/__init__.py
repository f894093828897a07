"""The records that matching, rotating and planning return: data, without any computation."""
