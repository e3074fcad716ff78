// Keys for the reviewing page. Every key presses a button that is on the page, so that the
// page works without this script; a held key is one decision.
"use strict";

const dialog = document.getElementById("codes");
const search = document.getElementById("find");
let mode = "add";

function press(name) {
  const button = document.querySelector(`[data-key="${name}"]`);
  if (button && !button.disabled) button.click();
}

function chosen() {
  return [...dialog.querySelectorAll("[role=option]")].filter((row) => !row.hidden);
}

function mark(index) {
  const rows = chosen();
  rows.forEach((row, i) => {
    row.setAttribute("aria-selected", String(i === index));
    row.querySelector(".digit").textContent = i < 9 ? String(i + 1) : "";
  });
  if (rows[index]) {
    search.setAttribute("aria-activedescendant", rows[index].id);
    rows[index].scrollIntoView({ block: "nearest" });
  }
}

function current() {
  return chosen().findIndex((row) => row.getAttribute("aria-selected") === "true");
}

function filter() {
  const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of dialog.querySelectorAll("[role=option]")) {
    const words = row.dataset.words.split(" ");
    row.hidden = !wanted.every((part) => words.some((word) => word.startsWith(part)));
  }
  document.getElementById("nothing").hidden = chosen().length > 0;
  mark(0);
}

function open(kind) {
  mode = kind;
  document.getElementById("codes-title").textContent =
    kind === "add" ? "Add a code to this sentence" : "Give this sentence another code";
  search.value = "";
  filter();
  dialog.showModal();
  search.focus();
}

function take(row) {
  if (!row) return;
  const form = document.getElementById(mode === "add" ? "add-form" : "recode-form");
  form.elements[mode === "add" ? "code_id" : "new_code_id"].value = row.dataset.code;
  dialog.close();
  form.requestSubmit();
}

const KEYS = {
  KeyF: () => press("accept"),
  KeyD: () => press("reject"),
  KeyS: () => press("unsure"),
  KeyA: () => press("later"),
  KeyE: () => press("recode"),
  KeyR: () => press("add"),
  KeyT: () => press("nothing"),
  KeyC: () => document.getElementById("memo")?.focus(),
  KeyZ: () => press("undo"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (dialog?.open) return;
  if (event.target.matches("input, textarea, select")) {
    if (event.code === "Escape") event.target.blur();
    return;
  }
  const action = KEYS[event.code];
  if (!action) return;
  event.preventDefault();
  if (event.repeat || document.body.dataset.sent) return;
  action();
});

document.addEventListener("submit", (event) => {
  if (document.body.dataset.sent) event.preventDefault();
  document.body.dataset.sent = "yes";
});

// A page that comes back from the browser's memory may be stale: ask the server again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

if (dialog) {
  document.querySelector('[data-key="add"]')?.addEventListener("click", () => open("add"));
  document.querySelector('[data-key="recode"]')?.addEventListener("click", () => open("recode"));
  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    const rows = chosen();
    if (event.code === "ArrowDown" || event.code === "ArrowUp") {
      event.preventDefault();
      const step = event.code === "ArrowDown" ? 1 : -1;
      mark(Math.min(Math.max(current() + step, 0), rows.length - 1));
    } else if (event.code === "Enter" || event.code === "NumpadEnter") {
      event.preventDefault();
      if (!event.repeat) take(rows[current()]);
    } else if (/^(Digit|Numpad)[1-9]$/.test(event.code) && !event.shiftKey) {
      event.preventDefault();
      if (!event.repeat) take(rows[Number(event.code.slice(-1)) - 1]);
    }
  });
  dialog.addEventListener("click", (event) => take(event.target.closest("[role=option]")));
  dialog.addEventListener("close", () => document.getElementById("card")?.focus());
}
