"""The owner's own questions to the data: one SELECT over documented views, and the views as files for analysts."""
