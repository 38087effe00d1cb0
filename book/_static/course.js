// Small repairs for readers who use a keyboard or a screen reader.
document.addEventListener("DOMContentLoaded", () => {
  // pandas puts an empty header in the corner of each table.
  for (const corner of document.querySelectorAll("th")) {
    if (!corner.textContent.trim()) corner.replaceWith(document.createElement("td"));
  }

  // The role of an entry in a bibliography was taken out of the standard; what it stands in is a list.
  for (const entry of document.querySelectorAll("[role=doc-biblioentry]")) {
    entry.setAttribute("role", "listitem");
  }

  // The theme's side bar is no landmark, although it holds the title of the book.
  const sideBar = document.querySelector(".bd-sidebar-primary");
  sideBar?.setAttribute("role", "region");
  sideBar?.setAttribute("aria-label", "Book");

  // A box that scrolls must be reachable with the keyboard, and only while it scrolls.
  const boxes = document.querySelectorAll(".pst-scrollable-table-container, .cell_output .text_html");
  const mark = () => {
    for (const box of boxes) {
      const scrolls = box.scrollWidth > box.clientWidth;
      for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", "Table"]]) {
        scrolls ? box.setAttribute(name, value) : box.removeAttribute(name);
      }
    }
  };
  new ResizeObserver(mark).observe(document.body);  // also looks once at the start
});
