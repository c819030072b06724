"""NASNet-A: keras.applications' pools have zeros round them, which are not
their authors', whose weights these are."""

KERAS = {r"NASNet(Mobile|Large)": lambda match: f"nasnet_{match[1].lower()}"}
