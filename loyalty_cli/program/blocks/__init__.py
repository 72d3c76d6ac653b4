"""The blocks of a program file that are of one shape, one file each under the word that owners write."""
