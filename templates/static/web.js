// The pages of `gongkai serve`: files dropped and followed, findings filtered, jumps to cells and back.
"use strict";

document.documentElement.classList.add("js");

const said = document.getElementById("said");

// Tell who hears the page; the same words twice are told twice.
function announce(text) {
  said.textContent = "";
  setTimeout(() => { said.textContent = text; }, 50);
}

function filled(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
}

// A page that the browser kept from before may be out of date.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// ---- the desk: files sent one by one, each followed until it is judged

const AT_ONCE = 3;
const PAUSE = 500;

function desk(form) {
  const words = form.dataset;
  const input = document.getElementById("chosen");
  const list = document.getElementById("list");
  const panel = document.getElementById("files");
  const trouble = document.getElementById("trouble");
  const waiting = [];
  let sending = 0;
  let following = false;
  let lastDropped = [];

  function rowOf(token) {
    return document.getElementById("f-" + token);
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // The row of a file on its way; the server's own row takes its place.
  function newRow(file) {
    const row = element("li", "file sending");
    const name = element("div", "name");
    name.append(element("span", "kind", (/\.([^.]{1,5})$/.exec(file.name) || ["", "?"])[1].toUpperCase()));
    const text = element("div", "");
    text.append(element("strong", "", file.name));
    name.append(text);
    const state = element("ul", "chips");
    state.append(element("li", "busy", words.waiting));
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const actions = element("div", "actions");
    actions.append(bar);
    row.append(name, state, actions);
    list.append(row);
    panel.removeAttribute("data-empty");
    return row;
  }

  function failed(row, name, reason) {
    const state = row.querySelector(".chips");
    state.replaceChildren(element("li", "error", words.notTaken));
    row.querySelector(".name div").append(element("p", "small reason", reason));
    const away = element("button", "quiet", words.remove);
    away.type = "button";
    away.addEventListener("click", () => row.remove());
    row.querySelector(".actions").replaceChildren(away);
    row.className = "file done";
    announce(filled(words.done, { name, result: reason }));
  }

  // The server's row, written by its template, instead of what stood there.
  function replaced(row, html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = holder.content.querySelector("li");
    const focused = row.contains(document.activeElement);
    row.replaceWith(fresh);
    if (focused) fresh.querySelector("a, button").focus();
  }

  function send(job) {
    sending += 1;
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("files", job.file, job.file.name);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    const bar = job.row.querySelector("progress");
    job.row.querySelector(".chips li").textContent = words.sending;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("loadend", () => {
      sending -= 1;
      const answer = request.response;
      if (request.status === 201 && answer) {
        job.batch.push(answer[0].token);
        replaced(job.row, answer[0].row);
        follow();
      } else {
        failed(job.row, job.file.name, (answer && answer.reason) || words.failed);
      }
      next();
    });
    request.send(body);
  }

  function next() {
    while (sending < AT_ONCE && waiting.length) send(waiting.shift());
  }

  function take(files) {
    if (!files.length) return;
    if (files.length > Number(words.files)) {
      announce(words.tooMany);
      const row = newRow({ name: files[0].name + " …" });
      failed(row, "", words.tooMany);
      return;
    }
    const batch = [];
    lastDropped = files.length === 1 ? batch : [];
    announce(filled(words.taken, { count: files.length }));
    for (const file of files) {
      const row = newRow(file);
      if (file.size > Number(words.fileBytes)) {
        failed(row, file.name, filled(words.tooLarge, { name: file.name }));
      } else {
        waiting.push({ file, row, batch });
      }
    }
    next();
  }

  // Ask how far the files are, until all are done.
  async function follow() {
    if (following) return;
    following = true;
    try {
      for (;;) {
        const answer = await fetch("/files", { headers: { Accept: "application/json" } });
        const states = await answer.json();
        for (const state of states) {
          const row = rowOf(state.token);
          if (!row || row.dataset.state === state.state) continue;
          replaced(row, state.row);
          if (state.state === "done") announce(filled(words.done, { name: state.name, result: state.said }));
        }
        if (states.every((state) => state.state === "done") && !sending && !waiting.length) {
          finished(states);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    } catch (error) {
      trouble.textContent = words.gone;
      trouble.hidden = false;
    } finally {
      following = false;
    }
  }

  // A single file dropped is shown at once; of several the list is what one wants to see.
  function finished(states) {
    const [token] = lastDropped;
    const row = token && rowOf(token);
    const link = row && row.querySelector(".name a");
    if (link) {
      location.assign(link.href);
    } else if (states.length > 1) {
      announce(filled(words.all, { count: states.length }));
    }
  }

  input.addEventListener("change", () => {
    take(Array.from(input.files));
    input.value = "";
  });
  // The files that were dragged here, those in folders at any depth as well; there, only reports are looked for.
  async function dropped(transfer) {
    const entries = Array.from(transfer.items || [], (item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
    if (!entries.some((entry) => entry && entry.isDirectory)) return Array.from(transfer.files);
    const suffixes = input.accept.split(",");
    const found = [];
    const told = (ask) => new Promise((resolve, reject) => ask(resolve, reject));
    async function walk(entry, depth) {
      if (entry.isFile) {
        const wanted = suffixes.some((suffix) => entry.name.toLowerCase().endsWith(suffix));
        const named = depth === 0 || (wanted && !/^(\.|~\$)/.test(entry.name));
        if (named) found.push(await told((done, fault) => entry.file(done, fault)));
        return;
      }
      const reader = entry.createReader();
      for (;;) {
        const some = await told((done, fault) => reader.readEntries(done, fault));
        if (!some.length) return;
        for (const one of some) await walk(one, depth + 1);
      }
    }
    for (const entry of entries) if (entry) await walk(entry, 0);
    return found;
  }

  // A file dropped beside the box is meant for it, and must not replace the page.
  let inside = 0;
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (!event.dataTransfer || !Array.from(event.dataTransfer.types).includes("Files")) return;
      event.preventDefault();
      if (kind === "dragenter") inside += 1;
      if (kind === "dragleave") inside -= 1;
      if (kind === "drop") inside = 0;
      form.classList.toggle("over", inside > 0);
      if (kind === "drop") dropped(event.dataTransfer).then(take, () => announce(words.failed));
    });
  }
  if (list.querySelector("[data-state=waiting], [data-state=reading]")) follow();
}

// ---- a result that is not there yet

async function awaited(token) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    try {
      const answer = await fetch("/files/" + token);
      if (!(await answer.text()).includes("data-pending")) break;
    } catch (error) {
      return;
    }
  }
  location.reload();
}

// ---- a result: filter, and jumps

// Where findings and tables stand side by side (web.css says the same).
const BESIDE = window.matchMedia("(min-width: 68rem)");

function filter(box) {
  const findings = Array.from(document.querySelectorAll(".finding"));

  function apply() {
    const shown = new Set(Array.from(box.querySelectorAll(":checked"), (one) => one.value));
    for (const one of findings) {
      one.hidden = !Array.from(shown).some((severity) => one.classList.contains(severity));
    }
    // A number in a cell leads to its finding, and goes with it; a cell left without any is plain.
    for (const cell of document.querySelectorAll(".form .fault, .form .suspect, .form .unmarked")) {
      const links = Array.from(cell.querySelectorAll(".refs a"));
      for (const link of links) link.hidden = document.getElementById(link.hash.slice(1)).hidden;
      cell.classList.toggle("unmarked", links.length > 0 && links.every((link) => link.hidden));
    }
    return findings.filter((one) => !one.hidden).length;
  }

  box.addEventListener("change", () => {
    announce(filled(box.dataset.said, { shown: apply(), count: findings.length }));
  });
  apply();

  // Who comes from elsewhere to a finding that is hidden wants to see it.
  return function reveal(target) {
    const finding = target.closest(".finding");
    if (!finding || !finding.hidden) return;
    for (const one of box.querySelectorAll("input")) {
      if (finding.classList.contains(one.value)) one.checked = true;
    }
    apply();
  };
}

function jumps(reveal) {
  function arrive() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    reveal(target);
    const place = BESIDE.matches ? "nearest" : "center";
    target.scrollIntoView({ block: place, inline: place });
    if (target.hasAttribute("tabindex")) target.focus({ preventScroll: true });
  }
  window.addEventListener("hashchange", arrive);
  // The browser would put the target at the top, and the finding beside it out of sight.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('article a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    const { scrollX, scrollY } = window;
    location.hash = link.hash;
    window.scrollTo(scrollX, scrollY);
    arrive();
  });
  arrive();
}

const form = document.getElementById("drop");
if (form) desk(form);
const pending = document.querySelector("[data-pending]");
if (pending) awaited(pending.dataset.pending);
const box = document.getElementById("filter");
if (document.querySelector("article")) jumps(box ? filter(box) : () => {});
