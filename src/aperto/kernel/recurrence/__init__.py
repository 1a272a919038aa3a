"""What repeats: a series is a rule, and its occurrences are ordinary records, written ahead to a horizon.

So lists, filters, history, access, import and the API need nothing special. `rule` reads and writes rules,
`moments` reckons (the only place that asks the library), `words` says them; `spread` writes occurrences,
`reach` carries a change to this one, this and later, or all.
"""
