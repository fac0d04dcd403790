/* Long tables: sorted by a heading, narrowed by a field above. Without this file every row is there, in the order of the page.

   The page marks what may be sorted: a table in which a cell carries `data-sort` (a number, a day as 2026-11-20, or words), or
   that stands in a `.table-block` with `.table-facets` (choices written by the page, hidden until somebody can use them).
   How a table was left is kept for the visit, by page and table. */
(function () {
  'use strict';

  var NOTHING = '—';

  /* A list of more cards than this shows so many at first. */
  var LONG_LIST = 18, FIRST_CARDS = 12;

  /* What a cell is sorted by: a number where it is one, else words. Nothing sorts last, whichever way. */
  function valueOf(cell) {
    var text = cell ? (cell.dataset.sort || cell.textContent.trim()) : '';
    if (text === '' || text === NOTHING) { return null; }
    var number = Number(text);
    return Number.isNaN(number) ? text : number;
  }

  function compare(a, b) {
    if (typeof a === 'number' && typeof b === 'number') { return a - b; }
    return String(a).localeCompare(String(b), document.documentElement.lang, { numeric: true });
  }

  function element(name, names, text) {
    var made = document.createElement(name);
    if (names) { made.className = names; }
    if (text) { made.textContent = text; }
    return made;
  }

  /* The rows of a table as entries: a row with those that belong to it, under the heading it stands under. */
  function entriesOf(table) {
    var entries = [], group = null, groups = [], totals = [];
    Array.prototype.forEach.call(table.tBodies, function (body) {
      Array.prototype.forEach.call(body.rows, function (row) {
        if (row.classList.contains('group')) {
          group = { row: row, entries: [] };
          groups.push(group);
        } else if (row.classList.contains('total')) {
          totals.push(row);
        } else if (row.classList.contains('verdict-row') && entries.length > 0) {
          entries[entries.length - 1].rows.push(row);
        } else {
          var entry = { rows: [row], place: entries.length };
          entries.push(entry);
          if (group) { group.entries.push(entry); }
        }
      });
    });
    entries.forEach(function (entry) {
      entry.text = entry.rows.map(function (row) { return row.textContent; }).join(' ').toLocaleLowerCase();
    });
    return { entries: entries, groups: groups, totals: totals };
  }

  function columnsOf(table) {
    var place = 0, columns = [];
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (heading) {
      if (heading.tagName === 'TH' && heading.textContent.trim() !== '') {
        columns.push({ heading: heading, name: heading.textContent.trim(), place: place });
      }
      place += heading.colSpan;
    });
    return columns;
  }

  function remembered(key) {
    try { return JSON.parse(window.sessionStorage.getItem(key)) || {}; } catch (refused) { return {}; }
  }

  function remember(key, state) {
    try { window.sessionStorage.setItem(key, JSON.stringify(state)); } catch (refused) { /* the page works without */ }
  }

  function enhance(table, number) {
    var block = table.closest('.table-block');
    if (!block || !table.tHead || table.tBodies.length === 0) { return; }
    var key = 'milepost table ' + window.location.pathname + ' ' + number;
    var state = remembered(key);
    var rows = entriesOf(table);
    var columns = columnsOf(table);
    var body = table.tBodies[0];
    var facets = block.querySelector('.table-facets');
    var name = table.getAttribute('aria-label') || (table.caption ? table.caption.textContent.trim() : '');

    /* Where rows are cards the list sorts, and headings out of sight are for reading only: the focus passes them over. */
    var cards = table.classList.contains('stacks') ? window.matchMedia('(max-width: 40rem)') : null;

    var tools = element('div', 'table-tools');
    tools.setAttribute('role', 'group');
    tools.setAttribute('aria-label', 'Sort and filter' + (name ? ': ' + name : ''));

    var fieldLabel = element('label', 'table-filter', 'Filter ');
    var field = element('input');
    field.type = 'search';
    field.autocomplete = 'off';
    field.spellcheck = false;
    fieldLabel.append(field);

    var sortLabel = element('label', 'table-sort', 'Sort by ');
    var choice = element('select');
    choice.append(new Option('the order of the page', ''));
    columns.forEach(function (column, at) {
      choice.append(new Option(column.name, at + ' up'), new Option(column.name + ', falling', at + ' down'));
    });
    sortLabel.append(choice);

    var count = element('output', 'table-count');
    count.setAttribute('role', 'status');
    tools.append(fieldLabel);
    if (facets) {
      facets.hidden = false;
      tools.append(facets);
    }
    tools.append(sortLabel, count);
    block.insertBefore(tools, block.firstChild);

    columns.forEach(function (column, at) {
      var button = element('button', 'sort');
      button.type = 'button';
      while (column.heading.firstChild) { button.append(column.heading.firstChild); }
      column.heading.append(button);
      if (cards) {
        button.tabIndex = cards.matches ? -1 : 0;
        cards.addEventListener('change', function () { button.tabIndex = cards.matches ? -1 : 0; });
      }
      button.addEventListener('click', function () {
        var before = state.column === at ? state.way : '';
        state.way = before === '' ? 'up' : before === 'up' ? 'down' : '';
        state.column = state.way ? at : undefined;
        show();
      });
    });

    function chosen() {
      if (!facets) { return []; }
      return Array.prototype.map.call(facets.querySelectorAll('select'), function (select) {
        return { name: select.dataset.facet, value: select.value };
      }).filter(function (facet) { return facet.value !== ''; });
    }

    function isShown(entry, words, facetsChosen) {
      return words.every(function (word) { return entry.text.indexOf(word) >= 0; }) && facetsChosen.every(function (facet) {
        return entry.rows[0].getAttribute('data-facet-' + facet.name) === facet.value;
      });
    }

    function order() {
      if (state.column === undefined || !columns[state.column]) { return null; }
      var place = columns[state.column].place, sign = state.way === 'down' ? -1 : 1;
      return rows.entries.map(function (entry) {
        return { entry: entry, value: valueOf(entry.rows[0].cells[place]) };
      }).sort(function (a, b) {
        if (a.value === null || b.value === null) {
          return (a.value === null) - (b.value === null) || a.entry.place - b.entry.place;
        }
        return sign * compare(a.value, b.value) || a.entry.place - b.entry.place;
      }).map(function (keyed) { return keyed.entry; });
    }

    function show() {
      var sorted = order();
      var words = (state.filter || '').toLocaleLowerCase().split(/\s+/).filter(Boolean);
      var facetsChosen = chosen();
      var n = 0;
      rows.entries.forEach(function (entry) {
        entry.shown = isShown(entry, words, facetsChosen);
        if (entry.shown) { n += 1; }
        entry.rows.forEach(function (row) { row.hidden = !entry.shown; });
      });
      rows.groups.forEach(function (group) {
        group.row.hidden = Boolean(sorted) || !group.entries.some(function (entry) { return entry.shown; });
      });
      var isNarrowed = n < rows.entries.length;
      rows.totals.forEach(function (row) { row.hidden = isNarrowed; });
      table.classList.toggle('sorted', Boolean(sorted));

      var all = document.createDocumentFragment();
      if (sorted) {
        sorted.forEach(function (entry) { all.append.apply(all, entry.rows); });
        rows.groups.forEach(function (group) { all.append(group.row); });
      } else {
        var under = new Map();
        rows.groups.forEach(function (group) { if (group.entries[0]) { under.set(group.entries[0], group.row); } });
        rows.entries.forEach(function (entry) {
          if (under.has(entry)) { all.append(under.get(entry)); }
          all.append.apply(all, entry.rows);
        });
      }
      rows.totals.forEach(function (row) { all.append(row); });
      body.append(all);
      fold(sorted || rows.entries);

      columns.forEach(function (column, at) {
        var is = sorted && at === state.column;
        if (is) { column.heading.setAttribute('aria-sort', state.way === 'down' ? 'descending' : 'ascending'); }
        else { column.heading.removeAttribute('aria-sort'); }
      });
      choice.value = sorted ? state.column + ' ' + state.way : '';
      count.textContent = isNarrowed ? n + ' of ' + rows.entries.length : String(rows.entries.length);
      count.classList.toggle('narrowed', isNarrowed);
      state.facets = {};
      facetsChosen.forEach(function (facet) { state.facets[facet.name] = facet.value; });
      remember(key, state);
    }

    function everything() {
      state.filter = field.value = '';
      if (facets) {
        facets.querySelectorAll('select').forEach(function (select) { select.value = ''; });
      }
      show();
    }

    /* On a telephone a long list of cards shows its first ones, and the rest when it is asked for. */
    var more = element('button', 'table-more');
    more.type = 'button';
    if (cards && rows.entries.length > LONG_LIST) {
      block.append(more);
      more.addEventListener('click', function () {
        var next = rows.entries.filter(function (entry) { return entry.rows[0].classList.contains('beyond'); })[0];
        state.all = true;
        show();
        if (next) { next.rows[0].tabIndex = -1; next.rows[0].focus({ preventScroll: true }); }
      });
      cards.addEventListener('change', function () { show(); });
    }

    function fold(inOrder) {
      var isFolded = cards && cards.matches && !state.all && rows.entries.length > LONG_LIST;
      var n = 0;
      inOrder.filter(function (entry) { return entry.shown; }).forEach(function (entry, at) {
        entry.beyond = isFolded && at >= FIRST_CARDS;
        if (entry.beyond) { n += 1; }
      });
      rows.entries.forEach(function (entry) {
        entry.rows.forEach(function (row) { row.classList.toggle('beyond', Boolean(entry.shown && entry.beyond)); });
      });
      rows.groups.forEach(function (group) {
        group.row.classList.toggle('beyond', group.entries.every(function (entry) { return !entry.shown || entry.beyond; }));
      });
      more.hidden = n === 0;
      more.textContent = n === 1 ? 'Show 1 more' : 'Show ' + n + ' more';
    }

    /* A link may lead to a row that the filter hides. */
    function reveal() {
      var target = window.location.hash ? document.getElementById(decodeURIComponent(window.location.hash.slice(1))) : null;
      var row = target && table.contains(target) ? target.closest('tr') : null;
      var isHidden = row && (row.hidden || row.classList.contains('beyond'));
      if (row && row.hidden) { everything(); }
      if (row && row.classList.contains('beyond')) {
        state.all = true;
        show();
      }
      if (isHidden) { row.scrollIntoView(); }
    }

    field.value = state.filter || '';
    if (facets) {
      facets.querySelectorAll('select').forEach(function (select) {
        select.value = (state.facets && state.facets[select.dataset.facet]) || '';
        if (select.selectedIndex < 0) { select.value = ''; }
      });
      facets.addEventListener('change', show);
    }
    field.addEventListener('input', function () { state.filter = field.value; show(); });
    field.addEventListener('keydown', function (event) { if (event.key === 'Escape') { everything(); } });
    choice.addEventListener('change', function () {
      var parts = choice.value.split(' ');
      state.way = parts[1] || '';
      state.column = parts[1] ? Number(parts[0]) : undefined;
      show();
    });
    window.addEventListener('hashchange', reveal);
    show();
    reveal();
  }

  var tables = document.querySelectorAll('body:not(.document) .table-block .table');
  Array.prototype.filter.call(tables, function (table) {
    return table.querySelector('tbody [data-sort]') || table.closest('.table-block').querySelector('.table-facets');
  }).forEach(enhance);

  /* A wide table that fits its column needs no window of its own: all of it is shown, and its headings follow the page. */
  var wide = document.querySelectorAll('body:not(.document) .table-block.wide:not(:has(.matrix))');
  var roomy = window.matchMedia('(min-width: 76rem)');
  function unfold() {
    Array.prototype.forEach.call(wide, function (block) {
      block.classList.remove('is-whole');
      var region = block.querySelector('.table-region');
      block.classList.toggle('is-whole', roomy.matches && region.scrollWidth <= region.clientWidth);
    });
  }
  if (wide.length) {
    unfold();
    window.addEventListener('resize', unfold);
  }
})();
