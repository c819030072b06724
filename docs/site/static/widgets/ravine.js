/* Optimizers on a ravine, f(x, y) = (x² + κ y²) / 2, from (-4, 1). */
const STEPS = 100, START = [-4, 1], TINY = 1e-8;
const OPTIMIZERS = { // (g, t, s): the step of one number; s remembers
  SGD: (g, t, s, { rate }) => -rate * g,
  momentum: (g, t, s, { rate, mu }) => (s.u = mu * (s.u ?? 0) - rate * g),
  Nesterov: (g, t, s, { rate, mu }) => {
    s.u = mu * (s.u ?? 0) - rate * g;
    return mu * s.u - rate * g;
  },
  Adagrad: (g, t, s, { rate }) => {
    s.v = (s.v ?? 0) + g * g;
    return -rate * g / (Math.sqrt(s.v) + TINY);
  },
  RMSprop: (g, t, s, { rate }) => {
    s.v = 0.9 * (s.v ?? 0) + 0.1 * g * g;
    return -rate * g / (Math.sqrt(s.v) + TINY);
  },
  Adam: (g, t, s, { rate, mu }) => {
    s.m = mu * (s.m ?? 0) + (1 - mu) * g;
    s.v = 0.999 * (s.v ?? 0) + 0.001 * g * g;
    const m = s.m / (1 - mu ** t), v = s.v / (1 - 0.999 ** t);
    return -rate * m / (Math.sqrt(v) + TINY);
  },
};

/* The points on the way; one that is far out is the last. */
function path(name, { rate, mu, kappa }, steps = STEPS) {
  const memory = [{}, {}], curvature = [1, kappa];
  const points = [[...START]];
  for (let t = 1; t <= steps; t++) {
    const at = points.at(-1);
    if (Math.hypot(...at) > 1e6) break;
    points.push(at.map((w, i) => w + OPTIMIZERS[name](
      curvature[i] * w, t, memory[i], { rate, mu })));
  }
  return points;
}

const height = ([x, y], kappa) => (x * x + kappa * y * y) / 2;

if (typeof document !== "undefined") widget("ravine", (place) => {
  const names = Object.keys(OPTIMIZERS);
  const values = controls(place, show, {
    first: { label: say("optimizer (blue) ", "优化器（蓝） "), choices: names, value: "SGD" },
    second: { label: say("and (orange) ", "与（橙） "), choices: names, value: "momentum" },
    kappa: { label: say("steepness κ", "陡度 κ"), min: 0, max: 2, step: 0.1, value: 1.9,
             scale: (v) => 10 ** v },
    rate: { label: say("rate η", "学习率 η"), min: -3, max: 0.3, step: 0.05, value: -1.8,
            scale: (v) => 10 ** v },
    mu: { label: say("momentum μ", "动量 μ"), min: 0, max: 0.99, step: 0.01, value: 0.9 },
  });
  const figure = element(place, "div", { className: "plots" });
  const says = element(place, "p", { className: "says" });
  says.setAttribute("aria-live", "polite");

  function show() {
    const { first, second, ...setting } = values(), { kappa } = setting;
    figure.replaceChildren();
    const map = plot(figure, { x: [-5, 5], y: [-1.6, 1.6], xlabel: "x",
                               ylabel: "y", title: say("paths", "路径") });
    for (let level = 0.1; level < 100; level *= 3) {
      const ring = [];
      for (let i = 0; i <= 60; i++) {
        const turn = i / 30 * Math.PI, r = Math.sqrt(2 * level);
        ring.push([r * Math.cos(turn), r * Math.sin(turn) / Math.sqrt(kappa)]);
      }
      map.line(ring, "level");
    }
    const heights = plot(figure, {
      x: [0, STEPS], y: [-6, 3], xlabel: say("step", "步"), ylabel: "log₁₀ f",
      title: say("height", "高度"),
    });
    const tell = [];
    for (const [name, kind] of [[first, "a"], [second, "b"]]) {
      const points = path(name, setting);
      map.line(points, kind);
      heights.line(points.map((p, i) => [
        i, Math.log10(Math.max(height(p, kappa), 1e-12))]), kind);
      const lost = points.length <= STEPS;
      tell.push(`${name}: ` + (lost ? say("diverges", "发散")
        : say("after", "经过") + ` ${STEPS} ` + say("steps ", "步 ")
          + `f = ${round(height(points.at(-1), kappa))}`));
    }
    map.dot(0, 0, "c");
    const limit = 2 / kappa;
    const wider = round(limit * (1 + setting.mu));
    says.textContent = tell.join("; ") + say(
      `. SGD bears rates below 2/κ = ${round(limit)}, momentum below `
        + `2(1 + μ)/κ = ${wider}.`,
      `。SGD 承受低于 2/κ = ${round(limit)} 的学习率，动量承受低于 `
        + `2(1 + μ)/κ = ${wider} 的。`);
  }
  show();
});
if (typeof module !== "undefined") module.exports = { path, height };
