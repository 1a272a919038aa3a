"""Pages of what people say to each other: comments, following, notices and how they are delivered."""
