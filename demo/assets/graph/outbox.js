/**
 * Sends actions to the server one after the other. The browser may send requests over several
 * connections, where a later one can overtake; so an edit leaves when the one before is answered.
 */

const GIVE_UP_MS = 6000;
// A selection has no answer to wait for. Requests this far apart arrive in order.
const UNANSWERED_MS = 60;

export class Outbox {
  /**
   * @param {(event: string, data: object) => void} trigger  Gradio's
   * @param {() => void} changed  called when what is waiting changes
   */
  constructor(trigger, changed) {
    Object.assign(this, { trigger, changed });
    /** @type {{action: string, seq: number, node?: string}[]} the first is on its way */
    this.waiting = [];
    this.last = 0;
  }

  /**
   * @param {string} action
   * @param {Record<string, unknown>} fields
   * @returns {number} its number; numbers grow, also over a reload of the page
   */
  send(action, fields) {
    this.last = Math.max(Date.now(), this.last + 1);
    this.waiting.push({ action, seq: this.last, ...fields });
    if (this.waiting.length === 1) this.sendFirst();
    this.changed();
    return this.last;
  }

  sendFirst() {
    const [first] = this.waiting;
    if (!first) return;
    const patience = first.action === "select" ? UNANSWERED_MS : GIVE_UP_MS;
    this.timer = setTimeout(() => {
      this.settle(first.seq);
      this.changed();
    }, patience);
    this.trigger("action", first);
  }

  /** @param {number | null} ack  the number of the last action that the server has done */
  settle(ack) {
    if (ack === null || !this.waiting.length || ack < this.waiting[0].seq) return;
    clearTimeout(this.timer);
    this.waiting = this.waiting.filter(({ seq }) => seq > ack);
    this.sendFirst();
  }

  /** The edits still under way. */
  get edits() {
    return this.waiting.filter(({ action }) => action !== "select");
  }

  /** The nodes whose change is still under way. */
  get nodes() {
    return this.edits.flatMap(({ node }) => node ?? []);
  }
}
