import os

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # before any engine loads: threads that spin cost ten times
