"""The words of goals: what is to be made, and how."""

from typing import Literal

from agents.runners.image_creator import Shape, Style
from agents.runners.video_studio import Aspect

Kind = Literal[
    "film", "slideshow", "talk", "avatar", "picture", "track", "voice", "report", "analysis", "text", "post",
    "campaign", "game", "shop", "website", "logo", "model", "prompt",
]  # fmt: skip
MISSING: dict[Kind, str] = {
    "post": "Social posts are coming soon: the Social Media agent is not live yet.",
    "campaign": "Campaigns are coming soon: the Social Media agent is not live yet.",
    "game": "Games are coming soon: the Game Creator is not live yet.",
    "shop": "Online shops are coming soon: the Online Shop agent is not live yet.",
    "prompt": "Prompts are coming soon: the Prompt Builder is not live yet.",
    "website": "Websites and apps are not built here.",
    "logo": "Logos and lettering are not drawn here: the pictures are scenes.",
    "model": "3D models are not made here.",
}
NOUNS: dict[Kind, str] = {
    "film": "video, film, clip, movie, reel, trailer, teaser, commercial, advert, advertisement, ad, spot, promo, "
    "explainer, animation, short film, documentary, music video, vlog, tiktok, youtube short, video message, "
    "video ad, tv spot, cartoon",
    "slideshow": "slideshow, slide show, picture show, photo story, picture story, photo album",
    "talk": "talking avatar, speaking avatar, talking head, presenter, spokesperson, talking mascot, virtual host, "
    "talking character, speaking character, talking portrait, speaking portrait, news anchor",
    "avatar": "avatar, character, mascot, profile picture, portrait, profile pic",
    "picture": "picture, image, illustration, poster, cover, flyer, leaflet, wallpaper, banner, artwork, painting, "
    "drawing, postcard, card, greeting card, thumbnail, header, sticker, album cover, book cover, cover art, "
    "invitation, photo, photograph, sketch, visual, background image, cover picture, key visual, mural, landscape",
    "track": "track, music, jingle, song, tune, soundtrack, beat, melody, score, theme song, theme tune, theme music, "
    "anthem, lullaby, background music, composition, instrumental, ringtone, backing track, theme, piano",
    "voice": "voice, voice-over, voiceover, voice over, narration, narrator, podcast, audiobook, audio book, "
    "radio spot, radio ad, radio advert, announcement, speech, voice message, voicemail greeting, audio guide, "
    "guided meditation, podcast episode, read-aloud, mp3 reading, hörbuch, voicemail, audio message",
    "report": "report, business plan, brief, briefing, marketing plan, project plan, proposal, strategy, memo, "
    "white paper, whitepaper, summary, dossier, concept, fact sheet, case study, market analysis, swot analysis, "
    "presentation, pitch deck, deck, slides, action plan, launch plan, concept paper, business case, "
    "competitor analysis, risk analysis, funding application, plan",
    "analysis": "analysis, findings, chart, insights, evaluation, trends",
    "text": "text, article, blog, blog post, poem, slogan, tagline, caption, script, email, e-mail, letter, "
    "newsletter, essay, press release, product description, copy, short story, headline, haiku, lyrics, "
    "description, story, fairy tale, bedtime story, rhyme, menu, checklist, answer, explanation, biography, bio, joke",
    "post": "social media post, instagram post, facebook post, linkedin post, tweet, post, social post, "
    "social media content, thread, instagram carousel, carousel",
    "campaign": "campaign, social media campaign, marketing campaign, ad campaign, content calendar, posting plan",
    "game": "game, video game, minigame, mini game, browser game, mobile game, quiz, puzzle, jump and run, platformer",
    "shop": "online shop, web shop, webshop, online store, web store, shopify store, e-commerce, ecommerce, etsy shop",
    "website": "website, web site, landing page, web page, homepage, app, mobile app, web app, chatbot, plugin, "
    "newsletter tool, browser extension",
    "logo": "logo, logotype, brand mark, wordmark, emblem",
    "model": "3d model, 3d print, 3d printing file, hologram",
    "prompt": "prompt",
}
UNCOUNTED = ("music", "e-commerce", "ecommerce", "advertising", "analysis", "slides", "lyrics", "findings", "insights")
LEADS = "about for of on showing featuring that which where who called named saying celebrating announcing explaining "
LEADS += "introducing promoting advertising describing presenting telling to in from using based inspired against at"
AUDIENCES = (
    "tiktok, instagram, youtube, facebook, linkedin, snapchat, twitter, x, pinterest, whatsapp, reels, shorts, "
    "stories, "
    "my website, our website, the website, social media, phones, my phone, mobile, tv, television, print, the web, "
    "instagram stories, instagram reels, youtube shorts, my channel, our channel, spotify, twitch, my story, the "
    "board, "
    "my team, the team, our team, management, investors, my boss, my clients, our customers, the bank, my investors"
)
PROMOTING = (
    "launch launches promo promotional promote promoting ad advert advertise advertising advertisement commercial "
    "teaser "
    "opening announcement announcing marketing campaign promotion pitch startup crowdfunding"
)
EXPLAINING = "explain explains explaining explainer how why tutorial teach teaches works learn"
GREETING = {
    "birthday": "Happy birthday",
    "wedding": "All the best for your wedding", "married": "All the best for your wedding",
    "anniversary": "Happy anniversary", "christmas": "Merry Christmas", "easter": "Happy Easter",
    "graduation": "Congratulations on your graduation", "retirement": "All the best for your retirement",
    "congratulate": "Congratulations", "congratulations": "Congratulations",
    "thank": "Thank you", "thanks": "Thank you",
    "new year": "Happy New Year", "valentine": "Be my valentine", "get well": "Get well soon",
    "welcome": "Welcome",
}  # fmt: skip
FILLER = (
    "please kindly just really very a an the some my our your me us i we you also maybe perhaps new nice cool great "
    "good "
    "beautiful pretty professional short quick little brief long animated catchy simple fun awesome amazing stunning "
    "high-quality quality hd 4k small mini matching fitting suitable own original custom full complete whole single "
    "one "
    "set series couple few several pair bunch of different various engaging viral modern friendly english final "
    "nice-looking "
    "make create generate produce film shoot give build design draw paint illustrate write compose record prepare need "
    "needs want wants like wish get do cut edit animate render would love can could should let help with and hello "
    "hi hey "
    "looking for it its this that these those narrated silent captioned second seconds minute minutes speaking talking "
    "instrumental spoken vertical square wide upright portrait-format landscape-format music background sound audio "
    "something anything two-part daily weekly official main first separate extra additional add additionally then "
    "plus says say tells told saying well-made good-looking as be to in illustrated written read aloud loud deep "
    "calm-voiced"
)
ASPECTS: dict[Aspect, str] = {
    "9:16": "vertical, upright, portrait format, 9:16, phone, phones, mobile, tiktok, tik tok, reel, reels, shorts, "
    "snapchat, instagram story, instagram stories, for stories, for my story, whatsapp status",
    "1:1": "square, 1:1, instagram post, instagram feed, carousel, facebook post",
    "16:9": "wide, widescreen, 16:9, landscape format, youtube, tv, television, desktop, horizontal",
}
SHAPES: dict[Shape, str] = {
    "tall": "vertical, upright, 9:16, phone, poster, flyer, leaflet, book cover, tiktok, reel, invitation, "
    "portrait format",
    "square": "square, 1:1, album cover, cover art, sticker, icon, instagram, profile, podcast",
    "wide": "wallpaper, wide, widescreen, 16:9, banner, header, thumbnail, desktop, landscape, horizontal, youtube, "
    "panorama",
}
STYLES: dict[Style, str] = {
    "paper-cut": "paper-cut, paper cut, papercut, cut paper, cut-out, collage, origami",
    "line-art": "line-art, line art, line drawing, sketch, pencil, ink, outline, coloring page, colouring page",
    "neon": "neon, cyberpunk, glowing, vaporwave, synthwave look",
    "pixel": "pixel, pixel art, pixel-art, 8-bit, 8 bit, retro game, arcade",
    "flat": "flat, minimal, minimalist, minimalistic, vector, clean design, infographic",
    "painted": "painted, painting, watercolour, watercolor, oil, impressionist",
}
NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "couple": 2, "pair": 2, "few": 3, "several": 3, "series": 3, "set": 3, "trio": 3, "dozen": 12, "twenty": 20,
}  # fmt: skip


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
