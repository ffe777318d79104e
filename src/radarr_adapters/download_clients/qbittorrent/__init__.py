"""qBittorrent 4 and 5, through its Web API."""
