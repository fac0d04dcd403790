// Asks the server to be told of changes, and shows the page as it is then. Only `milepost serve` adds this; no site carries it.
(function () {
  "use strict";
  var script = document.currentScript;
  var shown = script.getAttribute("data-edition");
  var place = "milepost-serve-place:" + location.pathname;
  try {
    var kept = JSON.parse(sessionStorage.getItem(place) || "null");
    sessionStorage.removeItem(place);
    if (kept) {
      kept.open.forEach(function (at) {
        var details = document.querySelectorAll("details")[at];
        if (details) details.open = true;
      });
      window.scrollTo(0, kept.y);
    }
  } catch (unavailable) { /* the page begins at its top, then */ }

  function again() {
    try {
      var open = [];
      document.querySelectorAll("details").forEach(function (details, at) { if (details.open) open.push(at); });
      sessionStorage.setItem(place, JSON.stringify({ y: window.scrollY, open: open }));
    } catch (unavailable) { /* likewise */ }
    location.reload();
  }

  var events = new EventSource("/.milepost/events");
  events.onmessage = function (event) { if (event.data !== shown) again(); };
})();
