/**
 * What the views of one page share: hover and selection travel between them as
 * CustomEvents on `document`, so that a hover costs no trip to the server.
 */

/**
 * Listen on `target` until `element` has left the page. Gradio gives a component no
 * hook for its removal, so a listener that outlives its element removes itself.
 * @param {Element} element
 * @param {string} type
 * @param {(event: any) => void} handler
 * @param {EventTarget} [target]
 */
export function listenWhileConnected(element, type, handler, target = document) {
  const listener = (/** @type {Event} */ event) => {
    if (element.isConnected) handler(event);
    else target.removeEventListener(type, listener);
  };
  target.addEventListener(type, listener);
}

/** One conversation between views; views on other channels do not hear it. */
export class Link {
  /**
   * @param {Element} element  the view that speaks and listens
   * @param {string} channel
   */
  constructor(element, channel) {
    this.element = element;
    this.channel = channel;
  }

  /**
   * @param {"hover" | "select" | "known" | "command"} kind
   * @param {string[] | null} nodes  dom ids; none means "no longer"; for "known", null means all
   * @param {string[]} [sources]  what those nodes are computed from
   */
  say(kind, nodes, sources = []) {
    const detail = { nodes, sources, from: this.element };
    document.dispatchEvent(new CustomEvent(`dagger-${kind}-${this.channel}`, { detail }));
  }

  /**
   * @param {"hover" | "select" | "known" | "command"} kind
   * @param {(nodes: string[] | null, sources: string[]) => void} handler  not called for what this view said
   */
  hear(kind, handler) {
    listenWhileConnected(this.element, `dagger-${kind}-${this.channel}`, (event) => {
      if (event.detail.from !== this.element) handler(event.detail.nodes, event.detail.sources);
    });
  }
}
