"""`make manage ARGS="doctor"` where nothing was started yet."""

from tests.embedded.conftest import Run
from tests.embedded.test_whole_product import copy  # noqa: F401  (a fixture)

HALF = "TEXT_API_KEY=CanaryOfTheDoctor\nVIDEO_URL=https://video.example\n"


def test_half_a_configuration_is_told_before_the_first_start(copy):  # noqa: F811
    run = Run(copy, EMAIL_URL="nonsense")
    (copy / ".env").write_text(HALF)
    done = run.say("embedded.manage", "doctor")
    lines = [line.split()[:2] for line in done.stdout.splitlines()]
    assert [about for level, about in lines if level == "wrong"] == ["EMAIL_URL", "TEXT_MODEL", "VIDEO_MODEL"]
    assert "Traceback" not in done.stderr
    assert "Canary" not in done.stdout + done.stderr
    assert done.returncode == 1

    (copy / ".env").unlink()
    del run.environment["EMAIL_URL"]
    done = run.say("embedded.manage", "doctor")
    assert "are missing" in done.stdout
    assert "make run applies them." in done.stdout
    assert "Traceback" not in done.stderr
