"""Prints the schema of the webhook's document: `make schema` writes it to `docs/`."""

import sys

from monitor.render.webhook.schema import written

sys.stdout.write(written())
