/** Pointer and wheel on the stage: drag to pan, pinch or Ctrl and wheel to zoom. */

const DRAG_THRESHOLD = 4;
const WHEEL_SPEED = 0.002;
const WHEEL_STEP_LIMIT = 60;

export class Gestures {
  /**
   * @param {HTMLElement} stage
   * @param {import("./viewport.js").Viewport} viewport
   */
  constructor(stage, viewport) {
    this.stage = stage;
    this.viewport = viewport;
    /** @type {Map<number, {x: number, y: number}>} */
    this.pointers = new Map();
    /** True from the moment a press became a drag until the next press: no click then. */
    this.dragged = false;
    this.travel = 0;
    stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    stage.addEventListener("pointerdown", (event) => this.press(event));
    stage.addEventListener("pointermove", (event) => this.move(event));
    for (const type of ["pointerup", "pointercancel", "lostpointercapture"]) {
      stage.addEventListener(type, (event) => this.pointers.delete(event.pointerId));
    }
  }

  wheel(event) {
    const zooming = event.ctrlKey || event.metaKey;
    if (!zooming && !this.stage.closest("[data-full]")) return;
    event.preventDefault();
    if (!zooming) {
      this.viewport.pan(-event.deltaX, -event.deltaY);
      return;
    }
    const step = Math.max(-WHEEL_STEP_LIMIT, Math.min(WHEEL_STEP_LIMIT, event.deltaY));
    const { x, y } = this.onStage(event);
    this.viewport.zoom(Math.exp(-step * WHEEL_SPEED * 2), x, y);
  }

  press(event) {
    if (event.button !== 0 || event.target.closest("[data-handle]")) return;
    if (!this.pointers.size) {
      this.dragged = false;
      this.travel = 0;
    }
    this.pointers.set(event.pointerId, this.onStage(event));
  }

  move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = this.onStage(event);
    this.travel += Math.hypot(now.x - before.x, now.y - before.y);
    if (!this.dragged && this.travel < DRAG_THRESHOLD) {
      this.pointers.set(event.pointerId, now);
      return;
    }
    // Captured only now: a captured press would send its click to the stage, not the node.
    if (!this.dragged) this.stage.setPointerCapture(event.pointerId);
    this.dragged = true;
    if (this.pointers.size === 2) this.pinch(event.pointerId, before, now);
    else this.viewport.pan(now.x - before.x, now.y - before.y);
    this.pointers.set(event.pointerId, now);
  }

  pinch(moving, before, now) {
    const [, still] = [...this.pointers].find(([id]) => id !== moving);
    const factor = distance(now, still) / Math.max(distance(before, still), 1);
    this.viewport.zoom(factor, (now.x + still.x) / 2, (now.y + still.y) / 2);
  }

  onStage(event) {
    const stage = this.stage.getBoundingClientRect();
    return { x: event.clientX - stage.left, y: event.clientY - stage.top };
  }
}

function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
