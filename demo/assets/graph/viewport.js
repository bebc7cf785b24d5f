/** What part of the picture the stage shows: zoom, pan, fit. */

import { middleOf } from "./geometry.js";

const POINTS_TO_PIXELS = 4 / 3;
const MARGIN = 16;
const SMALLEST = 0.1;
const LARGEST = 8;

export class Viewport {
  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.stage = stage;
    /** @type {SVGElement | null} */
    this.camera = null;
    this.scale = 1;
    this.x = 0;
    this.y = 0;
    this.width = 0;
    this.height = 0;
    this.stageWidth = 0;
    this.stageHeight = 0;
    /** True until the person zooms or pans: then the view is theirs. */
    this.automatic = true;
  }

  /** Read the stage's size. It is kept, as reading it forces the browser to lay out the page. */
  measure() {
    this.stageWidth = this.stage.clientWidth;
    this.stageHeight = this.stage.clientHeight;
  }

  get isHidden() {
    return !this.stageWidth;
  }

  /**
   * Show another picture. A new graph is fitted; the same graph keeps its view.
   * @param {{root: SVGElement, width: number, height: number}} picture
   * @param {boolean} isNew
   */
  show({ root, width, height }, isNew) {
    Object.assign(this, { camera: root, width, height });
    if (isNew) this.fit();
    else this.apply();
  }

  fit() {
    this.automatic = true;
    const room = Math.min(
      (this.stageWidth - 2 * MARGIN) / this.width,
      (this.stageHeight - 2 * MARGIN) / this.height,
    );
    // Larger than it is only where that is wanted: on a whole screen.
    const enlarge = Number(getComputedStyle(this.stage).getPropertyValue("--gv-enlarge")) || 1;
    this.scale = clamp(room, SMALLEST, POINTS_TO_PIXELS * enlarge);
    this.centre();
  }

  actualSize() {
    this.automatic = false;
    this.scale = POINTS_TO_PIXELS;
    this.centre();
  }

  centre() {
    this.x = (this.stageWidth - this.width * this.scale) / 2;
    this.y = (this.stageHeight - this.height * this.scale) / 2;
    this.apply();
  }

  /**
   * Move the picture so that what was in one box and is now in another stays where it was; fit
   * it again if nobody chose the view and part of the picture is outside it.
   * @param {import("./geometry.js").Box} [before]
   * @param {import("./geometry.js").Box} [now]
   */
  keep(before, now) {
    if (before && now) {
      const [from, to] = [middleOf(before), middleOf(now)];
      this.shift((from.x - to.x) * this.scale, (from.y - to.y) * this.scale);
    }
    const right = this.x + this.width * this.scale;
    const bottom = this.y + this.height * this.scale;
    const cut = this.x < 0 || this.y < 0 || right > this.stageWidth || bottom > this.stageHeight;
    if (this.automatic && cut) this.fit();
  }

  /**
   * @param {number} factor
   * @param {number} [x]  the point of the stage that stays where it is; by default the middle
   * @param {number} [y]
   */
  zoom(factor, x = this.stageWidth / 2, y = this.stageHeight / 2) {
    const scale = clamp(this.scale * factor, SMALLEST, LARGEST);
    const change = scale / this.scale;
    this.automatic = false;
    this.x = x - (x - this.x) * change;
    this.y = y - (y - this.y) * change;
    this.scale = scale;
    this.apply();
  }

  pan(dx, dy) {
    this.automatic = false;
    this.shift(dx, dy);
  }

  /** Move the picture without taking the view over. */
  shift(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.apply();
  }

  /**
   * Bring a part of the picture into view, moving as little as needed.
   * @param {import("./geometry.js").Box} box
   */
  reveal({ x, y, width, height }) {
    const [left, top] = [this.x + x * this.scale, this.y + y * this.scale];
    const [right, bottom] = [left + width * this.scale, top + height * this.scale];
    const dx = overflow(left, right, MARGIN, this.stageWidth - MARGIN);
    const dy = overflow(top, bottom, MARGIN, this.stageHeight - MARGIN);
    if (dx || dy) this.shift(dx, dy);
  }

  apply() {
    this.camera?.setAttribute(
      "transform",
      `translate(${this.x} ${this.y}) scale(${this.scale})`,
    );
    this.stage.dataset.zoom = this.scale.toFixed(3);
    this.stage.dataset.fitted = String(this.automatic);
  }
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/** How far to move the interval from `start` to `end` so that it lies in `low` to `high`. */
function overflow(start, end, low, high) {
  if (start < low) return low - start;
  return end > high ? Math.max(high - end, low - start) : 0;
}
