// The page at hand, and the few things that all pieces of this script use.

export const part = (id) => document.getElementById(id);
export const form = part("answers");
export const questions = part("questions");
export const words = JSON.parse(form.dataset.words);
export const language = document.documentElement.lang;
export const count = (number) => new Intl.NumberFormat(language).format(number);
export const fill = (text, values) => text.replace(/\{(\w)\}/g, (found, name) => values[name] ?? found);
export const all = (root, selector) => [...root.querySelectorAll(selector)];
export const fieldsIn = (root) => all(root, "input, select, textarea");
export const isBox = (field) => /radio|checkbox/.test(field.type);
export const clear = (field) => {
  if (isBox(field)) field.checked = false;
  else if (field.type !== "hidden") field.value = "";
};
export const nameOf = (element) => element.closest("[data-name]").dataset.name;
export const on = (element, name, work) => element.addEventListener(name, work);
export const make = (tag, properties = {}, ...children) => {
  const { role, label, ...plain } = properties;
  const made = Object.assign(document.createElement(tag), plain);
  if (role) made.setAttribute("role", role);
  if (label) made.setAttribute("aria-label", label);
  made.append(...children);
  return made;
};
export const tile = (text, work) => {
  const made = make("button", { type: "button", className: "tile" }, make("span", { textContent: text }));
  on(made, "click", work);
  return made;
};

// The address carries the visit: its key, how the person came, whether the phone is someone else's.
const visit = new URLSearchParams(location.search);
const isKiosk = visit.get("c") === "kiosk";
export const isWatched = "watched" in form.dataset || isKiosk;
export const mayKeep = !isWatched && !visit.has("b") && !form.elements.code;
if (!visit.has("k")) {
  const letters = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)));
  visit.set("k", btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, ""));
}
export const key = () => visit.get("k");
export const useKey = (known) => {
  visit.set("k", known);
  history.replaceState(history.state, "", `?${visit}`);
};
