(function () {
  "use strict";
  var each = function (parts, act) { Array.prototype.forEach.call(parts, act); };
  document.documentElement.classList.add("scripted");
  // A link into a closed or filtered part of the page opens that part.
  function reveal() {
    var spot = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!spot) { return; }
    for (var up = spot; up; up = up.parentElement) {
      if (up.tagName === "DETAILS") { up.open = true; }
      up.classList.remove("out");
    }
    spot.scrollIntoView({ block: spot.closest("svg") ? "center" : "start" });
  }
  addEventListener("hashchange", reveal);
  // The views somebody wants to see: by mode, by mail program.
  each(document.querySelectorAll(".filter"), function (filter) {
    var gallery = filter.nextElementSibling, status = filter.querySelector("[role=status]");
    function choose() {
      var mode = filter.querySelector(":checked[type=radio]"), program = filter.querySelector("select"), all = 0, left = 0;
      each(gallery.children, function (family, n) {
        var there = 0;
        each(family.querySelectorAll(".plate"), function (plate) {
          var out = mode && mode.value && plate.dataset.mode.trim().split(" ").indexOf(mode.value) < 0;
          out = out || (program && program.value && +program.value !== n + 1);
          plate.classList.toggle("out", !!out);
          all += 1;
          there += !out;
        });
        family.classList.toggle("out", !there);
        left += there;
      });
      status.textContent = left === all ? "" : left + " of " + all + " views are shown";
    }
    filter.addEventListener("change", choose);
    choose();
  });
  // Light and dark of one view scroll together.
  each(document.querySelectorAll(".family"), function (family) {
    var frames = family.querySelectorAll(".frame"), leader = null, rest;
    each(frames, function (frame) {
      frame.addEventListener("scroll", function () {
        if (leader && leader !== frame) { return; }
        leader = frame;
        clearTimeout(rest);
        rest = setTimeout(function () { leader = null; }, 150);
        each(frames, function (other) {
          if (other !== frame) { other.scrollTop = frame.scrollTop * other.scrollHeight / frame.scrollHeight; }
        });
      }, { passive: true });
    });
  });
  // The slider: by its handle, or anywhere on the pictures. The first change is in view.
  each(document.querySelectorAll(".compare"), function (part) {
    var pair = part.querySelector(".pair");
    if (!pair) { return; }
    var range = part.querySelector("[type=range]"), first = pair.querySelector(".is rect, .was rect");
    function wipe() { pair.style.setProperty("--at", range.value / 100); }
    function watch() {
      if (part.open && first) {
        var frame = pair.parentElement;
        frame.scrollTop += first.getBoundingClientRect().top - frame.getBoundingClientRect().top - 120;
      }
    }
    range.addEventListener("input", wipe);
    pair.addEventListener("pointermove", function (event) {
      if (event.buttons && part.querySelector("[value=slider]").checked && event.target !== range) {
        var box = pair.getBoundingClientRect();
        range.value = 100 * (event.clientX - box.left) / box.width;
        wipe();
      }
    });
    part.addEventListener("toggle", watch);
    part.addEventListener("change", function (event) { if (event.target !== range) { watch(); } });
    wipe();
    watch();
  });
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
