// Works out conditions on the phone exactly as engage/questionnaires/evaluation.py does on the server.
// tests/vectors/expressions.json holds both to one meaning; the server has the last word.

const DAY = 864e5;
export const NUMBER = /^[ \t\n\r\f\v]*[+-]?(\d+\.?\d*|\.\d+)[ \t\n\r\f\v]*$/;

const finite = (number) => (Number.isFinite(number) ? number : null);
const isObject = (value) => value !== null && typeof value === "object";
// Returns the days from 1970-01-01 to the date that a text begins with, or to a month’s first day.
const daysOf = (text) => {
  const [found, year] = /^(\d{4})-\d\d(-\d\d|$)/.exec(isObject(text) || text) ?? [];
  const date = new Date(found);
  return year > 0 && date >= -1e15 && date.toISOString().startsWith(found) ? date / DAY : null;
};
const yearAsDay = (value) => (/^\d{4}$/.test(value) && value.trim ? `${value}-01` : value);

export const asNumber = (value) => {
  if (Array.isArray(value)) return value.length === 1 ? asNumber(value[0]) : null;
  if (typeof value !== "string") return value == null || isObject(value) ? null : finite(Number(value));
  return daysOf(value) ?? (NUMBER.test(value) ? finite(Number(value)) : null);
};

export const asText = (value) => {
  if (value == null) return "";
  if (isObject(value)) return Object.values(value).map(asText).join(" ");
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value)) return String(BigInt(value));
  return value.toFixed(12).replace(/\.?0+$/, "").replace(/^-0$/, "0");
};

export const truth = (value) => Boolean(isObject(value) ? Object.keys(value).length : value);
const isBlank = (value) => value == null || value === "";
const listed = (value) => (Array.isArray(value) ? value.filter((one) => !isBlank(one)) : isBlank(value) ? [] : [value]);
const numbers = (values) => values.flatMap(listed).map(asNumber).filter((one) => one !== null);
const letters = (value) => Array.from(asText(value));

const same = (left, right) => {
  if (typeof left === "boolean" || typeof right === "boolean") return truth(left) === truth(right);
  if (typeof left === "number" || typeof right === "number") {
    const first = asNumber(left);
    return first !== null && first === asNumber(right);
  }
  return asText(left) === asText(right);
};
const withNumbers = (work, otherwise) => (left, right) => {
  const beside = (one, other) => asNumber(daysOf(other) === null ? one : yearAsDay(one));
  const first = beside(left, right);
  const second = beside(right, left);
  return first === null || second === null ? otherwise : work(first, second);
};
const ordered = (work) => withNumbers(work, false);
const arithmetic = (work) => withNumbers((first, second) => finite(work(first, second)), null);
const ofNumber = (work) => (value) => (asNumber(value) === null ? null : finite(work(asNumber(value))));
const sum = (value) => finite(numbers([value]).reduce((total, one) => total + one, 0));
const ofTexts = (work) => (left, right) => work(asText(left), asText(right));
const selected = (value, choice) =>
  listed(value).some((one) => asText(one) === asText(choice) || (Array.isArray(one) && selected(one, choice)));
const nth = (value, index, start = 1) =>
  (Array.isArray(value) ? value : listed(value))[Math.trunc(asNumber(index) ?? -1) - start] ?? null;
const round = withNumbers((number, places) => {
  if (Math.abs(places) > 15) return null;
  const scale = Number.isInteger(places) ? Number(`1e${places}`) : 10 ** places;
  return finite(Math.floor(number * scale + 0.5) / scale);
}, null);
const substring = (value, start, end = null) => {
  if (asNumber(start) === null) return "";
  const at = (index) => Math.max(Math.trunc(asNumber(index) ?? Infinity), 0);
  return letters(value).slice(at(start), at(end)).join("");
};
const matches = (value, pattern) => {
  const [, folds, form] = /^(\(\?i\))?(.*)$/s.exec(asText(pattern));
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(`^(?:${form})$`, folds ? `${flags}i` : flags).test(asText(value));
    } catch {
      // Some forms are only readable without “u”; what nobody can read matches nothing.
    }
  }
  return false;
};
const toDate = (value) => {
  const days = daysOf(yearAsDay(value)) ?? (typeof value === "number" ? Math.floor(value) : null);
  return days !== null && days > -719163 && days < 2932897 ? new Date(days * DAY).toISOString().slice(0, 10) : null;
};
const formatDate = (value, form) => {
  const [year, month, day] = toDate(value)?.split("-") ?? [];
  const parts = year && { Y: year, y: year.slice(2), m: month, n: Number(month), d: day, e: Number(day) };
  return parts ? asText(form).replace(/%([YymnDde])/g, (found, letter) => parts[letter] ?? found) : "";
};

const FUNCTIONS = {
  is: same, is_not: (left, right) => !same(left, right), not: (value) => !truth(value),
  more_than: ordered((a, b) => a > b), at_least: ordered((a, b) => a >= b),
  less_than: ordered((a, b) => a < b), at_most: ordered((a, b) => a <= b),
  add: arithmetic((a, b) => a + b), subtract: arithmetic((a, b) => a - b),
  multiply: arithmetic((a, b) => a * b), divide: arithmetic((a, b) => a / b),
  modulo: arithmetic((a, b) => a % b), power: arithmetic((a, b) => a ** b),
  answered: (value) => listed(value).length > 0, count: (value) => listed(value).length,
  selected, substring, matches, sum, item: nth,
  selected_at: (value, index) => nth(value, index, 0),
  split: (value) => asText(value).trim().split(/\s+/).filter(Boolean),
  mean: (value) => (sum(value) === null ? null : finite(sum(value) / numbers([value]).length)),
  smallest: (...values) => (numbers(values).length ? Math.min(...numbers(values)) : null),
  largest: (...values) => (numbers(values).length ? Math.max(...numbers(values)) : null),
  round: (value, places = 0) => round(value, places),
  floor: ofNumber(Math.floor), truncate: ofNumber(Math.trunc), ceiling: ofNumber(Math.ceil),
  absolute: ofNumber(Math.abs), square_root: ofNumber(Math.sqrt), negate: ofNumber((number) => -number),
  number: asNumber, text: asText, date: toDate, format_date: formatDate,
  concat: (...values) => values.map(asText).join(""),
  join: (separator, ...values) => values.flatMap(listed).map(asText).join(asText(separator)),
  length: (value) => letters(value).length, contains: ofTexts((text, piece) => text.includes(piece)),
  starts_with: ofTexts((text, piece) => text.startsWith(piece)), ends_with: ofTexts((text, piece) => text.endsWith(piece)),
  upper: (value) => asText(value).toUpperCase(), lower: (value) => asText(value).toLowerCase(),
};

const pieceOf = (value, name) => {
  if (!name) return value;
  if (Array.isArray(value)) return value.map((one) => pieceOf(one, name));
  return isObject(value) ? (value[name] ?? null) : null;
};

const LEAVES = {
  value: (node) => node.value ?? null, today: (_node, context) => context.today,
  answer: (node, context) => pieceOf(context.answers(node.name, Boolean(node.every)) ?? null, node.part),
  entries: (node, context) => context.answers(node.name, false) || 0,
  self: (_node, context) => context.checked ?? null,
  column: (node, context) => context.columns?.[node.name] ?? "",
  position: (_node, context) => context.position ?? 1,
};

// Returns what an expression comes to; context: answers(name, every), today, and where they are
// needed labels(question, choice), checked, columns, position.
export const evaluate = (node, context) => {
  const args = node.args ?? [];
  const work = (argument) => evaluate(argument, context);
  const holds = (argument) => truth(work(argument));
  if (!args.length) return LEAVES[node.op](node, context);
  if (node.op === "all") return args.every(holds);
  if (node.op === "any") return args.some(holds);
  if (node.op === "if") return work(holds(args[0]) ? args[1] : args[2]);
  if (node.op === "label") {
    const label = context.labels ?? ((_question, choice) => choice);
    return listed(work(args[0])).map((one) => label(args[0].name, asText(one))).join(", ");
  }
  if (node.op === "coalesce") {
    return args.map(work).find((value) => !isBlank(value) && !(Array.isArray(value) && !value.length)) ?? null;
  }
  return FUNCTIONS[node.op](...args.map(work)) ?? null;
};
