/** Numbers to places in a chart, and to text. */

/**
 * Round numbers that divide a range: at most about `count` of them.
 * @param {number} low
 * @param {number} high
 * @param {number} count
 * @returns {number[]}
 */
export function ticks(low, high, count) {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first) + 1 }, (_, index) => (first + index) * step);
}

/**
 * The smallest range that holds all values and is not empty.
 * @param {number[]} values
 * @returns {[number, number]}
 */
export function range(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low > high) return [0, 1];
  if (low === 0 && high === 0) return [0, 1];
  if (low === high) {
    const room = Math.abs(low) / 2 || 0.5;
    return [low - room, high + room];
  }
  const room = (high - low) * 0.06;
  // A curve that touches zero starts there, and does not hang below it.
  return [low >= 0 && low - room < 0 ? 0 : low - room, high + room];
}

/**
 * Numbers as people of a language write them.
 * @param {string} lang
 * @returns {(value: number) => string}
 */
export function written(lang) {
  const locale = lang === "bn" ? "bn-BD" : "en";
  const plain = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  const small = new Intl.NumberFormat(locale, { notation: "scientific", maximumSignificantDigits: 3 });
  return (value) => (value !== 0 && Math.abs(value) < 1e-6 ? small : plain).format(value);
}

/**
 * A noisy course as its mean around each point, nearer ones counting more.
 * @param {[number, number][]} points
 * @param {number} reach  how many points to each side count
 * @returns {[number, number][]}
 */
export function smoothed(points, reach) {
  return points.map(([x], place) => {
    let [sum, weights] = [0, 0];
    for (let at = Math.max(0, place - reach); at <= Math.min(points.length - 1, place + reach); at += 1) {
      const weight = 1 - Math.abs(at - place) / (reach + 1);
      sum += weight * points[at][1];
      weights += weight;
    }
    return [x, sum / weights];
  });
}
