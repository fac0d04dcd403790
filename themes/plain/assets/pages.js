// The list of a project's pages is longer than many windows: it begins where one is. Without this script it begins at its top.
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var list = document.querySelector(".side .pages");
    var here = list && list.querySelector("[aria-current]");
    if (!here) { return; }
    var top = here.getBoundingClientRect().top - list.getBoundingClientRect().top;
    if (top + here.offsetHeight > list.clientHeight) { list.scrollTop = top - list.clientHeight / 2; }
  });
}());

// Whoever follows a link to something inside a fold sees it open, and stands before it.
(function () {
  "use strict";
  function reveal() {
    var key = location.hash.length > 1 ? decodeURIComponent(location.hash.slice(1)) : "";
    var there = key && document.getElementById(key);
    // What has moved to another page of figures has a link there under its old anchor, and so have the things that figures are of.
    var moved = there || (key && document.getElementById(key.split(".")[0]));
    if (moved && moved.matches("#elsewhere a[id]")) {
      location.replace(moved.href.split("#")[0] + "#" + encodeURIComponent(key));
      return;
    }
    if (!there) { return; }
    var opened = false;
    for (var fold = there.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      opened = opened || !fold.open;
      fold.open = true;
    }
    var inside = there.querySelector(":scope > details.fold-narrow");
    if (inside && !inside.open) { inside.open = opened = true; }
    if (opened) { there.scrollIntoView(); }
  }
  function eachFold(open) {
    document.querySelectorAll("details.fold-narrow").forEach(function (fold) { fold.open = open; });
  }
  var narrow = window.matchMedia("screen and (max-width: 40rem)");
  function fit() { eachFold(!narrow.matches); }
  document.addEventListener("DOMContentLoaded", function () { fit(); reveal(); });
  narrow.addEventListener("change", fit);
  window.addEventListener("beforeprint", function () { eachFold(true); });
  window.addEventListener("hashchange", reveal);
}());
