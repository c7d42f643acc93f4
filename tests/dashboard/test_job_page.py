"""One job: live while it runs, its result shown as what it is, its cost and what came back."""

from django.test import Client

from dashboard import words
from jobs import lifecycle
from jobs.models import Artifact, Job
from tests.dashboard import scenes
from tests.dashboard.page import Page, Visitor
from tests.jobs import acts


def path_of(job: Job) -> str:
    return f"/dashboard/jobs/{job.pk}"


def watched(visit: Visitor, page: Page) -> object:
    """What htmx gets for the address that the page watches."""
    [live] = page.all("div", id="job")
    return visit.client.get(live.attributes["hx-get"], headers={"HX-Request": "true"})


def posted_key(page: Page) -> str:
    return page.value("submit_key")


def test_a_waiting_job_says_so_and_can_be_canceled(alice, visit):
    page = visit.get(path_of(scenes.waiting(alice)))

    assert "Waiting for a free worker" in page.text
    assert "Cancel and refund 8" in page.texts("button")
    assert page.all("progress")[-1].attributes["value"] == "0"
    assert [one.attributes["content"] for one in page.all("meta", http_equiv="refresh")] == ["3"]
    assert page.all("noscript")


def test_a_running_job_shows_percent_and_step(alice, visit):
    page = visit.get(path_of(scenes.running(alice, 62, "Drawing the water")))

    assert "62 % Drawing the water" in page.text
    assert page.all("progress")[-1].attributes["value"] == "62"


def test_a_watching_page_gets_what_changed_and_nothing_while_nothing_did(alice, visit):
    job = scenes.running(alice, 40, "Drawing the sea")
    page = visit.get(path_of(job))
    assert watched(visit, page).status_code == 204

    lifecycle.report(job.pk, job.fence, 62, "Drawing the boats & nets")
    answer = watched(visit, page)
    assert answer.status_code == 200
    assert "62 %" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "HX-Refresh" not in answer.headers


def test_a_watching_page_loads_itself_anew_once_the_job_is_finished(alice, visit):
    job = scenes.running(alice)
    page = visit.get(path_of(job))
    lifecycle.fail(job, code="ENGINE_FAILED", message="The engine stopped.")
    answer = watched(visit, page)

    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")


def test_a_finished_job_is_not_watched(alice, visit):
    page = visit.get(path_of(scenes.delivered(alice)))

    assert "hx-get" not in page.all("div", id="job")[0].attributes
    assert "http-equiv" not in page.html


def test_a_picture_is_shown_and_can_be_downloaded(alice, visit):
    job = scenes.delivered(alice, "avatar.png", "avatar.svg", agent_id="avatar-builder")
    page = visit.get(path_of(job))
    address = f"/api/jobs/{job.pk}/artifacts"

    assert [(one.attributes["src"], one.attributes["alt"]) for one in page.all("img", class_="shown")] == [
        (f"{address}/avatar.png", "A red lighthouse at dusk")
    ]
    assert page.links(address) == [
        f"{address}/avatar.png?download", f"{address}/avatar.png", f"{address}/avatar.png?download",
        f"{address}/avatar.svg?download",
    ]  # fmt: skip
    assert visit.client.get(f"{address}/avatar.png").getvalue() == scenes.png()


def test_a_track_is_a_player_with_its_midi_beside_it(alice, visit):
    job = scenes.delivered(
        alice, "track.mp3", "track.mid", agent_id="music-studio", output={"duration": 124, "tempo": 78}
    )
    page = visit.get(path_of(job))

    assert [one.attributes["src"] for one in page.all("audio")] == [f"/api/jobs/{job.pk}/artifacts/track.mp3"]
    assert "track.mid" in page.text
    assert "Tempo 78 beats a minute Length 2:04" in page.text
    assert f"/dashboard/agents/music-studio?operation=remix&use={job.pk}/track.mp3" in page.links()


def test_the_large_download_is_the_bundle_where_there_is_one(alice, visit):
    job = scenes.delivered(alice, "image.png", "track.mp3", "bundle.zip")
    files = f"/api/jobs/{job.pk}/artifacts"

    assert visit.get(path_of(job)).links(files)[0] == f"{files}/bundle.zip?download"


def test_a_result_is_not_offered_where_it_makes_no_sense(alice, visit):
    acts.put_on(alice, "PRO")
    spoken = scenes.delivered(alice, "track.mp3", agent_id="voice-lab", operation="synthesize", input={"text": "Hello"})
    avatar = scenes.delivered(alice, "avatar.png", agent_id="avatar-builder")

    assert not visit.get(path_of(spoken)).links("/dashboard/agents/music-studio")
    assert visit.get(path_of(avatar)).links("/dashboard/agents/image-creator") == [
        f"/dashboard/agents/image-creator?operation=upscale&use={avatar.pk}/avatar.png"
    ]
    assert "Make an avatar from it" not in visit.get(path_of(avatar)).text


def test_text_is_there_to_be_read(alice, visit):
    page = visit.get(path_of(scenes.delivered(alice, "note.txt")))

    assert "Rivers, in three acts." in page.all("div", class_="read")[0].text


def test_what_was_asked_for_is_told_in_the_order_of_the_form(alice, visit):
    job = scenes.delivered(alice, input={"shape": "wide", "prompt": "Fog", "style": "flat", "seed": 1_996_121_143})

    assert "Prompt Fog Style Flat Shape Wide Seed 1996121143" in visit.get(path_of(job)).text


def test_the_cost_is_told(alice, visit):
    assert "8 credits Taken once, at the start." in visit.get(path_of(scenes.delivered(alice))).text


def test_a_failure_says_why_and_that_the_credits_are_back(alice, visit):
    page = visit.get(path_of(scenes.failed(alice)))

    assert "Your 8 credits are back. The picture came out damaged." in page.text
    assert "What went wrong: DELIVERY_INVALID" in page.text
    assert page.texts("del") == ["8"]
    assert "8 credits returned" in page.text
    assert acts.balance_of(alice) == 100


def test_canceling_gives_the_credits_back(alice, visit):
    job = scenes.waiting(alice)
    answer = visit.post(f"{path_of(job)}/cancel")
    page = visit.get(path_of(job))

    assert (answer.status, answer.response.headers["Location"]) == (303, path_of(job))
    assert acts.again(job).status == "canceled"
    assert acts.balance_of(alice) == 100
    assert "Canceled. Your 8 credits are back." in page.text
    assert "You canceled this" in page.text


def test_canceling_what_is_finished_changes_nothing(alice, visit):
    job = scenes.delivered(alice)
    visit.post(f"{path_of(job)}/cancel")

    assert "This job has already finished." in visit.get(path_of(job)).text
    assert (acts.again(job).status, acts.balance_of(alice)) == ("completed", 92)


def test_running_it_again_is_a_new_job_and_a_new_charge_but_once(alice, visit):
    job = scenes.delivered(alice)
    key = posted_key(visit.get(path_of(job)))
    first, second = (visit.post(f"{path_of(job)}/retry", submit_key=key) for _ in range(2))

    assert first.status == 303
    assert first.response.headers["Location"] == second.response.headers["Location"] != path_of(job)
    assert (Job.objects.count(), acts.balance_of(alice)) == (2, 84)


def test_running_it_again_can_be_refused(alice, visit):
    job = scenes.delivered(alice)
    acts.leave(alice, 3)
    answer = visit.post(f"{path_of(job)}/retry", submit_key="anything")

    assert answer.response.headers["Location"] == path_of(job)
    assert "You need 5 more credits. This takes 8 and you have 3." in visit.get(path_of(job)).text
    assert Job.objects.count() == 1


def test_changing_it_first_leads_to_the_filled_form(alice, visit):
    job = scenes.delivered(alice)

    assert f"/dashboard/agents/image-creator?operation=generate&from={job.pk}" in visit.get(path_of(job)).links()


def test_deleting_a_file_removes_it_and_says_so(alice, visit):
    job = scenes.delivered(alice)
    answer = visit.post(f"{path_of(job)}/artifacts/image.png/delete")
    page = visit.get(path_of(job))

    assert answer.response.headers["Location"] == path_of(job)
    assert Artifact.objects.get().deleted_at is not None
    assert "image.png was deleted and its storage is free again." in page.text
    assert "The files of this job were deleted." in page.text
    assert not page.all("img", class_="shown")


def test_an_operation_that_is_no_more_cannot_be_run_again(alice, visit):
    job = scenes.delivered(alice)
    Job.objects.filter(pk=job.pk).update(agent_id="game-creator")
    page = visit.get(path_of(job))

    assert "Run again" not in page.text
    assert page.all("img", class_="shown")


def test_watching_is_cheap(alice, django_assert_num_queries):
    job = scenes.running(alice)
    client = Client()
    client.force_login(alice)
    seen = {"seen": words.seen_of(job)}
    with django_assert_num_queries(3):
        assert client.get(path_of(job), seen, headers={"HX-Request": "true"}).status_code == 204


def test_a_video_plays_with_its_captions_and_poster(alice, visit):
    job = scenes.delivered(alice, "video.mp4", "captions.vtt", "poster.jpg", agent_id="video-studio")
    page = visit.get(path_of(job))
    files = f"/api/jobs/{job.pk}/artifacts"

    [player] = page.all("video")
    assert (player.attributes["src"], player.attributes["poster"]) == (f"{files}/video.mp4", f"{files}/poster.jpg")
    assert "controls" in player.attributes
    [track] = page.all("track")
    assert (track.attributes["kind"], track.attributes["src"]) == ("captions", f"{files}/captions.vtt")
    assert f"{files}/video.mp4?download" in page.links()


def test_a_video_alone_plays_without_them(alice, visit):
    page = visit.get(path_of(scenes.delivered(alice, "video.mp4", agent_id="video-studio")))

    assert "poster" not in page.all("video")[0].attributes
    assert page.all("track") == []


def test_what_is_written_so_far_is_shown_while_it_runs_and_is_inert(alice, visit):
    job = scenes.running(alice, agent_id="chat", input={"message": "Tell me a story."})
    lifecycle.draft(job.pk, job.fence, "Once *upon*\n\n<script>alert(1)</script>")
    page = visit.get(path_of(job))

    [draft] = page.all("div", aria_live="polite", aria_busy="true")
    assert draft.text == "Once upon <script>alert(1)</script>"
    assert draft.attributes["aria-busy"] == "true"
    assert not [one for one in page.all("script") if not one.attributes.get("src", "").startswith("/static/")]
    assert page.all("meta", http_equiv="refresh")


def test_a_watching_page_gets_more_words_at_the_same_percent(alice, visit):
    job = scenes.running(alice, agent_id="chat", input={"message": "Tell me a story."})
    page = visit.get(path_of(job))
    assert page.all("div", id="job")[0].attributes["hx-trigger"] == "every 500ms"
    assert watched(visit, page).status_code == 204

    lifecycle.draft(job.pk, job.fence, "Once upon")
    assert "Once upon" in watched(visit, page).content.decode()


def test_what_was_written_is_no_result_once_the_job_has_failed(alice, visit):
    job = scenes.running(alice, agent_id="chat", input={"message": "Tell me a story."})
    lifecycle.draft(job.pk, job.fence, "Once upon")
    lifecycle.fail(job, code="ENGINE_FAILED", message="The engine stopped.")

    assert "Once upon" not in visit.get(path_of(job)).text
