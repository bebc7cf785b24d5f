/**
 * The picture of a graph, to look at and to edit. It shows the document that the server
 * makes (see demo/picture.py) and sends back small actions; it decides nothing about graphs.
 */

import { fillIn, focusFirstField, html, pageLanguage } from "../dom.js";
import { Link, listenWhileConnected } from "../link.js";
import { commandFor, isTyping } from "./commands.js";
import { Connector } from "./connector.js";
import { Gestures } from "./gestures.js";
import { Outbox } from "./outbox.js";
import { Scene } from "./scene.js";
import { Help, Toolbar } from "./toolbar.js";
import { Viewport } from "./viewport.js";

const NOTHING = {
  ...{ key: "", revision: 0, ack: null, lang: pageLanguage(), theme: "light", state: "empty", message: "" },
  ...{ svg: "", alt: "", nodes: [], selected: null, marked: [] },
  ...{ editable: false, can_undo: false, can_redo: false },
};
const ZOOM_STEP = 1.25;
const NOTICE_MS = 4000;

class GraphView {
  /**
   * @param {{element: HTMLElement, trigger: (event: string, data: object) => void}} host
   * @param {{channel: string, inspector: string, style: string,
   *   texts: Record<string, Record<string, string>>}} options
   */
  constructor({ element, trigger }, options) {
    this.options = options;
    this.doc = NOTHING;
    this.hovered = [];
    /** @type {string | null} */
    this.selected = null;
    this.selectedAt = 0;
    this.build(element.querySelector(".dagger-graph"));
    this.viewport = new Viewport(this.stage);
    this.scene = new Scene(this.stage, this.viewport);
    this.gestures = new Gestures(this.stage, this.viewport);
    this.outbox = new Outbox(trigger, () => this.refresh());
    this.connector = new Connector(
      this.stage,
      (dom) => this.scene.elements.get(dom) ?? null,
      (source, target) => this.act("connect", source, { target, target_id: this.idOf(target) }),
      (phase, source) => this.tell(phase && `connect_${phase}`, source),
    );
    this.stage.append(this.connector.overlay);
    this.link = new Link(this.root, options.channel);
    this.listen();
  }

  build(root) {
    this.root = root;
    this.toolbar = new Toolbar((name) => this.run(name));
    this.help = new Help();
    this.stage = html("div", { class: "gv-stage", role: "application", tabindex: "-1" });
    this.message = html("p", { class: "gv-message", role: "status" });
    this.notice = html("p", { class: "gv-notice", role: "status" });
    this.alt = html("div", { class: "gv-hidden" });
    const frame = html("div", { class: "gv-frame" }, [this.stage, this.message, this.notice]);
    const style = html("style", {}, [this.options.style]);
    root.append(style, this.toolbar.element, frame, this.alt, this.help.element);
  }

  listen() {
    const { stage } = this;
    stage.addEventListener("click", (event) => this.click(nodeOf(event)));
    stage.addEventListener("dblclick", (event) => this.doubleClick(nodeOf(event)));
    stage.addEventListener("pointerover", (event) => this.hover(nodeOf(event)));
    stage.addEventListener("pointerleave", () => this.hover(null));
    stage.addEventListener("focusin", (event) => this.focusMoved(nodeOf(event)));
    stage.addEventListener("focusout", () => this.hover(null));
    stage.addEventListener("keydown", (event) => this.key(event, false));
    listenWhileConnected(this.root, "keydown", (event) => this.key(event, true));
    listenWhileConnected(this.root, "fullscreenchange", () =>
      this.root.toggleAttribute("data-full", document.fullscreenElement === this.root),
    );
    this.link.hear("hover", (nodes) => this.setHovered(nodes));
    this.link.hear("select", ([node]) => this.select(node ?? null));
    this.link.hear("command", ([name]) => this.command(name));
    this.link.hear("known", (nodes) => this.scene.know(nodes));
    new ResizeObserver(() => this.resized()).observe(stage);
    const themes = new MutationObserver(() =>
      this.root.isConnected ? this.askForTheme() : themes.disconnect(),
    );
    themes.observe(document.body, { attributeFilter: ["class"] });
  }

  get texts() {
    return this.options.texts[this.doc.lang] ?? this.options.texts.en;
  }

  get pageTheme() {
    return this.root.closest(".dark") ? "dark" : "light";
  }

  idOf(dom) {
    return this.scene.paths.nodes.get(dom)?.id ?? null;
  }

  /** @param {string | null} json  a document of the server, or nothing */
  show(json) {
    const old = this.doc;
    this.doc = { ...NOTHING, ...(json ? JSON.parse(json) : {}) };
    this.outbox.settle(this.doc.ack);
    this.isNew ||= this.doc.key !== old.key || this.scene.isEmpty;
    this.paint();
    this.askForTheme();
  }

  paint() {
    const { doc, root, stage, texts } = this;
    root.lang = doc.lang;
    // Where nothing is drawn, the place is as light or dark as the page.
    const theme = doc.svg ? doc.theme : this.pageTheme;
    Object.assign(root.dataset, { state: doc.state, theme, revision: doc.revision });
    stage.setAttribute("aria-label", texts.picture);
    this.alt.textContent = doc.alt;
    this.message.textContent = doc.message;
    this.draw();
    this.refresh();
  }

  draw() {
    if (this.viewport.isHidden) return; // `resized` draws when there is room
    const { doc, scene } = this;
    const focused = scene.paths.nodes.get(scene.focused);
    const selected = scene.paths.nodes.get(this.selected);
    const gone = scene.paths.nodes.get(this.outbox.nodes.at(-1));
    if (!doc.svg || doc.state === "error" || doc.state === "empty") scene.clear();
    else {
      const anchor = (gone ?? focused ?? selected)?.dom ?? null;
      const how = { isNew: this.isNew, anchor, handleHint: this.texts.mouse_connect };
      if (!scene.draw(doc, how)) this.message.textContent = this.texts.unreadable;
      this.isNew = false;
    }
    const serverKnows = doc.ack == null || doc.ack >= this.selectedAt;
    this.selected = serverKnows ? doc.selected : scene.paths.successor(selected);
    if (!scene.elements.has(this.selected)) this.selected = null;
    this.link.say("select", this.selected === null ? [] : [this.selected]);
    if (focused) this.refocus(focused);
    if (this.connector.active) this.connector.cancel();
  }

  /** The picture was replaced under the focus: put it on the same node, or near it. */
  refocus(old) {
    const { paths } = this.scene;
    const near = [old.dom, ...old.parents].find((dom) => paths.nodes.has(dom));
    const dom = paths.successor(old) ?? near ?? paths.first;
    this.scene.mark({ selected: this.selected, current: dom, hovered: [], pending: [] });
    if (dom) this.scene.elements.get(dom)?.focus({ preventScroll: true });
    else this.stage.focus({ preventScroll: true });
  }

  /** Bring marks and buttons in line with what is selected, hovered and under way. */
  refresh() {
    const { doc, scene, selected } = this;
    const current = scene.focused ?? selected ?? scene.paths.first;
    const pending = this.outbox.nodes;
    scene.mark({ selected, current, hovered: this.hovered, pending });
    this.root.toggleAttribute("data-pending", this.outbox.edits.length > 0);
    this.stage.setAttribute("aria-busy", String(doc.state === "busy" || pending.length > 0));
    const state = { editable: doc.editable, selected: selected !== null, picture: !scene.isEmpty };
    this.toolbar.show(this.texts, { ...state, undo: doc.can_undo, redo: doc.can_redo });
  }

  resized() {
    this.viewport.measure();
    if (this.viewport.isHidden) return;
    if (this.scene.isEmpty || this.isNew) this.paint();
    else if (this.viewport.automatic) this.viewport.fit();
  }

  /** The server draws for light or dark; tell it when the page shows the other one. */
  askForTheme() {
    const theme = this.pageTheme;
    if (!this.doc.svg) this.root.dataset.theme = theme;
    if (theme === this.doc.theme || !this.doc.svg) this.asked = null;
    else if (theme !== this.asked) {
      this.asked = theme;
      this.act("theme", null, { theme });
    }
  }

  /** Send an action about a node. */
  act(action, node, fields = {}) {
    const about = node === null ? {} : { node, id: this.idOf(node) };
    return this.outbox.send(action, { revision: this.doc.revision, ...about, ...fields });
  }

  select(dom) {
    if (dom === this.selected || (dom !== null && !this.scene.elements.has(dom))) return;
    this.selected = dom;
    this.selectedAt = this.act("select", dom);
    this.link.say("select", dom === null ? [] : [dom]);
    this.refresh();
  }

  click(dom) {
    if (this.gestures.dragged) return;
    if (this.connector.active) {
      if (dom !== this.connector.source) this.connector.finish(dom);
      return;
    }
    this.select(dom);
    if (dom) this.scene.elements.get(dom)?.focus({ preventScroll: true });
  }

  doubleClick(dom) {
    if (dom && this.doc.editable && !this.gestures.dragged) this.act("toggle", dom);
  }

  hover(dom) {
    if (this.gestures.dragged && dom) return;
    this.setHovered(dom ? [dom] : []);
    this.link.say("hover", dom ? [dom] : [], dom ? [...this.scene.paths.upstream(dom)] : []);
  }

  setHovered(nodes) {
    this.hovered = nodes;
    this.scene.light(nodes.filter((dom) => this.scene.elements.has(dom)));
  }

  focusMoved(dom) {
    if (dom && this.scene.elements.get(dom)?.matches(":focus-visible")) this.hover(dom);
    if (dom && this.connector.active) this.connector.point(dom);
    this.refresh();
  }

  key(event, wholePage) {
    const command = commandFor(event);
    if (!command || Boolean(command.page) !== wholePage || event.defaultPrevented) return;
    if (wholePage && (isTyping(event.target) || this.viewport.isHidden)) return;
    if (command.edit && !this.doc.editable) return;
    if (event.repeat && command.node) return; // a key held down is one edit, not thirty
    event.preventDefault();
    this.run(command.name, event.key);
  }

  /** Another view asks for a command, as its keys do here. */
  command(name) {
    if (!this.viewport.isHidden) this.run(name);
  }

  /** @param {string} name  of a command @param {string} [key] */
  run(name, key) {
    const { scene, viewport } = this;
    const target = scene.focused ?? this.selected;
    switch (name) {
      case "undo":
      case "redo":
      case "add":
        return this.act(name, null);
      case "toggle":
      case "delete":
        return target && this.act(name, target);
      case "connect":
        return target && this.beginConnecting(target);
      case "zoom_in":
        return viewport.zoom(ZOOM_STEP);
      case "zoom_out":
        return viewport.zoom(1 / ZOOM_STEP);
      case "fit":
        return viewport.fit();
      case "actual":
        return viewport.actualSize();
      case "full_screen":
        return this.toggleFullScreen();
      case "help":
        return this.help.open(this.texts, this.doc.editable);
      case "next_node":
        return this.step(1);
      case "previous_node":
        return this.step(-1);
      case "last":
        return scene.focus(scene.paths.first);
      case "choose":
        return this.choose(target, key);
      case "cancel":
        return this.cancel();
      default:
        return this.walk(name);
    }
  }

  /** @param {"up" | "down" | "left" | "right"} direction */
  walk(direction) {
    const { focused, paths } = this.scene;
    this.scene.focus(focused ? this.scene.neighbour(focused, direction) : paths.first);
  }

  /** Select the node after or before the selected one, in the order of the graph. */
  step(by) {
    const doms = this.doc.nodes.map(({ dom }) => dom);
    if (!doms.length) return;
    const here = doms.indexOf(this.selected);
    const next = doms[here < 0 && by < 0 ? doms.length - 1 : (here + by + doms.length) % doms.length];
    this.select(next);
    this.scene.focus(next);
  }

  choose(target, key) {
    if (this.connector.active) return this.connector.finish(target);
    if (target) this.select(target);
    if (key === "Enter" && this.options.inspector) focusFirstField(this.options.inspector);
  }

  /** Esc ends one thing: connecting, else the selection, else the full page. */
  cancel() {
    if (this.connector.active) this.connector.cancel();
    else if (this.selected !== null) this.select(null);
    else this.root.removeAttribute("data-full");
  }

  beginConnecting(source) {
    this.scene.focus(source);
    this.connector.begin(source);
  }

  /** @param {string} name  of a sentence in `texts`, or "" to say nothing any more */
  tell(name, dom) {
    this.notice.textContent = fillIn(this.texts[name] ?? "", { node: this.idOf(dom) ?? "" });
    clearTimeout(this.silence);
    if (name && !this.connector.active) {
      this.silence = setTimeout(() => this.tell("", null), NOTICE_MS);
    }
  }

  async toggleFullScreen() {
    if (document.fullscreenElement) return document.exitFullscreen();
    try {
      await this.root.requestFullscreen();
    } catch {
      // An embedding page may forbid it: then the picture fills the page instead.
      this.root.toggleAttribute("data-full");
    }
  }
}

/** The node a browser event is about. */
function nodeOf(event) {
  return event.target.closest("[data-node]")?.dataset.node ?? null;
}

/** Called by Gradio when the component appears. */
export function mountGraphView(host, options) {
  const view = new GraphView(host, options);
  host.watch("value", () => view.show(host.props.value));
  view.show(host.props.value);
}
