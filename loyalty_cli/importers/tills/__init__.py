"""The tills whose exports are known, one file each: the header it is known by, its columns, how it writes numbers and days.

Each file has one TILL and says how good the evidence for it is. To add one: a file here, a line in all_importers.py, a
sample in sample_data/tills/.
"""
