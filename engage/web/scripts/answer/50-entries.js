// Entries of a repeat: as many as an answer says, or as the person adds. A new one is a copy of the first.

import { all, clear, count, fieldsIn } from "./05-basics.js";
import { listHelps, showOther, shuffles } from "./30-choices.js";
import { counted } from "./40-texts.js";

const entriesOf = (repeat) => [...repeat.children].filter((child) => "entry" in child.dataset);
const NAMES = ["id", "name", "for", "aria-describedby", "data-name", "data-prefix"];
const renumber = (entry, repeat, number) => {
  const start = `${repeat.dataset.prefix}.`;
  const from = start + entry.dataset.entry;
  const change = (text) => (text === from || (text.startsWith(from) && ".:-".includes(text[from.length])) ? start + number + text.slice(from.length) : text);
  for (const element of all(entry, "*")) {
    for (const name of NAMES.filter((one) => element.hasAttribute(one))) {
      element.setAttribute(name, element.getAttribute(name).split(" ").map(change).join(" "));
    }
    if ("number" in element.dataset && element.closest("[data-entry]") === entry) element.textContent = count(number);
  }
  entry.dataset.entry = number;
};
// Makes the helps inside an element: all the questions once, later each new entry.
export const help = (root) => {
  shuffles(root);
  for (const field of all(root, "textarea[data-maximum], input[data-maximum]")) counted(field);
  for (const section of all(root, "[data-question]")) showOther(section);
};
const add = (repeat) => {
  const there = entriesOf(repeat);
  const entry = there[0].cloneNode(true);
  for (const extra of all(entry, ".aid, .error, [data-entry]:not([data-entry='1'])")) extra.remove();
  fieldsIn(entry).forEach(clear);
  for (const box of all(entry, "[data-helped]")) delete box.dataset.helped;
  renumber(entry, repeat, there.length + 1);
  there[there.length - 1].after(entry);
  help(entry);
  listHelps();
};
export const openEntries = (repeat) => Number(repeat.dataset.open);
export const removeEntry = (entry) => {
  const repeat = entry.closest("[data-repeat]");
  repeat.dataset.open -= 1;
  if (entriesOf(repeat).length > 1) entry.remove();
  else fieldsIn(entry).forEach(clear);
  entriesOf(repeat).forEach((one, index) => renumber(one, repeat, index + 1));
};
// Returns the entries there are; `times` is null where the person decides.
export const entries = (repeat, times) => {
  const wanted = times === null ? openEntries(repeat) : Math.max(0, Math.min(times, repeat.dataset.maximum));
  while (entriesOf(repeat).length < wanted) add(repeat);
  return entriesOf(repeat).filter((entry, index) => {
    const isThere = index < wanted;
    entry.toggleAttribute("data-off", !isThere);
    entry.querySelector("input[name$=':here']").disabled = !isThere;
    return isThere;
  });
};
