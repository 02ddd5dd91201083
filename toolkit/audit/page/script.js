"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);

  // The language switch.
  one("language").hidden = false;
  one("language").addEventListener("change", (event) => speak(event.target.value));
  function speak(language) {
    root.dataset.lang = language;
    root.lang = language === "pt" ? "pt-BR" : "en";
    document.title = language === "pt" ? root.dataset.titlePt : root.dataset.titleEn;
    filter();
  }

  // The rows that are not on the page yet.
  const later = (rule) => all("script[type='application/json']", rule).map((data) => data.textContent).join(" ");
  for (const button of all("button.more")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const data = one(button.dataset.rows);
      const body = button.parentElement.querySelector("tbody");
      const model = body.rows[0];
      body.append(...JSON.parse(data.textContent).map((row) => made(model, row)));
      data.remove();
      button.remove();
    });
  }
  function made(model, [type, name, urn, path, value, status, told]) {
    const row = model.cloneNode(true);
    const [who, where, what, verdict] = row.cells;
    who.querySelector(".name").textContent = name || urn;
    who.querySelector(".name").title = urn;
    who.querySelector(".kind").textContent = type.split(":").pop();
    where.querySelector("code").textContent = path;
    const shown = document.createElement("code");
    shown.textContent = value;
    what.replaceChildren(shown);
    if (told) {
      const note = document.createElement("p");
      note.className = "told";
      note.textContent = told;
      what.append(note);
    }
    verdict.replaceChildren(one(`badge-${status.replace(" ", "-")}`).content.cloneNode(true));
    return row;
  }

  // The filter over controls and rules.
  const form = one("filter");
  const items = all(".filtered");
  const texts = new Map();
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  function filter() {
    const chosen = (name) => all(`input[name="${name}"]:checked`, form).map((input) => input.value);
    const [statuses, frameworks] = [chosen("status"), chosen("framework")];
    const words = one("filter-text").value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const about = JSON.parse(item.dataset.frameworks);
      const fits = (!statuses.length || statuses.includes(item.dataset.status))
        && (!frameworks.length || frameworks.some((name) => about.includes(name)))
        && words.every((word) => text(item).includes(word));
      item.hidden = !fits;
      shown += fits && item.matches("tr");
    }
    const active = statuses.length || frameworks.length || words.length;
    for (const group of all(".framework")) {
      group.hidden = !group.querySelector(".filtered:not([hidden])");
      if (active && !group.hidden) group.open = true;
    }
    for (const note of all(".none-left")) {
      note.hidden = Boolean(note.closest("section").querySelector(".filtered:not([hidden])"));
    }
    const total = items.filter((item) => item.matches("tr")).length;
    const count = one("filter-count");
    count.value = count.dataset[root.dataset.lang].replace("{count}", shown).replace("{total}", total);
  }
  function text(item) {
    if (!texts.has(item)) texts.set(item, `${item.textContent} ${later(item)}`.toLowerCase());
    return texts.get(item);
  }
  filter();

  // A link to a rule opens it; paper shows everything.
  function reveal() {
    const target = location.hash && one(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden) form.reset();
    if (target.matches("details")) target.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => all("details").forEach((each) => { each.open = true; }));
  reveal();
})();
