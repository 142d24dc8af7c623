"""Drawing a build: engines, what a client makes of a message first, the cache of screenshots."""
