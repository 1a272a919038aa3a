"""Django looks here for tables; each object has a module of its own."""

from aperto.sales.objects.product import Product

__all__ = ["Product"]
