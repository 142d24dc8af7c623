// The measuring of a drawn document. Evaluated in an isolated world, whose objects the page's own scripts cannot reach.
// The tree itself they can: <form name="body"> hides document.body, <input name="tagName"> a form's tagName. So every
// property of an element is read through its prototype.
(() => {
  "use strict";
  const getter = (type, name) => {
    const read = Object.getOwnPropertyDescriptor(type.prototype, name).get;
    return (object) => read.call(object);
  };
  const method = (type, name) => {
    const call = type.prototype[name];
    return (object, ...rest) => call.apply(object, rest);
  };
  const rootOf = getter(Document, "documentElement");
  const bodyOf = getter(Document, "body");
  const focused = getter(Document, "activeElement");
  const fontsOf = getter(Document, "fonts");
  const animations = method(Document, "getAnimations");
  const sheets = Object.getOwnPropertyDescriptor(Document.prototype, "adoptedStyleSheets");
  const treeWalker = method(Document, "createTreeWalker");
  const select = method(Document, "querySelectorAll");
  const attribute = method(Element, "getAttribute");
  const dropAttribute = method(Element, "removeAttribute");
  const boxOf = method(Element, "getBoundingClientRect");
  const nameOf = getter(Element, "localName");
  const scrollWidth = getter(Element, "scrollWidth");
  const scrollHeight = getter(Element, "scrollHeight");
  const checked = Element.prototype.checkVisibility ? method(Element, "checkVisibility") : () => true;
  const parentOf = getter(Node, "parentElement");
  const firstOf = getter(Node, "firstChild");
  const nextOf = getter(Node, "nextSibling");
  const typeOf = getter(Node, "nodeType");
  const textOf = getter(Node, "textContent");
  const wordsOf = getter(CharacterData, "data");

  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  // Nothing that moves: animations that end are shown as they end, those that never do as they begin.
  const still = () => {
    const moving = animations(document);
    for (const animation of moving) {
      try {
        animation.finish();
      } catch {
        animation.pause();
        animation.currentTime = 0;
      }
    }
    return moving.length > 0;
  };

  const loaded = () => getter(Document, "readyState")(document) === "complete";

  // A change of place in the head ends the document before its body.
  const begun = () => bodyOf(document) !== null;

  const quiet = async (calm, longest) => {
    let last = performance.now();
    const end = last + longest;
    const watcher = new MutationObserver(() => (last = performance.now()));
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    while (performance.now() - last < calm && performance.now() < end) await pause(calm / 4);
    watcher.disconnect();
  };

  // Down the page and back, for what a page shows only once it was scrolled to.
  const walk = async () => {
    for (let step = 1; step <= 30 && step * innerHeight < scrollHeight(rootOf(document)); step++) {
      scrollTo({ top: step * innerHeight, behavior: "instant" });
      await frame();
    }
    scrollTo({ top: 0, behavior: "instant" });
  };

  const images = () => [...select(document, "img")].filter((image) => image instanceof HTMLImageElement);

  // Phones show a message that is too wide smaller, until all of it is on the screen: laid out as before, then shrunk.
  const fitting = new CSSStyleSheet();
  let wide = 0; // what it reached before it was shrunk; 0 where it was not

  const fit = (fits) => {
    fitting.replaceSync("");
    const reached = fits ? reach() : 0;
    wide = reached > innerWidth + 1 ? reached : 0;
    if (!wide) return 1;
    const side = getComputedStyle(rootOf(document)).direction === "rtl" ? "100%" : "0";
    fitting.replaceSync(`:root{transform:scale(${innerWidth / wide})!important;transform-origin:${side} 0!important}`);
    return innerWidth / wide;
  };

  // Merge tags in colours: what a platform writes there when it sends, nobody knows. Browsers read bgcolor="{{ x }}" as
  // a colour of its own, and drop a declaration of CSS.
  const TAG = /\{\{|\{%|\$\{|%%|\*\||\[\[|<%|#\{/;
  const TAGS = /\{\{\{[^{}]*\}\}\}|\{\{[^{}]*\}\}|\{%[^%]*%\}|[$#]\{[^{}]*\}|%%[^%]*%%|\*\|[^|]*\|\*|\[\[[^\]]*\]\]|<%[^%]*%>/g;
  const HELD = "\u0001"; // stands for a merge tag
  const later = { ground: new WeakSet(), ink: new WeakSet(), picture: new WeakSet() };

  const noteStyle = (element, css) => {
    const written = css.replace(TAGS, HELD);
    for (const [, name, value] of written.matchAll(/(?:^|;)\s*(?:([\w-]+)\s*:)?([^;]*)/g)) {
      if (!value.includes(HELD)) continue;
      if (name && name.toLowerCase().startsWith("background") && /url\(/i.test(value)) later.picture.add(element);
      else if (!name || name.toLowerCase().startsWith("background")) later.ground.add(element);
      if (!name || name.toLowerCase() === "color") later.ink.add(element);
    }
  };

  const noteSheet = (css) => {
    const written = css.replace(/\/\*.*?\*\//gs, "").replace(TAGS, HELD);
    for (const [, selector, rule] of written.matchAll(/([^{};]+)\{([^{}]*)\}/g)) {
      if (!rule.includes(HELD)) continue;
      try {
        for (const element of select(document, selector)) noteStyle(element, rule);
      } catch {
        // no selector: a condition, a keyframe
      }
    }
  };

  const noteTags = () => {
    for (const sheet of select(document, "style")) {
      const css = textOf(sheet);
      if (TAG.test(css)) noteSheet(css);
    }
    for (const element of select(document, "[style],[bgcolor],font[color],body[text],[background]")) {
      const style = attribute(element, "style");
      if (style && TAG.test(style)) noteStyle(element, style);
      for (const name of ["bgcolor", "background", "color", "text"]) {
        if (!TAG.test(attribute(element, name) || "")) continue;
        later[{ color: "ink", text: "ink", background: "picture" }[name] || "ground"].add(element);
        if (name !== "background") dropAttribute(element, name);
      }
    }
  };

  const settle = async (scripted) => {
    noteTags();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "*,*::before,*::after{transition:none!important;caret-color:transparent!important}" +
        ":root{column-rule-color:Canvas!important}", // tells `measure` what lies under everything, in dark mode too
    );
    sheets.set.call(document, [...sheets.get.call(document), sheet, fitting]);
    for (const element of select(document, "[autofocus]")) dropAttribute(element, "autofocus");
    if (focused(document) instanceof HTMLElement) method(HTMLElement, "blur")(focused(document));
    for (const image of images()) image.loading = "eager";
    if (scripted) {
      await quiet(100, 2000);
      await walk();
      await quiet(100, 2000);
    }
    await drawn(false);
  };

  const drawn = async (scripted) => {
    if (scripted) await quiet(50, 1000);
    await Promise.allSettled(images().map((image) => image.decode()));
    await fontsOf(document).ready;
    if (still() || scripted) {
      await frame();
      still(); // what the end of the first ones set off
      await frame();
    }
  };

  const CHANNELS = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/;
  const channels = (colour) => {
    const found = CHANNELS.exec(colour);
    return found && [+found[1], +found[2], +found[3], found[4] === undefined ? 1 : +found[4]];
  };

  const TRANSPARENT = [0, 0, 0, 0];

  // The colour that is seen, a translucent one mixed with what is behind.
  const mixed = (own, behind) => {
    if (own[3] === 0) return behind;
    const under = own[3] === 1 ? TRANSPARENT : channels(behind);
    const mix = [0, 1, 2].map((at) => Math.round(own[at] * own[3] + under[at] * (1 - own[3])));
    return `rgb(${mix.join(", ")})`;
  };

  // What is behind a text: a colour, and whether a picture lies on that (or a colour this cannot read).
  const ground = (element, style, above) => {
    const own = later.ground.has(element) ? null : channels(style.backgroundColor);
    const backdrop = mixed(own || TRANSPARENT, above.backdrop);
    const picture = style.backgroundImage !== "none" || later.picture.has(element) || (above.picture && !(own && own[3] === 1));
    const opaque = own !== null && own[3] === 1;
    const unread = !own || (above.unread && !opaque);
    const coloured = later.ground.has(element) || (above.coloured && !opaque);
    return { backdrop, picture, unread, coloured, background: picture || unread ? "" : backdrop };
  };

  const ownText = (element) => {
    let text = "";
    for (let node = firstOf(element); node && text.length < 2000; node = nextOf(node)) {
      if (typeOf(node) === 3) text += wordsOf(node);
    }
    if (element instanceof HTMLInputElement && ["submit", "button", "reset"].includes(element.type)) {
      text = element.value;
    }
    return text.replace(/\s+/g, " ").trim().slice(0, 500);
  };

  const ALWAYS = new Set(["a", "img", "h1", "h2", "h3", "h4", "h5", "h6", "input", "select", "textarea", "button", "label", "form", "iframe"]);

  const UNSEEN = new Set(["title", "style", "script", "noscript", "template"]);

  // A link around a floating or positioned picture has no box of its own: the one of its content stands for it.
  const seenBox = (element) => {
    const box = boxOf(element);
    if (nameOf(element) !== "a" || (box.width && box.height)) return box;
    const range = new Range();
    range.selectNodeContents(element);
    return range.getBoundingClientRect();
  };

  // `shown` is whether what is inside can be seen at all: a box of no size that cuts off what overflows it hides all.
  const stateOf = (element, style, box, above) => {
    const cuts = style.overflowX !== "visible" || style.overflowY !== "visible" || style.clipPath !== "none";
    const clipped = cuts && style.display !== "inline" && (box.width <= 1 || box.height <= 1);
    const shown = above.shown && style.display !== "none" && +style.opacity > 0.02 && !clipped;
    const inked = later.ink.has(element) || (above.inked && style.color === above.ink);
    // Not in a closed <details>, nor left out by content-visibility.
    const laidOut = style.display === "contents" || checked(element);
    const clip = clipOf(element, style, box, above);
    const scrolls = [style.overflowX, style.overflowY].some((each) => each === "auto" || each === "scroll");
    const columns = style.columnCount !== "auto" || style.columnWidth !== "auto";
    const moved = above.moved || columns || (scrolls && element !== bodyOf(document) && element !== rootOf(document));
    return { shown, laidOut, clip, moved, inked, ink: style.color, ...ground(element, style, above) };
  };

  // The part of the page in which a box lets its content be seen; null for all of it. An ellipsis cuts on purpose.
  const clipOf = (element, style, box, above) => {
    const cuts = [style.overflowX, style.overflowY].some((each) => each === "hidden" || each === "clip");
    const meant = style.textOverflow === "ellipsis" || !["none", "", undefined].includes(style.webkitLineClamp);
    if (!cuts || meant || style.display === "inline" || element === bodyOf(document) || !parentOf(element)) return above.clip;
    const own = [box.left, box.top, box.right, box.bottom];
    return above.clip ? own.map((edge, at) => (at < 2 ? Math.max : Math.min)(edge, above.clip[at])) : own;
  };

  const LOWEST = 10; // CSS pixels; what is lower was made to hide

  // How much of its own text, 0 to 1, lies above or below what is seen of it. What is pushed to the side is so on purpose.
  const cutOff = (element, clip) => {
    if (!clip || clip[3] - clip[1] < LOWEST) return 0;
    let whole = 0;
    let seen = 0;
    for (let node = firstOf(element); node; node = nextOf(node)) {
      if (typeOf(node) !== 3) continue;
      const range = new Range();
      range.selectNodeContents(node);
      for (const line of range.getClientRects()) {
        const wide = Math.min(line.right, clip[2]) - Math.max(line.left, clip[0]);
        if (wide <= 0) continue;
        whole += wide * line.height;
        seen += wide * Math.max(0, Math.min(line.bottom, clip[3]) - Math.max(line.top, clip[1]));
      }
    }
    return whole ? 1 - seen / whole : 0;
  };

  const WHOLE = new Set(["a", "button"]); // whose words count wherever they stand inside

  // Where the letters of its own text are drawn; null where it has none, of no size where they lie out of what is seen.
  const letters = (element, clip) => {
    const edges = [Infinity, Infinity, -Infinity, -Infinity];
    let any = false;
    const walker = treeWalker(document, element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(), left = 50; node && left > 0; node = walker.nextNode(), left--) {
      if (!wordsOf(node).trim() || (parentOf(node) !== element && !WHOLE.has(nameOf(element)))) continue;
      any = true;
      const range = new Range();
      range.selectNodeContents(node);
      for (const line of range.getClientRects()) {
        const part = clip || [-Infinity, -Infinity, Infinity, Infinity];
        const seen = [Math.max(line.left, part[0]), Math.max(line.top, part[1]), Math.min(line.right, part[2]), Math.min(line.bottom, part[3])];
        if (seen[2] - seen[0] < 1 || seen[3] - seen[1] < 1) continue;
        seen.forEach((edge, at) => (edges[at] = (at < 2 ? Math.min : Math.max)(edges[at], edge)));
      }
    }
    if (!any) return null;
    if (edges[2] < edges[0]) return [0, 0, 0, 0];
    return [edges[0] + scrollX, edges[1] + scrollY, edges[2] - edges[0], edges[3] - edges[1]].map(round);
  };

  const visible = (style, box, state, text) =>
    state.shown && state.laidOut && style.visibility === "visible" && box.width > 0 && box.height > 0 &&
    box.right + scrollX > 0 && box.bottom + scrollY > 0 && !(text && parseFloat(style.fontSize) < 1);

  const round = (number) => Math.round(number * 100) / 100;

  const fact = (element, offset, style, box, state, text) => [
    offset, nameOf(element), round(box.left + scrollX), round(box.top + scrollY), round(box.width), round(box.height),
    visible(style, box, state, text), text, state.inked ? "" : style.color, state.background, parseFloat(style.fontSize) || 0,
    element instanceof HTMLImageElement ? [element.naturalWidth, element.naturalHeight] : null, state.backdrop, state.picture,
    text ? round(cutOff(element, state.clip)) : 0, text || WHOLE.has(nameOf(element)) ? letters(element, state.clip) : null,
    state.coloured || state.inked, state.moved,
  ];

  // The part of a picture that leads somewhere: what it encloses, as tall and wide as the picture is drawn or not.
  const region = (area, picture) => {
    const at = (attribute(area, "coords") || "").split(/[,;\s]+/).map(Number).filter(Number.isFinite);
    const [x, y, r] = at;
    const corners = at.length === 3 ? [x - r, y - r, x + r, y + r] : at.length < 4 ? [0, 0, picture.width, picture.height] : at;
    const side = (odd) => corners.filter((_, number) => number % 2 === odd);
    const [left, top] = [Math.min(...side(0)), Math.min(...side(1))];
    return new DOMRect(picture.left + left, picture.top + top, Math.max(...side(0)) - left, Math.max(...side(1)) - top);
  };

  // An area of a map has no box of its own: it is seen where the picture is that it is laid over.
  const areas = (stamp, states) => {
    const mapped = [...select(document, "img[usemap]")].map((image) => [attribute(image, "usemap").replace(/^#/, ""), image]);
    const pictures = new Map(mapped.reverse());
    const found = [];
    for (const area of select(document, "map[name] area, map[id] area")) {
      let map = area;
      while (nameOf(map) !== "map") map = parentOf(map);
      const picture = pictures.get(attribute(map, "name")) || pictures.get(attribute(map, "id"));
      const offset = attribute(area, stamp);
      if (!picture || !states.has(picture) || offset === null || !/^\d{1,9}$/.test(offset)) continue;
      found.push(fact(area, +offset, getComputedStyle(picture), region(area, boxOf(picture)), states.get(picture), ""));
    }
    return found;
  };

  // A page that hides what is too wide cannot be scrolled sideways.
  const reach = () => {
    const root = rootOf(document);
    const body = bodyOf(document);
    const overflow = [root, body].filter(Boolean).map((each) => getComputedStyle(each).overflowX);
    const applied = overflow[0] === "visible" && overflow.length > 1 ? overflow[1] : overflow[0];
    return ["hidden", "clip"].includes(applied) ? innerWidth : scrollWidth(root);
  };

  const measure = (stamp, most, farthest) => {
    const found = [];
    const states = new Map();
    const canvas = getComputedStyle(rootOf(document)).columnRuleColor;
    const white = channels(canvas) ? canvas : "rgb(255, 255, 255)";
    const blank = { shown: true, background: white, backdrop: white, picture: false, unread: false, coloured: false, moved: false, clip: null, inked: false, ink: "" };
    const walker = treeWalker(document, document, NodeFilter.SHOW_ELEMENT);
    const shrunk = wide ? wide / innerWidth : 1;
    let looked = 0;
    for (let element = walker.nextNode(); element && found.length <= most && looked < farthest; element = walker.nextNode()) {
      looked++;
      const style = getComputedStyle(element);
      const box = seenBox(element);
      const state = stateOf(element, style, box, states.get(parentOf(element)) || blank);
      states.set(element, state);
      const offset = attribute(element, stamp);
      if (offset === null || !/^\d{1,9}$/.test(offset)) continue;
      const text = UNSEEN.has(nameOf(element)) ? "" : ownText(element);
      if (!text && !ALWAYS.has(nameOf(element)) && attribute(element, "onclick") === null && box.right * shrunk <= innerWidth + 1) continue;
      found.push(fact(element, +offset, style, box, state, text));
    }
    found.push(...areas(stamp, states));
    return JSON.stringify({ reach: Math.ceil(wide || reach()), cut: found.length > most || looked >= farthest, found: found.slice(0, most) });
  };

  globalThis.qa = { loaded, begun, settle, drawn, fit, measure, getter, method };
})();
