"""The folder as a whole: made, filled with a demo, run by night, copied, brought back, looked after."""
