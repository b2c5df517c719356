// Helps within a question, made out of fields that work without them: shuffled choices, long lists.

import { all, clear, count, fill, fieldsIn, form, key, make, nameOf, on, questions, tile, words } from "./05-basics.js";

const changed = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));

// Another order for each visit, the same one while it lasts.
const hash = (text) => [...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x5bd1e995) ^ (sum >>> 13), 7);
const mixed = (list, box) => {
  const seed = key() + nameOf(box);
  return list.map((one, index) => [hash(seed + index), one]).sort((left, right) => left[0] - right[0]).map(([, one]) => one);
};
const shuffle = (box) => {
  const loose = [...box.children].filter((one) => !("fixed" in one.dataset) && one.value !== "");
  const places = loose.map((one) => box.insertBefore(document.createComment(""), one));
  mixed(loose, box).forEach((one, index) => places[index].replaceWith(one));
};

export const shuffles = (root) => all(root, "[data-randomise]:not([data-ranking])").forEach(shuffle);

// Long lists and rankings are helped by a module of their own, loaded when somebody is on the way to one;
// until it has come, and should it never come, the lists work as they are.
const tools = { all, changed, count, fill, form, key, make, mixed, nameOf, on, tile, words };
export const HELPED = "[data-ranking], [data-searchable], [data-place]";
export const listHelps = async () => {
  const lists = all(questions, HELPED).filter((box) => !("helped" in box.dataset));
  if (!lists.length) return;
  for (const box of lists) box.dataset.helped = "";
  try {
    const { help } = await import(form.dataset.lists);
    for (const box of lists) help(box, tools);
  } catch {
    for (const box of lists) delete box.dataset.helped;
  }
};

// What one answer does to the others of its question: some stand alone, a way of not answering does, too.
export const settle = (section, field) => {
  const declines = (one) => one.name.endsWith(":missing") || one.value.startsWith("~");
  const alone = section.querySelector("[data-alone]")?.dataset.alone;
  const isSet = field.type === "checkbox" ? field.checked : field.value !== "";
  for (const one of isSet ? fieldsIn(section) : []) {
    const isOther = one !== field && !(one.type === "radio" && one.name === field.name);
    const standsAlone = [one, field].every((box) => box.type === "checkbox") && [one.value, field.value].includes(alone);
    if (isOther && (declines(field) || declines(one) || standsAlone)) clear(one);
  }
  showOther(section);
};
export const showOther = (section) => {
  const box = section.querySelector("[data-other]");
  if (box) box.hidden = !all(section, "input:checked, option:checked").some((one) => one.value === "other");
};
