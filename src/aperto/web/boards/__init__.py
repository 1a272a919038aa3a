"""The records of an object as cards between lanes: the stages of a pipeline, or the choices of a field."""
