// Answers whatever is on the screen, by what its fields are. `tries`: question → how often it was refused.
(tries) => {
  const isSeen = (one) => one.getClientRects().length > 0;
  const all = (box, selector) => [...box.querySelectorAll(selector)];
  const NUMBERS = ["1", "2", "5", "10", "20", "40", "0", "100", "1000", "-1", "60", "3", "0.5", "2015", "500", "15000"];
  const TEXTS = ["Word", "12345", "AB", "a@b.example", "1234567890", "W-1", "abcdefghijklmnop", "2020"];
  const at = (list, turn) => list[Math.min(turn, list.length - 1)];
  const tell = (field) => {
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  };
  const write = (field, text) => {
    field.value = text;
    tell(field);
  };
  const choose = (fields, turn) => {
    const offered = fields.filter((one) => !one.disabled && !one.value.startsWith("~") && one.value !== "other");
    const usual = offered.length ? offered : fields;
    const wanted = usual[turn % usual.length];
    if (wanted && (turn || !fields.some((one) => one.checked))) wanted.click();
  };
  const pick = (field, turn, taken) => {
    const options = [...field.options].filter((one) => one.value && !one.disabled && !taken.has(one.value));
    const wanted = options[turn % options.length];
    if (!wanted || (field.value && !turn)) return;
    taken.add(wanted.value);
    write(field, wanted.value);
  };
  const type = (field, turn) => {
    const part = field.name.split(":")[1];
    if (field.value && !turn) return;
    if (field.type === "time") write(field, "10:30");
    else if (part === "day") write(field, "12");
    else if (part === "year") write(field, at(["2021", "2026", "1990", "2027"], turn));
    else write(field, "decimals" in field.dataset ? at(NUMBERS, turn) : at(TEXTS, turn));
  };
  const decline = (section) => all(section, ".apart input").find((one) => !one.checked)?.click();
  const fill = (section, turn) => {
    const fields = all(section, "input, select, textarea").filter((one) => one.name && isSeen(one.closest("label, .field, div") ?? one));
    const usable = fields.filter((one) => one.type !== "hidden" && !one.closest(".apart"));
    const taken = new Set();
    for (const name of new Set(usable.map((one) => one.name))) {
      const own = usable.filter((one) => one.name === name);
      if (/radio|checkbox/.test(own[0].type)) choose(own, turn);
      else if (own[0].tagName === "SELECT") pick(own[0], turn, taken);
      else if (isSeen(own[0])) type(own[0], turn);
    }
    for (let button; (button = all(section, "[data-ranking] button.tile").find(isSeen)); ) button.click();
  };
  const seen = all(document, ".question[data-name]").filter((one) => isSeen(one) && one.dataset.shape !== "nothing");
  for (const section of seen) {
    const turn = tries[section.dataset.name] ?? 0;
    if (turn > 15) decline(section);
    else fill(section, turn);
  }
  return seen.map((one) => one.dataset.name);
}
