"""Files in and out of the store: published schemas, checked rows, splits, manifests."""

from annotate.exchange.export import Export, Failure, export

__all__ = ["Export", "Failure", "export"]
