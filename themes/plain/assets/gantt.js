/* Zoom of Gantt charts: the whole plan, or so many days as a quarter, a month or two weeks have, with names that stay.

   Nothing is lost without it: the chart shows the whole plan, and the lists beside it have every date. The drawing says
   where its time runs (`data-time`: left and right edge, first day, days, upper and lower edge of the rows); what lies to
   the right of the left edge is stretched, signs keep their size, and the names of periods are written anew. */
(function () {
  'use strict';

  var NS = 'http://www.w3.org/2000/svg';
  var LEVELS = [['Whole plan', 0], ['Quarter', 92], ['Month', 31], ['Two weeks', 14]];
  var MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  var SIGN = 14;      /* Widest sign in pixels: flags, diamonds, heads of arrows. */
  var EDGE = 4.5;     /* The corner of a bracket. */
  var GAP = 6;        /* Between a bar and the words behind it; from the middle of a sign it is twice as much. */
  var WIDEST = 24000; /* Pixels that a browser still draws at ease. */

  function timeOf(svg) {
    var parts = svg.getAttribute('data-time').split(' ').map(Number);
    return { left: parts[0], right: parts[1], first: parts[2], days: parts[3], top: parts[4], bottom: parts[5] };
  }

  function make(name, attributes, text) {
    var node = document.createElementNS(NS, name);
    Object.keys(attributes).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    if (text) { node.textContent = text; }
    return node;
  }

  function round(x) { return Math.round(x * 10) / 10; }

  /* The strokes of a path as points that do not depend on each other. */
  function strokesOf(data) {
    var strokes = [];
    var at = [0, 0];
    (data.match(/[MLHVlhvz][^MLHVlhvz]*/g) || []).forEach(function (part) {
      var command = part[0];
      var n = (part.slice(1).match(/-?\d*\.?\d+/g) || []).map(Number);
      if (command === 'M') { strokes.push({ points: [], closed: false, oblique: false }); }
      var stroke = strokes[strokes.length - 1];
      if (command === 'z') { stroke.closed = true; return; }
      if (command === 'M' || command === 'L') { at = [n[0], n[1]]; }
      if (command === 'H') { at = [n[0], at[1]]; }
      if (command === 'V') { at = [at[0], n[0]]; }
      if (command === 'h') { at = [at[0] + n[0], at[1]]; }
      if (command === 'v') { at = [at[0], at[1] + n[0]]; }
      if (command === 'l') { at = [at[0] + n[0], at[1] + n[1]]; stroke.oblique = true; }
      stroke.points.push(at);
    });
    return strokes;
  }

  function stretched(data, to, isBracket) {
    return strokesOf(data).map(function (stroke) {
      var xs = stroke.points.map(function (point) { return point[0]; });
      var least = Math.min.apply(null, xs);
      var most = Math.max.apply(null, xs);
      var middle = (least + most) / 2;
      var move = stroke.oblique && !isBracket && most - least <= SIGN ? function (x) { return x + to(middle) - middle; }
        : function (x) {
          if (stroke.oblique && x - least < EDGE) { return to(least) + x - least; }
          if (stroke.oblique && most - x < EDGE) { return to(most) - most + x; }
          return to(x);
        };
      return stroke.points.map(function (point, place) {
        return (place === 0 ? 'M' : 'L') + round(move(point[0])) + ' ' + round(point[1]);
      }).join('') + (stroke.closed ? 'z' : '');
    }).join('');
  }

  function dateOf(day) { return new Date(day * 864e5); }

  /* Months above, and beneath them the Mondays, or each day where there is room. */
  function periods(time, to, perDay) {
    var ticks = make('g', { 'class': 'd-ticks ink-muted', 'font-size': 11, 'text-anchor': 'middle' });
    var lines = '';
    var end = time.first + time.days;
    function x(day) { return to(time.left + (day - time.first) / time.days * (time.right - time.left)); }
    function write(from, until, text, y, weight) {
      from = Math.max(from, time.first);
      until = Math.min(until, end);
      if (x(until) - x(from) < text.length * 6) { return; }
      var words = { x: round((x(from) + x(until)) / 2), y: y };
      if (weight) { words['font-weight'] = weight; }
      ticks.appendChild(make('text', words, text));
    }
    var start = dateOf(time.first);
    for (var year = start.getUTCFullYear(), month = start.getUTCMonth(); ; month += 1) {
      var from = Date.UTC(year, month, 1) / 864e5;
      if (from >= end) { break; }
      var date = dateOf(from);
      write(from, Date.UTC(year, month + 1, 1) / 864e5, MONTHS[date.getUTCMonth()] + ' ' + date.getUTCFullYear(), 31.9, 600);
      if (from > time.first) { lines += 'M' + round(x(from)) + ' 20.5V' + time.bottom; }
    }
    var step = perDay >= 15 ? 1 : 7;
    var day = step === 1 ? time.first : time.first - (start.getUTCDay() + 6) % 7;
    for (; day < end; day += step) {
      write(day, day + step, String(dateOf(day).getUTCDate()), 46.9);
      if (day > time.first) { lines += 'M' + round(x(day)) + ' 36.5v15'; }
    }
    return [ticks, make('path', { 'class': 'd-line ink-grid', d: lines })];
  }

  /* What stands beneath the rows: the key. */
  function keyOf(svg, time) {
    return Array.prototype.filter.call(svg.children, function (part) {
      var y = part.localName === 'text' ? part.getAttribute('y') : part.localName === 'path' ? part.getAttribute('d').split(/[ A-Za-z]/)[2] : 0;
      return Number(y) > time.bottom + 2;
    });
  }

  /* The drawing with its time stretched by `factor`. */
  function zoomed(original, factor) {
    var time = timeOf(original);
    var svg = original.cloneNode(true);
    var box = original.getAttribute('viewBox').split(' ').map(Number);
    var more = (time.right - time.left) * (factor - 1);
    var perDay = (time.right - time.left) * factor / time.days;
    function to(x) { return x <= time.left ? x : time.left + (Math.min(x, time.right) - time.left) * factor + Math.max(0, x - time.right); }
    keyOf(svg, time).forEach(function (part) { part.remove(); });
    svg.setAttribute('viewBox', '0 0 ' + round(box[2] + more) + ' ' + round(time.bottom + 4));
    svg.querySelectorAll('path').forEach(function (path) {
      if (path.closest('defs')) { return; }
      path.setAttribute('d', stretched(path.getAttribute('d'), to, path.classList.contains('ink-summary')));
    });
    svg.querySelectorAll('text').forEach(function (text) {
      var x = Number(text.getAttribute('x'));
      if (x <= time.left) { return; }
      var anchor = (text.closest('[text-anchor]') || text).getAttribute('text-anchor');
      var row = text.closest('.d-row, .d-rows > *');
      var space = row && row.querySelector('.d-shape, .d-open-shape') ? 2 * GAP : GAP;
      var gap = anchor === 'middle' ? 0 : anchor === 'end' ? -space : space;
      text.setAttribute('x', round(to(x - gap) + gap));
    });
    var ticks = svg.querySelector('.d-ticks');
    if (ticks && perDay * 7 >= 17) {
      svg.querySelectorAll('path.d-line.ink-grid').forEach(function (grid) { grid.remove(); });
      periods(time, to, perDay).forEach(function (node) { ticks.parentNode.insertBefore(node, ticks); });
      ticks.remove();
    }
    return svg;
  }

  /* The names of the rows as a sheet of their own, which stays where it is while time passes beneath it. */
  function names(svg, scale) {
    var time = timeOf(svg);
    var sheet = make('svg', { 'class': 'drawing gantt-names', viewBox: '0 0 ' + time.left + ' ' + round(time.bottom + 4), 'font-size': 12, 'aria-hidden': 'true' });
    sheet.style.inlineSize = time.left * scale + 'px';
    sheet.appendChild(make('rect', { 'class': 'd-area ink-paper', x: 0, y: 0, width: time.left, height: time.bottom }));
    var stripes = svg.querySelector('.ink-stripe');
    if (stripes) { sheet.appendChild(stripes.cloneNode(false)); }
    var first = Number(svg.getAttribute('data-first') || 0);
    svg.querySelectorAll('.d-row, .d-rows > *').forEach(function (row, place) {
      var copy = row.cloneNode(false);
      var name = row.querySelector('text');
      if (!name || Number(name.getAttribute('x')) > time.left) { return; }
      copy.removeAttribute('id');
      copy.setAttribute('tabindex', '-1');
      copy.setAttribute('data-row', String(first + place));
      copy.appendChild(name.cloneNode(true));
      copy.addEventListener('pointerover', function (event) {
        var words = { bubbles: true, clientX: event.clientX, clientY: event.clientY, pointerType: event.pointerType };
        event.stopPropagation();
        row.dispatchEvent(new PointerEvent('pointerover', words));
      });
      sheet.appendChild(copy);
    });
    return sheet;
  }

  /* The key as a sheet of its own, which stays, too; none where the drawing has none. */
  function key(original, scale) {
    var time = timeOf(original);
    var parts = keyOf(original, time);
    var box = original.getAttribute('viewBox').split(' ').map(Number);
    var height = round(box[3] - time.bottom - 4);
    var view = '0 ' + round(time.bottom + 4) + ' ' + box[2] + ' ' + height;
    var sheet = make('svg', { 'class': 'drawing gantt-key', viewBox: view, 'font-size': 12, 'aria-hidden': 'true' });
    sheet.style.inlineSize = box[2] * scale + 'px';
    parts.forEach(function (part) { sheet.appendChild(part.cloneNode(true)); });
    return parts.length > 0 ? sheet : null;
  }

  function enhance(region, number) {
    var originals = Array.prototype.filter.call(region.children, function (child) { return child.hasAttribute('data-time'); });
    var shown = originals.slice();
    var sheets = [];
    var level = 0;
    var scale = 1;
    if (originals.length === 0) { return; }

    function factorOf(days) {
      var time = timeOf(originals[0]);
      var box = originals[0].getAttribute('viewBox').split(' ').map(Number);
      var width = region.clientWidth || 900;
      var scale = Math.min(width, 1152) / box[2];
      var factor = (width / scale - time.left) / days * time.days / (time.right - time.left);
      return { factor: Math.min(factor, (WIDEST / scale - time.left) / (time.right - time.left)), scale: scale };
    }

    function show(days) {
      var sizes = days ? factorOf(days) : null;
      scale = sizes ? sizes.scale : 1;
      sheets.forEach(function (sheet) { sheet.remove(); });
      sheets = [];
      region.classList.toggle('is-zoomed', days > 0);
      originals.forEach(function (original, place) {
        var svg = sizes ? zoomed(original, sizes.factor) : original;
        shown[place].replaceWith(svg);
        shown[place] = svg;
        if (!sizes) { return; }
        svg.style.inlineSize = Number(svg.getAttribute('viewBox').split(' ')[2]) * sizes.scale + 'px';
        svg.style.gridRow = String(2 * place + 1);
        [names(svg, sizes.scale), key(original, sizes.scale)].forEach(function (sheet, below) {
          if (!sheet) { return; }
          sheet.style.gridRow = String(2 * place + 1 + below);
          svg.after(sheet);
          sheets.push(sheet);
        });
      });
      var now = sizes && shown[0].querySelector('path.ink-status');
      if (now) {
        var x = Number(/M(-?[\d.]+)/.exec(now.getAttribute('d'))[1]) - timeOf(originals[0]).left;
        region.scrollLeft = Math.max(0, x * sizes.scale - region.clientWidth / 5);
      }
    }

    /* The days between the names and the right edge, as words; all of them where the whole plan is shown. */
    function period() {
      var time = timeOf(shown[0]);
      var wide = shown[0].getAttribute('viewBox').split(' ')[2] - (originals[0].getAttribute('viewBox').split(' ')[2] - time.right);
      var perDay = (level ? wide - time.left : time.right - time.left) / time.days;
      var from = level ? region.scrollLeft / scale / perDay : 0;
      var until = level ? from + (region.clientWidth / scale - time.left) / perDay : time.days;
      function words(day) {
        var date = dateOf(time.first + Math.max(0, Math.min(time.days - 1, day)));
        return date.getUTCDate() + ' ' + MONTHS[date.getUTCMonth()] + ' ' + date.getUTCFullYear();
      }
      return words(Math.floor(from)) + ' to ' + words(Math.ceil(until) - 1);
    }

    /* Moves time so that the bar of a row with the focus lies beside the names, and not beneath them. */
    function reveal(row) {
      var sheet = region.querySelector('.gantt-names');
      var sign = row.querySelector('.d-bar, .d-hatched, .d-shape, .d-open-shape, .d-area');
      if (!sheet || !sign) { return; }
      var edge = sheet.getBoundingClientRect().right + SIGN;
      var end = region.getBoundingClientRect().left + region.clientWidth - SIGN;
      var box = sign.getBoundingClientRect();
      if (box.left < edge || box.right > end) { region.scrollLeft += box.left - edge; }
    }

    /* The browser scrolls to the row as a whole, which begins with its name: what is wanted comes after that. */
    region.addEventListener('focusin', function (event) {
      var row = event.target.closest('.d-row, .d-rows > *');
      if (!level || !row) { return; }
      reveal(row);
      window.requestAnimationFrame(function () { if (document.activeElement === event.target) { reveal(row); } });
    });

    var offered = LEVELS.filter(function (entry) { return entry[1] === 0 || factorOf(entry[1]).factor > 1.3; });
    if (offered.length < 2) { return; }
    var choice = document.createElement('fieldset');
    choice.className = 'switch gantt-zoom';
    var legend = document.createElement('legend');
    legend.className = 'hidden-visually';
    legend.textContent = 'How much of the chart “' + region.getAttribute('aria-label') + '” is shown at once';
    choice.appendChild(legend);
    var said = document.createElement('p');
    said.className = 'hidden-visually';
    said.setAttribute('role', 'status');
    choice.appendChild(said);
    offered.forEach(function (entry) {
      var label = document.createElement('label');
      var radio = document.createElement('input');
      radio.type = 'radio';
      radio.name = 'gantt-zoom-' + number;
      radio.checked = entry[1] === 0;
      radio.addEventListener('change', function () {
        level = entry[1];
        show(level);
        said.textContent = entry[0] + ': ' + period();
      });
      label.appendChild(radio);
      label.appendChild(document.createTextNode(entry[0]));
      choice.appendChild(label);
    });
    region.parentNode.insertBefore(choice, region);
    window.addEventListener('beforeprint', function () { if (level) { show(0); } });
    window.addEventListener('afterprint', function () { if (level) { show(level); } });
  }

  document.querySelectorAll('.chart-region').forEach(enhance);
}());
