"""The records of an object on lanes along time, drawn as SVG by the server."""
