// The recolouring of messages by mail programs in dark mode. Evaluated behind measure.js, in the same world, and as careful of pages that hide properties behind their own names.
// The new colour is Microsoft's formula: lightness in CIELAB turned round, hue and chroma as they were, so that white
// becomes #333 and black white. https://github.com/microsoft/roosterjs/blob/master/packages/roosterjs-color-utils/lib/utils/getDarkColor.ts
// No other company says how it darkens; those who looked found much the same:
// https://www.mailviewr.com/blog/apple-mail-dark-mode-preview (both looked up on 2026-11-22)
(() => {
  "use strict";
  const { getter, method } = globalThis.qa;
  const rootOf = getter(Document, "documentElement");
  const bodyOf = getter(Document, "body");
  const sheetsOf = getter(Document, "styleSheets");
  const treeWalker = method(Document, "createTreeWalker");
  const select = method(Document, "querySelectorAll");
  const attribute = method(Element, "getAttribute");
  const setAttribute = method(Element, "setAttribute");
  const dropAttribute = method(Element, "removeAttribute");
  const set = method(CSSStyleDeclaration, "setProperty");
  const value = method(CSSStyleDeclaration, "getPropertyValue");
  const styles = [HTMLElement, SVGElement].map((type) => [type, getter(type, "style")]);
  const styleOf = (element) => styles.find(([type]) => element instanceof type)?.[1](element);

  const FARTHEST = 100_000; // elements, as in measure.js
  const BASE = 21.247; // L of #333
  const TURN = 100 / (2 - BASE / 100); // the lightness that stays as it is: lighter is light, darker is dark
  const SIDES = ["top", "right", "bottom", "left"].map((side) => `border-${side}-`);
  const CHANNELS = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/;
  const WHITE = [0.95047, 1, 1.08883]; // D65

  const linear = (channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
  const encoded = (light) => (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);
  const folded = (part) => (part > 216 / 24389 ? Math.cbrt(part) : (part * 24389 / 27 + 16) / 116);
  const unfolded = (part) => (part ** 3 > 216 / 24389 ? part ** 3 : (part * 116 - 16) * 27 / 24389);

  const toLab = (rgb) => {
    const [r, g, b] = rgb.map((channel) => linear(channel / 255));
    const xyz = [0.4124564 * r + 0.3575761 * g + 0.1804375 * b, 0.2126729 * r + 0.7151522 * g + 0.072175 * b,
      0.0193339 * r + 0.119192 * g + 0.9503041 * b];
    const [x, y, z] = xyz.map((part, at) => folded(part / WHITE[at]));
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };

  const toRgb = ([l, a, b]) => {
    const y = (l + 16) / 116;
    const [X, Y, Z] = [y + a / 500, y, y - b / 200].map((part, at) => unfolded(part) * WHITE[at]);
    return [3.2404542 * X - 1.5371385 * Y - 0.4985314 * Z, -0.969266 * X + 1.8760108 * Y + 0.041556 * Z,
      0.0556434 * X - 0.2040259 * Y + 1.0572252 * Z]
      .map((light) => Math.round(255 * Math.min(1, Math.max(0, encoded(light)))));
  };

  // The colour in dark mode; null where it stays. `change`: whether one of this lightness is to be turned.
  const turned = (colour, change) => {
    const found = CHANNELS.exec(colour);
    if (!found || found[4] === "0") return null;
    const [l, a, b] = toLab([+found[1], +found[2], +found[3]]);
    if (!change(l)) return null;
    const rgb = toRgb([(100 - l) * (1 - BASE / 100) + BASE, a, b]).join(", ");
    const dark = found[4] === undefined ? `rgb(${rgb})` : `rgba(${rgb}, ${found[4]})`;
    return dark === colour ? null : dark;
  };

  const remembering = (change) => {
    const known = new Map();
    return (colour) => {
      if (!known.has(colour)) known.set(colour, turned(colour, change));
      return known.get(colour);
    };
  };
  const all = remembering(() => true);
  const grounds = remembering((l) => l > TURN);
  const texts = remembering((l) => l < TURN);

  // Everything is read before anything is written: a change between two readings costs a layout of the page.
  const planned = (mode) => {
    const [ground, text] = mode === "full" ? [all, all] : [grounds, texts];
    const plan = [];
    const walker = treeWalker(document, rootOf(document), NodeFilter.SHOW_ELEMENT);
    let looked = 0;
    for (let element = walker.currentNode; element && looked < FARTHEST; element = walker.nextNode(), looked++) {
      const computed = getComputedStyle(element);
      if (computed.display === "none" || !styleOf(element)) continue;
      const changes = [["color", text(computed.color)], ["background-color", ground(computed.backgroundColor)]];
      for (const side of SIDES) {
        const drawn = value(computed, `${side}style`) !== "none" && value(computed, `${side}width`) !== "0px";
        if (drawn) changes.push([`${side}color`, edge(value(computed, `${side}color`), computed, ground, text)]);
      }
      const wanted = changes.filter(([, colour]) => colour);
      if (wanted.length) plan.push([element, wanted, computed.color, computed.backgroundColor]);
    }
    return plan;
  };

  // A line in the colour of the text goes with it, any other with the grounds.
  const edge = (colour, computed, ground, text) => (colour === computed.color ? text(colour) : ground(colour) || text(colour));

  // Nothing painted behind the message: there the program's own dark window is seen.
  const bare = () =>
    [rootOf(document), bodyOf(document)].filter((each) => each instanceof HTMLElement).every((each) => {
      const { backgroundColor, backgroundImage } = getComputedStyle(each);
      return CHANNELS.exec(backgroundColor)?.[4] === "0" && backgroundImage === "none";
    });

  const kept = new Map(); // element → attributes before
  const keep = (element, ...names) => {
    if (!kept.has(element)) kept.set(element, new Map());
    const before = kept.get(element);
    for (const name of names) if (!before.has(name)) before.set(name, attribute(element, name));
  };

  // What a message says for elements whose colours Outlook changed: [data-ogsc] those of text, [data-ogsb] of grounds,
  // [data-ogac] and [data-ogab] those in attributes. https://www.hteumeuleu.com/2019/dealing-with-outlook-com-s-dark-mode/
  // and https://www.caniemail.com/features/css-at-media-prefers-color-scheme/
  const answered = () => {
    for (const sheet of sheetsOf(document)) {
      let rules = [];
      try {
        rules = [...sheet.cssRules];
      } catch {
        continue; // a sheet from elsewhere
      }
      for (let rule; (rule = rules.shift()); ) {
        if (rule instanceof CSSMediaRule && matchMedia(rule.media.mediaText).matches) rules.unshift(...rule.cssRules);
        if (rule instanceof CSSStyleRule && rule.selectorText.includes("[data-og")) obey(rule);
      }
    }
  };

  const note = (element, written, ofAttribute, ofStyle, before) => {
    const said = attribute(element, written);
    if (said !== null) setAttribute(element, ofAttribute, said);
    setAttribute(element, ofStyle, before);
  };

  const obey = (rule) => {
    for (const element of select(document, rule.selectorText)) {
      const style = styleOf(element);
      if (!style) continue;
      keep(element, "style");
      for (const name of rule.style) set(style, name, value(rule.style, name), "important");
    }
  };

  const darken = (mode) => {
    undarken();
    const root = rootOf(document);
    if (!(root instanceof HTMLElement)) return;
    const plan = planned(mode);
    const canvas = bare() ? all("rgb(255, 255, 255)") : null;
    const outlook = attribute(root, "data-qa-outlook") !== null;
    for (const [element, changes, color, background] of plan) {
      keep(element, "style", "data-ogsc", "data-ogsb", "data-ogac", "data-ogab");
      const style = styleOf(element);
      for (const [name, colour] of changes) {
        set(style, name, colour, "important");
        if (outlook && name === "color") note(element, "color", "data-ogac", "data-ogsc", color);
        if (outlook && name === "background-color") note(element, "bgcolor", "data-ogab", "data-ogsb", background);
      }
    }
    if (canvas) {
      keep(root, "style");
      set(styleOf(root), "background-color", canvas, "important");
    }
    if (outlook) answered();
  };

  const undarken = () => {
    for (const [element, before] of kept) {
      for (const [name, was] of before) {
        // Setting it first writes the style down, without which Chromium leaves an empty attribute behind.
        setAttribute(element, name, was ?? "");
        if (was === null) dropAttribute(element, name);
      }
    }
    kept.clear();
  };

  Object.assign(globalThis.qa, { darken, undarken });
})();
