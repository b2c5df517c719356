// Characters left in a text, and questions read aloud.

import { all, count, fill, language, make, on, questions, words } from "./05-basics.js";

// As people count them: a family of emoji is one.
const characters = (text) => (Intl.Segmenter ? [...new Intl.Segmenter().segment(text)] : Array.from(text)).length;
export const counted = (field) => {
  const note = make("p", { className: "count aid", hidden: true, role: "status" });
  field.after(note);
  const show = () => {
    const left = field.dataset.maximum - characters(field.value);
    note.hidden = left > field.dataset.maximum / 4;
    note.textContent = fill(left < 0 ? words.over : words.left, { n: count(Math.abs(left)) });
  };
  on(field, "input", show);
  show();
};

// With a voice of the phone; where it has none for this language the buttons stay away.
export const aloud = () => {
  const speech = window.speechSynthesis;
  const base = (code) => code.toLowerCase().split(/[-_]/)[0];
  const voice = () => speech.getVoices().find((one) => base(one.lang) === base(language));
  const offer = () => {
    for (const button of all(questions, "[data-listen]")) button.hidden = !voice();
  };
  if (!speech) return;
  on(questions, "click", (event) => {
    const button = event.target.closest("[data-listen]");
    const wasSpeaking = button && speech.speaking;
    if (button) speech.cancel();
    if (!button || wasSpeaking) return;
    const heard = all(button.closest(".question"), ".heading, .hint, .tile").map((one) => one.innerText);
    const said = new SpeechSynthesisUtterance(heard.join(". "));
    Object.assign(said, { lang: language, voice: voice(), rate: 0.9 });
    speech.speak(said);
  });
  speech.onvoiceschanged = offer;
  offer();
};
