// On a tablet that many use the receipt clears itself after a while: the next one starts afresh.

const form = document.querySelector("[data-finish]");
const seconds = Number(form?.dataset.finish);
if (seconds) {
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => form.submit(), seconds * 1000);
  };
  for (const name of ["pointerdown", "keydown", "scroll"]) addEventListener(name, wait);
  wait();
}
