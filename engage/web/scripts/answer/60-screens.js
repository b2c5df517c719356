// One screen at a time, live conditions, earlier answers in later texts, the way back.

import { all, count, fill, form, isBox, make, part, questions, words } from "./05-basics.js";
import { expression, isDeclined, valuesOf, walk } from "./20-path.js";
import { HELPED, listHelps } from "./30-choices.js";
import { entries } from "./50-entries.js";

const title = document.title;
const today = new Date(Date.now() - new Date().getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
export const scopes = new Map();
const seen = new Set();
let current = null;
export const here = () => current;

// ---- Answers in words ----

const choiceOf = (one) => one.dataset.choice ?? one.value;
const say = (one) => (one.querySelector(".plain") ?? one).textContent.trim();
const labels = (name, choice) => {
  const asks = questions.querySelector(`[data-question="${name}"]`);
  const found = asks && all(asks, "[data-choice], option").find((one) => choiceOf(one) === choice);
  return found ? say(found) : choice;
};
export const inWords = (section) => {
  const { value } = scopes.get(section);
  const declined = isDeclined(section) && section.querySelector(".apart input:checked");
  if (declined) return say(declined.closest("label"));
  if ("calculation" in section.dataset) return String(value ?? "");
  if (value === null) return "";
  const own = valuesOf(section, "words")[0];
  const fields = all(section, "input:not([type=hidden]):not([type=search]), select, textarea").filter((one) => one.value);
  const said = fields.map((one) => {
    const rows = new Set([".matrix-row", "[data-part]"].map((row) => one.closest(row)).filter(Boolean));
    const about = [...rows].map((row) => say(row.querySelector("legend"))).join(". ");
    if (isBox(one)) {
      if (!one.checked || (own && one.value === "other")) return "";
      const chosen = say(one.labels[0]);
      return about ? `${about}${/[?؟]$/.test(about) ? "" : ":"} ${chosen}` : chosen;
    }
    return one.tagName === "SELECT" ? say(one.selectedOptions[0]) : one.value.trim();
  });
  const separators = { ranks: "\n", parts: "\n", date: " " };
  return said.filter(Boolean).join(separators[section.dataset.shape] ?? ", ");
};
const pipe = (element, scope) => {
  for (const place of all(element, "[data-pipe]")) {
    const section = scope.sections[place.dataset.pipe];
    place.textContent = (section && inWords(section)) || "…";
  }
};
const filterChoices = (section, scope) => {
  const columns = expression(section, "columns");
  for (const one of all(section, "[data-choice], option").filter((choice) => choiceOf(choice) in columns)) {
    const mine = { name: choiceOf(one), ...columns[choiceOf(one)] };
    one.hidden = one.disabled = !scope.holds(section, "filter", { columns: mine });
    if (one.hidden && one.selected) one.parentNode.value = "";
    if (one.hidden && one.control) one.control.checked = false;
  }
};
const note = (element, isAsked, scope, value) => {
  element.toggleAttribute("data-off", !isAsked);
  scopes.set(element, { scope, value });
  if (!isAsked) return;
  pipe(element, scope);
  if (element.dataset.filter) filterChoices(element, scope);
};
export const refresh = () => walk(questions, { today, labels, seen: note, entriesOf: entries });

// ---- Screens ----

const everyScreen = () => all(questions, ".screen");
export const asked = (screen) =>
  [screen, ...all(screen, "[data-question]")].filter((one) => "shape" in one.dataset && !("calculation" in one.dataset) && !one.closest("[data-off]"));
export const screens = () => everyScreen().filter((one) => !one.closest("[data-off]") && (one.matches(".more") || asked(one).length));
const hasFields = (screen) => asked(screen).some((one) => one.dataset.shape !== "nothing");
const progress = () => {
  const list = screens();
  const steps = list.filter(hasFields).length;
  const at = list.slice(0, list.indexOf(current) + 1).filter(hasFields).length;
  const rest = everyScreen().slice(everyScreen().indexOf(current) + 1);
  const isCertain = hasFields(current) && !rest.some((one) => one.closest("[data-relevant], [data-repeat]"));
  part("progress").hidden = !isCertain;
  part("progress").textContent = fill(words.progress, { n: count(at), t: count(steps) });
  const bar = make("progress", { className: "band", max: steps + 1, value: at });
  bar.setAttribute("aria-hidden", "true");
  document.querySelector(".band").replaceWith(bar);
};
export const headed = (text) => {
  document.title = `${text} – ${title}`;
};
export const open = (panel) => {
  for (const one of all(form, ".panel, .screen")) one.hidden = one !== panel;
  for (const one of all(questions, "[data-group], [data-repeat], [data-entry]")) one.hidden = !one.contains(panel) && !panel.contains(one);
  form.classList.toggle("paused", !questions.contains(panel));
  questions.hidden = form.querySelector(".bar").hidden = !questions.contains(panel);
  part("progress").hidden = true;
  panel.classList.add("step-in");
  scrollTo(0, 0);
  panel.focus({ preventScroll: true });
};
export const show = (screen) => {
  current = screen;
  seen.add(screen);
  if (seen.size > 1 || screen.querySelector(HELPED)) listHelps();
  open(screen);
  progress();
  const heading = screen.querySelector(".heading, .group-title, .entry-title")?.cloneNode(true);
  for (const one of heading ? all(heading, "[data-pipe], .easy, .optional") : []) one.remove();
  headed(heading ? say(heading).replace(/\s+/g, " ") : "");
};
const depth = () => history.state?.depth ?? 0;
export const push = (state) => history.pushState({ depth: depth() + 1, ...state }, "");
export const go = (screen, isChange = false) => {
  push({ at: everyScreen().indexOf(screen), isChange });
  show(screen);
};
export const at = (number) => {
  const wanted = everyScreen()[number];
  const list = screens();
  const screen = list.includes(wanted) ? wanted : list[0];
  for (const before of list.slice(0, list.indexOf(screen))) seen.add(before);
  show(screen);
};
export const position = () => everyScreen().indexOf(current);
// Returns the screen after this one; after a change only those that the change brought up.
export const following = () => {
  const list = screens();
  return history.state?.isChange ? list.find((one) => !seen.has(one)) : list[list.indexOf(current) + 1];
};
