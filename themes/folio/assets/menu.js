// The menus along the top. One is open at a time in every browser; Escape and a press elsewhere close it.
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
      menu.addEventListener("keydown", function (event) {
        if (event.key === "Escape" && menu.open) {
          menu.open = false;
          menu.querySelector("summary").focus();
        }
      });
    });
    document.addEventListener("click", function (event) {
      if (!event.target.closest(".menu")) { close(null); }
    });
  });
}());
