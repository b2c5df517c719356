// The path through the questions of a form: what is asked, read from the page as path.py walks it.

import { all, fieldsIn, isBox } from "./05-basics.js";
import { asNumber, evaluate, truth } from "./10-conditions.js";
import { latin, readings } from "./15-numbers.js";

// "~" is before the value of a radio that stands for a way of not answering.
const isMark = (value) => value.startsWith("~");
export const expression = (element, name) => JSON.parse(element.dataset[name] || null);

// Where a number reads in two ways the server asks which was meant.
const typedNumber = (section) => readings(valuesOf(section)[0] ?? "", fieldsIn(section)[0].dataset.decimals)[0] ?? null;
const isChosen = (field) => field.checked || !isBox(field);
export const valuesOf = (section, half = "") => {
  const name = section.dataset.name + (half && `:${half}`);
  return fieldsIn(section).filter((field) => field.name === name && isChosen(field)).map((field) => field.value.trim());
};
// Returns the parts of an answer that hold something: rows of a matrix, places of a ranking.
const parts = (section) => {
  const start = `${section.dataset.name}:`;
  const own = fieldsIn(section).filter((field) => field.name.startsWith(start) && isChosen(field) && field.value.trim());
  return own.map((field) => [field.name.slice(start.length), field.value.trim()]).filter(([name]) => name !== "missing");
};

// Says whether somebody chose not to answer; an answer beside a mark counts, as on the server.
export const isDeclined = (section) => {
  const own = valuesOf(section).filter(Boolean);
  return Boolean(valuesOf(section, "missing").length || (own.length && own.every(isMark)));
};

const readDate = (section) => {
  const [year, month, day, time] = ["year", "month", "day", "time"].map((half) => valuesOf(section, half)[0]);
  if (!year || month === "" || day === "") return null;
  const date = [year, month, day].filter(Boolean).map((text) => latin(text).padStart(2, "0")).join("-");
  return time ? `${date}T${time}` : date;
};

const orNull = (list) => (list.length ? list : null);
const chosen = (section) => valuesOf(section).filter((value) => value && !isMark(value));
const READERS = {
  nothing: () => null,
  one: (section) => chosen(section)[0] ?? null,
  many: (section) => orNull(chosen(section)),
  number: typedNumber,
  text: (section) => valuesOf(section)[0] || null,
  date: readDate,
  parts: (section) => (parts(section).length ? Object.fromEntries(parts(section)) : null),
  ranks: (section) => orNull(parts(section).map(([, value]) => value)),
};

// Returns the value of a question as conditions see it.
export const read = (section) => (isDeclined(section) ? null : READERS[section.dataset.shape](section));

// What is known at a place: values of this entry, lists of all entries, and all that is known further out.
const known = (path, outer = {}, position = 1) => {
  const inner = (map) => Object.create(map ?? null);
  const scope = { values: inner(outer.values), lists: inner(outer.lists), sections: inner(outer.sections) };
  let worked = inner();
  const list = [];
  const find = (key, every) => {
    const { values, lists } = scope;
    if (!every && key in values) return values[key];
    if (key in lists) return [...lists[key], ...(every && Object.keys(values).includes(key) ? [values[key]] : [])];
    // A calculation that stands further down: one that reads another waits until that is worked out, as chains may
    // have thousands of links; all that was looked for is remembered until some of it turns out other.
    if (key in worked) return worked[key];
    worked[key] = null;
    if (list.unshift(key) > 1) throw 0;
    while (list[0]) {
      try {
        const section = path.root.querySelector(`[data-question="${list[0]}"][data-calculation]`);
        if (section && scope.holds(section)) worked[list[0]] = scope.work(expression(section, "calculation"));
        list.shift();
      } catch {}
    }
    return worked[key];
  };
  scope.put = (key, value) => {
    scope.values[key] = value;
    if (key in worked && worked[key] !== value) worked = inner();
  };
  scope.work = (node, more) => evaluate(node, { ...path, answers: find, position, ...more });
  scope.holds = (element, name = "relevant", more) => {
    const node = expression(element, name);
    return !node || truth(scope.work(node, more));
  };
  return scope;
};

// Walks the questions of a form and tells `seen(element, isAsked, scope, value)` of each item, outer before
// inner; `entriesOf(repeat, times)` makes as many entries as there are (times is null: the person decides).
export const walk = (root, { today, labels, seen, entriesOf }) => {
  const path = { today, labels, root };
  const keyOf = (section) => section.dataset.question;
  const question = (section, scope, isAsked) => {
    const node = expression(section, "calculation");
    const value = !isAsked ? null : node ? scope.work(node) : read(section);
    scope.sections[keyOf(section)] = section;
    scope.put(keyOf(section), value);
    seen(section, isAsked, scope, value);
  };
  const group = (element, scope, isAsked) => {
    seen(element, isAsked, scope);
    items(element, scope, isAsked);
  };
  const repeat = (element, scope, isAsked) => {
    const node = expression(element, "times");
    const times = node && isAsked ? Math.trunc(asNumber(scope.work(node)) ?? 0) : node || !isAsked ? 0 : null;
    const found = entriesOf(element, times);
    const inside = new Set(all(element, "[data-question]").map(keyOf));
    for (const key of inside) scope.lists[key] = [];
    scope.put(element.dataset.repeat, found.length);
    seen(element, isAsked, scope);
    found.forEach((entry, index) => {
      const inner = known(path, scope, index + 1);
      items(entry, inner, isAsked);
      for (const key of inside) scope.lists[key].push(...(key in inner.values ? [inner.values[key]] : inner.lists[key]));
      });
  };
  const items = (box, scope, asked) => {
    for (const element of box.children) {
      const kind = "question" in element.dataset ? question : "group" in element.dataset ? group : "repeat" in element.dataset ? repeat : null;
      kind?.(element, scope, asked && scope.holds(element));
    }
  };
  items(root, known(path), true);
};
