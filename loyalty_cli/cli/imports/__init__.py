"""`loyalty import`: files, inspecting an unknown one, lists."""
