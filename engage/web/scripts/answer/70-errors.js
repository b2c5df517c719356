// What is wrong is said when “Continue” is pressed: on top, at the question, and where the focus is.

import { all, fieldsIn, form, make, words } from "./05-basics.js";
import { truth } from "./10-conditions.js";
import { expression, isDeclined, valuesOf } from "./20-path.js";
import { scopes } from "./60-screens.js";

export const clearErrors = () => {
  for (const one of all(document, "main .error-summary, main .error")) one.remove();
  for (const one of all(form, ".wrong")) one.classList.remove("wrong");
  for (const one of all(form, "[aria-invalid]")) one.removeAttribute("aria-invalid");
};
// Returns the message for an answer; types, dates and the like are the server's to judge.
export const complaint = (section) => {
  const { scope, value } = scopes.get(section) ?? {};
  const { required, shape } = section.dataset;
  if (!scope || shape === "nothing" || isDeclined(section)) return "";
  if (value === null && shape === "number" && valuesOf(section)[0]) return words.number;
  if (value === null) return required === undefined ? "" : required || words.required;
  const checked = { checked: value };
  if (!scope.holds(section, "constraint", checked)) return section.dataset.complaint || words.check;
  return expression(section, "limits")?.find(([limit]) => !truth(scope.work(limit, checked)))?.[1] ?? "";
};
export const tell = (found) => {
  clearErrors();
  const lines = found.map(([section, text]) => {
    const box = section.querySelector("fieldset, .field") ?? section;
    const first = fieldsIn(box).find((one) => one.type !== "hidden");
    const id = `${section.dataset.name}-error`;
    let below = first ?? box.lastElementChild;
    while (below.parentNode !== box) below = below.parentNode;
    below.before(make("p", { className: "error", id, textContent: text }));
    box.classList.add("wrong");
    first?.setAttribute("aria-invalid", "true");
    first?.setAttribute("aria-describedby", id);
    const link = make("a", { href: `#${section.id}`, textContent: text });
    link.onclick = (event) => {
      event.preventDefault();
      (first ?? section).focus();
    };
    return make("li", {}, link);
  });
  const summary = make("div", { className: "error-summary", tabIndex: -1, role: "alert" }, make("h2", { textContent: words.problem }), make("ul", {}, ...lines));
  form.before(summary);
  summary.focus();
  document.title = `${words.error} ${document.title}`;
};
