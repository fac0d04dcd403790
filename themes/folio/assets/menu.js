// The menus along the top. One is open at a time in every browser; Escape, a press elsewhere and a focus that leaves close it.
// Without this script each is an ordinary panel that opens and closes by its heading.
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var menus = Array.prototype.slice.call(document.querySelectorAll(".menu details"));
    function close(except) {
      menus.forEach(function (menu) { if (menu !== except) { menu.open = false; } });
    }
    menus.forEach(function (menu) {
      menu.addEventListener("toggle", function () { if (menu.open) { close(menu); } });
      menu.addEventListener("focusout", function (event) {
        if (event.relatedTarget && !menu.contains(event.relatedTarget)) { menu.open = false; }
      });
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") { return; }
      menus.forEach(function (menu) {
        if (menu.open && menu.contains(document.activeElement)) { menu.querySelector("summary").focus(); }
      });
      close(null);
    });
    document.addEventListener("click", function (event) {
      if (!event.target.closest(".menu")) { close(null); }
    });
  });
}());
