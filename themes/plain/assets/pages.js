// The list of a project's pages is longer than many windows: it begins where one is. Without this script it begins at its top.
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var side = document.querySelector(".side");
    var here = side && side.querySelector(".pages [aria-current]");
    if (here && here.offsetTop + here.offsetHeight > side.clientHeight) {
      side.scrollTop = here.offsetTop - side.clientHeight / 2;
    }
  });
}());
