// For sensitive rounds and shared tablets, loaded by answer.js: leave at once, and clear after a long pause.

const PAUSE = 20 * 60e3;
const WARNING = 60e3;

export const watch = (form, erase) => {
  const leave = document.querySelector("[data-leave]");
  const idle = document.getElementById("idle");
  let presses = 0;
  let pause = 0;
  const wipe = (address) => {
    document.body.hidden = true;
    erase();
    form.reset();
    location.replace(address);
  };
  leave?.addEventListener("click", (event) => {
    event.preventDefault();
    wipe(leave.href);
  });
  const stay = () => {
    clearTimeout(pause);
    idle.hidden = true;
    pause = setTimeout(() => {
      idle.hidden = false;
      idle.focus();
      pause = setTimeout(() => wipe(form.dataset.start), WARNING);
    }, PAUSE);
  };
  for (const name of ["pointerdown", "keydown", "input"]) document.addEventListener(name, stay);
  document.addEventListener("keydown", (event) => {
    presses = event.key === "Shift" ? presses + !event.repeat : 0;
    if (leave && presses === 3) wipe(leave.href);
  });
  stay();
};
