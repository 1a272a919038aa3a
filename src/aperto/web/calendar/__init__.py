"""Records in time: the calendar of activities, and the calendar of any list that has a date."""
