"""Where records stand in time: which of their fields place them, and what lies between two days."""
