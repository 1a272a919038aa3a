"""Settings → needs: what the organisation needs, what follows, and the list on paper."""
