// Messages as toasts: said politely, closed by hand, gone by themselves unless they tell of an error.
const STAYS = 7000;
const box = document.getElementById("toasts");

function close(toast) {
  clearTimeout(toast.timer);
  toast.remove();
}

function dress(toast) {
  if (toast.dataset.dressed) return;
  toast.dataset.dressed = "yes";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "close";
  button.setAttribute("aria-label", box.dataset.close);
  button.textContent = "\u00d7";
  button.addEventListener("click", () => close(toast));
  toast.append(button);
  if (toast.classList.contains("bad")) return;
  const wait = () => { toast.timer = setTimeout(close, STAYS, toast); };
  const hold = () => clearTimeout(toast.timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, hold);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, wait);
  wait();
}

function say(sentence) {
  const toast = document.createElement("div");
  const strong = document.createElement("strong");
  toast.className = "banner bad";
  strong.textContent = sentence;
  toast.append(strong);
  box.append(toast);
  return toast;
}

if (box) {
  // What is there already is put in anew, so that a reader of the screen, which listens from now on, says it.
  const first = [...box.children];
  box.replaceChildren();
  box.dataset.live = "yes";
  new MutationObserver(() => { for (const one of box.children) dress(one); }).observe(box, { childList: true });
  requestAnimationFrame(() => box.append(...first));

  let lost = null;
  document.addEventListener("htmx:sendError", () => {
    if (!lost?.isConnected) lost = say(box.dataset.lost);
  });
  document.addEventListener("htmx:afterOnLoad", () => lost?.remove());
  document.addEventListener("keydown", (event) => {
    const inside = event.target.closest?.("#toasts > *");
    if (event.key === "Escape" && inside) close(inside);
  });
}
