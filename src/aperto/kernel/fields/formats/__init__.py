"""Reading and writing of numbers, dates, times, money and words by language; quick enough for list cells."""
