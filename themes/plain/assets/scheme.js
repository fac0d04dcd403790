// The switch of colours: light, dark or as the reader's system says. Read in the head, before anything is painted, so that no page flashes in the
// wrong scheme; the choice is kept in this browser only. Without this script the system decides and the switch is not shown.
(function () {
  "use strict";
  var KEY = "milepost-scheme";
  var root = document.documentElement;

  // Some browsers keep nothing for pages that are opened from disk, or ask first: then the choice lasts for this page.
  function stored() {
    try { return window.localStorage.getItem(KEY); } catch (refused) { return null; }
  }
  function store(scheme) {
    try {
      if (scheme === "auto") { window.localStorage.removeItem(KEY); } else { window.localStorage.setItem(KEY, scheme); }
    } catch (refused) { /* the page itself has changed already */ }
  }
  function known(scheme) {
    return scheme === "light" || scheme === "dark" ? scheme : "auto";
  }
  function wear(scheme) {
    if (scheme === "auto") { root.removeAttribute("data-scheme"); } else { root.setAttribute("data-scheme", scheme); }
  }
  // The switch is made here: where this script does not run, nothing could answer it. It stands in the masthead, and on a telephone
  // at the foot instead; the style sheet shows one of the two.
  function furnish(group, place) {
    var legend = document.createElement("legend");
    legend.className = "hidden-visually";
    legend.textContent = "Colours";
    group.append(legend);
    [["auto", "Auto"], ["light", "Light"], ["dark", "Dark"]].forEach(function (choice) {
      var label = document.createElement("label");
      var input = document.createElement("input");
      input.type = "radio";
      input.name = "scheme-" + place;
      input.value = choice[0];
      label.append(input, choice[1]);
      group.append(label);
    });
    group.hidden = false;
  }
  function show(scheme) {
    document.querySelectorAll(".scheme input").forEach(function (input) { input.checked = input.value === scheme; });
  }

  wear(known(stored()));

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".scheme").forEach(furnish);
    show(known(stored()));
    document.querySelectorAll(".scheme").forEach(function (group) {
      group.addEventListener("change", function (event) {
        wear(known(event.target.value));
        store(known(event.target.value));
        show(known(event.target.value));
      });
    });
  });
  // Another tab has chosen; a page that comes back from the browser's memory may have missed it.
  function follow() {
    wear(known(stored()));
    show(known(stored()));
  }
  window.addEventListener("storage", function (event) { if (event.key === KEY || event.key === null) { follow(); } });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { follow(); } });
}());
