"""The one way to say no: an error whose message tells a person why."""


class Refused(ValueError):
    """Something that a person or a document asked for and that cannot be done.

    The message is shown to the person as it is. Nothing has been written.
    """
