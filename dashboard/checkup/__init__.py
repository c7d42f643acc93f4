"""What `manage.py doctor` looks at. Every check reads, writes nothing, and answers within `bounded.SECONDS`."""
