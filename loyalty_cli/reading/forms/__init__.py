"""How single values are written: dates, numbers, local times, letters and their encodings."""
