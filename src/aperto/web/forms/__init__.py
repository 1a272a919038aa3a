"""Creating and editing records: quick dialogs, full forms, warnings of duplicates, conflicts."""
