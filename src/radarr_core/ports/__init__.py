"""The roles the outside world plays, one a file. Services speak to these and to nothing else."""
