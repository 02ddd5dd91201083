"""What runs on the machines at both ends of the link; Python's own library and nothing else.

``components/link`` puts it onto the machines as it is; nothing of the Pulumi program imports it.
"""
