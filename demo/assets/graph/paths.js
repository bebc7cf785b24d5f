/** Who depends on whom: plain functions over the nodes of a picture. */

/**
 * @typedef {{dom: string, id: string, role: "const" | "op" | "final", distractor: boolean,
 *   failed: boolean, parents: string[], text: string}} PictureNode
 */

export class Paths {
  /** @param {PictureNode[]} nodes */
  constructor(nodes) {
    /** @type {Map<string, PictureNode>} */
    this.nodes = new Map(nodes.map((node) => [node.dom, node]));
    /** @type {Map<string, string[]>} */
    this.children = new Map(nodes.map((node) => [node.dom, []]));
    for (const node of nodes) {
      for (const parent of node.parents) this.children.get(parent)?.push(node.dom);
    }
  }

  /** The nodes whose values `dom` uses directly. */
  parentsOf(dom) {
    return (this.nodes.get(dom)?.parents ?? []).filter((parent) => this.nodes.has(parent));
  }

  childrenOf(dom) {
    return this.children.get(dom) ?? [];
  }

  /** `dom` and all it depends on. */
  upstream(dom) {
    return closure(dom, (node) => this.parentsOf(node));
  }

  /** `dom` and all that depends on it. */
  downstream(dom) {
    return closure(dom, (node) => this.childrenOf(node));
  }

  /** The node that a new picture shows for `old`, a node of the picture before it. */
  successor(old) {
    if (!old) return null;
    if (this.nodes.get(old.dom)?.id === old.id) return old.dom;
    for (const node of this.nodes.values()) if (node.id === old.id) return node.dom;
    return null;
  }

  /** Where the keyboard starts: the answer, else the last node. */
  get first() {
    const all = [...this.nodes.values()];
    return (all.find((node) => node.role === "final") ?? all.at(-1))?.dom ?? null;
  }
}

/**
 * @param {string} start
 * @param {(dom: string) => string[]} next
 * @returns {Set<string>}
 */
function closure(start, next) {
  const seen = new Set([start]);
  const waiting = [start];
  while (waiting.length) {
    for (const dom of next(waiting.pop())) {
      if (!seen.has(dom)) {
        seen.add(dom);
        waiting.push(dom);
      }
    }
  }
  return seen;
}
