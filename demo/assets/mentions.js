/** A question cut at its numbers. */

/**
 * @template {{start: number, end: number}} M
 * @param {string} text
 * @param {M[]} mentions  where the numbers stand, in code points
 * @param {(mention: M, written: string) => Element} make  the element that shows a number
 * @returns {{pieces: (string | Element)[], marks: {element: Element, mention: M}[]}}
 */
export function splitAt(text, mentions, make) {
  // Places are counted in code points, as Python does; a string is indexed in UTF-16 units.
  const points = Array.from(text);
  const pieces = [];
  const marks = [];
  let done = 0;
  for (const mention of [...mentions].sort((a, b) => a.start - b.start)) {
    if (mention.start < done || mention.end > points.length) continue;
    const element = make(mention, points.slice(mention.start, mention.end).join(""));
    pieces.push(points.slice(done, mention.start).join(""), element);
    marks.push({ element, mention });
    done = mention.end;
  }
  pieces.push(points.slice(done).join(""));
  return { pieces, marks };
}
