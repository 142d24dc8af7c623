(function () {
  "use strict";
  // A link into a closed part of the page opens that part.
  function reveal() {
    var spot = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!spot) { return; }
    for (var up = spot.parentElement; up; up = up.parentElement) {
      if (up.tagName === "DETAILS") { up.open = true; }
    }
    if (spot.tagName === "DETAILS") { spot.open = true; }
    spot.scrollIntoView({ block: spot.closest("svg") ? "center" : "start" });
  }
  addEventListener("hashchange", reveal);
  reveal();
  // Paper cannot be clicked: everything is printed open, and closed again afterwards.
  var closed = [];
  addEventListener("beforeprint", function () {
    closed = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    closed.forEach(function (part) { part.open = true; });
  });
  addEventListener("afterprint", function () {
    closed.forEach(function (part) { part.open = false; });
  });
})();
