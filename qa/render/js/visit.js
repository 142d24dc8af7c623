// What a page has become once it is quiet, for `qa.artefacts.visit`. Evaluated behind measure.js, in a world of its own.
(() => {
  "use strict";
  const MOST = 500;
  const formsOf = () => [...document.querySelectorAll("form")].slice(0, 20);
  const hiddenOf = (form) =>
    Object.fromEntries(
      [...form.querySelectorAll("input[type=hidden][name]")].slice(0, 200).map((field) => [field.name, field.value.slice(0, 1000)]),
    );
  const scripts = () =>
    [...document.querySelectorAll("script[src]")]
      .filter((script) => !script.type || /javascript|module/i.test(script.type))
      .slice(0, MOST)
      .map((script) => script.src.slice(0, 500));
  globalThis.qa.visited = () => ({ scripts: scripts(), hidden: formsOf().map(hiddenOf) });
})();
