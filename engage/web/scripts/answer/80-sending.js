// The review, the send that tries again by itself, and answers kept on this phone until they have arrived.

import { all, fieldsIn, form, isBox, key, mayKeep, part, questions, useKey, words } from "./05-basics.js";
import { asked, go, headed, inWords, open, position, refresh, screens } from "./60-screens.js";
import { clearErrors, tell } from "./70-errors.js";

const A_DAY = 864e5;
const store = `engage:${form.dataset.slug}`;
let isSent = false;
export const wasSent = () => isSent || (mayKeep && sessionStorage.getItem(store) === key());
export const erase = () => mayKeep && localStorage.removeItem(store);

const post = async (verb) => {
  const body = new URLSearchParams(new FormData(form));
  body.set("do", verb);
  const reply = await fetch(location.href, { method: "POST", body, headers: { Accept: "application/json" } });
  if (reply.status >= 500 || reply.status === 429) throw reply;
  return reply.json();
};
const showWrong = (errors) => {
  const found = Object.entries(errors).map(([name, text]) => [part(`${name}-question`), text]).filter(([section]) => section);
  const screen = found[0]?.[0].closest(".screen");
  if (!screen) return;
  go(screen, true);
  tell(found.filter(([section]) => screen.contains(section)));
};

// ---- Review ----

const reviewed = part("review");
const ask = (name, marked) => {
  const field = fieldsIn(form).find((one) => one.name === name);
  const row = all(reviewed, ".review-item").find((one) => one.dataset.for === name.split(":")[0]);
  if (!row || field?.dataset.kept === field?.value) return;
  const asks = part("mark").content.firstElementChild.cloneNode(true);
  const [remove, leave] = all(asks, "button");
  remove.onclick = () => {
    for (const text of marked) field.value = field.value.replace(text, "…");
    review();
  };
  leave.onclick = () => {
    field.dataset.kept = field.value;
    asks.remove();
  };
  row.append(asks);
};
const itemOf = (section) => {
  const item = part("item").content.firstElementChild.cloneNode(true);
  const question = section.querySelector(".heading .plain, .heading span").textContent.trim();
  const number = section.closest("[data-entry]")?.querySelector(".entry-title").textContent.trim();
  const text = inWords(section);
  item.dataset.for = section.dataset.name;
  item.querySelector("dt").textContent = number ? `${number} · ${question}` : question;
  if (text) Object.assign(item.querySelector("dd"), { textContent: text, className: "", dir: "auto" });
  item.querySelector("button .hidden").textContent = ` ${question}`;
  item.querySelector("button").onclick = () => go(section.closest(".screen"), true);
  return item;
};
export const review = async () => {
  refresh();
  clearErrors();
  const rows = screens().flatMap(asked).filter((section) => section.dataset.shape !== "nothing");
  reviewed.querySelector("dl").replaceChildren(...rows.map(itemOf));
  open(reviewed);
  headed(reviewed.querySelector("h2").textContent);
  try {
    const said = await post("review");
    if (reviewed.hidden) return;
    if (said.errors) showWrong(said.errors);
    for (const [name, marked] of Object.entries(said.marks ?? {})) ask(name, marked);
  } catch {
    // Without a connection the server looks at the answers when they are sent.
  }
};

// ---- Send ----

const button = reviewed.querySelector("button.primary");
const wordsOfButton = button.textContent;
let timer = 0;
let attempt = 0;
const trouble = (text) => {
  part("trouble").hidden = !text;
  part("trouble").querySelector("p").textContent = text ?? "";
};
const sending = (isOn) => {
  button.toggleAttribute("aria-disabled", isOn);
  button.textContent = isOn ? words.sending : wordsOfButton;
};
export const isWaiting = () => timer > 0;
export const send = async () => {
  if (button.hasAttribute("aria-disabled") && !timer) return;
  clearTimeout(timer);
  timer = 0;
  sending(true);
  try {
    const said = await post("send");
    sending(false);
    attempt = 0;
    if (said.errors) return showWrong(said.errors);
    const next = said.receipt ?? said.already;
    if (!next) return trouble(said.message);
    isSent = true;
    erase();
    if (mayKeep) sessionStorage.setItem(store, key());
    location.replace(next);
  } catch {
    trouble(words.waiting);
    attempt += 1;
    timer = setTimeout(send, Math.min(60, 2 ** attempt) * (750 + Math.random() * 500));
  }
};

// ---- Kept on this phone for a day at most, never on a borrowed one or in a sensitive round ----

let saved = 0;
const version = () => form.elements.version.value;
export const save = () => {
  if (!mayKeep || isSent || !part("unsent").hidden) return;
  const fields = [...new FormData(form)];
  try {
    localStorage.setItem(store, JSON.stringify({ key: key(), time: Date.now(), version: version(), at: position(), fields }));
  } catch {
    return;
  }
  part("saved").textContent = words.saved;
  clearTimeout(saved);
  saved = setTimeout(() => { part("saved").textContent = ""; }, 2000);
};
export const draft = () => {
  try {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith("engage:"))) {
      if (Date.now() - JSON.parse(localStorage[name]).time > A_DAY) localStorage.removeItem(name);
    }
    const found = mayKeep && JSON.parse(localStorage[store] ?? null);
    return found?.version === version() ? found : null;
  } catch {
    // A phone that keeps nothing has nothing to go on with.
    return null;
  }
};
export const restore = (found) => {
  useKey(found.key);
  // Once for each depth of repeats: their entries come with the answers that call for them.
  for (let depth = 3; depth; depth -= 1) {
    for (const repeat of all(questions, "[data-open]")) {
      const start = `${repeat.dataset.prefix}.`;
      repeat.dataset.open = found.fields.filter(([name]) => name.startsWith(start) && /^\d+:here$/.test(name.slice(start.length))).length;
    }
    for (const [name, value] of found.fields) {
      for (const field of all(questions, `[name="${name}"]`)) {
        if (!isBox(field) || "point" in field.dataset) field.value = value;
        if (field.value === value) field.checked = true;
      }
    }
    refresh();
  }
  form.dispatchEvent(new Event("restored"));
};
