/** A layout as it stands on the canvas: read into what is kept, and put back when something is undone. */

function keysIn(zone) {
  return [...zone.querySelectorAll("[data-key]")].map((tile) => tile.dataset.key);
}

function panelOf(zone) {
  const titles = {};
  for (const input of zone.querySelectorAll("[data-language]")) if (input.value.trim()) titles[input.dataset.language] = input.value.trim();
  return { title: zone.querySelector("[data-title]").value, titles, fields: keysIn(zone), columns: Number(zone.querySelector("[data-columns]")?.value ?? 0) };
}

function zonesOf(group) {
  return [...group.querySelectorAll("[data-zones] > [data-zone]")];
}

/** The arrangement as the server keeps it. */
export function arrangementOf(editor) {
  const arrangement = {};
  for (const group of editor.querySelectorAll("[data-group]")) {
    const zones = zonesOf(group);
    if (group.dataset.group === "panels") arrangement.panels = zones.map(panelOf);
    else if (group.dataset.group === "related") {
      arrangement.related = [...zones[0].querySelectorAll("[data-key]")].map((tile) => ({ key: tile.dataset.key, shown: tile.querySelector("[data-shown]").checked }));
    } else arrangement[group.dataset.group === "subtitle" ? "subtitle" : "fields"] = keysIn(zones[0]);
  }
  return arrangement;
}

export function newPanel(editor, { title = editor.dataset.newTitle, titles = {}, columns = 0 } = {}) {
  const zone = editor.querySelector("[data-panel-template]").content.firstElementChild.cloneNode(true);
  zone.querySelector("[data-title]").value = title;
  const choice = zone.querySelector("[data-columns]");
  if (choice) choice.value = columns;
  for (const input of zone.querySelectorAll("[data-language]")) input.value = titles[input.dataset.language] ?? "";
  nameZone(zone);
  return zone;
}

/** The list of tiles is called what its panel is called. */
export function nameZone(zone) {
  zone.querySelector("[data-tiles]").ariaLabel = zone.querySelector("[data-title]").value;
}

function fillZone(group, zone, keys) {
  const tiles = zone.querySelector("[data-tiles]");
  for (const key of keys) tiles.append(group.querySelector(`[data-key="${CSS.escape(key)}"]`));
}

/** Everything onto the shelf first, then each tile into its place. */
export function putArrangement(editor, arrangement) {
  for (const group of editor.querySelectorAll("[data-group]")) {
    const kind = group.dataset.group;
    const zones = zonesOf(group);
    if (kind === "related") {
      fillZone(group, zones[0], arrangement.related.map((each) => each.key));
      for (const { key, shown } of arrangement.related) group.querySelector(`[data-key="${CSS.escape(key)}"] [data-shown]`).checked = shown;
      continue;
    }
    group.querySelector("[data-shelf] [data-tiles]").append(...group.querySelectorAll("[data-zones] [data-key]"));
    if (kind === "panels") {
      const made = arrangement.panels.map((panel) => newPanel(editor, panel));
      made.forEach((zone, place) => fillZone(group, zone, arrangement.panels[place].fields));
      group.querySelector("[data-zones]").replaceChildren(...made);
    } else fillZone(group, zones[0], kind === "subtitle" ? arrangement.subtitle : arrangement.fields);
  }
}
