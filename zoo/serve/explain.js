// What in the photograph speaks for the first class, by occlusion (Zeiler and
// Fergus 2014): windows of it are hidden in turn, and the server is asked how
// far the class falls. It needs nothing of the model but its answers.
const LONGEST_SENT = 256;  // pixels
const CELLS = 14;  // along the longer side; a window hides 2×2 of them
const AT_ONCE = 16;  // images of a request
const LEAST = 1e-6;  // of a probability
const WARM = [[87, 16, 110], [188, 55, 84], [249, 142, 9], [252, 255, 164]];
const COLD = [[8, 48, 107], [33, 113, 181], [107, 174, 214], [222, 235, 247]];
let explained = null;  // {canvas, name} of the photograph on the page
let work = 0;

function newCanvas(width, height) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  return canvas;
}

// The class's log odds for each image; a class that is not named is at most as
// probable as the last that is.
async function odds(images, name) {
  const image_bytes = images.map((url) => ({b64: url.split(",")[1]}));
  const body = JSON.stringify(
    {signature_name: "classify_bytes", inputs: {image_bytes}});
  const response = await fetch(`${model}:predict`, {method: "POST", body});
  const answer = await response.json();
  if (answer.error) throw new Error(answer.error);
  const {classes, probabilities} = answer.outputs;
  return classes.map((names, i) => {
    const at = names.indexOf(name);
    const p = at < 0 ? Math.min(...probabilities[i]) : probabilities[i][at];
    const kept = Math.min(Math.max(p, LEAST), 1 - LEAST);
    return Math.log(kept / (1 - kept));
  });
}

// {rows, columns, values}: how far the odds fall where a cell is hidden.
async function occlusion(photo, name, goesOn) {
  const scale = Math.min(1, LONGEST_SENT / Math.max(photo.width, photo.height));
  const width = Math.max(2, Math.round(scale * photo.width));
  const height = Math.max(2, Math.round(scale * photo.height));
  const cell = Math.max(width, height) / CELLS;
  const columns = Math.max(2, Math.round(width / cell));
  const rows = Math.max(2, Math.round(height / cell));
  const mean = newCanvas(1, 1).getContext("2d");
  mean.drawImage(photo, 0, 0, 1, 1);
  const [red, green, blue] = mean.getImageData(0, 0, 1, 1).data;
  const drawn = newCanvas(width, height);
  const context = drawn.getContext("2d");
  context.fillStyle = `rgb(${red}, ${green}, ${blue})`;
  const hidden = (row, column) => {
    context.drawImage(photo, 0, 0, width, height);
    if (row !== null) {
      const [w, h] = [width / columns, height / rows];
      context.fillRect(column * w, row * h, 2 * w, 2 * h);
    }
    return drawn.toDataURL("image/jpeg", .92);
  };
  const places = [];
  for (let row = 0; row < rows - 1; row++) {
    for (let column = 0; column < columns - 1; column++) {
      places.push([row, column]);
    }
  }
  const [whole] = await odds([hidden(null)], name);
  const sums = new Float64Array(rows * columns);
  const counts = new Float64Array(rows * columns);
  for (let first = 0; first < places.length; first += AT_ONCE) {
    if (!goesOn()) return null;
    const some = places.slice(first, first + AT_ONCE);
    const fallen = await odds(some.map(([r, c]) => hidden(r, c)), name);
    some.forEach(([row, column], i) => {
      for (const at of [0, 1, columns, columns + 1]) {
        sums[row * columns + column + at] += whole - fallen[i];
        counts[row * columns + column + at] += 1;
      }
    });
  }
  return {rows, columns, values: sums.map((sum, i) => sum / counts[i])};
}

function colour(strength) {
  const ramp = strength < 0 ? COLD : WARM;
  const at = Math.min(Math.abs(strength), .9999) * (ramp.length - 1);
  const [low, high] = [ramp[Math.floor(at)], ramp[Math.floor(at) + 1]];
  return low.map((v, i) => v + (high[i] - v) * (at % 1));
}

function paint({rows, columns, values}) {
  const small = newCanvas(columns, rows);
  const context = small.getContext("2d");
  const pixels = context.createImageData(columns, rows);
  const most = Math.max(...values.map(Math.abs)) || 1;
  values.forEach((value, i) => {
    const strength = value / most;
    pixels.data.set(
      [...colour(strength), 217 * Math.abs(strength) ** .7], 4 * i);
  });
  context.putImageData(pixels, 0, 0);
  const over = $("map");
  [over.width, over.height] = [explained.canvas.width, explained.canvas.height];
  const large = over.getContext("2d");
  large.imageSmoothingQuality = "high";
  large.drawImage(small, 0, 0, over.width, over.height);
  over.hidden = false;
}

// Called when a photograph was answered, and when the switch is turned.
async function explainPhoto() {
  const mine = ++work;
  $("map").hidden = true;
  $("explaining").textContent = "";
  $("explain").hidden = !explained;
  if (!explained || !$("switch").checked) return;
  $("explaining").textContent = `hiding parts, to see what "${explained.name}" \
needs …`;
  try {
    explained.map ??= await occlusion(
      explained.canvas, explained.name, () => mine === work);
    if (mine !== work || !explained.map) return;
    paint(explained.map);
    $("explaining").textContent =
      `warm: speaks for "${explained.name}"; blue: against it`;
  } catch (error) {
    if (mine === work) $("explaining").textContent = String(error.message);
  }
}
