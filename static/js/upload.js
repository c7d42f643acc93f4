// A file that was chosen is shown before it is sent: a small picture, or a player; its name and size; a way back.
const SIDE = 144;

function size(bytes) {
  const [number, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  const told = { style: "unit", unit, maximumFractionDigits: number < 10 ? 1 : 0 };
  return new Intl.NumberFormat(document.documentElement.lang, told).format(number);
}

async function picture(file) {
  const bitmap = await createImageBitmap(file);
  const canvas = document.createElement("canvas");
  const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, bitmap.width * scale);
  canvas.height = Math.max(1, bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

function player(file, tag) {
  const media = document.createElement(tag);
  media.controls = true;
  media.preload = "metadata";
  media.src = URL.createObjectURL(file);
  return media;
}

async function shown(file) {
  const kind = file.type.split("/")[0];
  if (kind === "image") return picture(file).catch(() => null);
  return kind === "audio" || kind === "video" ? player(file, kind) : null;
}

function forget(input) {
  const card = input.nextElementSibling;
  if (!card?.classList.contains("preview")) return;
  const media = card.querySelector("[src^='blob:']");
  if (media) URL.revokeObjectURL(media.src);
  card.remove();
}

function words(file, input) {
  const line = document.createElement("div");
  const name = document.createElement("strong");
  const told = document.createElement("span");
  const button = document.createElement("button");
  line.className = "preview-words";
  name.textContent = file.name;
  told.className = "small muted num";
  told.textContent = size(file.size);
  button.type = "button";
  button.className = "link-button small";
  button.textContent = input.dataset.remove || "\u00d7";
  button.addEventListener("click", () => {
    input.value = "";
    forget(input);
    input.focus();
  });
  line.append(name, told, button);
  return line;
}

document.addEventListener("change", async (event) => {
  const input = event.target;
  if (input.type !== "file") return;
  forget(input);
  const file = input.files[0];
  if (!file) return;
  const card = document.createElement("div");
  card.className = "preview";
  input.after(card);
  const media = await shown(file);
  card.append(...(media ? [media] : []), words(file, input));
});
