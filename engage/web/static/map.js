// The map of a place question, loaded when somebody taps “Show map”: a tap or a button marks a place, and what
// is kept of it is the nearest crossing of a grid. Where the finger was is nowhere but in the variables here.

const METRES_PER_DEGREE = 111320;
const CLOSEST = 16;
const PIN = 1.4;

// Returns the crossing of the grid that grid.py would return.
export const snapped = (latitude, longitude, metres) => {
  const within = (degrees, most) => Math.round(Math.max(-most, Math.min(most, degrees)) * 1e6) / 1e6;
  const even = (number) => (Math.abs(number % 1) === 0.5 ? 2 * Math.round(number / 2) : Math.round(number));
  const step = metres / METRES_PER_DEGREE;
  const row = even(latitude / step);
  const cosine = Math.max(Math.cos((row * step * Math.PI) / 180), 0.01);
  return [within(row * step, 90), within((even((longitude * cosine) / step) * step) / cosine, 180)];
};

// How degrees become units of the drawing, and the other way round.
const georeferenced = (svg) => {
  const [west, north, across, down] = ["west", "north", "across", "down"].map((name) => Number(svg.dataset[name]));
  return {
    down,
    toUnits: ([latitude, longitude]) => [(longitude - west) * across, (north - latitude) * down],
    toDegrees: (x, y) => [north - y / down, x / across + west],
  };
};

// What part of the drawing is seen.
const looking = (svg, redraw) => {
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const view = { x: width / 2, y: height / 2, zoom: 1 };
  const clamp = (value, most) => Math.max(0, Math.min(most, value));
  view.holds = (x, y) => x >= 0 && y >= 0 && x <= width && y <= height;
  view.show = (x, y, zoom) => {
    Object.assign(view, { x: clamp(x, width), y: clamp(y, height), zoom: Math.max(1, Math.min(CLOSEST, zoom)) });
    if (view.zoom === 1) Object.assign(view, { x: width / 2, y: height / 2 });
    const [wide, high] = [width / view.zoom, height / view.zoom];
    svg.setAttribute("viewBox", `${view.x - wide / 2} ${view.y - high / 2} ${wide} ${high}`);
    redraw();
  };
  view.move = (right, lower) => view.show(view.x + (right * width) / view.zoom / 4, view.y + (lower * height) / view.zoom / 4, view.zoom);
  view.closer = (times) => view.show(view.x, view.y, view.zoom * times);
  return view;
};

// Letters and the pin stay as large as they are, however close one looks; names that have no room stay away.
const drawing = (svg, { all }) => {
  const paths = all(svg, "[data-area]");
  const names = all(svg, "text");
  return (view, at, cell) => {
    const matrix = svg.getScreenCTM();
    if (!matrix?.a) return;
    const unit = 1 / matrix.a;
    names.forEach((name, index) => {
      name.setAttribute("font-size", 15 * unit);
      name.setAttribute("visibility", name.getComputedTextLength() > paths[index].getBBox().width * 1.1 ? "hidden" : "visible");
    });
    svg.querySelector(".middle").setAttribute("transform", `translate(${view.x} ${view.y}) scale(${unit})`);
    const pin = svg.querySelector(".pin");
    pin.setAttribute("visibility", at ? "visible" : "hidden");
    if (!at) return;
    pin.setAttribute("transform", `translate(${at[0]} ${at[1]}) scale(${unit * PIN})`);
    const side = cell / unit / PIN;
    for (const [name, value] of Object.entries({ x: -side / 2, y: -side / 2, width: side, height: side })) {
      svg.querySelector(".pin rect").setAttribute(name, value);
    }
  };
};
const areaAt = (svg, paths, [x, y]) => {
  const place = Object.assign(svg.createSVGPoint(), { x, y });
  return paths.find((path) => path.isPointInFill(place));
};

// Chooses the area of a mark unless somebody chose one; says whether the area at hand is that of the mark.
const chooser = ({ areas, changed }) => {
  let own = "";
  const chosen = () => areas.find((one) => (one.type === "radio" ? one.checked : one.value))?.value ?? "";
  return (key) => {
    const isFree = !chosen() || chosen() === own;
    const tile = isFree && areas.find((one) => one.type === "radio" && one.value === key);
    const list = areas.find((one) => one.tagName === "SELECT");
    if (tile) tile.checked = true;
    else if (isFree && list && [...list.options].some((one) => key && one.value === key)) list.value = key;
    if (isFree && chosen() === key) changed(tile || list);
    if (isFree && chosen() === key) own = key;
    return Boolean(key) && chosen() === key;
  };
};

export const draw = async (box, panel, tools) => {
  const { all, button, changed, fill, on, point } = tools;
  const reply = await fetch(box.dataset.place);
  if (!reply.ok) throw reply;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  panel.replaceChildren(...page.body.childNodes);
  button.after(panel);
  const svg = panel.querySelector("svg");
  const said = panel.querySelector(".map-said");
  const label = point.labels[0];
  const words = { ...said.dataset };
  const paths = all(svg, "[data-area]");
  const paint = drawing(svg, tools);
  const degrees = georeferenced(svg);
  const choose = chooser(tools);
  const grid = Number(point.dataset.grid);
  const marked = () => point.checked && degrees.toUnits(point.value.split(",").map(Number));
  const redraw = () => paint(view, marked(), (grid / METRES_PER_DEGREE) * degrees.down);
  const view = looking(svg, redraw);
  const mark = (x, y) => {
    if (!view.holds(x, y)) {
      said.textContent = words.outside;
      return;
    }
    point.value = snapped(...degrees.toDegrees(x, y), grid).map((end) => end.toFixed(6)).join(",");
    point.checked = true;
    const area = areaAt(svg, paths, marked());
    const name = area?.querySelector("title").textContent;
    const within = name ? fill(words.within, { a: name }) : words.mark;
    label.textContent = choose(area?.dataset.area ?? "") ? words.mark : within;
    said.textContent = within;
    changed(point);
  };
  const find = () => {
    const lost = () => { said.textContent = words.unknown; };
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const [x, y] = degrees.toUnits([coords.latitude, coords.longitude]);
      if (view.holds(x, y)) view.show(x, y, Math.max(view.zoom, 4));
      mark(x, y);
    }, lost, { timeout: 15000 });
  };
  const WORKS = {
    north: () => view.move(0, -1),
    south: () => view.move(0, 1),
    west: () => view.move(-1, 0),
    east: () => view.move(1, 0),
    closer: () => {
      if (view.zoom === 1 && marked()) Object.assign(view, { x: marked()[0], y: marked()[1] });
      view.closer(1.6);
    },
    farther: () => view.closer(1 / 1.6),
    mark: () => mark(view.x, view.y),
    here: find,
  };
  const KEYS = { ArrowUp: "north", ArrowDown: "south", ArrowLeft: "west", ArrowRight: "east", "+": "closer", "-": "farther" };
  on(panel, "click", (event) => WORKS[event.target.closest("button")?.value]?.());
  on(panel, "keydown", (event) => {
    if (!(event.key in KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    WORKS[KEYS[event.key]]();
  });
  on(svg, "click", (event) => {
    const place = Object.assign(svg.createSVGPoint(), { x: event.clientX, y: event.clientY });
    const { x, y } = place.matrixTransform(svg.getScreenCTM().inverse());
    mark(x, y);
  });
  on(box, "change", redraw);
  new ResizeObserver(redraw).observe(svg);
  panel.querySelector("[value=here]").hidden = !(navigator.geolocation && isSecureContext);
};
