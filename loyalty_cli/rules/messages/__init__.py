"""What makes a message due. No kind is built yet; the folder keeps its place."""
