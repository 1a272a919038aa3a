"""Who may see and do what: users, teams, roles, actors and the rules that cut rows."""
