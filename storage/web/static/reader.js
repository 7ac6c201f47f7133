// Keys, for those who have a keyboard: / to the search field, n and p through the edits of a comparison.
(() => {
  "use strict";
  let current = -1;
  document.getElementById("watch")?.addEventListener("focus", (event) => event.target.select());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "")) return;
    if (event.key === "/") {
      const field = document.getElementById("q");
      if (field) {
        event.preventDefault();
        field.focus();
        field.select();
      }
    }
    if (event.key !== "n" && event.key !== "p") return;
    const edits = document.querySelectorAll("[data-edit]");
    if (!edits.length) return;
    edits[current]?.classList.remove("current");
    current = (current + (event.key === "n" ? 1 : -1) + edits.length) % edits.length;
    if (current < 0) current = 0;
    edits[current].classList.add("current");
    edits[current].scrollIntoView({ block: "center" });
  });
})();
