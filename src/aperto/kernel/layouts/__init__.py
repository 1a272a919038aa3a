"""What pages show of an object, and in which order, as administrators have arranged it: for everybody, or for
a role or a team. A layout never opens anything: what a person may not see stays hidden whatever it says."""
