// Search in long lists and order by tapping: loaded by answer.js where a question has such a list. The lists
// themselves stay in the page, and what is chosen in them is what is sent.

const textOf = (element) => element.textContent.trim();

// Letters that people type in several ways are one, as in the house's other searches.
const folded = (text) =>
  text.normalize("NFKD").replace(/[\p{M}ـ]/gu, "").replace(/[يى]/g, "ی").replace(/ك/g, "ک").toLowerCase();
const searchable = (box, { all, changed, count, fill, make, nameOf, on, tile, words }) => {
  const id = `${nameOf(box)}:search`;
  const field = make("input", { type: "search", id, className: "input", autocomplete: "off", dir: "auto" });
  const status = make("p", { className: "hint", role: "status" });
  const found = make("div");
  const isList = box.tagName === "SELECT";
  const offered = () => all(box, "[data-choice], option").filter((one) => !one.disabled && one.value !== "");
  const choose = (option) => {
    box.value = option.value;
    field.value = "";
    found.textContent = status.textContent = "";
    changed(box);
    box.focus();
  };
  on(field, "input", () => {
    const wanted = folded(field.value.trim());
    const matching = offered().filter((one) => folded(textOf(one)).includes(wanted));
    status.textContent = wanted && fill(words.found, { n: count(matching.length) });
    if (isList) found.replaceChildren(...(wanted ? matching.slice(0, 8) : []).map((one) => tile(textOf(one), () => choose(one))));
    else for (const one of offered()) one.classList.toggle("filtered", !matching.includes(one) && !one.control.checked);
  });
  on(field, "keydown", (event) => event.key === "Enter" && event.preventDefault());
  const label = make("label", { htmlFor: id, textContent: words.search });
  (isList ? box.closest(".field") : box).before(make("div", { className: "field aid" }, label, field, status, found));
};

// Tapped in order, moved by buttons; the lists without a script stay underneath and are what is sent.
const ranking = (box, { all, changed, fill, form, make, mixed, nameOf, on, tile, words }) => {
  const places = all(box, "select");
  const listed = [...places[0].options].filter((option) => option.value);
  const options = "randomise" in box.dataset ? mixed(listed, box) : listed;
  const order = make("ol", { className: "ranked aid", id: nameOf(box), tabIndex: -1 });
  const rest = make("div", { className: "aid" });
  const put = (keys) => {
    places.forEach((place, index) => { place.value = keys[index] ?? ""; });
    draw();
    changed(places[0]);
  };
  const draw = () => {
    const keys = places.map((place) => place.value).filter(Boolean);
    const rowOf = (rank, row) => {
      const name = textOf(options.find((one) => one.value === rank));
      const button = (to, text, sign) => {
        const made = make("button", { type: "button", className: "move", value: sign, label: fill(text, { c: name }), disabled: !(to in keys) }, sign);
        on(made, "click", () => {
          const others = keys.filter((one) => one !== rank);
          put(sign === "✕" ? others : [...others.slice(0, to), rank, ...others.slice(to)]);
          (order.children[to]?.querySelector(`[value="${sign}"]:enabled`) ?? box.querySelector("button:enabled")).focus();
        });
        return made;
      };
      return make("li", {}, make("span", { textContent: name }), button(row - 1, words.up, "↑"), button(row + 1, words.down, "↓"), button(row, words.out, "✕"));
    };
    order.replaceChildren(...keys.map(rowOf));
    order.hidden = !keys.length;
    const left = keys.length < places.length ? options.filter((one) => !keys.includes(one.value)) : [];
    rest.replaceChildren(...left.map((one) => tile(textOf(one), () => {
      put([...keys, one.value]);
      (rest.querySelector("button") ?? order).focus();
    })));
  };
  for (const place of places) place.closest(".field").hidden = true;
  places[0].removeAttribute("id");
  box.append(order, rest);
  on(form, "restored", draw);
  draw();
};

// Tiles and the list they stand before are one choice; the map comes when somebody taps for it.
const place = (box, tools) => {
  const { all, changed, make, on } = tools;
  const areas = all(box, "[name$=':area']");
  on(box, "change", ({ target }) => {
    for (const one of areas.includes(target) && target.value ? areas : []) {
      if (one.tagName === target.tagName) continue;
      if (one.type === "radio") one.checked = false;
      else one.value = "";
    }
  });
  const point = box.querySelector("[data-point]");
  const button = box.querySelector("[data-script]");
  // An entry copied from another begins without that one's mark.
  if (point && !point.checked) point.value = "";
  if (!button) return;
  const said = make("p", { className: "hint aid" });
  said.setAttribute("role", "status");
  button.after(said);
  button.hidden = false;
  const panel = make("div", { className: "aid" });
  const [word, show] = [button.querySelector("span"), textOf(button)];
  on(button, "click", async () => {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    said.textContent = "";
    try {
      if (!panel.isConnected) await (await import(button.dataset.script)).draw(box, panel, { ...tools, areas, button, point, changed });
      panel.hidden = isOpen;
      button.setAttribute("aria-expanded", !isOpen);
      word.textContent = isOpen ? show : button.dataset.hide;
    } catch {
      said.textContent = button.dataset.trouble;
    }
  });
};

const HELPS = { ranking, place, searchable };
export const help = (box, tools) => HELPS[Object.keys(HELPS).find((name) => name in box.dataset)](box, tools);
