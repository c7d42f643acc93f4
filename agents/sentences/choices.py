"""Words of the studios: what can be chosen, what is noted of a result, and under which label. And how a plan stands."""

from django.utils.translation import gettext_noop as _

CHOICES = (
    *(_("Portrait"), _("Peep"), _("Pixel"), _("Block"), _("Robot"), _("Creature")),
    *(_("Black"), _("Brown"), _("Blond"), _("Red"), _("Grey"), _("White"), _("Blue"), _("Pink"), _("Green")),
    *(_("Purple"), _("Orange"), _("Yellow"), _("Teal"), _("Pale"), _("Fair"), _("Tan"), _("Dark")),
    *(_("Smile"), _("Laugh"), _("Calm"), _("Surprised"), _("Sad"), _("Angry")),
    *(_("Painted"), _("Flat"), _("Paper cut"), _("Line art"), _("Neon")),
    *(_("Square"), _("Wide"), _("Tall")),
    *(_("Top left"), _("Top right"), _("Bottom left"), _("Bottom right"), _("Middle")),
    *(_("Lo fi"), _("Ambient"), _("House"), _("Techno"), _("Rock"), _("Pop"), _("Jazz"), _("Blues"), _("Classical")),
    *(_("Folk"), _("Hip hop"), _("Synthwave"), _("Latin"), _("Reggae"), _("Funk"), _("Cinematic")),
    *(_("Happy"), _("Epic"), _("Dreamy"), _("Tense"), _("Romantic"), _("Playful"), _("Energetic"), _("Mysterious")),
    _("Nostalgic"),
    *(_("Joe"), _("Joe deep"), _("Joe bright"), _("Joe calm"), _("Joe lively")),
)
SCENERY = (
    *(_("Land"), _("Desert"), _("Sea"), _("Beach"), _("Lake"), _("River"), _("City"), _("Space"), _("Underwater")),
    *(_("Pond"), _("Rain"), _("Snow"), _("Fog"), _("Storm"), _("Overcast"), _("Clear")),
    *(_("Spring"), _("Summer"), _("Autumn"), _("Winter")),
    *(_("Dawn"), _("Sunrise"), _("Morning"), _("Noon"), _("Afternoon"), _("Sunset"), _("Dusk"), _("Night")),
    _("Midnight"),
)
LABELS = (
    *(_("Aspect"), _("Captions"), _("Music"), _("Narration"), _("Sound"), _("Moves"), _("Turns"), _("Score")),
    *(_("Bars"), _("Characters"), _("Remembered"), _("Headings"), _("Size in percent"), _("Place"), _("Licence")),
)
STANDINGS = (_("Active"), _("Trialing"), _("Past due"), _("Unpaid"), _("Paused"))
NOTES = (
    *(_("Illustrative scene"), _("Generated picture")),
    *(_("None"), _("Yes"), _("As a track"), _("In the picture and as a track")),
    *(_("The mouth, with the voice"), _("The picture, with the voice")),
    _("Joe, {number} of {count} lines"),
    _("A voice profile matched in pitch and pace, not a copy of the timbre."),
    _("{told} The recording is lower than this voice can go, so it goes as far as it can."),
    _("{told} The recording is higher than this voice can go, so it goes as far as it can."),
    _("{told} The speech provider copies no voices, so saved ones are spoken here."),
)
