"""The work of the runners, one module an agent: here engines are loaded. `runner_at` names its functions."""
