/* What the widgets share: controls, axes and lines, as SVG in the page's
   colours. A page has <div data-widget="NAME">text for readers without
   JavaScript</div>, and NAME.js calls widget(NAME, build). */
const SVG = "http://www.w3.org/2000/svg";

function widget(name, build) {
  document.addEventListener("DOMContentLoaded", () => {
    for (const place of document.querySelectorAll(`[data-widget=${name}]`)) {
      place.replaceChildren();
      place.classList.add("widget");
      build(place);
    }
  });
}

/* A text in the page's language. */
const CHINESE = globalThis.location?.pathname.includes(".zh");
const say = (english, chinese) => (CHINESE ? chinese : english);

function element(parent, kind, attributes = {}, text = "") {
  const made = document.createElement(kind);
  for (const [key, value] of Object.entries(attributes)) made[key] = value;
  if (text) made.textContent = text;
  parent.append(made);
  return made;
}

/* Labelled controls in a row; `values()` reads them, a change calls `show`. */
function controls(place, show, parts) {
  const row = element(place, "div", { className: "controls" });
  const read = {};
  for (const [key, part] of Object.entries(parts)) {
    const label = element(row, "label", {}, part.label);
    if (part.choices) {
      const select = element(label, "select");
      for (const choice of part.choices) element(select, "option", {}, choice);
      select.value = part.value;
      read[key] = () => select.value;
      select.addEventListener("input", () => show());
      continue;
    }
    const output = element(label, "output");
    const input = element(label, "input", {
      type: "range", min: part.min, max: part.max, step: part.step ?? 1,
    });
    input.value = part.value;
    const number = () => (part.scale ?? Number)(Number(input.value));
    const tell = () => { output.textContent = ` ${round(number())}`; };
    read[key] = number;
    input.addEventListener("input", () => { tell(); show(); });
    input.set = (value) => { input.value = value; tell(); };
    part.input = input;
    tell();
  }
  return () => Object.fromEntries(
    Object.entries(read).map(([key, get]) => [key, get()]));
}

function round(x) {
  if (!Number.isFinite(x)) return "–";
  if (x !== 0 && (Math.abs(x) < 1e-3 || Math.abs(x) >= 1e5)) {
    return x.toExponential(1);
  }
  return String(Number(x.toPrecision(3)));
}

/* A plot of so many units; x and y map numbers to places in it. */
function plot(place, { x: [x0, x1], y: [y0, y1], xlabel, ylabel, title,
                       height = 220 }) {
  const width = 360, left = 46, bottom = 34, top = 22, right = 14;
  const svg = draw(place, "svg", {
    viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title,
  });
  const x = (v) => left + (v - x0) / (x1 - x0) * (width - left - right);
  const y = (v) => height - bottom
    - (v - y0) / (y1 - y0) * (height - top - bottom);
  const write = (text, at, more = {}) => {
    draw(svg, "text", { x: at[0], y: at[1], ...more }).textContent = text;
  };
  for (const v of ticks(x0, x1)) {
    draw(svg, "path", { class: "grid", d: `M${x(v)} ${y(y0)}V${y(y1)}` });
    write(round(v), [x(v), height - 20], { "text-anchor": "middle" });
  }
  for (const v of ticks(y0, y1)) {
    draw(svg, "path", { class: "grid", d: `M${x(x0)} ${y(v)}H${x(x1)}` });
    write(round(v), [left - 4, y(v) + 4], { "text-anchor": "end" });
  }
  write(title, [left, 14], { class: "title" });
  write(xlabel, [(left + width) / 2, height - 4], { "text-anchor": "middle" });
  write(ylabel, [0, 0], {
    "text-anchor": "middle",
    transform: `translate(11 ${(top + height - bottom) / 2}) rotate(-90)`,
  });
  const inside = draw(svg, "svg", {
    x: left, y: top, width: width - left - right,
    height: height - top - bottom, overflow: "hidden",
    viewBox: `${left} ${top} ${width - left - right} ${height - top - bottom}`,
  });
  return {
    x, y, svg: inside,
    line(points, kind) {
      const d = points.map(([a, b], i) => `${i ? "L" : "M"}${x(a)} ${y(b)}`);
      draw(inside, "path", { class: `line ${kind}`, d: d.join("") });
    },
    dot(a, b, kind) {
      draw(inside, "circle", { class: `dot ${kind}`, cx: x(a), cy: y(b), r: 4 });
    },
    bar(a, b, value, kind) {
      const [from, to] = [x(a), x(b)];
      draw(inside, "rect", { class: `bar ${kind}`, x: from, y: y(value),
                             width: to - from, height: y(0) - y(value) });
    },
  };
}

function draw(parent, kind, attributes) {
  const made = document.createElementNS(SVG, kind);
  for (const [key, v] of Object.entries(attributes)) made.setAttribute(key, v);
  parent.append(made);
  return made;
}

function ticks(from, to) {
  const rough = (to - from) / 5, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((s) => s * power >= rough) * power;
  const found = [];
  for (let v = Math.ceil(from / step); v * step <= to + 1e-9; v++) {
    found.push(v * step);
  }
  return found;
}
