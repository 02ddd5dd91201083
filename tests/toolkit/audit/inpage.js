// What the tests ask a page, in the page itself.
window.asked = {
  // Elements that reach out of the window, and boxes whose content reaches out of them.
  overflow() {
    const width = document.documentElement.clientWidth;
    const out = document.documentElement.scrollWidth > width ? [`page: ${document.documentElement.scrollWidth}`] : [];
    for (const each of document.querySelectorAll("body *")) {
      if (!shown(each) || each.closest("svg, .unseen, .skip, thead")) continue;
      const box = each.getBoundingClientRect();
      if (box.right > width + 1 || box.left < -1) out.push(named(each));
    }
    return out;
  },

  // Levels of the headings in the order of the page.
  headings: () => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((each) => Number(each.tagName[1])),

  // Texts whose contrast against what is painted below them is too low (WCAG AA).
  faint() {
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const each = walker.currentNode.parentElement;
      if (!walker.currentNode.textContent.trim() || !shown(each) || each.closest(".unseen, .skip, script, template")) continue;
      const style = getComputedStyle(each);
      const inPicture = each.closest("svg");
      const ink = rgb(inPicture ? style.fill : style.color);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      for (const paper of inPicture ? papers(each) : [paperOf(each)]) {
        const ratio = contrast(ink, paper);
        if (ratio < (large ? 3 : 4.5)) found.add(`${named(each)} ${ratio.toFixed(2)} "${each.textContent.slice(0, 20)}"`);
      }
    }
    return [...found];
  },

  // Controls that nobody can name or reach by the keyboard.
  mute: () => [...document.querySelectorAll("a, button, input, summary")]
    .filter((each) => shown(each) && (each.tabIndex < 0 || !(each.textContent.trim() || each.labels?.length)))
    .map(named),

  rows: () => document.querySelectorAll("#controls .filtered:not([hidden])").length,
  rules: () => document.querySelectorAll("#evidence .filtered:not([hidden])").length,
  text: () => document.body.innerText,

  pick(name, value) {
    const input = document.querySelector(`input[name="${name}"][value="${value}"]`);
    input.click();
    return input.checked;
  },
  type(words) {
    const input = document.getElementById("filter-text");
    input.value = words;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  },
};

function shown(each) {
  return each.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
}
function named(each) {
  return `${each.tagName.toLowerCase()}.${each.getAttribute("class") || ""}`;
}
function rgb(text) {
  return (text.match(/[\d.]+/g) || [0, 0, 0]).map(Number);
}
function paperOf(each) {
  for (let at = each; at; at = at.parentElement) {
    const colour = rgb(getComputedStyle(at).backgroundColor);
    if (colour.length === 3 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
}
// In a picture: whatever rectangle lies below the text, or the page where none does.
function papers(each) {
  const box = each.getBoundingClientRect();
  const below = [...each.closest("svg").querySelectorAll("rect")].filter((rect) => {
    const area = rect.getBoundingClientRect();
    return area.left <= box.left && area.right >= box.left + 1 && area.top <= box.top && area.bottom >= box.bottom;
  });
  return below.length ? [rgb(getComputedStyle(below.at(-1)).fill)] : [[255, 255, 255]];
}
function contrast(one, other) {
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
function light([r, g, b]) {
  const [x, y, z] = [r, g, b].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}
