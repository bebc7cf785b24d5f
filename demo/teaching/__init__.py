"""The Class page: lessons that are predicted before they are seen, and worksheets."""
