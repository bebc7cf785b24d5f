/**
 * Problems on paper. The sheet stands on the page as a preview; for printing, a copy of it takes
 * the place of the whole page. Shows the document of demo/teaching/worksheet.py.
 */

import { html, svg } from "./dom.js";
import { readSvg } from "./graph/safe_svg.js";
import { listenWhileConnected } from "./link.js";

class WorksheetView {
  constructor({ element }, { style }) {
    this.root = element.querySelector(".dagger-worksheet");
    this.style = html("style", {}, [style]);
    this.paper = html("article", { class: "ws-paper" });
    this.root.append(this.style, this.paper);
    listenWhileConnected(this.root, "beforeprint", () => this.cover(), window);
    listenWhileConnected(this.root, "afterprint", () => this.uncover(), window);
  }

  show(doc) {
    this.doc = doc;
    this.paper.hidden = !doc;
    if (!doc) return;
    this.paper.lang = doc.lang;
    const { texts, problems } = doc;
    const line = (label) => html("span", { class: "ws-field" }, [`${label}: `]);
    const solved = problems.filter((problem) => problem.solution);
    this.paper.replaceChildren(
      html("h1", {}, [doc.title]),
      html("p", { class: "ws-fields" }, [line(texts.name), line(texts.date)]),
      html("p", {}, [texts.asked]),
      ...problems.map((problem) => this.problem(problem)),
      ...(solved.length ? [html("h1", { class: "ws-break" }, [texts.answers])] : []),
      ...solved.map((problem) => this.solution(problem)),
    );
    if (doc.print !== this.printed) {
      this.printed = doc.print;
      document.fonts.ready.then(() => window.print());
    }
  }

  problem({ number, question, lines }) {
    const { texts } = this.doc;
    const rules = Array.from({ length: lines }, () => html("hr"));
    return html("section", {}, [
      html("p", { class: "ws-question" }, [html("b", {}, [number]), ` ${question}`]),
      html("div", { class: "ws-rules" }, [texts.steps, ...rules]),
      html("p", { class: "ws-field" }, [`${texts.answer}: `]),
    ]);
  }

  solution({ number, question, solution }) {
    const picture = solution.svg ? readSvg(solution.svg) : null;
    const drawn = picture && svg("svg", { viewBox: `0 0 ${picture.width} ${picture.height}`, "aria-hidden": "true" }, [picture.root]);
    if (drawn) drawn.style.maxWidth = `${picture.width * 0.8}pt`;
    return html("section", { class: "ws-solution" }, [
      html("p", { class: "ws-question" }, [html("b", {}, [number]), ` ${question}`]),
      html("ol", {}, solution.sentences.map((sentence) => html("li", {}, [sentence]))),
      ...(drawn ? [drawn] : []),
    ]);
  }

  /** Put a copy in front of everything, as parts of the page would cut it at the first sheet. */
  cover() {
    if (!this.doc || !this.root.checkVisibility()) return;
    this.uncover();
    const copy = html("div", { class: "dagger-print" }, []);
    copy.append(this.style.cloneNode(true), this.paper.cloneNode(true));
    document.body.append(copy);
  }

  uncover() {
    document.querySelector("body > .dagger-print")?.remove();
  }
}

/** Called by Gradio when the component appears. */
export function mountWorksheet(host, options) {
  const view = new WorksheetView(host, options);
  host.watch("value", () => view.show(host.props.value));
  view.show(host.props.value);
}
