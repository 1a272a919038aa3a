"""Settings → Objects: objects and fields as administrators shape them. The kernel judges; these pages ask."""
