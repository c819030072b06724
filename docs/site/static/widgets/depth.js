/* The product of factors, by depth, activation and first weights: the mean
   field's forecast for wide layers, and what recipes/signals.py measured. */
const UNITS = 64; // of a layer there
const GAIN = { // standard deviation of a weight times √n
  "uniform ±1/√n": 3 ** -0.5, "LeCun": 1, "Glorot": 1, "He": 2 ** 0.5,
  "N(0, 0.01)": 0.08, "N(0, 0.05)": 0.4, "N(0, 1)": 8, "orthogonal": 1,
};
const sigmoid = (a) => 1 / (1 + Math.exp(-a));
const FUNCTION = { // f and its slope
  sigmoid: [sigmoid, (a) => sigmoid(a) * (1 - sigmoid(a))],
  tanh: [Math.tanh, (a) => 1 - Math.tanh(a) ** 2],
  relu: [(a) => Math.max(a, 0), (a) => (a > 0 ? 1 : 0)],
};

/* The mean square of g(√q z), z standard normal. */
function meanSquare(g, q) {
  let sum = 0, weight = 0;
  for (let z = -6; z <= 6.0001; z += 0.05) {
    const w = Math.exp(-z * z / 2);
    sum += w * g(Math.sqrt(q) * z) ** 2;
    weight += w;
  }
  return sum / weight;
}

/* log₁₀ of the error's size at each layer, the last one's being 0. */
function forecast(activation, weights, depth) {
  const [f, slope] = FUNCTION[activation], gain = GAIN[weights];
  const factors = [];
  let q = gain ** 2; // of the first sums, from inputs of mean square 1
  for (let layer = 1; layer < depth; layer++) {
    factors.push(gain * Math.sqrt(meanSquare(slope, q)));
    q = gain ** 2 * meanSquare(f, q);
  }
  const sizes = [0];
  for (const factor of factors.reverse()) {
    sizes.push(sizes.at(-1) + Math.log10(factor));
  }
  return sizes;
}

if (typeof document !== "undefined") widget("depth", (place) => {
  const measured = globalThis.MEASURED?.depth ?? {};
  const values = controls(place, show, {
    depth: { label: say("layers", "层数"), min: 2, max: 60, value: 20 },
    activation: { label: say("activation ", "激活函数 "), choices: Object.keys(FUNCTION),
                  value: "sigmoid" },
    weights: { label: say("first weights ", "初始权重 "), choices: Object.keys(GAIN),
               value: "uniform ±1/√n" },
  });
  const figure = element(place, "div", { className: "plots" });
  const says = element(place, "p", { className: "says" });
  says.setAttribute("aria-live", "polite");

  function show() {
    const { depth, activation, weights } = values();
    const sizes = forecast(activation, weights, depth);
    const low = Math.min(-2, ...sizes), high = Math.max(2, ...sizes);
    figure.replaceChildren();
    const axes = plot(figure, {
      x: [0, depth - 0.5], y: [low * 1.15, high * 1.15],
      xlabel: say("layers behind the last one", "距最后一层的层数"),
      ylabel: say("log₁₀ of the error's size", "误差大小的 log₁₀"),
      title: say("the error on its way back", "误差往回传的路上"),
    });
    axes.line([[0, 0], [depth, 0]], "zero");
    axes.line(sizes.map((size, i) => [i, size]), "a");
    const dots = measured[`${activation} ${weights}`] ?? [];
    for (const size of dots) axes.dot(19, size, "b");
    const end = sizes.at(-1), factor = 10 ** (end / (depth - 1));
    const mean = dots.reduce((a, b) => a + b, 0) / dots.length;
    const fate = end < -2 ? say("It vanishes. ", "它消失。")
      : end > 2 ? say("It explodes. ", "它爆炸。")
        : say("Neither. ", "既不消失也不爆炸。");
    const seen = say(
      `Measured at 20 layers of ${UNITS} units (dots, ${dots.length} runs): `
        + `${round(10 ** mean)}.`,
      `20 层、每层 ${UNITS} 个单元时测得（点，${dots.length} 次运行）：`
        + `${round(10 ** mean)}。`);
    says.textContent = say(
      `A factor of ${round(factor)} a layer, in the mean: of ${depth} layers `
        + `the first one's error is ${round(10 ** end)} times the last one's. `,
      `每层的因子平均为 ${round(factor)}：${depth} 层时，第一层的误差是最后`
        + `一层的 ${round(10 ** end)} 倍。`) + fate + (dots.length ? seen : "");
  }
  show();
});
if (typeof module !== "undefined") module.exports = { forecast, FUNCTION, GAIN };
