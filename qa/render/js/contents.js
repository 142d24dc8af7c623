// The final document as a browser has it, written out as HTML: what scripts made of it, shadow roots and the frames of
// the build in their places, and the words that style sheets add. Evaluated behind measure.js, in the same world, and as
// careful of pages that hide properties behind their own names.
(() => {
  "use strict";
  const { getter, method } = globalThis.qa;
  const rootOf = getter(Document, "documentElement");
  const nameOf = getter(Element, "localName");
  const shadowOf = getter(Element, "shadowRoot");
  const attribute = method(Element, "getAttribute");
  const firstOf = getter(Node, "firstChild");
  const nextOf = getter(Node, "nextSibling");
  const typeOf = getter(Node, "nodeType");
  const wordsOf = getter(CharacterData, "data");
  const filled = method(HTMLSlotElement, "assignedNodes");
  const framed = getter(HTMLIFrameElement, "contentDocument");

  const DEEPEST = 400; // elements in one another
  const LEFT_OUT = new Set(["script", "style", "noscript", "template", "link", "meta", "base", "object", "embed"]);
  const EMPTY = new Set(["area", "br", "col", "hr", "img", "input", "source", "track", "wbr"]);
  const KEPT = [
    "href", "xlink:href", "src", "alt", "title", "aria-label", "aria-labelledby", "role", "id", "for", "name", "type", "value",
    "action", "formaction", "onclick", "placeholder", "checked", "required", "lang", "aria-haspopup", "aria-expanded",
    "aria-controls", "data-toggle", "data-bs-toggle",
  ];
  const STRINGS = /"((?:[^"\\]|\\.)*)"/g;
  const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => SIGNS[sign]);

  const childrenOf = (node) => {
    const found = [];
    for (let child = firstOf(node); child; child = nextOf(child)) found.push(child);
    return found;
  };

  // The words a style sheet puts before or behind what an element holds.
  const added = (element, side) => {
    const style = getComputedStyle(element, side);
    if (!style.content.includes('"') || style.display === "none") return "";
    const words = [...style.content.matchAll(STRINGS)].map((found) => found[1].replace(/\\(.)/g, "$1")).join("");
    return /[\p{L}\p{N}\p{Sc}]/u.test(words) ? escaped(words) : "";
  };

  // What stands in an element as it is shown: of a shadow root, with what is put into its slots.
  const inside = (element) => {
    if (element instanceof HTMLIFrameElement) {
      try {
        const root = framed(element) && rootOf(framed(element));
        return root ? [root] : [];
      } catch {
        return []; // of another site
      }
    }
    if (element instanceof HTMLSlotElement) {
      const nodes = filled(element, { flatten: true });
      return nodes.length ? nodes : childrenOf(element);
    }
    return childrenOf(shadowOf(element) || element);
  };

  const startTag = (element, name, stamp, style) => {
    let tag = `<${name}`;
    for (const key of [stamp, ...KEPT]) {
      const value = attribute(element, key);
      if (value !== null) tag += ` ${key}="${escaped(value)}"`;
    }
    if (style.display === "none") tag += " hidden";
    else if (style.visibility !== "visible") tag += ' style="visibility:hidden"';
    return `${tag}>`;
  };

  const contents = (stamp, most, farthest) => {
    const parts = [];
    let left = most;
    let looked = 0;
    const put = (text) => {
      parts.push(text);
      left -= text.length;
    };
    const write = (node, depth) => {
      if (left <= 0 || looked++ > farthest || depth > DEEPEST) return;
      if (typeOf(node) === 3) return put(escaped(wordsOf(node)));
      if (typeOf(node) !== 1 || LEFT_OUT.has(nameOf(node))) return;
      const name = node instanceof HTMLIFrameElement ? "div" : nameOf(node) === "html" && depth ? "div" : nameOf(node);
      const style = getComputedStyle(node);
      put(startTag(node, name, stamp, style));
      if (EMPTY.has(name)) return;
      put(added(node, "::before"));
      for (const child of inside(node)) write(child, depth + 1);
      put(added(node, "::after"));
      put(`</${name}>`);
    };
    write(rootOf(document), 0);
    return left > 0 && looked <= farthest ? parts.join("") : "";
  };

  globalThis.qa.contents = contents;
})();
