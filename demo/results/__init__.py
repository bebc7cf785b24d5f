"""The Results page: reports of evaluations, beside each other and beside the published rows."""
