"""Rows of datasets: from files, folders and the Hub, and which of their columns is what."""
