"""For tests of ours and of plugin authors: contract suites, fakes, builders, strategies and stand-in servers."""
