/* The search field of every page, and the results page.

   A page opened from disk may read no file, so the index comes as scripts: search/index.js when the field is first used,
   then only the files of words and things that a question needs. What they hold is told in src/search/mod.rs. Without
   scripts the masthead leads to the list from A to Z instead. */
(function () {
  "use strict";

  var way = document.querySelector(".search-way");
  var own = document.currentScript;
  if (!way || !own || !window.Promise || !window.Map) return;

  var root = new URL("../", own.src).href;
  var AT_ONCE = 8; // results beneath the field
  var ON_PAGE = 100; // results on the results page
  var AROUND = 90; // letters shown on either side of a word that was found
  var LOOKED_AT = 60; // results that fit best by their words: of these it is looked whether the words stand together

  /* ---- The index ------------------------------------------------------------------------------------------- */

  var head = null;
  var fold = new Map();
  var stop = new Set();
  var parts = { words: [], things: [] };
  var asked = new Map();

  window.milepostSearch = {
    begin: function (given) {
      head = given;
      given.fold.forEach(function (row) {
        Array.from(row[1]).forEach(function (letter) { fold.set(letter, row[0]); });
      });
      given.stop.forEach(function (word) { stop.add(word); });
    },
    words: function (place, words) { parts.words[place] = words; },
    things: function (first, things) { parts.things[head.blocks.indexOf(first)] = things; }
  };

  function load(name) {
    if (!asked.has(name)) {
      asked.set(name, new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = root + "search/" + name + ".js";
        script.onload = done;
        script.onerror = function () {
          asked.delete(name);
          failed(new Error(name));
        };
        document.head.appendChild(script);
      }));
    }
    return asked.get(name);
  }

  /* The same rules as src/search/word.rs. */
  function plain(text) {
    return Array.from(text.toLowerCase().normalize("NFC").replace(/[\u0300-\u036f]/g, "")).map(function (letter) {
      return fold.get(letter) || letter;
    }).join("");
  }

  function cut(word) { return Array.from(word).slice(0, head.longest).join(""); }

  function wordsOf(text) {
    return (plain(text).match(/[\p{Alphabetic}\p{N}]+/gu) || []).map(cut);
  }

  /* Things that have a word, or any word that begins like it: number → weight. */
  function lookUp(word, isBeginning) {
    var first = 0;
    while (first + 1 < head.words.length && head.words[first + 1] <= word) first += 1;
    var places = [first];
    while (isBeginning && first + 1 < head.words.length && head.words[first + 1].startsWith(word)) {
      first += 1;
      places.push(first);
    }
    return Promise.all(places.map(function (place) { return load("words-" + place); })).then(function () {
      var found = new Map();
      places.forEach(function (place) {
        var words = parts.words[place];
        if (!isBeginning) {
          if (Object.prototype.hasOwnProperty.call(words, word)) take(found, words[word], 1);
          return;
        }
        Object.keys(words).forEach(function (known) {
          if (known.startsWith(word)) take(found, words[known], known === word ? 1 : 0.75);
        });
      });
      return found;
    });
  }

  var WEIGHTS = [1, 4, 16]; // in the text, in the title, as the id

  function take(found, told, share) {
    told.split("|").forEach(function (steps, place) {
      var number = 0;
      if (!steps) return;
      steps.split(" ").forEach(function (step) {
        number += parseInt(step, 36);
        var weight = WEIGHTS[place] * share;
        if (weight > (found.get(number) || 0)) found.set(number, weight);
      });
    });
  }

  function both(left, right) {
    var found = new Map();
    left.forEach(function (weight, number) {
      if (right.has(number)) found.set(number, weight + right.get(number));
    });
    return found;
  }

  /* What one word of the question means: the id that reads so, or all words it is made of. */
  function ofTerm(term, isLast, isOnly) {
    var words = wordsOf(term);
    var telling = words.filter(function (word) { return !stop.has(word); });
    if (telling.length === 0 && isOnly) telling = words;
    if (telling.length === 0) return null;
    var asks = telling.map(function (word, place) {
      // What is still being typed may be shorter.
      var isBeginning = word.length > (isLast && place === telling.length - 1 ? 1 : 2);
      return lookUp(word, isBeginning);
    });
    var id = plain(term);
    if (words.length > 1) asks.push(lookUp(id, isLast));
    return Promise.all(asks).then(function (found) {
      var whole = words.length > 1 ? found.pop() : new Map();
      var all = found.reduce(both);
      whole.forEach(function (weight, number) { all.set(number, Math.max(weight, all.get(number) || 0)); });
      return all;
    });
  }

  /* Things that have all words, as number and weight, the best first; those that fit equally well keep their order. */
  function find(question) {
    return load("index").then(function () {
      var terms = question.trim().split(/\s+/).filter(Boolean);
      var asks = terms.map(function (term, place) {
        return ofTerm(term, place === terms.length - 1, terms.length === 1);
      }).filter(Boolean);
      if (head.words.length === 0) return [];
      return Promise.all(asks).then(function (found) {
        if (found.length === 0) return [];
        var all = Array.from(found.reduce(both)).map(function (one) { return [one[0], one[1] + ofOwn(one[0])]; });
        return all.sort(function (left, right) { return right[1] - left[1] || left[0] - right[0]; });
      });
    });
  }

  /* What a thing of the project whose page is open has for it. */
  function ofOwn(number) {
    var isOwn = head.folders.some(function (of) {
      return of[0] === folder && number >= of[1] && number < of[1] + of[2];
    });
    return isOwn ? OWN : 0;
  }

  function blockOf(number) {
    var place = 0;
    while (place + 1 < head.blocks.length && head.blocks[place + 1] <= number) place += 1;
    return place;
  }

  function things(numbers) {
    return Promise.all(numbers.map(function (number) {
      var place = blockOf(number);
      return load("things-" + place).then(function () {
        var row = parts.things[place][number - head.blocks[place]];
        return {
          title: row[0],
          kind: head.kinds[row[1]] || "",
          project: head.projects[row[2]] || "",
          href: root + row[3],
          text: row[4],
          id: row[5]
        };
      });
    }));
  }

  /* The folder of the project whose page this is; none on pages of all projects. */
  var page = window.location.href.split(/[?#]/)[0];
  var folder = page.startsWith(root) ? page.slice(root.length).split("/").slice(0, -1)[0] : undefined;

  var TOGETHER = { title: 6, text: 2 }; // as much as a further word of the title, or two of the text
  var OWN = 8; // more than a word of the title or two words that stand together, less than an id

  /* What a thing has to say for it besides its words: that they stand together as they were asked. */
  function extra(thing, words) {
    var phrase = " " + words.join(" ");
    var has = function (text) { return (" " + wordsOf(text).join(" ")).indexOf(phrase) >= 0; };
    return words.length < 2 ? 0 : has(thing.title) ? TOGETHER.title : has(thing.text) ? TOGETHER.text : 0;
  }

  /* The best things of all that were found, at most so many. */
  function best(found, count, words) {
    var looked = found.slice(0, Math.max(LOOKED_AT, count));
    return things(looked.map(function (one) { return one[0]; })).then(function (of) {
      var ranked = of.map(function (thing, place) {
        return { thing: thing, place: place, weight: looked[place][1] + extra(thing, words) };
      });
      ranked.sort(function (left, right) { return right.weight - left.weight || left.place - right.place; });
      return ranked.slice(0, count).map(function (one) { return one.thing; });
    });
  }

  /* ---- Showing a result ------------------------------------------------------------------------------------ */

  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  /* The words of a question that tell something, to be marked: all of them where none does. */
  function tellingOf(question) {
    var words = wordsOf(question);
    var telling = words.filter(function (word) { return !stop.has(word); });
    return telling.length > 0 ? telling : words;
  }

  /* The text with the beginnings of words that were asked for marked. */
  function marked(element, text, asked) {
    var at = 0;
    text.replace(/[\p{Alphabetic}\p{N}]+/gu, function (word, place) {
      var folded = plain(word);
      if (!asked.some(function (one) { return folded.startsWith(one); })) return word;
      if (place > at) element.appendChild(document.createTextNode(text.slice(at, place)));
      element.appendChild(make("mark", "", word));
      at = place + word.length;
      return word;
    });
    element.appendChild(document.createTextNode(text.slice(at)));
    return element;
  }

  /* The part of the text around the first word that was asked for. */
  function around(text, asked) {
    var found = -1;
    text.replace(/[\p{Alphabetic}\p{N}]+/gu, function (word, place) {
      var folded = plain(word);
      if (found < 0 && asked.some(function (one) { return folded.startsWith(one); })) found = place;
      return word;
    });
    var from = found > AROUND ? text.indexOf(" ", found - AROUND) + 1 : 0;
    var until = Math.max(found, 0) + 2 * AROUND - Math.max(0, Math.min(found, AROUND));
    var short = text.slice(from, until);
    if (until < text.length) short = short.slice(0, Math.max(short.lastIndexOf(" "), 1)) + " …";
    return (from > 0 ? "… " : "") + short;
  }

  function fill(element, thing, asked, link) {
    var title = make(link ? "a" : "span", "found-title");
    if (link) title.href = thing.href;
    if (thing.id) {
      marked(title.appendChild(make("span", "found-id")), thing.id, asked);
      title.appendChild(document.createTextNode(" "));
    }
    marked(title, thing.title, asked);
    element.appendChild(title);
    element.appendChild(document.createTextNode(" "));
    element.appendChild(make("span", "found-kind", [thing.kind, thing.project].filter(Boolean).join(" · ")));
    if (thing.text) {
      element.appendChild(document.createTextNode(" "));
      marked(element.appendChild(make("span", "found-text")), around(thing.text, asked), asked);
    }
    return element;
  }

  function count(number) {
    return number === 0 ? "Nothing found" : number === 1 ? "1 found" : number + " found";
  }

  /* ---- The field ------------------------------------------------------------------------------------------- */

  // A single letter as a shortcut would be in the way of whoever speaks to the machine.
  var isApple = /^(Mac|iP)/.test(window.navigator.platform);
  var form = make("form", "search");
  form.setAttribute("role", "search");
  form.action = root + "search.html";
  form.method = "get";
  var label = make("label", "hidden-visually", "Search all projects");
  label.htmlFor = "search-field";
  var field = make("input", "search-field");
  field.id = "search-field";
  field.name = "q";
  field.type = "search";
  field.placeholder = "Search";
  field.autocomplete = "off";
  field.spellcheck = false;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", "search-found");
  field.setAttribute("aria-keyshortcuts", isApple ? "Meta+K" : "Control+K");
  var key = make("kbd", "search-key", isApple ? "⌘ K" : "Ctrl K");
  key.setAttribute("aria-hidden", "true");
  var list = make("ul", "search-found");
  list.id = "search-found";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Found");
  list.hidden = true;
  var said = make("p", "hidden-visually");
  said.setAttribute("role", "status");
  [label, field, key, list, said].forEach(function (part) { form.appendChild(part); });
  way.replaceWith(form);

  var shown = [];
  var active = -1;
  var turn = 0;

  function close() {
    turn += 1;
    list.hidden = true;
    list.textContent = "";
    shown = [];
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    if (active >= 0) list.children[active].setAttribute("aria-selected", "false");
    active = place;
    if (place < 0) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    var option = list.children[place];
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function show(found, number, asked) {
    list.textContent = "";
    active = -1;
    field.removeAttribute("aria-activedescendant");
    shown = found.map(function (thing) { return thing.href; });
    found.forEach(function (thing, place) {
      var option = fill(make("li", "found"), thing, asked, false);
      option.id = "search-found-" + place;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      list.appendChild(option);
    });
    if (number > found.length) {
      var all = make("li", "found found-all", "All " + number + " results");
      all.id = "search-found-all";
      all.setAttribute("role", "option");
      all.setAttribute("aria-selected", "false");
      list.appendChild(all);
      shown.push(root + "search.html?q=" + encodeURIComponent(field.value));
    }
    list.hidden = shown.length === 0;
    field.setAttribute("aria-expanded", String(shown.length > 0));
    said.textContent = count(number);
  }

  function ask() {
    var question = field.value;
    if (!question.trim()) {
      close();
      said.textContent = "";
      return;
    }
    turn += 1;
    var mine = turn;
    find(question).then(function (all) {
      return best(all, AT_ONCE, wordsOf(question)).then(function (found) {
        if (mine === turn) show(found, all.length, tellingOf(question));
      });
    }).catch(function () {
      if (mine === turn) said.textContent = "The index of the search could not be read";
    });
  }

  function open(place, event) {
    if (event && (event.ctrlKey || event.metaKey)) window.open(shown[place], "_blank", "noopener");
    else window.location.href = shown[place];
    close();
  }

  field.addEventListener("input", ask);
  field.addEventListener("focus", function () {
    load("index").catch(function () {});
  });
  field.addEventListener("keydown", function (event) {
    var last = shown.length - 1;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (last < 0) ask();
      else if (event.key === "ArrowDown") choose(active < last ? active + 1 : 0);
      else choose(active > 0 ? active - 1 : last);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      open(active, event);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (list.hidden) {
        field.value = "";
        field.blur();
      }
      close();
    }
  });
  list.addEventListener("mousedown", function (event) { event.preventDefault(); });
  list.addEventListener("click", function (event) {
    var option = event.target.closest("li");
    if (option) open(Array.from(list.children).indexOf(option), event);
  });
  form.addEventListener("focusout", function (event) {
    if (!form.contains(event.relatedTarget)) close();
  });
  document.addEventListener("keydown", function (event) {
    var isAsked = isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    if (isAsked && event.key.toLowerCase() === "k" && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  /* ---- The results page ------------------------------------------------------------------------------------ */

  var results = document.getElementById("search-results");
  var question = new URLSearchParams(window.location.search).get("q");
  if (!results || !question || !question.trim()) return;
  field.value = question;
  document.title = "“" + question.trim() + "” · " + document.title;
  find(question).then(function (all) {
    return best(all, ON_PAGE, wordsOf(question)).then(function (found) {
      var asked = tellingOf(question);
      var heading = make("h2", "", count(all.length) + " for “" + question.trim() + "”");
      heading.id = "search-results-title";
      said.textContent = heading.textContent;
      results.appendChild(heading);
      if (all.length > found.length) {
        results.appendChild(make("p", "soft", "The best " + found.length + " are shown; another word finds fewer."));
      } else if (found.length === 0) {
        results.appendChild(make("p", "soft", "All words must be in it; the list below has everything by name."));
      }
      if (found.length === 0) {
        results.hidden = false;
        return;
      }
      var listed = make("ol", "found-list");
      found.forEach(function (thing) { listed.appendChild(fill(make("li", "found"), thing, asked, true)); });
      results.appendChild(listed);
      results.hidden = false;
    });
  }).catch(function () {
    results.appendChild(make("p", "", "The index of the search could not be read; the list below has everything by name."));
    results.hidden = false;
  });
})();
