"""The Train page: a new job, the jobs there are, and jobs compared."""
