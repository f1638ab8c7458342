// Arrow keys between the links of a table: `data-cells` stands around it.
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.("[data-cells] td a");
  const step = STEPS[event.key];
  if (!link || !step || event.altKey || event.ctrlKey || event.metaKey) return;
  const cell = link.closest("td");
  const rows = [...cell.closest("tbody").rows];
  const row = rows[rows.indexOf(cell.parentElement) + step[0]];
  const next = row?.cells[cell.cellIndex + step[1]]?.querySelector("a");
  if (next) {
    event.preventDefault();
    next.focus();
  }
});
