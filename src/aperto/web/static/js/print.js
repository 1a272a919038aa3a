/** The button of a page for paper. */
import { on } from "./dom.js";

on("click", "[data-print]", () => window.print());
