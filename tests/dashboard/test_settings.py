"""Settings: name, picture and appearance."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Profile
from tests.dashboard import scenes
from tests.jobs import acts

SETTINGS = "/dashboard/settings"


def profile_of(user) -> Profile:
    return Profile.objects.get(pk=user.pk)


def test_a_name_is_saved_and_shown_on_every_page(alice, visit):
    answer = visit.post(SETTINGS, full_name="Alice Liddell", theme="")
    page = visit.get(SETTINGS)

    assert (answer.status, answer.response.headers["Location"]) == (303, SETTINGS)
    assert "Your settings are saved." in page.text
    assert page.value("full_name") == "Alice Liddell"
    assert "Hello, Alice Liddell" in visit.get("/dashboard").texts("h1")


def test_without_a_name_the_address_stands_in(visit):
    assert "Hello, alice" in visit.get("/dashboard").texts("h1")


@pytest.mark.parametrize(("theme", "wanted"), [("dark", "dark"), ("light", "light"), ("", None)])
def test_the_theme_is_that_of_every_page(visit, theme, wanted):
    visit.post(SETTINGS, full_name="", theme=theme)

    for path in (SETTINGS, "/dashboard/billing", "/accounts/password/change/", "/"):
        assert [one.attributes.get("data-theme") for one in visit.get(path).all("html")] == [wanted]


def test_a_theme_that_is_not_there_is_refused(alice, visit):
    assert visit.post(SETTINGS, full_name="", theme="plaid").status == 400
    assert profile_of(alice).preferences == {}


def test_a_picture_is_made_square_and_encoded_anew(alice, visit):
    out = BytesIO()
    Image.new("RGB", (90, 40), "red").save(out, "JPEG", exif=b"Exif\x00\x00secret")
    visit.post(SETTINGS, full_name="", theme="", picture=SimpleUploadedFile("me.jpg", out.getvalue()))
    page = visit.get(SETTINGS)
    [face] = page.all("img", class_="avatar")
    sent = visit.client.get(face.attributes["src"])
    kept = Image.open(BytesIO(sent.getvalue()))

    assert sent.headers["Content-Type"] == "image/png"
    assert (kept.format, kept.width, kept.width) == ("PNG", kept.height, 256)
    assert b"secret" not in sent.getvalue()
    assert page.all("input", name="remove_avatar")


def test_a_new_picture_replaces_the_old_one(alice, visit):
    visit.post(SETTINGS, full_name="", theme="", picture=scenes.picture_file(colour="red"))
    old = profile_of(alice).avatar.name
    visit.post(SETTINGS, full_name="", theme="", picture=scenes.picture_file(colour="blue"))

    assert profile_of(alice).avatar.name != old
    assert not default_storage.exists(old)


def test_a_picture_can_be_removed(alice, visit):
    visit.post(SETTINGS, full_name="", theme="", picture=scenes.picture_file())
    visit.post(SETTINGS, full_name="", theme="", remove_avatar="on")

    assert not profile_of(alice).avatar
    assert not visit.get(SETTINGS).all("img", class_="avatar")
    assert visit.get("/dashboard/picture").status == 404


def test_a_picture_that_storage_lost_is_not_found(alice, visit):
    visit.post(SETTINGS, full_name="", theme="", picture=scenes.picture_file())
    default_storage.delete(profile_of(alice).avatar.name)

    assert visit.get("/dashboard/picture").status == 404


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("me.png", b"not a picture"),
        SimpleUploadedFile("me.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        SimpleUploadedFile("me.png", b""),
    ],
)
def test_what_is_no_picture_is_refused_beside_its_field(alice, visit, file):
    file.seek(0)
    page = visit.post(SETTINGS, full_name="Alice", theme="dark", picture=file)

    assert page.status == 400
    assert page.all("div", id="id_picture_error")[0].text
    assert (page.value("full_name"), page.value("theme")) == ("Alice", "dark")
    assert profile_of(alice).full_name == ""


def test_a_picture_over_five_megabytes_is_refused(visit):
    file = SimpleUploadedFile("me.png", scenes.png() + b"\0" * (5 * 2**20))
    page = visit.post(SETTINGS, full_name="", theme="", picture=file)

    assert (page.status, page.all("div", id="id_picture_error")[0].text) == (400, "This picture is larger than 5 MB.")


def test_it_leads_to_addresses_password_and_out(visit):
    page = visit.get(SETTINGS)

    assert {"/accounts/email/", "/accounts/password/change/"} <= set(page.links())
    assert page.all("form", action="/accounts/logout/")


@pytest.mark.parametrize(
    ("plan", "missing"),
    [("FREE", ["ENTERPRISE", "PREMIUM", "ENTERPRISE"]), ("PREMIUM", ["ENTERPRISE", "ENTERPRISE"]), ("ENTERPRISE", [])],
)
def test_a_sub_page_names_the_plan_that_it_comes_with_to_who_has_not_got_it(alice, visit, plan, missing):
    """Single sign-on, keys, webhooks."""
    if plan != "FREE":
        acts.put_on(alice, plan)
    assert visit.get(SETTINGS).texts("span", class_="badge sun") == missing
