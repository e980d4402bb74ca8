"use strict";
// How old the page is; without this script the day it was made still stands at its head.
const made = document.getElementById("made");
const tell = () => {
  const hours = (Date.now() - Date.parse(made.dateTime)) / 3600000;
  const old = hours >= Number(made.dataset.stale);
  document.getElementById("stale").hidden = !old;
  if (old) {
    const days = Math.floor(hours / 24);
    document.getElementById("age").textContent = `It was made ${days < 2 ? "more than a day" : `${days} days`} ago.`;
  }
};
tell();
setInterval(tell, 60000);

for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const by = (row) => row.cells[column].dataset.sort;
      // What is empty stands last whichever way it is sorted.
      rows.sort((a, b) => {
        const [one, other] = [by(a), by(b)];
        if (!one || !other) return one ? -1 : other ? 1 : 0;
        return (one < other ? -1 : one > other ? 1 : 0) * (down ? -1 : 1);
      });
      body.append(...rows);
    });
  });
  const tools = table.closest("section").querySelector(".tools");
  const search = tools.querySelector("input");
  const status = tools.querySelector("select");
  const found = document.getElementById(`${table.id}-found`);
  const filter = () => {
    const words = search.value.toLocaleLowerCase("en-GB").split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLocaleLowerCase("en-GB");
      const wanted = !status || !status.value || [...row.querySelectorAll(".tag")].some((tag) => tag.textContent === status.value);
      row.hidden = !wanted || !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    found.textContent = shown === rows.length ? "" : `${shown} of ${rows.length} shown`;
  };
  search.addEventListener("input", filter);
  if (status) status.addEventListener("change", filter);
  tools.hidden = false;
}
