"""Settings → layouts: pages, forms, cards and lists are arranged where they are seen, by drag and drop."""
