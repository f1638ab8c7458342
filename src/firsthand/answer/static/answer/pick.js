// Arrow keys between a search field and what it found: `data-pick` stands around both.
document.addEventListener("keydown", (event) => {
  const around = event.target.closest?.("[data-pick]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!around || !step || event.target.matches("select, textarea")) return;
  const stops = [...around.querySelectorAll("input[type=search], [data-found] button")];
  const next = stops[stops.indexOf(event.target) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});
