// A form with data-dialog asks first: the dialog of that id opens, and its own button sends the form.
// A <summary> with data-dialog opens the dialog in place of its details.
function open(event, id) {
  const dialog = document.getElementById(id);
  if (!dialog?.showModal) return;
  event.preventDefault();
  dialog.showModal();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.dialog && !event.submitter?.closest("dialog")) open(event, form.dataset.dialog);
});

document.addEventListener("click", (event) => {
  const summary = event.target.closest("summary[data-dialog]");
  if (summary) open(event, summary.dataset.dialog);
  else if (event.target.matches("dialog.ask")) event.target.close();  // the dark around it
});

// A form that is gone by now, say because the job has ended while it was asked about, closes its question.
document.addEventListener("htmx:afterSwap", () => {
  for (const dialog of document.querySelectorAll("dialog[open]")) {
    const button = dialog.querySelector("button[form]");
    if (button && !button.form) dialog.close();
  }
});
