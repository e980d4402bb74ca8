"use strict";
(function () {
  let picked = null;
  const of = (node) => node.dataset.f.split(" ");
  const twins = (node) => {
    const form = node.closest("article"), fields = of(node);
    return [...form.querySelectorAll("[data-f]")].filter((other) => of(other).some((field) => fields.includes(field)));
  };
  const light = (node) => {
    document.querySelectorAll(".lit").forEach((other) => other.classList.remove("lit"));
    if (node) twins(node).forEach((other) => other.classList.add("lit"));
  };
  const show = (node) => {
    const isPlace = node.classList.contains("place");
    const goal = twins(node).find((other) => other !== node && (isPlace ? other.classList.contains("line") : other.classList.contains("place")));
    if (!goal) return;
    const pane = goal.closest(".pages");
    if (!pane) { goal.scrollIntoView({ block: "nearest" }); return; }
    if (getComputedStyle(pane).overflowY !== "auto") return;
    const box = goal.getBoundingClientRect(), frame = pane.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) pane.scrollTop += box.top - frame.top - frame.height / 3;
  };
  let waiting = 0;
  const over = (event) => {
    const node = event.target.closest("[data-f]");
    clearTimeout(waiting);
    if (!node) return;
    light(node);
    waiting = setTimeout(() => show(node), 150);
  };
  const leave = (event) => {
    if (event.target.closest("[data-f]")) { clearTimeout(waiting); light(picked); }
  };
  document.addEventListener("mouseover", over);
  document.addEventListener("mouseout", leave);
  document.addEventListener("focusin", (event) => {
    const node = event.target.closest("[data-f]");
    if (node) { light(node); show(node); }
  });
  document.addEventListener("click", (event) => {
    const node = event.target.closest("[data-f]");
    picked = node;
    light(node);
    if (node && !event.target.closest("a")) show(node);
  });
})();
