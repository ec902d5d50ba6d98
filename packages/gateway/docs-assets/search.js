// Narrows the list of all pages down to those that have every word of the question, the best first.

const list = document.querySelector("#results");
const found = document.querySelector("#found");
const input = document.querySelector("input[name=q]");
const items = [...list.children];
const everything = found.textContent;

/** Where a word stands says how much the page is about it. */
function weightOf(word, { title, summary, text }) {
  if (title === word) return 100;
  if (title.startsWith(word)) return 40;
  if (title.includes(word)) return 20;
  if (summary.includes(word)) return 5;
  return text.includes(word) ? 1 : 0;
}

function weightOfAll(words, entry) {
  const weights = words.map((word) => weightOf(word, entry));
  return weights.includes(0) ? 0 : weights.reduce((sum, weight) => sum + weight, 0);
}

function show(question, entries) {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean);
  const ranked = entries
    .map((entry) => ({ entry, weight: weightOfAll(words, entry) }))
    .filter(({ weight }) => words.length === 0 || weight > 0)
    .sort((a, b) => b.weight - a.weight);
  list.replaceChildren(...ranked.map(({ entry }) => entry.item));
  const pages = ranked.length === 1 ? "1 page" : `${ranked.length} pages`;
  found.textContent = words.length === 0 ? everything : `${pages} for “${question.trim()}”.`;
}

async function start() {
  let texts = {};
  try {
    texts = await (await fetch("../search.json")).json();
  } catch {
    // Titles and summaries can be searched all the same.
  }
  const entries = items.map((item) => ({
    item,
    title: item.querySelector("a").textContent.toLowerCase(),
    summary: item.querySelector("p").textContent.toLowerCase(),
    text: texts[item.dataset.page] ?? "",
  }));
  const question = new URLSearchParams(location.search).get("q") ?? "";
  input.value = question;
  show(question, entries);
  input.addEventListener("input", () => {
    show(input.value, entries);
    const address = input.value === "" ? "./" : `?q=${encodeURIComponent(input.value)}`;
    history.replaceState(null, "", address);
  });
}

void start();
