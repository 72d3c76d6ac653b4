"""Text that people and tills write, turned into located values.

YAML that remembers its lines; CSV with true line numbers; encodings; the forms of numbers, dates and local times.
Each refusal says where the text stands and what was expected there.
"""
