/* Batch normalization on a histogram: what a batch's own mean and deviation
   make of the numbers of a channel, and what moving averages make of them. */
const SHAPES = { // of mean 0 and variance 1, from two even draws
  bell: (u, v) => Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v),
  lopsided: (u) => -Math.log(u) - 1,
  heaps: (u, v) => (v < 0.5 ? -0.9 : 0.9) + 0.436
    * Math.sqrt(-2 * Math.log(u)) * Math.cos(4 * Math.PI * v),
};
const EPSILON = 1e-3, KEEP = 0.9, ALL = 4000;

function generator(seed) { // Park and Miller's, in (0, 1)
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function drawn(shape, count, mean, deviation, random) {
  return Array.from({ length: count }, () =>
    mean + deviation * SHAPES[shape](random(), random()));
}

function statistics(numbers) {
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const variance = numbers.reduce((a, b) => a + (b - mean) ** 2, 0)
    / numbers.length;
  return { mean, variance };
}

const normalize = (x, { mean, variance }, gamma, beta) =>
  gamma * (x - mean) / Math.sqrt(variance + EPSILON) + beta;

if (typeof document !== "undefined") widget("histogram", (place) => {
  const names = { // of shapes and statistics, in the page's language
    [say("a bell", "钟形")]: "bell", [say("lopsided", "偏斜")]: "lopsided",
    [say("two heaps", "两堆")]: "heaps",
  };
  const [own, moving] = [say("of the batch", "批次的"),
                         say("moving averages", "滑动平均")];
  const parts = {
    shape: { label: say("input ", "输入 "), choices: Object.keys(names),
             value: say("lopsided", "偏斜") },
    mean: { label: say("mean", "均值"), min: -4, max: 4, step: 0.5, value: 2 },
    deviation: { label: say("deviation", "标准差"), min: 0.25, max: 3,
                 step: 0.25, value: 2 },
    batch: { label: say("batch", "批次"), min: 1, max: 8, value: 3,
             scale: (v) => 2 ** v },
    mode: { label: say("statistics ", "统计量 "), choices: [own, moving],
            value: own },
    gamma: { label: "γ", min: 0, max: 3, step: 0.01, value: 1 },
    beta: { label: "β", min: -4, max: 4, step: 0.01, value: 0 },
  };
  const values = controls(place, show, parts);
  const buttons = element(place, "div", { className: "controls" });
  const next = element(buttons, "button", {}, say("next batch", "下一个批次"));
  const undo = element(buttons, "button", {}, say("γ and β that undo it", "还原的 γ 和 β"));
  const figure = element(place, "div", { className: "plots" });
  const says = element(place, "p", { className: "says" });
  says.setAttribute("aria-live", "polite");
  const random = generator(1234567);
  let averages, seen, used, setting, batch;

  function show(fresh = false) {
    const now = values();
    const { mean, deviation, mode, gamma, beta } = now;
    const shape = names[now.shape];
    const same = setting && ["shape", "mean", "deviation", "batch"].every(
      (key) => setting[key] === now[key]);
    setting = now;
    if (!same) [averages, seen] = [{ mean: 0, variance: 1 }, 0];
    if (!same || fresh) {
      batch = drawn(shape, now.batch, mean, deviation, random);
      const of = statistics(batch);
      for (const key of ["mean", "variance"]) {
        averages[key] = KEEP * averages[key] + (1 - KEEP) * of[key];
      }
      seen += 1;
    }
    const of = statistics(batch);
    used = mode === own ? of : averages;
    const all = drawn(shape, ALL, mean, deviation, generator(7654321));
    const made = all.map((x) => normalize(x, used, gamma, beta));
    figure.replaceChildren();
    heaps(figure, all, batch, say("input", "输入"), "a");
    heaps(figure, made, batch.map((x) => normalize(x, used, gamma, beta)),
          say("output", "输出"), "b");
    const after = statistics(made);
    const both = ({ mean, variance }) => say(
      `mean ${round(mean)}, deviation ${round(Math.sqrt(variance))}`,
      `均值 ${round(mean)}，标准差 ${round(Math.sqrt(variance))}`);
    says.textContent = say(
      `This batch: ${both(of)}. Averages after ${seen} `
        + `batch${seen > 1 ? "es" : ""}: ${both(averages)}. Output over all `
        + `images: ${both(after)}.`,
      `这个批次：${both(of)}。${seen} 个批次之后的平均：${both(averages)}。`
        + `全部图像的输出：${both(after)}。`);
  }

  function heaps(place, numbers, few, title, kind) {
    const wide = 0.25, counts = {};
    for (const x of numbers) {
      const bin = Math.floor(x / wide);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const most = Math.max(...Object.values(counts)) / numbers.length / wide;
    const axes = plot(place, {
      x: [-8, 8], y: [0, Math.max(0.6, 1.05 * most)], xlabel: say("value", "值"),
      ylabel: say("density", "密度"),
      title: title + say(" (dots: the batch)", "（点：这个批次）"), height: 180,
    });
    for (const [bin, count] of Object.entries(counts)) {
      axes.bar(bin * wide, (Number(bin) + 1) * wide,
               count / numbers.length / wide, kind);
    }
    for (const x of few) axes.dot(x, 0.02 * Math.max(1, most), "c");
  }

  next.addEventListener("click", () => show(true));
  undo.addEventListener("click", () => {
    parts.gamma.input.set(Math.sqrt(used.variance + EPSILON));
    parts.beta.input.set(used.mean);
    show();
  });
  show();
});
if (typeof module !== "undefined") {
  module.exports = { drawn, generator, normalize, statistics, SHAPES };
}
