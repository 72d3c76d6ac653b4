"""Whether a program pays: what rewards cost, and how much more has to be sold for that. Pure."""
