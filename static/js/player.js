// A sound with its wave: the browser's own player stays in the page and works, this one stands in front of it.
const BARS = 96, LARGEST = 6e6;
const SVG = "http://www.w3.org/2000/svg";

const clock = (time) => {
  const whole = Math.round(time);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

async function peaks(address) {
  const answer = await fetch(address);
  if (!answer.ok || Number(answer.headers.get("Content-Length")) > LARGEST) return [];
  const sound = await new OfflineAudioContext(1, 1, 22050).decodeAudioData(await answer.arrayBuffer());
  const samples = sound.getChannelData(0), step = Math.floor(samples.length / BARS);
  const loud = Array.from({ length: BARS }, (_, bar) => {
    let most = 0;
    for (let at = bar * step; at < (bar + 1) * step; at += 16) most = Math.max(most, Math.abs(samples[at]));
    return most;
  });
  const top = Math.max(...loud, 0.01);
  return loud.map((one) => one / top);
}

function draw(wave, heights) {
  wave.replaceChildren(...heights.map((height, bar) => {
    const rect = document.createElementNS(SVG, "rect"), tall = Math.max(3, height * 92);
    const facts = { x: bar * 4, y: (96 - tall) / 2, width: 2.5, height: tall, rx: 1.25 };
    for (const [name, value] of Object.entries(facts)) rect.setAttribute(name, value);
    return rect;
  }));
}

function dress(player) {
  const sound = player.querySelector("audio"), play = player.querySelector(".play");
  const wave = player.querySelector(".wave"), seek = player.querySelector("input");
  const [now, whole] = player.querySelectorAll(".times span");
  draw(wave, Array(BARS).fill(0));
  const show = () => {
    const length = sound.duration || 0, part = length ? sound.currentTime / length : 0;
    seek.value = part * 1000;
    seek.setAttribute("aria-valuetext", clock(sound.currentTime));
    now.textContent = clock(sound.currentTime);
    whole.textContent = clock(length);
    [...wave.children].forEach((bar, number) => bar.classList.toggle("played", number / BARS < part));
  };
  const turn = () => {
    player.toggleAttribute("data-plays", !sound.paused);
    play.setAttribute("aria-label", sound.paused ? play.dataset.play : play.dataset.pause);
  };
  play.addEventListener("click", () => (sound.paused ? sound.play() : sound.pause()));
  seek.addEventListener("input", () => { sound.currentTime = (seek.value / 1000) * (sound.duration || 0); });
  for (const name of ["timeupdate", "loadedmetadata", "durationchange"]) sound.addEventListener(name, show);
  for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, turn);
  sound.addEventListener("error", () => player.removeAttribute("data-live"));
  peaks(sound.currentSrc || sound.src).then((loud) => { draw(wave, loud.length ? loud : Array(BARS).fill(0.1)); show(); }, () => {});
  player.dataset.live = "yes";
  show();
}

for (const player of document.querySelectorAll(".player")) dress(player);
