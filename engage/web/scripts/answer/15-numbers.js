// Reads numbers as people type them, exactly as engage/questionnaires/typed.py does on the server.
// tests/vectors/numbers.json holds both to one meaning; the server has the last word.

import { NUMBER } from "./10-conditions.js";

const GROUPED = /^[+-]?[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*((?!\1)[.,]\d*)?$/;

// The digits of every script come in tens, one after the other.
const digit = (sign) => {
  const before = String.fromCodePoint(sign.codePointAt() - 1);
  return /\p{Nd}/u.test(before) ? (digit(before) + 1) % 10 : 0;
};
export const latin = (text) =>
  text.replace(/\p{Nd}/gu, digit).replace(/[\s'’٬\p{Cf}]/gu, "");

// Returns the numbers that what was typed may mean: none, one, or two where “1,234” is both.
export const readings = (text, decimals) => {
  const plain = latin(text).replace(/[٫．]/g, ".").replace(/[،，]/g, ",").replace("＋", "+").replace(/^[−\p{Pd}]/u, "-");
  const [, mark, more, end] = (!text.includes("٫") && GROUPED.exec(plain)) || [];
  const whole = plain.split(mark).join("");
  const found = !mark ? [plain] : decimals > 0 && !more && !end ? [plain, whole] : [whole];
  return found.map((one) => one.replace(",", ".")).filter((one) => NUMBER.test(one) && Math.abs(one) < 1e15).map(Number);
};
