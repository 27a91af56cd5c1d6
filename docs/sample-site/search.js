// The search of a site: it reads the pieces beside it and shows rows. What a court wrote is only
// ever set as text, never as markup.
"use strict";

(() => {
  const PAGE = 50;
  const FIELDS = ["kind", "ruling", "case", "court", "number", "filed"];
  // What stands where in a row: see search.py.
  const [NAME, NUMBER, FILED, PLACE, COURT, DOCKET, KIND, RULING, HEADLINE, TEXT] = Array(10).keys();
  const form = document.getElementById("search");
  const said = document.getElementById("said");
  const list = document.getElementById("hits");
  const more = document.getElementById("more");
  const entries = [];
  let hits = [];
  let shown = 0;
  let reading = null;
  let turns = 0;

  // Words as they are compared: parted at every sign, freed of case and accents.
  const words = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean).join(" ");

  window.docketEntries = (caseId, label, captions, rows) => {
    const captionOf = new Map(captions);
    for (const row of rows) {
      const caption = captionOf.get(`${row[COURT]}/${row[DOCKET]}`);
      const about = [row[DOCKET], row[PLACE], caption, row[HEADLINE], row[TEXT]].join(" . ");
      entries.push({ row, caseId, label, words: ` ${words(about)} ` });
    }
  };

  const piece = (address) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error(address));
    document.head.append(script);
  });

  const everything = async () => {
    for (const address of form.dataset.pieces.split(" ").filter(Boolean)) await piece(address);
    entries.reverse();
    entries.sort((a, b) => (a.row[FILED] < b.row[FILED] ? 1 : a.row[FILED] > b.row[FILED] ? -1 : 0));
  };

  // What cannot be asked, in words.
  class Unasked extends Error {}

  // What is asked for, as tests of one entry. Throws Unasked.
  const tests = (asked) => {
    if (asked.split('"').length % 2 === 0) throw new Unasked("A quote is not closed.");
    const found = [];
    for (const [, minus, quoted, bare] of asked.matchAll(/(-?)(?:"([^"]*)"|(\S+))/g)) {
      const test = quoted === undefined ? term(bare) : phrase(quoted);
      if (test) found.push(minus ? (entry) => !(test.surely || test)(entry) : test);
    }
    return found;
  };

  const phrase = (text, ending = " ") => {
    const wanted = words(text);
    return wanted ? (entry) => entry.words.includes(` ${wanted}${ending}`) : null;
  };

  const term = (text) => {
    const [, name, value] = /^([a-z]+):(.*)$/.exec(text) || [];
    if (name === undefined) return text.endsWith("*") ? phrase(text, "") : phrase(text);
    if (!FIELDS.includes(name)) throw new Unasked(`Nothing is called ${name}: here; there are ${FIELDS.join(", ")}.`);
    // A kind finds what may be of it, too; a minus leaves out only what surely is.
    if (name === "kind") {
      const test = (entry) => entry.row[KIND].split(" ").includes(value);
      test.surely = (entry) => entry.row[KIND] === value;
      return test;
    }
    return (entry) => {
      const row = entry.row;
      switch (name) {
        case "ruling": return row[RULING] === value;
        case "case": return entry.caseId === value;
        case "court": return row[COURT] === value;
        case "number": return String(row[NUMBER]) === value;
        default: return row[FILED].startsWith(value);
      }
    };
  };

  const element = (tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.textContent = text;
    return made;
  };

  const item = ({ row, label }) => {
    const made = element("li", "row", "");
    const number = row[NUMBER] ? ` #${row[NUMBER]}` : "";
    made.append(element("p", "when", (row[FILED] || "no date") + number));
    const what = element("div", "what", "");
    const head = element("p", "head", "");
    const link = element("a", "", row[HEADLINE]);
    link.href = `entries/${encodeURIComponent(row[NAME])}`;
    head.append(link);
    const [kind, ...mayBe] = row[KIND].split(" ").map((one) => one.replaceAll("_", " "));
    if (mayBe.length) head.append(" ", element("span", "note", `may be ${mayBe.join(" or ")}: read it`));
    const text = row[TEXT].length > 280 ? `${row[TEXT].slice(0, 280)}…` : row[TEXT];
    what.append(head, element("p", "text", text));
    what.append(element("p", "facts", `${row[PLACE]} · ${kind} · ${label}`));
    made.append(what);
    return made;
  };

  const show = () => {
    list.append(...hits.slice(shown, shown + PAGE).map(item));
    shown = Math.min(shown + PAGE, hits.length);
    list.hidden = shown === 0;
    more.hidden = shown === hits.length;
  };

  const search = async (asked) => {
    // Whoever asks again while the pieces are read gets the later answer alone.
    const turn = ++turns;
    list.replaceChildren();
    list.hidden = more.hidden = true;
    hits = [];
    shown = 0;
    try {
      const wanted = tests(asked);
      if (!wanted.length) {
        said.textContent = asked.trim() ? "Write at least one word." : "";
        return;
      }
      said.textContent = "Reading …";
      await (reading ||= everything());
      if (turn !== turns) return;
      hits = entries.filter((entry) => wanted.every((test) => test(entry)));
      said.textContent = hits.length === 1 ? "1 hit." : hits.length ? `${hits.length} hits, the newest first.` : "Nothing on record fits.";
      show();
    } catch (error) {
      said.textContent = error instanceof Unasked ? error.message : `A part of the index could not be read (${error.message}): nothing is known of it. Load this page again.`;
    }
  };

  const asked = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  };
  const begin = async () => {
    const question = asked();
    form.elements.q.value = question;
    delete said.dataset.answers;
    await search(question);
    if (question === asked()) said.dataset.answers = question;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const next = `#${encodeURIComponent(form.elements.q.value)}`;
    if (location.hash === next) begin();
    else location.hash = next;
  });
  window.addEventListener("hashchange", begin);
  more.addEventListener("click", show);
  document.getElementById("without").hidden = true;
  form.hidden = false;
  begin();
})();
