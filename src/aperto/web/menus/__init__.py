"""Settings → menu and modules: what stands in the navigation, and which parts of the product are there."""
