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
