/** The buttons that go through an explanation step by step: first, back, play, on, everything. */

import { fillIn, html, svg } from "./dom.js";

const PACE_MS = 2000;
const SIGNS = {
  first: "M12 6l-6 6 6 6M19 6l-6 6 6 6",
  back: "M15 6l-6 6 6 6",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  on: "M9 6l6 6-6 6",
  all: "M5 7h14M5 12h14M5 17h14",
};

export class Walk {
  /** @param {(step: number | null, moved: boolean) => void} go  null: everything is shown */
  constructor(go) {
    this.go = go;
    this.step = null;
    this.count = 0;
    this.buttons = {};
    this.place = html("span", { class: "ev-place", role: "status" });
    this.element = html("div", { class: "ev-walk", role: "toolbar" });
    const run = {
      first: () => this.to(0),
      back: () => this.to(this.step === null ? this.count - 1 : this.step - 1),
      play: () => (this.timer ? this.pause() : this.play()),
      on: () => this.to(this.step === null ? 0 : this.step + 1),
      all: () => this.to(null),
    };
    for (const [name, action] of Object.entries(run)) {
      const icon = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, [svg("path")]);
      const button = html("button", { type: "button", "data-walk": name }, [icon]);
      button.addEventListener("click", () => {
        if (button.ariaDisabled === "true") return;
        if (name !== "play") this.pause();
        action();
      });
      this.buttons[name] = button;
      this.element.append(button);
    }
    this.element.append(this.place);
  }

  /** Another graph: nothing of the way through the one before is left. */
  reset(count, texts) {
    this.pause();
    Object.assign(this, { count, texts, step: null });
    this.element.hidden = count === 0;
    this.element.setAttribute("aria-label", texts.walk);
    this.show();
  }

  /** @param {number | null} step */
  to(step) {
    this.step = step === null ? null : Math.min(Math.max(step, 0), this.count);
    this.show();
    this.go(this.step);
  }

  play() {
    if (this.step === null || this.step === this.count) this.to(0);
    this.timer = setInterval(() => {
      if (!this.element.isConnected || this.step === null || this.step >= this.count) this.pause();
      else this.to(this.step + 1);
    }, PACE_MS);
    this.show();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    if (this.texts) this.show();
  }

  show() {
    const { buttons, step, count, texts } = this;
    const off = { first: step === 0, back: step === 0, on: step === count, all: step === null };
    for (const [name, button] of Object.entries(buttons)) {
      const shown = name === "play" && this.timer ? "pause" : name;
      const label = texts[shown];
      button.querySelector("path").setAttribute("d", SIGNS[shown]);
      button.title = label;
      button.setAttribute("aria-label", label);
      button.ariaDisabled = String(Boolean(off[name]));
    }
    const number = (value) => value.toLocaleString(texts.locale);
    const place = { step: number(step ?? 0), count: number(count) };
    this.place.textContent = step === null ? "" : fillIn(step ? texts.place : texts.start, place);
  }
}
