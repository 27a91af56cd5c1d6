"""What another installation saw, brought by `docket-monitor import`.

Nobody asks it, it vouches for nothing, and no alert comes of it.
"""

from __future__ import annotations

from monitor.model.source import Traits

IMPORTED = Traits("imported", is_pushed=True)
