// Arrow keys between the links and buttons of a table: `data-cells` stands around it. Home and End lead to the
// ends of the line.
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
const PRESSED = "a, button, input:not([type=text]):not([type=number])";

const inside = (cell) => cell?.querySelector(PRESSED);

// An empty place on the way is stepped over.
function next(cell, [down, right]) {
  const rows = [...cell.closest("tbody").rows];
  let row = rows.indexOf(cell.parentElement), column = cell.cellIndex;
  for (;;) {
    row += down;
    column += right;
    const beside = rows[row]?.cells[column];
    if (!beside || inside(beside)) return inside(beside);
  }
}

document.addEventListener("keydown", (event) => {
  const pressed = event.target.closest?.(`[data-cells] td :is(${PRESSED})`);
  if (!pressed || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const cell = pressed.closest("td");
  const line = [...cell.parentElement.cells].map(inside).filter(Boolean);
  const there = { Home: line[0], End: line.at(-1) }[event.key] ?? (STEPS[event.key] && next(cell, STEPS[event.key]));
  if (!there) return;
  event.preventDefault();
  there.focus();
});
