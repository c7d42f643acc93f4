"""Goals in German, Spanish, French or Italian: the words of ordering are put into English, the rest stays."""

import re

from agents.planning import lexicon

WORDS = {
    "german": (
        "ich und für mit eine einen ein der die das meine mein unser unsere bitte mach mache erstelle brauche will "
        "zum zur über",
        "für=for mit=with und=and eine=a einen=a einem=a einer=a ein=a meine=my meinen=my mein=my meiner=my "
        "unsere=our unser=our "
        "unseren=our über=about von=of zum=for zur=for ohne=without bitte=please mache=make mach=make "
        "erstelle=create brauche=need "
        "ich=I wir=we möchte=want möchten=want will=want musik=music stimme=voice bild=picture bilder=pictures "
        "lied=song geschichte=story bericht=report werbevideo=promo-video kurzfilm=film plakat=poster "
        "maskottchen=mascot "
        "sprechendes=talking sprechender=talking geschäftsplan=business-plan bäckerei=bakery laden=shop "
        "restaurant=restaurant "
        "hund=dog katze=cat hochzeit=wedding geburtstag=birthday sekunden=seconds minuten=minutes drei=three "
        "zwei=two eröffnung=opening "
        "fröhlich=happy fröhliche=happy fröhlicher=happy ruhige=calm traurig=sad schule=school meer=sea wald=forest",
    ),
    "spanish": (
        "un una para con y el la los las mi nuestra nuestro quiero necesito crea haz por favor sobre de",
        "para=for con=with y=and un=a una=a unos=some mi=my nuestra=our nuestro=our sobre=about de=of sin=without "
        "quiero=want "
        "necesito=need crea=create haz=make por= favor=please vídeo=video música=music voz=voice imagen=picture "
        "imágenes=pictures "
        "canción=song historia=story informe=report lanzamiento=launch cartel=poster mascota=mascot panadería=bakery "
        "tienda=shop "
        "restaurante=restaurant perro=dog gato=cat boda=wedding cumpleaños=birthday segundos=seconds minutos=minutes "
        "tres=three "
        "dos=two el=the la=the los=the las=the plan=plan negocio=business alegre=happy tranquila=calm escuela=school "
        "mar=sea "
        "apertura=opening café=café playa=beach surf=surf",
    ),
    "french": (
        "un une pour avec et le la les mon ma notre je veux voudrais besoin crée fais sur des du",
        "pour=for avec=with et=and un=a une=a des=some mon=my ma=my notre=our sur=about sans=without veux=want "
        "voudrais=want "
        "crée=create créer=create fais=make vidéo=video musique=music voix=voice image=picture images=pictures "
        "chanson=song "
        "histoire=story rapport=report lancement=launch affiche=poster mascotte=mascot boulangerie=bakery "
        "boutique=shop magasin=shop "
        "restaurant=restaurant chien=dog chat=cat mariage=wedding anniversaire=birthday secondes=seconds "
        "minutes=minutes trois=three "
        "deux=two le=the la=the les=the du=of de=of je=I joyeuse=happy calme=calm école=school mer=sea "
        "ouverture=opening",
    ),
    "italian": (
        "un una per con e il la i le mio mia nostro nostra voglio vorrei crea fai su di del",
        "per=for con=with e=and un=a una=a mio=my mia=my nostro=our nostra=our su=about di=of senza=without "
        "voglio=want vorrei=want "
        "crea=create fai=make musica=music voce=voice immagine=picture immagini=pictures canzone=song storia=story "
        "lancio=launch "
        "manifesto=poster panetteria=bakery panificio=bakery negozio=shop ristorante=restaurant cane=dog gatto=cat "
        "matrimonio=wedding compleanno=birthday secondi=seconds minuti=minutes tre=three due=two il=the la=the i=the "
        "le=the "
        "scuola=school mare=sea apertura=opening allegra=happy calma=calm del=of",
    ),
}  # fmt: skip
ENGLISH = lexicon.words("the a an and for with of to my our i we please make create need want about in on")
SHORT = {"a", "un", "la", "i", "de", "plan", "restaurant", "video"}
WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")


def in_english(text: str) -> tuple[str, str]:
    """The text with what is known of it in English, and the language it was in; empty where it is English."""
    words = [word.lower() for word in WORD.findall(text)]
    hits = {name: sum(word in set(marks.split()) - ENGLISH for word in words) for name, (marks, _) in WORDS.items()}
    language = max(hits, key=lambda name: hits[name])
    if hits[language] < 2 or hits[language] <= sum(word in ENGLISH - SHORT for word in words):
        return text, ""
    known = dict(pair.split("=") for pair in WORDS[language][1].split())
    return WORD.sub(lambda match: known.get(match[0].lower(), match[0]).replace("-", " "), text), language
