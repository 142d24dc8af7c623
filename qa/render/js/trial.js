// A form filled in and sent as a visitor does it. Evaluated behind measure.js, in a world of its own: the page hears the
// same events, and shares no object with it.
(() => {
  "use strict";
  const ASIDE = new Set(["hidden", "submit", "button", "reset", "image"]);
  const MAIL = /e-?_?mail/i;
  const WORDS = { tel: "+442079460018", number: "3", range: "3", url: "https://example.com/", date: "2026-01-01", time: "12:00", "datetime-local": "2026-01-01T12:00", month: "2026-01", week: "2026-W01", color: "#336699", password: "Trial-2026-x" };
  let form = null;

  const fields = () => [...form.elements].filter((field) => field.name && !ASIDE.has(field.type) && field.localName !== "button" && field.localName !== "fieldset" && field.localName !== "output");
  const isMail = (field) => field.type === "email" || (field.type === "text" && MAIL.test(field.name));
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;

  // The form that has most of these names; none where none has any: a search is not what was asked for.
  const find = (names) => {
    const wanted = new Set(names.map((name) => name.toLowerCase()));
    const count = (each) => [...each.elements].filter((field) => wanted.has((field.name || "").toLowerCase())).length;
    const known = [...document.querySelectorAll("form")].filter((each) => [...each.elements].some((field) => field.name));
    form = known.sort((one, other) => count(other) - count(one))[0] || null;
    if (!form || (names.length && !count(form))) return null;
    form.removeAttribute("target"); // a new window would be refused, and with it what is sent
    return {
      names: [...new Set([...form.elements].map((field) => field.name).filter(Boolean))].slice(0, 200),
      hidden: Object.fromEntries([...form.elements].filter((field) => field.type === "hidden" && field.name).map((field) => [field.name, field.value.slice(0, 1000)])),
      method: (form.getAttribute("method") || "get").toLowerCase(),
      action: form.action && typeof form.action === "string" ? form.action : location.href,
      mail: fields().some(isMail),
      captcha: !!form.querySelector("[class*=captcha i], [id*=captcha i], iframe[src*=captcha i], .cf-turnstile"),
    };
  };

  const put = (field, value) => {
    field.focus();
    if (field.type === "checkbox" || field.type === "radio") field.checked = value;
    else field.value = value;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    field.blur();
  };

  const good = (field) => {
    if (isMail(field)) return "qa-trial@example.com";
    if (field.localName === "select") return ([...field.options].find((each) => each.value && !each.disabled) || { value: "" }).value;
    if (field.min || field.max) return field.min || field.max;
    const text = WORDS[field.type] || (/phone|mobile|tel/i.test(field.name) ? WORDS.tel : /zip|postal|plz/i.test(field.name) ? "10115" : "Trial");
    return field.maxLength > 0 ? text.slice(0, field.maxLength) : text;
  };

  const chosen = new Set();
  const fill = (kind) => {
    chosen.clear();
    for (const field of fields()) {
      if (field.disabled || field.readOnly || field.type === "file") continue;
      if (field.type === "checkbox") put(field, kind !== "empty");
      else if (field.type === "radio") {
        put(field, kind !== "empty" && !chosen.has(field.name));
        chosen.add(field.name);
      } else if (kind === "empty") put(field, "");
      else put(field, kind === "malformed" && isMail(field) ? "qa-trial.example" : good(field));
    }
    return fields().filter((field) => !isSeen(field) && field.required && !field.checkValidity()).map((field) => field.name);
  };

  let before = "";
  const shown = () => (document.body ? document.body.innerText : "").replace(/\s+/g, " ");
  const press = () => {
    if (!form.isConnected) return "gone";
    before = shown();
    const buttons = [...form.elements].filter((each) => each.type === "submit" || each.type === "image");
    const loose = [...form.querySelectorAll("button[type=button], [role=button], input[type=button]")];
    const button = buttons.find(isSeen) || loose.find(isSeen);
    if (!button) form.requestSubmit();
    else if (button.disabled) return "disabled";
    else button.click();
    return "pressed";
  };

  // Whether a visitor is told that something is missing: by the browser, or by words that were not there.
  const told = () => {
    if (!form.isConnected) return true;
    if (!form.noValidate && !form.checkValidity()) return true;
    return shown() !== before || [...form.elements].some((field) => field.getAttribute("aria-invalid") === "true");
  };

  globalThis.qa.trial = { find, fill, press, told };
})();
