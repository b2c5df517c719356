// Sets it all going, and keeps an eye on the connection and on who must be able to leave fast.

import { all, form, isWatched, key, mayKeep, on, part, questions, useKey } from "./05-basics.js";
import { aloud } from "./40-texts.js";
import { settle } from "./30-choices.js";
import { help, openEntries, removeEntry } from "./50-entries.js";
import { asked, at, following, go, here, open, push, refresh, scopes, screens, show } from "./60-screens.js";
import { clearErrors, complaint, tell } from "./70-errors.js";
import { draft, erase, isWaiting, restore, review, save, send, wasSent } from "./80-sending.js";

const arrive = (state) => {
  if (wasSent()) return open(part("already"));
  refresh();
  clearErrors();
  return state?.isReview ? review() : at(state?.at ?? 0);
};
const proceed = () => {
  refresh();
  const found = asked(here()).map((section) => [section, complaint(section)]).filter(([, text]) => text);
  if (found.length) return tell(found);
  clearErrors();
  const next = following();
  if (next) {
    go(next, Boolean(history.state?.isChange));
    return save();
  }
  push({ isReview: true });
  return review();
};
const changeEntries = (button) => {
  const [verb] = button.value.split(" ");
  const repeat = button.closest("[data-repeat]");
  if (verb === "add" && openEntries(repeat) < repeat.dataset.maximum) {
    repeat.dataset.open = openEntries(repeat) + 1;
    refresh();
    const entry = all(repeat, `[data-entry="${repeat.dataset.open}"]`)[0];
    go(screens().find((screen) => entry.contains(screen)) ?? here());
  } else if (verb === "remove") {
    removeEntry(button.closest("[data-entry]"));
    refresh();
    show(repeat.querySelector(":scope > .more"));
  }
  save();
};

on(form, "submit", (event) => {
  const button = event.submitter ?? document.activeElement;
  const verb = button?.value?.split(" ")[0];
  // In another language the same question is shown, found by its place in the address.
  if (button?.name === "to") form.action = `#${here()?.id ?? ""}`;
  if (button?.name === "to" || (form.elements.code && verb === "send")) return;
  event.preventDefault();
  if (verb === "add" || verb === "remove") changeEntries(button);
  else if (verb === "send") send();
  else if (!questions.hidden) proceed();
});
// Typing is looked at when it pauses, not when the field is left: what moves then would slip away from
// under the finger that is on its way to "Continue".
let typing = 0;
const soon = (wait) => {
  clearTimeout(typing);
  typing = setTimeout(() => { refresh(); save(); }, wait);
};
on(questions, "input", () => soon(400));
on(questions, "change", (event) => {
  const section = event.target.closest("[data-question]");
  if (section) settle(section, event.target);
  soon(/radio|checkbox|select/.test(event.target.type) ? 0 : 400);
});
on(window, "popstate", (event) => arrive(event.state));
on(window, "pageshow", (event) => event.persisted && wasSent() && open(part("already")));
on(document, "click", (event) => {
  if (event.target.closest(".frame .back") && history.state?.depth) {
    event.preventDefault();
    history.back();
  }
  if (event.target.closest("[data-forget]")) erase();
});

// ---- The connection ----

const connection = () => {
  part("offline").hidden = navigator.onLine;
  if (navigator.onLine && isWaiting()) send();
};
on(window, "online", connection);
on(window, "offline", connection);

if (isWatched) import(form.dataset.watch).then(({ watch }) => watch(form, erase));

// ---- The beginning ----

const wrong = all(questions, ".wrong")[0]?.closest(".screen") ?? part(decodeURIComponent(location.hash.slice(1)))?.closest(".screen");
useKey(key());
history.scrollRestoration = "manual";
form.classList.add("stepwise");
help(questions);
aloud();
refresh();
connection();
const found = "filled" in form.dataset ? null : draft();
if (wrong && !wasSent()) {
  show(wrong);
  document.querySelector(".error-summary")?.focus();
} else if (found?.fields.some(([name, value]) => name !== "version" && value)) {
  open(part("unsent"));
  on(part("unsent"), "click", (event) => {
    const choice = event.target.closest("button")?.value;
    if (choice === "go-on") restore(found);
    else if (choice === "anew") erase();
    if (choice) at(choice === "go-on" ? found.at : 0);
  });
} else arrive(history.state);
