// Keeps answers on this telephone until the server has them. Every page works without it.
// What is kept is sealed with a key made from the link's address, which is written nowhere here.
"use strict";
addEventListener("input", () => {
  const box = document.querySelector("[data-total]"), form = document.forms[0];
  if (!box || !form) return;
  const given = [...form.elements].filter((one) => one.type === "text")
    .reduce((sum, one) => sum + (Number(one.value.replace(/[\s'’]/g, "").replace(",", ".")) || 0), 0);
  const said = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, " ");
  box.querySelector("b").textContent = box.dataset.mots
    .replace("{n}", said(box.dataset.total - given)).replace("{m}", said(box.dataset.total));
});

/* Conditions: trees made by croisee.questionnaire.offline. A question's value is a String object:
   true even when empty, as a node is in XPath. */
const day = (text) => {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const at = found && new Date(text + "T00:00:00Z");
  return at && at.toISOString().slice(0, 10) === text ? at / 864e5 : NaN;
};
const number = (value) => {
  if (typeof value === "number" || typeof value === "boolean") return Number(value);
  const text = String(value).trim();
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : day(text);
};
const plain = (value) => typeof value === "object"
  || (typeof value === "string" ? value !== "" : value && value === value);
const strict = (text) => (/^\s*-?(\d+(\.\d*)?|\.\d+)\s*$/.test(text) ? Number(text) : NaN);
const equal = (a, b, same) => {
  if (typeof a === "boolean" || typeof b === "boolean") return (!!plain(a) === !!plain(b)) === same;
  if (typeof a === "number" || typeof b === "number") {
    const [x, y] = [a, b].map((one) => (typeof one === "number" ? one : strict(String(one))));
    return (x === y) === same;
  }
  return (String(a) === String(b)) === same;
};
const run = (tree, read) => {
  if (typeof tree === "number") return tree;
  const [name, first] = tree, at = (place) => run(tree[place], read);
  switch (name) {
    case "t": return first;
    case "v": return new String(read(first));
    case "true": return true;
    case "false": return false;
    case "or": return !!plain(at(1)) || !!plain(at(2));
    case "and": return !!plain(at(1)) && !!plain(at(2));
    case "not": return !plain(at(1));
    case "=": return equal(at(1), at(2), true);
    case "!=": return equal(at(1), at(2), false);
    case "<": return number(at(1)) < number(at(2));
    case ">": return number(at(1)) > number(at(2));
    case "<=": return number(at(1)) <= number(at(2));
    case ">=": return number(at(1)) >= number(at(2));
    case "+": return number(at(1)) + number(at(2));
    case "-": return number(at(1)) - number(at(2));
    case "*": return number(at(1)) * number(at(2));
    case "div": return number(at(1)) / number(at(2));
    case "mod": return number(at(1)) % number(at(2));
    case "number": return number(at(1));
    case "string-length": return [...String(at(1))].length;
    case "coalesce": return String(at(1)) || String(at(2));
    case "if": { const chosen = plain(at(1)) ? at(2) : at(3);
      return typeof chosen === "object" ? String(chosen) : chosen; }
    case "count-selected": return String(at(1)).split(/\s+/).filter(Boolean).length;
    case "selected":
      return String(at(1)).split(/\s+/).filter(Boolean).includes(String(at(2)).trim());
  }
};
/* Which questions are asked: what is not asked reads as empty, until nothing moves. */
const asked = (trees, values) => {
  const hidden = new Set();
  for (let turn = 0, moved = true; moved && turn < 50; turn++) {
    moved = false;
    for (const path in trees) {
      const read = (one) => (hidden.has(one) ? "" : values(one) || "");
      const out = !trees[path].every((tree) => plain(run(tree, read)));
      if (out !== hidden.has(path)) { moved = true; out ? hidden.add(path) : hidden.delete(path); }
    }
  }
  return (path) => !hidden.has(path);
};

(async () => {
  const parts = /^(\/en)?\/(p|s\/[^/]+)\/([^/]+)\//.exec(location.pathname);
  if (!parts || !(window.crypto && crypto.subtle && window.indexedDB)) return;
  const base = parts[0], token = parts[3], hash = async (about) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(about + token)));
  const id = [...await hash("croisee lieu ")].map((one) => one.toString(16).padStart(2, "0")).join("");
  const key = await crypto.subtle.importKey(
    "raw", await hash("croisee cle "), "AES-GCM", false, ["encrypt", "decrypt"]);
  const main = () => document.querySelector("main"), el = (html) => {
    const made = document.createElement("template");
    made.innerHTML = html;
    return made.content;
  };
  const safe = (text) => String(text).replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

  /* One sealed record a link. It is on disk when these promises hold. */
  const base_ = await new Promise((done, failed) => {
    const asking = indexedDB.open("croisee", 1);
    asking.onupgradeneeded = () => asking.result.createObjectStore("brouillons");
    asking.onsuccess = () => done(asking.result);
    asking.onerror = failed;
  }).catch(() => null);
  if (!base_) return;
  const store = (mode, act) => new Promise((done, failed) => {
    const turn = base_.transaction("brouillons", mode, { durability: "strict" });
    const asking = act(turn.objectStore("brouillons"));
    turn.oncomplete = () => done(asking.result);
    turn.onabort = turn.onerror = () => failed(turn.error);
  });
  const load = async () => {
    const box = await store("readonly", (one) => one.get(id));
    if (!box) return null;
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: box.slice(0, 12) }, key, box.slice(12));
    return JSON.parse(new TextDecoder().decode(text));
  };
  const save = async (kept) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(kept));
    const box = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text));
    const whole = new Uint8Array(12 + box.length);
    whole.set(iv); whole.set(box, 12);
    await store("readwrite", (one) => one.put(whole, id));
  };
  const alone = (name, act) =>
    (navigator.locks ? navigator.locks.request(`${name} ${id}`, act) : act());
  const change = (act) => alone("note", async () => {
    const now = await load();
    if (now) { act(now); await save(now); }
    return now;
  });
  const wipe = async () => { kept = null; await store("readwrite", (one) => one.delete(id)); say(); };

  let kept = await load().catch(() => null), busy = false;

  /* The three states. */
  const say = (state) => {
    const foot = document.querySelector("footer");
    let line = document.getElementById("etat");
    if (!line) foot.prepend(line = document.createElement("div"));
    line.id = "etat"; line.setAttribute("role", "status");
    const word = kept && { garde: kept.b.m.kept, route: kept.b.m.going, recu: kept.b.m.got }[state];
    line.dataset.etat = word ? state : "";
    line.innerHTML = word ? `<b>${safe(word)}</b>` : "";
    if (word && state === "garde") {
      line.append(el(`<button type="button" class="l">${safe(kept.b.m.wipe)}</button>`));
      line.querySelector("button").onclick = async () => {
        const words = kept.b.m;
        await wipe();
        main().innerHTML = `<h1>${safe(words.wiped)}</h1><p>${safe(words.again)}</p>`;
      };
    }
  };

  const post = async (address, sent) => {
    const stop = new AbortController(), clock = setTimeout(() => stop.abort(), 12000);
    try {
      const answer = await fetch(address, { method: "POST", body: new URLSearchParams(sent),
        headers: { "Croisee-Page": "1" }, signal: stop.signal, cache: "no-store" });
      return answer.status < 500
        ? { text: await answer.text(), url: answer.url, moved: answer.redirected, code: answer.status }
        : null;
    } catch (_) { return null; } finally { clearTimeout(clock); }
  };
  /* Sends what waits, in order. Sent again, it writes the same answers: nothing is doubled. */
  const flush = () => alone("envoi", async () => {
    let last = null, stop = null;
    kept = await load();
    if (kept && (kept.q.length || kept.sent)) say("route");
    while (kept && kept.q.length) {
      const item = kept.q[0], answer = await post(`${base}1/`, item.d);
      if (!answer) { say("garde"); return null; }
      if (answer.code === 409 || answer.code === 404) { say("garde"); return { stop: answer }; }
      kept = await change((now) => { now.q = now.q.filter((one) => one.n !== item.n); });
      last = answer;
      if (answer.code === 422) stop = stop || answer;
    }
    if (kept && kept.sent && !stop) {
      const answer = await post(`${base}verifier/`, [["recu", kept.b.recu]]);
      if (!answer) { say("garde"); return null; }
      stop = answer;
    }
    if (stop) kept = await change((now) => { now.sent = false; });
    say("recu");
    return { last, stop };
  });

  const swap = async (answer) => {
    const bare = answer.text.replace(/<(style|script)[\s\S]*?<\/\1>/g, "");
    const page = new DOMParser().parseFromString(bare, "text/html");
    for (const name of ["header", "main", "footer"])
      document.querySelector(name).replaceWith(document.adoptNode(page.querySelector(name)));
    document.title = page.title;
    if (answer.moved) history.pushState(null, "", answer.url);
    if (main().dataset.fini) await wipe();
    arrive();
  };
  /* A worker that could not be fetched is asked for again at each page; one that began while this
     page was opening does not hold it yet, and is asked to. */
  const hold = () => {
    const sw = navigator.serviceWorker;
    if (sw && !sw.controller)
      sw.register("/hors-ligne.js", { scope: `${parts[1] || ""}/${parts[2].slice(0, 1)}/` })
        .then(() => sw.ready).then((one) => { if (!sw.controller) one.active.postMessage("tenir"); })
        .catch(() => null);
  };
  const arrive = () => {
    hold();
    scrollTo(0, 0);
    const goal = document.querySelector(".er") || main().querySelector("h1");
    if (goal) { goal.tabIndex = -1; goal.focus({ preventScroll: true }); }
  };

  /* Going on without network. */
  const own = (name, path) => name === path || name.startsWith(path + "|");
  const value = (path) => {
    const kind = kept.b.k[path], given = (name) => (kept.a[name] || []).filter((one) => one.trim());
    if (kind === "r") {
      const ranks = Object.keys(kept.a).filter((one) => one.startsWith(path + "|"))
        .map((one) => [given(one)[0], one.slice(path.length + 1)]).filter((one) => one[0]);
      return ranks.sort((a, b) => a[0] - b[0]).map((one) => one[1]).join(" ");
    }
    if (kind === "m") return given(path).join(" ");
    const text = (given(path)[0] || "").normalize("NFC").trim();
    const bare = text.replace(/[\s\u00a0\u202f']+/g, "").replace(/,/g, ".");
    return kind === "n" && /^[-+]?(\d+\.?\d*|\.\d+)$/.test(bare) ? bare : text;
  };
  const pages = () => {
    const is = asked(kept.b.w, value);
    return kept.b.pages.filter((page) => page.p.some(is));
  };
  const show = (html, address) => {
    main().innerHTML = html;
    if (address !== location.pathname) history.pushState(null, "", address);
    say(kept.q.length || kept.sent ? "garde" : "recu");
    arrive();
  };
  const box = () => {
    const words = kept.b.m;
    return `<div class="hl"><p><b>${safe(words.off)}</b></p><p>${safe(words.offMore)}</p></div>`;
  };
  const page = (rank, wrong) => {
    const all = pages(), one = all[rank - 1], words = kept.b.m;
    if (!one) return check();
    const told = words.q.replace("{n}", rank).replace("{m}", all.length);
    show(`${wrong ? `<div class="er" role="alert"><h2>${safe(words.wrong)}</h2><p id="er0">${safe(wrong)}</p></div>` : ""}
      <p class="d">${safe(told)}</p><svg class="pr" viewBox="0 0 100 6" preserveAspectRatio="none"
      aria-hidden="true"><rect width="${(100 * rank) / all.length}" height="6"/></svg>
      <form method="post" action="${base}${rank}/" novalidate><input type="hidden" name="page"
      value="${safe(one.k)}">${one.h}</form>`, `${base}${rank}/`);
    document.title = told;
    if (wrong) for (const field of main().querySelectorAll("fieldset[role], select, textarea, .i, [type=checkbox]")) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", `er0 ${field.getAttribute("aria-describedby") || ""}`.trim());
    }
    for (const field of document.forms[0].elements) {
      const given = kept.a[field.name];
      if (!given || field.name === "page" || field.tagName === "BUTTON") continue;
      if (/radio|checkbox/.test(field.type)) field.checked = given.includes(field.value);
      else field.value = given[0] || "";
    }
  };
  const read = (one, path) => {
    const here = el(one.h), found = [];
    for (const name in kept.a) for (const given of own(name, path) ? kept.a[name] : []) {
      const field = [...here.querySelectorAll("[name]")].find((field) => field.name === name
        && (!/radio|checkbox/.test(field.type) || field.value === given));
      const label = field && field.closest("label");
      if (!given || !field) continue;
      if (field.tagName === "SELECT" && label) found.push(`${given}. ${label.querySelector("span").textContent}`);
      else if (field.tagName === "SELECT") found.push([...field.options].find((o) => o.value === given).text);
      else found.push(label ? label.textContent.trim() : given);
    }
    return found.join(", ");
  };
  const check = () => {
    const words = kept.b.m, lines = pages().map((one, at) => one.a.map(([path, label]) =>
      `<div><dt>${safe(label)}</dt><dd>${safe(read(one, path) || words.none)}<br><a href="${base}${at + 1}/?verifier=1">${safe(words.change)}</a></dd></div>`).join("")).join("");
    show(`<h1>${safe(words.check)}</h1>${box()}<dl>${lines}</dl>${kept.sent ? ""
      : `<form method="post" action="${base}verifier/"><input type="hidden" name="recu" value="">
      <button>${safe(words.send)}</button></form>`}`, `${base}verifier/`);
    document.title = words.check;
  };
  const where = () => {
    const all = pages(), rank = Number(location.pathname.slice(base.length).split("/")[0]);
    const left = all.findIndex((one) => !kept.p.includes(one.k));
    if (kept.sent || (left < 0 && !rank)) return check();
    if (/verifier/.test(location.pathname) && left < 0) return check();
    page(rank && rank <= all.length ? rank : left + 1);
  };

  addEventListener("submit", async (event) => {
    const form = event.target, button = event.submitter;
    if (!kept || form.enctype === "multipart/form-data" || !/\/(\d+|verifier)\/$/.test(form.action)) {
      if (/effacer\/$/.test(form.action) && kept) store("readwrite", (one) => one.delete(id));
      return;
    }
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      const sent = [...new FormData(form)].filter(([, one]) => typeof one === "string");
      if (button && button.name) sent.push([button.name, button.value]);
      await answered(sent, /verifier\/$/.test(form.action));
    } finally { busy = false; }
  });
  const answered = async (sent, last) => {
    const which = (sent.find(([name]) => name === "page") || [])[1];
    const one = kept.b.pages.find((page) => page.k === which);
    const passed = sent.some(([name, one]) => name === "bouton" && one === "passer");
    const empty = one && one.a.length && !passed
      && !sent.some(([name, text]) => text.trim() && one.a.some(([path]) => own(name, path)));
    const n = Date.now() + Math.random();
    if (!empty) kept = await change((now) => {
      if (last) { now.sent = true; return; }
      if (one) {
        for (const name in now.a) if (one.a.some(([path]) => own(name, path))) delete now.a[name];
        if (!passed) for (const [name, text] of sent)
          if (one.a.some(([path]) => own(name, path))) (now.a[name] = now.a[name] || []).push(text);
        if (!now.p.includes(which)) now.p.push(which);
      }
      now.q = now.q.filter((other) => other.k !== which);
      now.q.push({ n, k: which, d: sent });
    });
    say("garde");
    const went = empty && navigator.onLine ? { last: await post(`${base}1/`, sent) } : empty ? null : await flush();
    const answer = went && (went.stop || went.last);
    if (answer) return swap(answer);
    const rank = pages().findIndex((page) => page.k === which) + 1;
    if (empty) return page(rank, one.e);
    if (last) return check();
    const back = sent.some(([name]) => name === "verifier");
    const left = pages().findIndex((page) => !kept.p.includes(page.k));
    if (back) return left < 0 ? check() : page(left + 1);
    page(rank + 1);
  };
  const again = async () => {
    if (busy || !kept || !(kept.q.length || kept.sent)) return;
    const went = await flush();
    if (went && went.stop) await swap(went.stop);
  };
  addEventListener("online", again);
  addEventListener("popstate", () => location.reload());
  setInterval(again, 5000);

  if (main().dataset.fini) return wipe();
  hold();
  addEventListener("online", hold);
  if (document.body.dataset.coquille) {
    if (kept) where();
    addEventListener("online", () => setTimeout(() => { if (!kept) location.reload(); }, 500));
    return again();
  }
  if (kept && (kept.q.length || kept.sent)) {
    const went = await flush();
    if (went && went.stop) return swap(went.stop);
    if (went) location.reload();
    return;
  }
  if (!main().dataset.etape) return;
  const told = await fetch(`${base}hors-ligne/`, { cache: "no-store" }).then((one) => one.json()).catch(() => null);
  if (!told || !told.pages) return;
  await alone("note", async () => {
    const now = await load();
    kept = { b: told, a: told.values, p: told.passed, q: now ? now.q : [], sent: now ? now.sent : false };
    await save(kept);
  });
  document.documentElement.dataset.garde = "1";
})();
