/* Charts: notes at hand, and dependencies that can be followed.

   Nothing is lost without it: the notes are the titles of the drawing, its figures stand in the table beneath, and links
   are drawn in full. A row of a Gantt chart under the pointer or with the focus keeps all that leads to it and all that it
   leads to in sight; everything else steps back. */
(function () {
  'use strict';

  var GAP = 12;
  var EDGE = 8;
  var GRACE = 250; /* Milliseconds in which the pointer reaches a note before it goes. */
  var ROW = '.d-row, .d-rows > *';
  var note = null;
  var described = null;
  var followed = null;
  var parting = null;

  /* The innermost shape around `node` that has a note of its own. */
  function withNote(node) {
    var drawing = node.closest ? node.closest('svg.drawing') : null;
    while (drawing && node && node !== drawing) {
      if (titleOf(node)) { return node; }
      node = node.parentNode;
    }
    return null;
  }

  function titleOf(shape) {
    var first = shape.firstElementChild;
    return first && first.localName === 'title' ? first : null;
  }

  /* Shows the note of a shape beside a point of the window. Its title is put into its label meanwhile, or the browser would
     show it a second time. */
  function describe(shape, x, y) {
    if (described && described.shape !== shape) { forget(); }
    if (!described) {
      var title = titleOf(shape);
      described = { shape: shape, title: title, words: title.textContent };
      shape.setAttribute('aria-label', described.words);
      title.textContent = '';
      if (!note) {
        note = document.createElement('div');
        note.className = 'chart-note';
        note.setAttribute('aria-hidden', 'true');
        document.body.appendChild(note);
      }
      note.textContent = described.words;
      note.hidden = false;
    }
    place(x, y);
  }

  function place(x, y) {
    var box = note.getBoundingClientRect();
    var width = document.documentElement.clientWidth;
    var left = Math.max(EDGE, Math.min(x + GAP, width - box.width - EDGE));
    var above = y - box.height - GAP;
    note.style.left = left + 'px';
    note.style.top = (above >= EDGE ? above : y + GAP) + 'px';
  }

  function forget() {
    if (!described) { return; }
    described.title.textContent = described.words;
    described.shape.removeAttribute('aria-label');
    described = null;
    note.hidden = true;
  }

  /* The drawings of one column among those of a region, with the place of the first row of each. */
  function sheetsBeside(drawing) {
    var column = drawing.classList.contains('drawing-narrow') ? 'drawing-narrow' : 'drawing-wide';
    return Array.prototype.filter.call(drawing.parentNode.children, function (sheet) {
      return sheet.classList.contains(column);
    });
  }

  function firstOf(sheet) { return Number(sheet.getAttribute('data-first') || 0); }

  /* Every link of the sheets: which row it leaves, which it enters, and its stroke. */
  function linksOf(sheets) {
    var links = [];
    sheets.forEach(function (sheet) {
      sheet.querySelectorAll('path[data-ties]').forEach(function (path) {
        var strokes = path.getAttribute('d').split(/(?=M)/);
        path.getAttribute('data-ties').split(' ').forEach(function (tie, place) {
          var ends = tie.split('-').map(Number);
          links.push({ from: ends[0], to: ends[1], path: path, stroke: strokes[place] || '' });
        });
      });
    });
    return links;
  }

  /* All rows that lead to `own`, or that it leads to, with itself. */
  function chainOf(links, own) {
    var chain = {};
    chain[own] = true;
    [['from', 'to'], ['to', 'from']].forEach(function (way) {
      var beside = {};
      links.forEach(function (link) { (beside[link[way[0]]] = beside[link[way[0]]] || []).push(link[way[1]]); });
      var open = [own];
      var seen = {};
      while (open.length > 0) {
        var row = open.pop();
        if (seen[row]) { continue; }
        seen[row] = chain[row] = true;
        Array.prototype.push.apply(open, beside[row] || []);
      }
    });
    return chain;
  }

  /* Marks the chain that `row` is part of, and draws its links once more on top of the others; those of the row itself
     are stronger than those further away. */
  function follow(row) {
    if (followed && followed.row === row) { return; }
    leave();
    var drawing = row.ownerSVGElement;
    var sheets = sheetsBeside(drawing);
    var own = Array.prototype.indexOf.call(drawing.querySelectorAll(ROW), row) + firstOf(drawing);
    var links = linksOf(sheets);
    var near = chainOf(links, own);
    var strokes = new Map();
    links.forEach(function (link) {
      if (!near[link.from] || !near[link.to]) { return; }
      var name = link.from === own || link.to === own ? 'is-followed' : 'is-chained';
      var kept = strokes.get(link.path) || {};
      kept[name] = (kept[name] || '') + link.stroke;
      strokes.set(link.path, kept);
    });
    if (strokes.size === 0) { return; }
    var copies = [];
    strokes.forEach(function (kept, path) {
      Object.keys(kept).forEach(function (name) {
        var copy = path.cloneNode(false);
        copy.removeAttribute('data-ties');
        copy.setAttribute('d', kept[name]);
        copy.classList.add(name);
        path.parentNode.insertBefore(copy, path.nextSibling);
        copies.push(copy);
      });
    });
    var marked = [];
    sheets.forEach(function (sheet) {
      sheet.querySelectorAll(ROW).forEach(function (other, place) {
        if (near[place + firstOf(sheet)]) {
          other.classList.add('is-near');
          marked.push(other);
        }
      });
    });
    var region = drawing.parentNode;
    region.querySelectorAll('.gantt-names > [data-row]').forEach(function (name) {
      if (near[name.getAttribute('data-row')]) {
        name.classList.add('is-near');
        marked.push(name);
      }
    });
    region.classList.add('is-following');
    followed = { row: row, region: region, copies: copies, marked: marked };
  }

  function leave() {
    if (!followed) { return; }
    followed.region.classList.remove('is-following');
    followed.copies.forEach(function (copy) { copy.remove(); });
    followed.marked.forEach(function (row) { row.classList.remove('is-near'); });
    followed = null;
  }

  function rowOf(node) {
    var row = node.closest ? node.closest(ROW) : null;
    return row && row.ownerSVGElement.classList.contains('drawing-gantt') ? row : null;
  }

  /* The sign of a row in time: its bar, else the row itself. */
  function signOf(row) { return row.querySelector('.d-bar, .d-hatched, .d-shape, .d-open-shape, .d-area') || row; }

  /* Where the names of a chart end: a note there hides no name of a row that is followed. */
  function endOfName(row) {
    var name = row && (row.ownerSVGElement.parentNode.querySelector('.gantt-names') || row.querySelector('text'));
    return name ? name.getBoundingClientRect().right : 0;
  }

  function rest() {
    window.clearTimeout(parting);
    forget();
    leave();
  }

  /* A note that is shown stays for a moment, so that the pointer can reach it, and as long as the pointer is on it. */
  document.addEventListener('pointerover', function (event) {
    if (event.pointerType === 'touch') { return; }
    window.clearTimeout(parting);
    if (note && note.contains(event.target)) { return; }
    var shape = withNote(event.target);
    var row = rowOf(event.target);
    var x = event.clientX;
    var y = event.clientY;
    function turn() {
      if (shape) { describe(shape, Math.max(x, endOfName(row)), y); } else { forget(); }
      if (row) { follow(row); } else { leave(); }
    }
    if (described && described.shape !== shape) { parting = window.setTimeout(turn, GRACE); } else { turn(); }
  });

  document.addEventListener('focusin', function (event) {
    var shape = withNote(event.target);
    rest();
    if (!shape) { return; }
    var row = rowOf(shape);
    beside(shape, function (x, y) { describe(shape, x, y); });
    if (row) { follow(row); }
  });

  function beside(shape, put) {
    var row = rowOf(shape);
    var box = (row ? signOf(row) : shape).getBoundingClientRect();
    put(Math.max(box.left, endOfName(row)), box.top);
  }

  /* The page scrolls by itself to what gets the focus: its note goes along. */
  function scrolled() {
    if (described && described.shape === withNote(document.activeElement)) { beside(described.shape, place); } else { forget(); }
  }

  document.addEventListener('focusout', rest);
  document.addEventListener('scroll', scrolled, true);
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') { rest(); }
  });
  window.addEventListener('beforeprint', rest);
}());
