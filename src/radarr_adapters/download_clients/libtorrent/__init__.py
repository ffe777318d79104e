"""An embedded BitTorrent client, through libtorrent: nothing to install or run beside the library."""
