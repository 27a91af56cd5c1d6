"""Ask sources: politely, with limits, and never where a hostile link would lead us."""
