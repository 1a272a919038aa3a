"""The records of an object as a chart: bars, a line, a funnel or a ring, drawn as SVG by the server."""
