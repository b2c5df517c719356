// Small helps that need a script: copy, print. Their buttons are hidden until it runs.

const copied = async (button) => {
  const text = document.querySelector(button.dataset.copy).textContent.trim();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without permission (or https) the words are selected, ready for the phone's own "copy".
    getSelection().selectAllChildren(document.querySelector(button.dataset.copy));
    return;
  }
  const words = button.querySelector("span");
  const before = words.textContent;
  words.textContent = button.dataset.done;
  setTimeout(() => { words.textContent = before; }, 3000);
};

for (const button of document.querySelectorAll("[data-copy], [data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => ("print" in button.dataset ? print() : copied(button)));
}
