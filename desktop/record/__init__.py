"""The joints of store and engine: each is handed the store and gives back plain frozen objects. No Qt."""
